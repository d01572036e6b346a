"""Votes that officers write down: hands counted in the hall, and votes said by phone.

One officer enters them, and they count once another has written down the same without seeing the first. Where the two
differ nothing counts, both figures are shown, and they count again.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Hearing, Motion, Sheet
from consultations.hearings.rules import motions as rules
from consultations.hearings.services import calls
from consultations.models import Ballot, Elector
from consultations.models.ballots import Through
from consultations.services import counting, voting
from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record

State = Sheet.State
MOST_HANDS = 100_000


def count_hall(*, by, motion, figures, at=None):
    """Enter the hands counted in the hall, {answer: number}; returns the Sheet, which waits for a second officer. Who
    entered one that waits corrects it so. One that counts already is replaced once the recount is confirmed.
    """
    with transaction.atomic():
        motion = _locked(motion)
        require(lambda who, what: rules.count_hall(who, what, at), by, motion)
        return _enter(by, motion, None, _hands(motion, figures), at)


def phone(*, by, motion, elector, value, at=None):
    """Enter what somebody on the roll said by phone; returns the Sheet, which waits for a second officer."""
    with transaction.atomic():
        motion = _locked(motion)
        require(lambda who, what: rules.phone(who, what, at), by, motion)
        elector = Elector.objects.get(ballot=motion.ballot, pk=elector.pk)
        return _enter(by, motion, elector, _one(motion, value), at)


def confirm(*, by, sheet, figures=None, value="", at=None):
    """Write down what the second officer counted, or heard; returns the Sheet. If it is the same, the votes count now;
    if not, they do not, and the Sheet `is_disputed`.

    Raises Refused for who entered it, and where there would be more votes than the roll has.
    """
    with transaction.atomic():
        motion = _locked(sheet.motion)
        sheet = motion.sheets.select_related("elector__member", "elector__organisation", "entered_by").get(pk=sheet.pk)
        sheet.motion = motion
        require(lambda who, what: rules.confirm(who, what, at), by, sheet)
        counted = _one(motion, value) if sheet.is_phone else _hands(motion, figures)
        if counted != sheet.figures:
            sheet.other_figures, sheet.other_by = counted, by
            sheet.save(update_fields=["other_figures", "other_by"])
            data = _facts(sheet) | {"other": counted, "other_by": by.reference}
            record("motion.disputed", actor=by, about=motion, data=data, audience=Audience.MODERATORS, at=at)
            return sheet
        moment = at or timezone.now()
        (_count_phone if sheet.is_phone else _count_hall)(motion, sheet, at)
        sheet.state, sheet.confirmed_by, sheet.confirmed_at = State.CONFIRMED, by, moment
        sheet.other_figures, sheet.other_by = None, None
        sheet.save()
        # Hands are seen by all; what somebody said by phone is as every named vote told after the close.
        told = _facts(sheet) if not sheet.is_phone else {**_facts(sheet), "figures": None}
        data = told | {"entered_by": sheet.entered_by.reference, "confirmed_by": by.reference}
        record("motion.confirmed", actor=by, about=motion, data=data, at=at)
    return sheet


def discard(*, by, sheet, reason="", at=None):
    """Throw away a sheet that waits."""
    with transaction.atomic():
        motion = _locked(sheet.motion)
        sheet = motion.sheets.get(pk=sheet.pk)
        sheet.motion = motion
        require(rules.discard, by, sheet, text=reason)
        sheet.state = State.DISCARDED
        sheet.save(update_fields=["state"])
        data = _facts(sheet) | {"reason": texts.clean_line(reason, 400)}
        record("motion.discarded", actor=by, about=motion, data=data, audience=Audience.MODERATORS, at=at)
    return sheet


def waiting(hearing):
    """The sheets of a hearing that wait for a second officer."""
    rows = Sheet.objects.filter(motion__hearing=hearing, motion__ballot__annulled_at=None, state=State.WAITING)
    return rows.select_related("motion__hearing", "entered_by", "other_by", "elector__member", "elector__organisation")


def _enter(by, motion, elector, figures, at):
    sheet = motion.sheets.filter(elector=elector, state=State.WAITING).first()
    if sheet and sheet.entered_by_id != by.pk:
        raise Refused(
            _("What %(officer)s entered waits for a second officer. Confirm it with what you counted, or discard it.")
            % {"officer": sheet.entered_by.shown_name}
        )
    sheet = sheet or Sheet(motion=motion, elector=elector, entered_by=by)
    sheet.figures, sheet.entered_at, sheet.other_figures, sheet.other_by = figures, at or timezone.now(), None, None
    sheet.save()
    record("motion.entered", actor=by, about=motion, data=_facts(sheet), audience=Audience.MODERATORS, at=at)
    return sheet


def _count_hall(motion, sheet, at):
    """The hands count with the votes, and never make more than the roll."""
    ballot, hands = motion.ballot, sum(sheet.figures.values())
    roll, cast, _present = counting.turnout(ballot)
    if hands + cast > roll and not ballot.is_straw:
        raise Refused(
            _(
                "That would be more votes than there are on the roll. Hands: %(hands)s; cast on the web, by mail or by "
                "phone: %(cast)s; on the roll: %(roll)s. Nothing was counted. Count those who have not voted otherwise."
            )
            % {"hands": hands, "cast": cast, "roll": roll}
        )
    motion.sheets.filter(elector=None, state=State.CONFIRMED).update(state=State.REPLACED)
    ballot.hall = sheet.figures
    ballot.save(update_fields=["hall"])


def _count_phone(motion, sheet, at):
    """A vote of when it was said: what they cast on the web or by mail since then is later, and stands."""
    [value] = sheet.figures
    elector, ballot, moment = sheet.elector, motion.ballot, sheet.entered_at
    voting.enter(by=sheet.entered_by, ballot=ballot, elector=elector, value=value, channel=Through.PHONE, moment=moment)
    data = {"value": value, "channel": "phone", "cast_at": moment.isoformat(), "sheet": sheet.pk}
    data |= {"organisation": elector.organisation_id} if elector.organisation_id else {}
    audience = elector.member.reference if elector.member_id else Audience.MODERATORS
    actor = elector.member or sheet.entered_by
    record("ballot.voted", actor=actor, about=ballot, data=data, audience=audience, at=at)


def _facts(sheet):
    elector = sheet.elector
    told = {"who": calls.who(elector), "name": elector.name} if elector else {}
    return {"sheet": sheet.pk, "ballot": f"ballot:{sheet.motion.ballot_id}", "figures": sheet.figures, **told}


def _hands(motion, figures):
    """{answer: number} with every answer there is; raises Refused for what is no count of hands."""
    answers = voting.answers(motion.ballot)
    figures = {answer: (figures or {}).get(answer) or 0 for answer in answers}
    if not all(isinstance(number, int) and 0 <= number <= MOST_HANDS for number in figures.values()):
        raise Refused(_("Write how many hands there were for each answer, 0 for none."))
    return figures


def _one(motion, value):
    if value not in voting.answers(motion.ballot):
        raise Refused(_("Choose one of the answers."))
    return {value: 1}


def _locked(motion):
    """The motion fetched anew, with hearing and ballot locked."""
    hearing = Hearing.objects.locked(motion.hearing_id)
    motion = Motion.objects.get(pk=motion.pk)
    motion.hearing = hearing
    if motion.ballot_id:
        motion.ballot = Ballot.objects.locked(motion.ballot_id)
    return motion
