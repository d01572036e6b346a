"""Ballots are opened, voted in, extended and counted.

A vote's moment is when it came to us: on the web the moment of the deed, of a mail the moment a door took it in,
however late it is read (members on slow links, workers that are behind). It is compared with the window inside the
transaction that writes the vote, under the ballot's lock, so that an extension or the count cannot pass it by.
Votes themselves are written in `voting.py`, counted in `counting.py`.
"""

from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Ballot, Consultation, Option, WindowChange
from consultations.models.ballots import MOST_OPTIONS, OF_OPTIONS, Base, Kind, RollOf
from consultations.models.consultations import Participation
from consultations.models.phases import PhaseKind, PhaseState
from consultations.rules import ballots as rules
from consultations.services import counting, erasing, opening, profiles, silence, urns, voting
from consultations.wording.times import moment as say
from consultations.words import votes as words
from core import text as texts
from core.access import Refused, require
from forum.models import Workspace
from journal.models import Audience
from journal.services import record

vote = voting.vote
attend = voting.attend


def open_ballot(
    *,
    by,
    workspace=None,
    title,
    closes_at=None,
    text="",
    kind=Kind.YES_NO,
    options=(),
    opens_at=None,
    phase=None,
    majority=None,
    base=Base.VOTING,
    quorum="",
    opening_quorum="",
    method="",
    most=None,
    is_secret=False,
    roll_of=None,
    grace_hours=None,
    live=None,
    at=None,
):
    """Put a question to the vote; returns the ballot. It opens at once, or by itself at `opens_at`; that of a phase is
    open as long as its phase.

    options: labels, for those kinds that have any. The rules are those of Ballot; majority: None for what is usual
    for the kind. roll_of, grace_hours: None for what the consultation says, elsewhere members and no grace. live
    (keeping.Live): of one that is closed by a deed. Raises Refused when the member may not, or with what is wrong. `at`
    back-dates loaded worlds.
    """
    now = at or timezone.now()
    with transaction.atomic():
        if phase:
            consultation = Consultation.objects.locked(phase.consultation_id)
            workspace, opens_at, closes_at = consultation.workspace, *_window_of(phase, consultation, now, text)
        workspace = Workspace.objects.locked(workspace.pk)
        require(rules.open_ballot, by, workspace, text=text)
        opens_at = opens_at or now
        title, labels = texts.clean_line(title, 200), _labels(kind, options, text)
        if not title:
            raise Refused(_("A ballot needs a question. Nothing was opened; your text is kept."), text=text)
        if closes_at is None or closes_at <= max(opens_at, now):
            raise Refused(_("A ballot closes after it opened, and not in the past. Choose a later time."), text=text)
        asked = {"majority": majority, "base": base, "quorum": quorum, "opening_quorum": opening_quorum}
        profile = profiles.check(
            kind=kind, labels=labels, method=method, most=most, is_secret=is_secret, text=text, **asked
        )
        text = texts.clean_text(text).strip()
        roll_of = roll_of or _usual_roll(phase)
        if kind == Kind.SILENCE:
            silence.require_possible(workspace, roll_of, text=text)
        if grace_hours is None:
            grace_hours = phase.consultation.grace_hours if phase else 0
        ballot = Ballot.objects.create(
            workspace=workspace,
            phase=phase,
            title=title,
            text=text,
            html=texts.render(text),
            kind=kind,
            opens_at=opens_at if phase else max(opens_at, now),
            closes_at=closes_at,
            roll_of=roll_of,
            grace_hours=grace_hours,
            text_sha256=silence.sha256(title, text) if kind == Kind.SILENCE else "",
            opened_by=by,
            created_at=now,
            **profile,
            **(asdict(live) if live else {}),
        )
        Option.objects.bulk_create(
            Option(ballot=ballot, position=place, label=label) for place, label in enumerate(labels)
        )
        if not opening.open_due(ballot, now, by=by, at=at):
            if kind == Kind.SILENCE:
                raise Refused(
                    _("A silence procedure starts at once, for it is seen now whether all can be reached."), text=text
                )
            seen_by = _audience(ballot)
            record("ballot.prepared", actor=by, about=ballot, data=opening.facts(ballot), audience=seen_by, at=at)
    return ballot


def extend(*, by, ballot, closes_at, authority, reason, at=None):
    """Let a ballot close later, by a numbered notice; returns it. Everyone with a seat is told by mail.

    Raises Refused when the member may not, when the new close is not later, and without authority or reason.
    """
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        require(rules.extend, by, ballot, text=reason)
        authority, reason = texts.clean_line(authority, 200), texts.clean_line(reason, 1000)
        if not authority or not reason:
            raise Refused(_("An extension says by whose authority it is made, and why."), text=reason)
        if closes_at <= ballot.closes_at:
            raise Refused(
                _("The ballot closes on %(closes)s already. An extension ends later than that.")
                % {"closes": say(ballot.closes_at)},
                text=reason,
            )
        Workspace.objects.locked(ballot.workspace_id)  # its notices are numbered without gaps
        last = WindowChange.objects.filter(workspace=ballot.workspace_id).order_by("-number").first()
        change = WindowChange.objects.create(
            workspace=ballot.workspace,
            number=last.number + 1 if last else 1,
            ballot=ballot,
            old_closes_at=ballot.closes_at,
            new_closes_at=closes_at,
            authority=authority,
            reason=reason,
            made_by=by,
            made_at=at or timezone.now(),
        )
        ballot.closes_at = closes_at
        ballot.save(update_fields=["closes_at"])
        data = {
            "notice": change.number,
            "old": change.old_closes_at.isoformat(),
            "new": change.new_closes_at.isoformat(),
            "authority": authority,
            "reason": reason,
        }
        record("ballot.extended", actor=by, about=ballot, data=data, at=at)
    return change


