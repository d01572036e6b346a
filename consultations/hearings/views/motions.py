"""The pages of motions: those of a hearing, one of them with the form to vote or its result; writing one down, who
seconded it, taking it back.
"""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.forms import votes as vote_forms
from consultations.hearings.forms.motions import MotionForm, ReasonForm, SecondForm, again
from consultations.hearings.models import Hearing, Motion
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import motions as rules
from consultations.hearings.screens import motions as screen
from consultations.hearings.services import calls, votes
from consultations.hearings.services import explanations as explaining
from consultations.hearings.services import motions as service
from consultations.hearings.views.places import Link
from consultations.hearings.wording import motions as wording
from consultations.rules import ballots as rules_of_ballots
from consultations.services import counting
from consultations.views import ballots as ballot_pages
from consultations.wording import ballots as ballot_wording
from core.access import find
from core.deeds import came_from, deed, perform, posted

LISTED = 200
SHOWN = 3  # open votes on the page of the hearing
WITH_ROOM = Hearing.objects.select_related("workspace__journal").prefetch_related("sessions")


@require_safe
def motions(request, year, number):
    """All motions of a hearing, the last on top."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    rows = Motion.objects.filter(hearing=hearing).with_all().order_by("-number")[:LISTED]
    context = {
        "hearing": hearing,
        "motions": [(motion, wording.result(motion)) for motion in rows],
        "may_move": bool(rules.move(request.user, hearing)),
        "may_propose": bool(rules.take_the_floor(request.user, hearing)),
    }
    return render(request, "hearings/motions.html", context)


@require_safe
def motion(request, year, number, motion):
    """One motion: its text, the vote while it is open, what came out, and why who voted how."""
    motion = found(request, year, number, motion)
    context = (
        vote(request, motion)
        | tools(request.user, motion)
        | {
            "explanations": explaining.shown(motion),
            "may_redact": bool(hearing_rules.preside(request.user, motion.hearing)),
            "own_explanations": () if motion.state == Motion.State.DECIDED else explaining.own(motion, request.user),
            "may_explain": bool(rules.explain(request.user, motion)),
            "called": [(one, calls.word(motion.ballot, one.said)) for one in motion.calls.all()] if motion.lot else (),
            "sheets": motion.sheets.filter(state="confirmed", elector=None).select_related(
                "entered_by", "confirmed_by"
            ),
        }
    )
    if motion.ballot and motion.ballot.counted_at:
        context |= ballot_pages.counted(motion.ballot, request.GET.get("page"))
    return render(request, "hearings/motion.html", context)


def vote(request, motion):
    """What `_motion.html` shows of a motion; of one that is open with the form to vote."""
    ballot, member = motion.ballot, request.user
    context = {"motion": motion, "hearing": motion.hearing, "ballot": ballot}
    context |= {"moved": wording.moved(motion), "result": wording.result(motion)}
    if ballot is None:
        return context
    roll, cast, _present = counting.turnout(ballot)
    context |= {
        "rules": ballot_wording.rules(ballot),
        "secrecy": ballot_wording.secrecy(ballot),
        "until": ballot_wording.open_until(ballot),
        "roll": roll,
        "cast": cast + sum((ballot.hall or {}).values()),
    }
    if not motion.is_open:
        return context
    may_vote = rules_of_ballots.vote(member, ballot)
    own = ballot_pages.own_votes(member, ballot)
    form = vote_forms.of(request, ballot, own[0] if len(own) == 1 else None) if may_vote else None
    if form:
        form.auto_id = f"id_{motion.number}_%s"  # several may stand on one page
    return context | {
        "own": [(one, ballot_wording.said(ballot, one.value)) for one in own],
        "form": form,
        "why_not": "" if may_vote or not member.is_authenticated else may_vote.reason,
        "call": screen.roll_call(motion) if ballot.is_called else None,
    }


def tools(member, motion):
    """What officers may do with it."""
    return {
        "may_put": bool(rules.put_to_vote(member, motion)),
        "may_second": not motion.seconder and bool(rules.second(member, motion)),
        "may_support": bool(rules.support(member, motion)),
        "may_amend": motion.state == Motion.State.MOVED and bool(rules.take_the_floor(member, motion.hearing)),
        "may_rule_out": bool(motion.moved_by_id and rules.rule_out(member, motion)),
        "may_move_again": motion.state == Motion.State.ANNULLED and bool(rules.move(member, motion.hearing)),
        "may_withdraw": bool(rules.withdraw(member, motion)),
        "may_close": bool(rules.close(member, motion)),
        "may_annul": bool(rules.annul(member, motion)),
        "may_call": bool(rules.call(member, motion)),
        "may_enter": bool(rules.phone(member, motion)),
    }


@deed
def move(request, year, number):
    """Write down a motion, and put it to the vote at once if the chair says so."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    initial = again(hearing, request.GET.get("again", ""))
    initial |= {name: request.GET[name] for name in ("item", "form") if request.GET.get(name)}
    return perform(
        request,
        "hearings/move_motion.html",
        form=MotionForm(posted(request), hearing=hearing, initial=initial),
        do=lambda **fields: _move(request.user, **fields),
        rule=rules.move,
        about=hearing,
        said=lambda motion: (
            _("The motion is put to the vote.") if motion.ballot_id else _("The motion is written down.")
        ),
    )


