"""The timetable: phases are scheduled, open and close by the clock, and numbered notices change their windows."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Ballot, Consultation, Phase, WindowChange
from consultations.models.phases import PhaseState
from consultations.rules import consultations as rules
from consultations.services import questions
from consultations.wording.times import moment
from core import text as texts
from core.access import Refused, require
from forum.models import Workspace
from journal.services import record


def schedule(*, by, consultation, kind, opens_at, closes_at, title="", at=None):
    """Add a phase [opens_at, closes_at) to the timetable; returns it.

    Raises Refused when it ends before it starts or meets another phase of the consultation.
    """
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.change, by, consultation)
        _check(consultation, opens_at, closes_at)
        if consultation.is_published and closes_at <= (at or timezone.now()):
            raise Refused(_("A window cannot be changed to a time that has passed. Choose a later one."))
        phase = Phase.objects.create(
            consultation=consultation,
            kind=kind,
            title=texts.clean_line(title, 200),
            opens_at=opens_at,
            closes_at=closes_at,
            first_closes_at=closes_at,
        )
        record("phase.scheduled", actor=by, about=phase, data=window(phase) | {"kind": str(kind)}, at=at)
    return phase


def drop(*, by, phase):
    """Take a phase out of the timetable of a consultation that is not published, with nothing asked in it."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(phase.consultation_id)
        require(rules.change, by, consultation)
        if consultation.is_published:
            raise Refused(_("The timetable is published. Change the window by a notice instead."))
        if phase.questions.exists() or phase.ballots.exists() or phase.documents.exists():
            raise Refused(_("Something is asked in this phase. Move or remove that first."))
        record("phase.dropped", actor=by, about=phase, data=window(phase))
        phase.delete()


def change_window(*, by, phase, authority, reason, opens_at=None, closes_at=None, at=None):
    """Change when a phase opens or closes. Returns the numbered notice, which goes to everyone with a seat; None in a
    consultation that is not published, whose timetable is still being made.

    A phase that is open closes later or earlier, never in the past; one that is over stays as it was. Raises Refused
    with the reason, without authority or reason too.
    """
    now = at or timezone.now()
    with transaction.atomic():
        consultation = Consultation.objects.locked(phase.consultation_id)
        phase = Phase.objects.locked(phase.pk)
        phase.consultation = consultation
        require(rules.change, by, consultation, text=reason)
        opens_at, closes_at = opens_at or phase.opens_at, closes_at or phase.closes_at
        authority, reason = texts.clean_line(authority, 200), texts.clean_line(reason, 1000)
        _check(consultation, opens_at, closes_at, phase, text=reason)
        if consultation.is_published:
            _may_change(phase, opens_at, closes_at, authority, reason, now)
        change = None
        if consultation.is_published:
            change = _notice(by, phase, opens_at, closes_at, authority, reason, now)
        else:
            phase.first_closes_at = closes_at
        old = window(phase)
        phase.opens_at, phase.closes_at = opens_at, closes_at
        phase.save()
        Ballot.objects.filter(phase=phase).update(opens_at=opens_at, closes_at=closes_at)
        data = {"old": old, "new": window(phase), "authority": authority, "reason": reason}
        if change:
            data["notice"] = change.number
        record("phase.changed", actor=by, about=phase, data=data, at=at)
    return change


def change_windows(*, by, phase, authority="", reason="", opens_at=None, closes_at=None, move_later=False, at=None):
    """Change a window as `change_window` does and, with `move_later`, each phase after it that would be in the way: it
    begins where the one before it ends, and lasts as long as it did. Returns the notices, that of the phase first.
    """
    notices = []
    with transaction.atomic():
        consultation = Consultation.objects.locked(phase.consultation_id)
        later = consultation.phases.filter(opens_at__gte=phase.closes_at).order_by("opens_at")
        end, moved = closes_at or phase.closes_at, []
        for other in later if move_later else ():
            if other.opens_at >= end:
                break
            moved.append((other, end, end + (other.closes_at - other.opens_at)))
            end = moved[-1][2]
        said = {"by": by, "authority": authority, "reason": reason, "at": at}
        for other, opens, closes in reversed(moved):
            notices.insert(0, change_window(phase=other, opens_at=opens, closes_at=closes, **said))
        notices.insert(0, change_window(phase=phase, opens_at=opens_at, closes_at=closes_at, **said))
    return [notice for notice in notices if notice]


