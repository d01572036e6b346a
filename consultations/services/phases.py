"""The timetable: phases are scheduled, open and close by the clock, and numbered notices change their windows."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime
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


def change_window(*, by, phase, authority="", reason="", opens_at=None, closes_at=None, move_later=False, at=None):
    """Change when a phase opens or closes. Returns the numbered notice, which goes to everyone with a seat; None in a
    consultation that is not published, whose timetable is still being made.

    With `move_later`, each phase after it that would be in the way begins where the one before it ends, and lasts as
    long as it did: one act, told of by the one notice. A phase that is open closes later or earlier, never in the
    past; one that is over stays as it was. Raises Refused with the reason, without authority or reason too.
    """
    now = at or timezone.now()
    with transaction.atomic():
        consultation = Consultation.objects.locked(phase.consultation_id)
        require(rules.change, by, consultation, text=reason)
        phase = Phase.objects.locked(phase.pk)
        act = {"authority": texts.clean_line(authority, 200), "reason": texts.clean_line(reason, 1000)}
        opens_at, closes_at = opens_at or phase.opens_at, closes_at or phase.closes_at
        moves = [(phase, opens_at, closes_at), *_in_the_way(phase, closes_at if move_later else phase.closes_at)]
        if consultation.is_published:
            act["notice"] = _next_notice(consultation)
        done = []
        for other, opens, closes in reversed(moves):  # the last first, so that none meets another
            other.consultation = consultation
            along = {"also": done[::-1]} if other == phase and done else {}
            along |= {"along_with": phase.pk} if other != phase else {}
            done.append(_move(by, other, opens, closes, act | along, now, at))
        return _notice(by, consultation, done[::-1], act, now) if "notice" in act else None


def _in_the_way(phase, end):
    """[(phase, opens, closes)]: the later phases that begin before this end, and where they are moved to."""
    moved = []
    for other in Phase.objects.filter(consultation=phase.consultation_id, opens_at__gte=phase.closes_at):
        if other.opens_at >= end:
            break
        moved.append((other, end, end + (other.closes_at - other.opens_at)))
        end = moved[-1][2]
    return moved


def _move(by, phase, opens_at, closes_at, act, now, at):
    """Give one phase its new window; returns what the record says of it."""
    _check(phase.consultation, opens_at, closes_at, phase, text=act["reason"])
    if phase.consultation.is_published:
        _may_change(phase, opens_at, closes_at, act["authority"], act["reason"], now)
    else:
        phase.first_closes_at = closes_at
    old = window(phase)
    phase.opens_at, phase.closes_at = opens_at, closes_at
    phase.save()
    Ballot.objects.filter(phase=phase).update(opens_at=opens_at, closes_at=closes_at)
    moved = {"old": old, "new": window(phase)}
    record("phase.changed", actor=by, about=phase, data=moved | act, at=at)
    return {"phase": phase.pk, "kind": str(phase.kind), "title": phase.title, **moved}


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


def _next_notice(consultation):
    workspace = Workspace.objects.locked(consultation.workspace_id)  # its notices are numbered without gaps
    return (WindowChange.objects.filter(workspace=workspace).aggregate(last=Max("number"))["last"] or 0) + 1


def _notice(by, consultation, moves, act, now):
    """The notice, a row for each phase that was moved; returns that of the phase itself."""
    first = None
    for moved in moves:
        old, new = ({name: parse_datetime(at) for name, at in moved[which].items()} for which in ("old", "new"))
        is_moved = old["opens"] != new["opens"]
        row = WindowChange.objects.create(
            workspace_id=consultation.workspace_id,
            number=act["notice"],
            along_with=first,
            phase_id=moved["phase"],
            old_opens_at=old["opens"] if is_moved else None,
            new_opens_at=new["opens"] if is_moved else None,
            old_closes_at=old["closes"],
            new_closes_at=new["closes"],
            authority=act["authority"],
            reason=act["reason"],
            made_by=by,
            made_at=now,
        )
        first = first or row
    return first