def close(*, by, ballot, at=None):
    """Close a live ballot now; returns it. It is counted at once, where no mail is waited for.

    Raises Refused when the member may not, when it is not open, and while votes by mail are promised to count.
    """
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        now = at or timezone.now()
        require(lambda who, what: rules.close(who, what, now), by, ballot)
        ballot.closes_at = max(now, ballot.opens_at + timedelta(microseconds=1))
        ballot.save(update_fields=["closes_at"])
        record("ballot.closed", actor=by, about=ballot, data={"closes": ballot.closes_at.isoformat()}, at=at)
        if ballot.settling == 0:
            count(ballot, at=at and ballot.closes_at)
    return Ballot.objects.select_related("workspace__journal").get(pk=ballot.pk)


def annul(*, by, ballot, reason, at=None):
    """Stop a ballot that should not have been opened, or not so; returns it. It is never counted. What was voted is
    kept as it is, of a secret ballot in the sealed urn, and who voted is told.

    Raises Refused when the member may not, once the result is recorded, and without a reason.
    """
    reason = texts.clean_line(reason, 1000)
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        require(rules.annul, by, ballot, text=reason)
        if not reason:
            raise Refused(_("Say why: all who voted are told, and it stands in the record."))
        now = at or timezone.now()
        opening.open_due(ballot, now)  # no clock came by while it was open
        ballot.annulled_at, ballot.annulled_because = now, reason
        ballot.closes_at = min(ballot.closes_at, max(now, ballot.opens_at + timedelta(microseconds=1)))
        ballot.save(update_fields=["annulled_at", "annulled_because", "closes_at"])
        if ballot.is_secret:
            erasing.sweep(ballot)
        data = {"reason": reason, "cast": counting.cast(ballot), "closes": ballot.closes_at.isoformat()}
        record("ballot.annulled", actor=by, about=ballot, data=data, at=at)
    return ballot


def drop(*, by, ballot):
    """Take back a ballot that has not opened."""
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        require(rules.drop, by, ballot)
        record("ballot.dropped", actor=by, about=ballot, data={"title": ballot.title}, audience=_audience(ballot))
        ballot.delete()


def announce(ballot, *, at=None):
    """Open a ballot whose time has come: freeze its roll and tell the journal; once. Returns it."""
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        opening.open_due(ballot, at or timezone.now(), at=at)
    return ballot


def count(ballot, *, at=None):
    """Record the result of a closed ballot, once; returns its figures (`counting.of`). From then on no vote is taken,
    however early it came. The urn of a secret ballot is opened, and the mails that brought its votes are erased.
    """
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        now = at or timezone.now()
        if ballot.counted_at is None and ballot.annulled_at is None and ballot.counts_from <= now:
            opening.open_due(ballot, now)  # no clock came by while it was open
            if ballot.is_secret:
                (urns.publish if counting.is_open_by_quorum(ballot) else urns.discard)(ballot)
                erasing.sweep(ballot)
            ballot.counted_at = now
            ballot.save(update_fields=["counted_at"])
            facts = counting.of(ballot).facts
            if ballot.kind == Kind.SILENCE:
                facts |= silence.told(ballot)
            record("ballot.counted", about=ballot, data=facts, at=at)
        return counting.of(ballot).facts


def _window_of(phase, consultation, now, text):
    phase.consultation = consultation
    if phase.kind != PhaseKind.BALLOT:
        raise Refused(_("“%(phase)s” is no phase for ballots. Choose one of that kind.") % {"phase": phase}, text=text)
    if phase.state_at(now) == PhaseState.CLOSED:
        facts = {"phase": phase, "closes": say(phase.closes_at)}
        raise Refused(_("“%(phase)s” closed on %(closes)s. Schedule a new phase first.") % facts, text=text)
    return phase.opens_at, phase.closes_at


def _audience(ballot):
    """What is asked in a consultation is nobody else's business until it is published."""
    is_shown = ballot.phase is None or ballot.phase.consultation.is_published
    return Audience.EVERYONE if is_shown else Audience.MODERATORS


def _usual_roll(phase):
    by_organisation = phase and phase.consultation.participation == Participation.ORGANISATIONS
    return RollOf.ORGANISATIONS if by_organisation else RollOf.MEMBERS


def _labels(kind, options, text):
    """The options as they are stored; no two may look the same to `words`."""
    labels = [label for option in options if (label := texts.clean_line(option, 200))]
    if kind not in OF_OPTIONS:
        return []
    if not 2 <= len(labels) <= MOST_OPTIONS:
        raise Refused(
            _("Give at least two options and at most %(most)s, each on a line of its own.") % {"most": MOST_OPTIONS},
            text=text,
        )
    if len({words.fold(label) for label in labels}) < len(labels):
        raise Refused(_("Two of the options are the same. Write each once, in different words."), text=text)
    return labels