def _move(member, *, at_once=False, mail_minutes=0, **fields):
    motion = service.move(by=member, **fields)
    return votes.put_to_vote(by=member, motion=motion, mail_minutes=mail_minutes) if at_once else motion


@deed
def second(request, year, number, motion):
    return press(
        request,
        found(request, year, number, motion),
        "hearings/second_motion.html",
        form=SecondForm(posted(request)),
        deed_of=service.second,
        rule=rules.second,
    )


@deed
def withdraw(request, year, number, motion):
    return press(
        request,
        found(request, year, number, motion),
        "hearings/withdraw_motion.html",
        form=ReasonForm(posted(request)),
        deed_of=service.withdraw,
        rule=rules.withdraw,
        said=_("The motion is withdrawn."),
    )


def found(request, year, number, motion):
    """The motion, in a hearing one may follow."""
    rows = Motion.objects.with_all().select_related("amends__hearing")
    rows = rows.prefetch_related("ballot__options", "hearing__sessions")
    return find(rows, request.user, hearing__year=year, hearing__number=number, number=motion)


def press(request, motion, template, *, form, deed_of, rule, sees=None, said=""):
    """A deed on a motion that leads back to it: deed_of(by=, motion=, and what the form says)."""
    return perform(
        request,
        template,
        form=form,
        do=lambda **fields: deed_of(by=request.user, motion=motion, **fields),
        rule=rule,
        sees=sees,
        about=motion,
        said=said,
        back=lambda done: came_from(request) or motion.get_absolute_url(),
    )


# -- Places on pages of the hearing --------------------------------------------------------------------------


def section(member, hearing, request):
    """What is put to the vote now, with the form, on the page of the hearing; and the way to all motions."""
    rows = Motion.objects.filter(hearing=hearing)
    if not rows.exists():
        return ""
    running = rows.with_all().open_at(timezone.now()).order_by("-ballot__opens_at")[:SHOWN]
    context = {"hearing": hearing, "votes": [vote(request, motion) | tools(member, motion) for motion in running]}
    return render_to_string("hearings/_motions.html", context, request=request)


def item_section(member, item, request):
    """The motions on an item, with what came out of them."""
    rows = Motion.objects.filter(item=item).with_all()[:LISTED]
    context = {"motions": [(motion, wording.result(motion)) for motion in rows]}
    return render_to_string("hearings/_motion_list.html", context, request=request) if context["motions"] else ""


def links(member, hearing):
    """Chair and secretaries put something to the vote; delegates propose it."""
    if rules.move(member, hearing):
        return [Link(reverse("hearings:move_motion", args=hearing.url_key), _("Put something to the vote"))]
    if rules.take_the_floor(member, hearing):
        return [Link(reverse("hearings:propose_motion", args=hearing.url_key), _("Propose a motion"))]
    return []