def open_due(consultation, *, at=None):
    """Open the phases whose time has come, in a consultation the caller has locked; returns them."""
    now = at or timezone.now()
    due = [phase for phase in consultation.timetable if phase.opened_at is None and phase.opens_at <= now]
    for phase in due:
        phase.opened_at = max(phase.opens_at, consultation.published_at)
        phase.save(update_fields=["opened_at"])
        record("phase.opened", about=phase, data=window(phase) | {"kind": str(phase.kind)}, at=at)
        questions.open_all(phase, at=at)
    return due


def close_due(consultation, *, at=None):
    """Tell the journal of phases that have closed, in a consultation the caller has locked; returns them."""
    now = at or timezone.now()
    due = [phase for phase in consultation.timetable if phase.closed_at is None and phase.closes_at <= now]
    for phase in due:
        phase.closed_at = now
        phase.save(update_fields=["closed_at"])
        record("phase.closed", about=phase, data=window(phase), at=at)
    return due


def tell(consultation, *, at=None):
    """Open and close what is due; returns how many phases."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        if not consultation.is_published:
            return 0
        return len(open_due(consultation, at=at)) + len(close_due(consultation, at=at))


def window(phase):
    return {"opens": phase.opens_at.isoformat(), "closes": phase.closes_at.isoformat()}


def _check(consultation, opens_at, closes_at, phase=None, text=""):
    if closes_at <= opens_at:
        facts = {"opens": moment(opens_at), "closes": moment(closes_at)}
        raise Refused(
            _("A phase closes after it opens: %(closes)s is not after %(opens)s. Choose a later close.") % facts,
            text=text,
        )
    for other in consultation.phases.all():
        if (phase is None or other.pk != phase.pk) and opens_at < other.closes_at and other.opens_at < closes_at:
            facts = {"phase": other, "opens": moment(other.opens_at), "closes": moment(other.closes_at)}
            raise Refused(
                _("Phases follow one another: “%(phase)s” is open from %(opens)s to %(closes)s. Choose other times.")
                % facts,
                text=text,
            )


def _may_change(phase, opens_at, closes_at, authority, reason, now):
    facts = {"phase": phase, "opens": moment(phase.opens_at), "closes": moment(phase.closes_at)}
    state = phase.state_at(now)
    problem = ""
    if not authority or not reason:
        problem = _("A change of a window says by whose authority it is made, and why.")
    elif state == PhaseState.CLOSED:
        problem = _("“%(phase)s” closed on %(closes)s. What is over is not changed; schedule a new phase.") % facts
    elif state == PhaseState.OPEN and opens_at != phase.opens_at:
        problem = _("“%(phase)s” opened on %(opens)s already. Only its close can be changed.") % facts
    elif (opens_at, closes_at) == (phase.opens_at, phase.closes_at):
        problem = _("“%(phase)s” is open from %(opens)s to %(closes)s already.") % facts
    elif min(closes_at, opens_at if state == PhaseState.COMING else closes_at) <= now:
        problem = _("A window cannot be changed to a time that has passed. Choose a later one.")
    if problem:
        raise Refused(problem, text=reason)


def _notice(by, phase, opens_at, closes_at, authority, reason, now):
    workspace = Workspace.objects.locked(phase.consultation.workspace_id)  # its notices are numbered without gaps
    last = WindowChange.objects.filter(workspace=workspace).order_by("-number").first()
    is_moved = opens_at != phase.opens_at
    return WindowChange.objects.create(
        workspace=workspace,
        number=last.number + 1 if last else 1,
        phase=phase,
        old_opens_at=phase.opens_at if is_moved else None,
        new_opens_at=opens_at if is_moved else None,
        old_closes_at=phase.closes_at,
        new_closes_at=closes_at,
        authority=authority,
        reason=reason,
        made_by=by,
        made_at=now,
    )
