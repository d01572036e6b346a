"""Ballots are opened, voted in, extended and counted.

A vote's moment is when it came to us: on the web the moment of the deed, of a mail the moment a door took it in,
however late it is read (members on slow links, workers that are behind). It is compared with the window inside the
transaction that writes the vote, under the ballot's lock, so that an extension or the count cannot pass it by.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import points
from consultations.models import Ballot, Option, Vote, WindowChange
from consultations.models.ballots import MOST_OPTIONS, Kind
from consultations.rules import ballots as rules
from consultations.wording import ballots as wording
from consultations.wording.times import moment as say
from consultations.words import votes as words
from core import text as texts
from core.access import Refused, require
from forum.models import Workspace
from forum.models.posts import Channel
from journal.services import record


def open_ballot(*, by, workspace, title, closes_at, text="", kind=Kind.YES_NO, options=(), opens_at=None, at=None):
    """Put a question to the vote; returns the ballot. It opens at once, or by itself at `opens_at`.

    options: labels, for a choice or a ranking. Raises Refused when the member may not, or with what is wrong with the
    window or the options. `at` back-dates loaded worlds.
    """
    now = at or timezone.now()
    opens_at = opens_at or now
    with transaction.atomic():
        workspace = Workspace.objects.locked(workspace.pk)
        require(rules.open_ballot, by, workspace, text=text)
        title, labels = texts.clean_line(title, 200), _labels(kind, options, text)
        if not title:
            raise Refused(_("A ballot needs a question. Nothing was opened; your text is kept."), text=text)
        if closes_at <= max(opens_at, now):
            raise Refused(_("A ballot closes after it opened, and not in the past. Choose a later time."), text=text)
        text = texts.clean_text(text).strip()
        ballot = Ballot.objects.create(
            workspace=workspace,
            title=title,
            text=text,
            html=texts.render(text),
            kind=kind,
            opens_at=max(opens_at, now),
            closes_at=closes_at,
            opened_by=by,
            created_at=now,
            announced_at=now if opens_at <= now else None,
        )
        Option.objects.bulk_create(
            Option(ballot=ballot, position=place, label=label) for place, label in enumerate(labels)
        )
        verb = "ballot.opened" if ballot.announced_at else "ballot.prepared"
        record(verb, actor=by, about=ballot, data=_window(ballot) | {"kind": str(kind), "options": labels}, at=at)
    return ballot


def vote(*, member, ballot, text, channel=Channel.WEB, came_at=None, at=None):
    """Cast or change the member's vote; returns it. The vote whose moment is later stands, until the close.

    text: what they wrote, read by `words`. came_at: when it came to us, if that was not just now. Raises Refused with
    the reason, and with the allowed words when it was not understood. `at` back-dates loaded worlds.
    """
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        moment = came_at or at or timezone.now()
        require(lambda who, what: rules.vote(who, what, moment), member, ballot, text=text)
        value = read(ballot, text, member)
        earlier = Vote.objects.filter(ballot=ballot, member=member).first()
        if earlier and earlier.cast_at > moment:
            raise Refused(
                _("You voted after this, on %(when)s, so that later vote stands: %(vote)s.")
                % {"when": say(earlier.cast_at), "vote": wording.said(ballot, earlier.value)},
                text=text,
            )
        cast = earlier or Vote(ballot=ballot, member=member)
        cast.value, cast.channel, cast.cast_at = value, channel, moment
        cast.save()
        data = {"value": value, "channel": str(channel), "cast_at": moment.isoformat()}
        record("ballot.voted", actor=member, about=ballot, data=data, audience=member.reference, at=at)
    return cast


def read(ballot, text, member):
    """The vote these words say; raises Refused with the allowed words."""
    labels = [option.label for option in ballot.choices]
    try:
        return words.read(text, kind=ballot.kind, labels=labels, name=member.name)
    except words.Unclear as unclear:
        if unclear.is_double:
            said = _("You voted twice in one mail, and not for the same, so neither was counted.")
        else:
            said = _("This was not understood as a vote, so it was not counted.")
        raise Refused(f"{said} {wording.not_understood(ballot)}", text=text) from unclear


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


def announce(ballot):
    """Tell the journal that a ballot has opened by itself; once."""
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        if ballot.announced_at is None and ballot.opens_at <= timezone.now():
            ballot.announced_at = timezone.now()
            ballot.save(update_fields=["announced_at"])
            record("ballot.opened", about=ballot, data=_window(ballot))
    return ballot


def count(ballot, *, at=None):
    """Record the result of a closed ballot, once; returns it. From then on no vote is taken, however early it came."""
    with transaction.atomic():
        ballot = Ballot.objects.locked(ballot.pk)
        outcome = result(ballot)
        now = at or timezone.now()
        if ballot.counted_at is None and ballot.closes_at <= now:
            ballot.counted_at = now
            ballot.save(update_fields=["counted_at"])
            data = {"votes": outcome.votes, "order": list(map(list, outcome.order)), "winners": list(outcome.winners)}
            record("ballot.counted", about=ballot, data=data, at=at)
    return outcome


def result(ballot):
    """What the votes say now (see `points`); pages show it only after the count."""
    values = Vote.objects.filter(ballot=ballot).order_by("pk").values_list("value", flat=True)
    if ballot.kind == Kind.YES_NO:
        return points.plurality(values, ("yes", "no", "abstain"))
    letters = [option.letter for option in ballot.choices]
    if ballot.kind == Kind.CHOICE:
        return points.plurality(values, letters)
    return points.borda([value.split(">") for value in values], letters)


def recorded(data):
    """The result that an entry `ballot.counted` carries."""
    order = tuple((option, number) for option, number in data.get("order", ()))
    return points.Result(order, tuple(data.get("winners", ())), data.get("votes", 0))


def _labels(kind, options, text):
    """The options as they are stored; no two may look the same to `words`."""
    labels = [label for option in options if (label := texts.clean_line(option, 200))]
    if kind == Kind.YES_NO:
        return []
    if not 2 <= len(labels) <= MOST_OPTIONS:
        raise Refused(
            _("Give at least two options and at most %(most)s, each on a line of its own.") % {"most": MOST_OPTIONS},
            text=text,
        )
    if len({words.fold(label) for label in labels}) < len(labels):
        raise Refused(_("Two of the options are the same. Write each once, in different words."), text=text)
    return labels


def _window(ballot):
    return {"opens": ballot.opens_at.isoformat(), "closes": ballot.closes_at.isoformat()}
