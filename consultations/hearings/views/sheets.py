"""The page on which officers enter hands counted in the hall and votes said by phone, and confirm those of others."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.hearings.forms.motions import HandsForm, PhoneForm, ReasonForm, SaidForm
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import motions as rules
from consultations.hearings.services import sheets as service
from consultations.hearings.views import motions
from consultations.services import voting
from consultations.wording import ballots as wording
from core.access import require
from core.deeds import deed, perform, posted

PHONE = "phone"


@deed
def enter(request, year, number, motion):
    """Both forms stand on one page; `what` says which was filled in."""
    motion = motions.found(request, year, number, motion)
    if not (motion.ballot and motion.is_open):
        return redirect(motion)
    is_phone = request.POST.get("what") == PHONE
    hands = HandsForm(None if is_phone else posted(request), ballot=motion.ballot, prefix="hands")
    phone = PhoneForm(posted(request) if is_phone else None, ballot=motion.ballot, prefix=PHONE)
    deed_of = service.phone if is_phone else service.count_hall
    return perform(
        request,
        "hearings/enter_votes.html",
        form=phone if is_phone else hands,
        do=lambda **fields: deed_of(by=request.user, motion=motion, **fields),
        rule=rules.phone,
        sees=officers,
        about=motion,
        said=_("Entered. It counts when another officer has confirmed it."),
        back=lambda sheet: request.path,
        context={
            "hands": hands if motion.manner == motion.Manner.HALL else None,
            "phone": phone,
            "is_phone": is_phone,
            "sheets": [_shown(request.user, sheet) for sheet in _waiting(motion)],
            "counted": _said(motion.ballot, motion.ballot.hall or {}),
        },
    )


@deed
def confirm(request, year, number, motion, sheet):
    motion, sheet = _sheet(request, year, number, motion, sheet)
    making = SaidForm if sheet.is_phone else HandsForm
    return perform(
        request,
        "hearings/confirm_votes.html",
        form=making(posted(request), ballot=motion.ballot),
        do=lambda **fields: service.confirm(by=request.user, sheet=sheet, **fields),
        rule=rules.confirm,
        sees=officers,
        about=sheet,
        said=_told,
        back=lambda done: _page(motion),
        context={"motion": motion, "back": _page(motion)},
    )


@deed
def discard(request, year, number, motion, sheet):
    motion, sheet = _sheet(request, year, number, motion, sheet)
    return perform(
        request,
        "hearings/discard_votes.html",
        form=ReasonForm(posted(request)),
        do=lambda **fields: service.discard(by=request.user, sheet=sheet, **fields),
        rule=rules.discard,
        sees=officers,
        about=sheet,
        said=_("Discarded. Nothing of it counts."),
        back=lambda done: _page(motion),
        context={"motion": motion, "back": _page(motion)},
    )


def officers(member, about):
    """What was entered is theirs to see, be it with the reason of a refusal."""
    return hearing_rules.take_notes(member, getattr(about, "motion", about).hearing)


def _told(sheet):
    if sheet.is_disputed:
        return _("You did not write down the same, so nothing counts yet. Both figures stand here: count again.")
    return _("Confirmed. It counts.")


def _sheet(request, year, number, motion, pk):
    """The motion and the sheet; whether there is one is for officers to know."""
    motion = motions.found(request, year, number, motion)
    require(officers, request.user, motion)
    sheet = motion.sheets.select_related("entered_by", "elector__member", "elector__organisation").filter(pk=pk).first()
    if sheet is None:
        raise Http404
    sheet.motion = motion
    return motion, sheet


def _waiting(motion):
    return service.waiting(motion.hearing).filter(motion=motion)


def _shown(member, sheet):
    """A sheet that waits; its figures for who entered it, and for all once two differ."""
    ballot = sheet.motion.ballot
    is_open = sheet.is_disputed or sheet.entered_by_id == member.pk
    return {
        "sheet": sheet,
        "may_confirm": bool(rules.confirm(member, sheet)),
        "figures": _said(ballot, sheet.figures) if is_open else None,
        "other": _said(ballot, sheet.other_figures) if sheet.is_disputed else None,
    }


def _said(ballot, figures):
    return [(wording.said(ballot, one), figures[one]) for one in voting.answers(ballot) if one in figures]


def _page(motion):
    return reverse("hearings:enter_votes", args=motion.url_key)
