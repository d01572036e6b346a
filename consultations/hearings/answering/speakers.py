"""Speakers by mail: SPEAK, CONFIRM, WITHDRAW, TEXT: …, a right of reply and a point of order, to an item or to a letter
about one's own request.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.hearings import files
from consultations.hearings.answering import items, soon
from consultations.hearings.models import Speaker
from consultations.hearings.rules import speakers as rules
from consultations.hearings.services import points, queues, speakers, speeches
from consultations.hearings.wording import speakers as wording
from consultations.hearings.words import speakers as words
from consultations.words.votes import is_polite
from core.access import No, Refused
from forum.models.posts import Channel
from members.services import mandates
from notifications import answers
from notifications.reading.yesno import yes_or_no

MOST_FILES = 4
ENDING = 40  # characters of a text by which its writer knows its end
WAIT = (Speaker.State.REQUESTED, Speaker.State.LISTED, Speaker.State.ABSENT)


@dataclass(frozen=True)
class SaidOfOne(answers.Said):
    """What was said to a letter about one request: orders in it are about that one."""

    speaker: Speaker | None = None


# -- Orders to an item -------------------------------------------------------------------------------------


def speak(member, item, order, said):
    """`SPEAK for Alpine Springs as Jane Doe, Minister`; lines below are a note for the secretary, and a file beside it
    holds what they will say.
    """
    speaker = speakers.request(**_asked(member, item, order, said))
    note, is_soon = wording.noted(speaker), False  # a letter of its own tells of the place
    if any(files.holds_text(upload.name) for upload in said.files):
        try:
            speeches.hand_in(by=member, speaker=speaker, text=_of_file(said))
            note, is_soon = f"{note}; {_kept(item, _of_file(said))}", None
        except Refused as refused:
            note, is_soon = f"{note}; {refused.reason}", None
    return answers.Taken(speaker.reference, note=note, is_soon=is_soon)


def reply(member, item, order, said):
    """`RIGHT OF REPLY`, likewise; lines below say to what."""
    speaker = points.request_reply(**_asked(member, item, order, said))
    facts = {"turn": speaker.turn, "label": item.label}
    return answers.Taken(speaker.reference, note=_("your right of reply %(turn)s on item %(label)s is noted") % facts)


def point(member, item, order, said):
    """`POINT OF ORDER: there is no quorum`; the chair is told, and nobody is interrupted."""
    speaker = points.raise_point(member=member, item=item, point=order.text, channel=Channel.MAIL)
    return answers.Taken(speaker.reference, note=_("the chair has your point of order"))


def appeal(member, item, order, said):
    """`APPEAL` against the ruling they were written of, or else the last one on the item."""
    asked = getattr(said, "speaker", None)
    ruled = queues.WITH_ALL.filter(item=item, queue=Speaker.Queue.POINT).exclude(ruling="")
    speaker = asked if asked and asked.ruling else ruled.order_by("-pk").first()
    if speaker is None:
        raise Refused(_("The chair has not ruled on this yet."), text=said.text)
    points.appeal(member=member, speaker=speaker)
    return answers.Taken(speaker.reference, note=wording.ruled(speaker))


def confirm(member, item, order, said):
    speaker = speakers.confirm(by=member, speaker=_own(member, item, said, WAIT))
    return answers.Taken(speaker.reference, note=wording.noted(speaker), is_soon=False)


def withdraw(member, item, order, said):
    speaker = speakers.withdraw(by=member, speaker=_own(member, item, said, WAIT), reason=_note(member, order.text))
    return answers.Taken(
        speaker.reference, note=_("you are no longer on the list of item %(label)s") % {"label": item.label}
    )


def text(member, item, order, said):
    """`TEXT: …`, or the word alone and a file beside it: what one will say, or after one has spoken, what one said."""
    own = _own(member, item, said, (*WAIT, Speaker.State.SPEAKING, Speaker.State.SPOKE))
    written = order.text.strip() or _of_file(said)
    facts = {"label": item.label}
    if own.state == Speaker.State.SPOKE:
        speech = speeches.deliver(by=member, speaker=own, text=written)
        return answers.Taken(
            speech.reference, note=_("your words on item %(label)s are corrected as delivered") % facts
        )
    speech = speeches.hand_in(by=member, speaker=own, text=written)
    if speech.shown_at:
        return answers.Taken(
            speech.reference, note=_("your text on item %(label)s stands as submitted, not delivered") % facts
        )
    return answers.Taken(speech.reference, note=_kept(item, written))


# -- A letter about one's own request ----------------------------------------------------------------------


def find(member, pk):
    """Their own request, or that of an organisation they speak for."""
    speaker = queues.WITH_ALL.visible_to(member).filter(pk=pk).first()
    return speaker if speaker and rules.is_theirs(member, speaker) else None


def is_open(member, speaker):
    return speaker.item.hearing.ended_at is None or No(_("This hearing is over. What was done stands in its record."))


def take(member, speaker, said):
    """Orders, as to its item; a plain yes or no confirms or withdraws what waits to be confirmed. Words for all are not
    guessed at: whoever answers such a letter often only says thank you.
    """
    if taken := items.instead(member, speaker.item, SaidOfOne(**vars(said), speaker=speaker)):
        return taken
    answer = yes_or_no(said.text) if speaker.state == Speaker.State.REQUESTED else None
    if answer is None:
        offered = [items.offered(name) for name in ("confirm", "withdraw", "text")]
        raise Refused(
            _("This was not understood. Begin your answer with one of these words: %(words)s.")
            % {"words": ", ".join([offered[0], offered[1], f"{offered[2]}: …"])},
            text=said.text,
        )
    if answer:
        confirmed = speakers.confirm(by=member, speaker=speaker)
        return answers.Taken(speaker.reference, note=wording.noted(confirmed), is_soon=False)
    speakers.withdraw(by=member, speaker=speaker)
    return answers.Taken(
        speaker.reference, note=_("you are no longer on the list of item %(label)s") % {"label": speaker.item.label}
    )


# -- What they hold ----------------------------------------------------------------------------------------


def _asked(member, item, order, said):
    """The fields of a request, from what stands behind its word."""
    asked = words.asked(order.rest, lambda name: mandates.spoken_for(member, name) is not None)
    organisation = said.organisation
    if asked.organisation:
        organisation = mandates.spoken_for(member, asked.organisation)
        if organisation is None:
            raise Refused(
                _("You have no mandate to speak for “%(name)s” here.") % {"name": asked.organisation}, text=said.text
            )
    return {
        "member": member,
        "item": item,
        "organisation": organisation,
        "announced_as": asked.announced_as,
        "note": _note(member, order.below),
        "channel": Channel.MAIL,
        "came_at": said.received_at,
    }


def _note(member, below):
    rows = below.splitlines()
    while rows and is_polite(rows[-1], member.name):
        rows.pop()
    return " ".join(" ".join(rows).split())


def _kept(item, text):
    """Its last words show that all of it came."""
    words = " ".join(text.split())
    end = words[-ENDING:]
    if len(words) > ENDING:
        end = f"… {end.partition(' ')[2] or end}"
    return _(
        "your text on item %(label)s, which ends “%(end)s”, is kept until you have spoken; send it again to correct it"
    ) % {"label": item.label, "end": end}


def _own(member, item, said, states):
    """The request whose letter they answer, else their only one on the item in one of these states; of several, that of
    the organisation they named, and a place on the list before a right of reply.
    """
    asked = getattr(said, "speaker", None)
    if asked and asked.item_id == item.pk and asked.state in states and said.organisation in (None, asked.organisation):
        return asked
    theirs = mandates.of(member)
    found = queues.WITH_ALL.filter(item=item, state__in=states).exclude(queue=Speaker.Queue.POINT)
    mine = found.filter(member=member) | found.filter(organisation__in=[one.pk for one in theirs])
    rows = list(mine.order_by("number")[:MOST_FILES])
    if said.organisation:
        rows = [row for row in rows if row.organisation_id == said.organisation.pk]
    waiting = [row for row in rows if row.state in WAIT] or rows[-1:]
    waiting = [row for row in waiting if row.queue == Speaker.Queue.LIST] or waiting
    if len(waiting) > 1:
        names = "\n".join(str(row.organisation) for row in waiting if row.organisation_id)
        raise Refused(
            _("For which? Begin your answer with a line FOR: and one of these names:") + "\n" + names, text=said.text
        )
    if not waiting:
        raise Refused(
            _("You are not on the list of speakers of item %(label)s. To be on it, answer %(speak)s.")
            % {"label": item.label, "speak": items.offered("speak")},
            text=said.text,
        )
    return waiting[0]


def _of_file(said):
    """The text of the first file beside an answer that holds one; raises Refused where none does."""
    for upload in list(said.files)[:MOST_FILES]:
        if files.holds_text(upload.name):
            return files.text_of(upload.name, upload.content)
    raise Refused(
        _("There is no text in it. Write it below the word, or attach it as a file (.txt or .docx)."), text=said.text
    )


def register():
    """Called once, when the app is ready."""
    takers = {"speak": speak, "confirm": confirm, "withdraw": withdraw, "text": text}
    takers |= {"reply": reply, "point": point, "appeal": appeal}
    for word in words.ALL:
        items.register_word(word, takers[word.name])
    answers.register(
        "speaker",
        answers.Answerable(
            find=find,
            is_open=is_open,
            take=take,
            place=lambda speaker: speaker.reference,
            hears_soon=lambda member, speaker: soon.is_due(member, speaker.item.hearing),
            is_for_organisations=True,
        ),
    )
