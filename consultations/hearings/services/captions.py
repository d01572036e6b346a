"""Lines of the transcript are written while they are said, corrected, and taken out; what stood there is kept."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings import line_digests
from consultations.hearings.models import Caption, CaptionChange, Delivery, Hearing, Item
from consultations.hearings.models.captions import LONGEST
from consultations.hearings.rules import captions as rules
from core import languages
from core import text as texts
from core.access import Refused, require
from forum.models.posts import Channel
from journal.services import record, reword

MOST = 50_000  # lines of one hearing
MOST_CHANGES = 30  # of one line
OLDEST = timedelta(hours=24)  # how long ago a line may have been said that comes in now
AHEAD = timedelta(minutes=2)  # by which a program's clock may be wrong


@dataclass(frozen=True)
class Line:
    """What comes in. Without a speaker it is whoever has the floor; without an item, the one before the hearing."""

    text: str
    language: str = ""
    speaker_name: str = ""
    item: Item | None = None
    said_at: datetime | None = None
    key: str | None = None


def say(*, by, hearing, lines, channel=Channel.WEB, at=None):
    """Write Lines down; returns their Captions. One whose key this hearing has had before is that line again.

    Raises Refused where the member may not, and for a line that is empty, too long, or of another day; then none of
    them is written.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        lines = [replace(line, key=key_in(hearing, line.key)) for line in lines]
        earlier = {row.key: row for row in Caption.objects.filter(key__in=[one.key for one in lines if one.key])}
        if lines and all(line.key in earlier for line in lines):
            return [earlier[line.key] for line in lines]  # be the hearing over by now
        require(rules.say, by, hearing, text=lines[0].text if lines else "")
        now = at or timezone.now()
        number = hearing.captions.aggregate(last=Max("number"))["last"] or 0
        if number + len(lines) > MOST or len(lines) > line_digests.AT_ONCE:
            raise Refused(_("This is more than can be kept here."))
        speaking = floor(hearing)
        rows = []
        for line in lines:
            if line.key in earlier:
                continue
            number += 1
            rows.append(_row(by, hearing, line, number, speaking, channel, now))
        Caption.objects.bulk_create(rows)
        if rows:
            data = {
                "first": rows[0].number,
                "last": rows[-1].number,
                "language": rows[-1].language,
                "lines": [line_digests.digest(row) for row in rows],
            }
            record("caption.said", actor=by, about=rows[-1], data=data, at=at)
    return [earlier[one.key] if one.key in earlier else rows.pop(0) for one in lines]


def key_in(hearing, key):
    """A key stands for lines of one hearing: sent to another, the same words are said there anew."""
    return f"{hearing.pk}:{key}" if key else None


def correct(*, by, caption, text, speaker_name=None, language="", at=None):
    """Put other words in the place of a line; what stood there is kept. Returns it."""
    with transaction.atomic():
        caption = _locked(caption)
        require(rules.mend, by, caption, text=text)
        said = _checked(text)
        name = caption.speaker_name if speaker_name is None else texts.clean_line(speaker_name, 200)
        new = (said, name, language or caption.language)
        if new == (caption.text, caption.speaker_name, caption.language):
            return caption
        if caption.correction_count >= MOST_CHANGES:
            raise Refused(_("This is more than can be kept here."), text=text)
        caption.correction_count += 1
        CaptionChange.objects.create(
            caption=caption,
            number=caption.correction_count,
            text=caption.text,
            speaker_name=caption.speaker_name,
            language=caption.language,
            replaced_by=by,
            replaced_at=at or timezone.now(),
        )
        caption.text, caption.speaker_name, caption.language = new
        caption.save(update_fields=["text", "speaker_name", "language", "correction_count"])
        data = {"number": caption.number, "sha256": line_digests.digest(caption)}
        record("caption.corrected", actor=by, about=caption, data=data, at=at)
    return caption


def remove(*, by, caption, reason, at=None):
    """Take a line out: its place and the reason stay, and those who take notes can still read it."""
    with transaction.atomic():
        caption = _locked(caption)
        require(rules.mend, by, caption, text=reason)
        reason = texts.clean_line(reason, 400)
        if not reason:
            raise Refused(_("Say why the words are taken out: everybody sees the reason."))
        caption.removed_at, caption.removed_because = at or timezone.now(), reason
        caption.save(update_fields=["removed_at", "removed_because"])
        gone = dict.fromkeys(line_digests.digests(caption))
        entries = caption.journal.entries.filter(line_digests.entries(caption))
        data = reword(entries, partial(line_digests.told_anew, gone), partial(line_digests.is_in, caption))
        data |= {"number": caption.number, "reason": reason}
        record("caption.removed", actor=by, about=caption, data=data, at=at)
    return caption


def floor(hearing):
    """The speaker who has the floor, or None."""
    running = Delivery.objects.filter(hearing=hearing, ended_at=None, paused_at=None)
    delivery = running.select_related("speaker__member", "speaker__organisation").first()
    return delivery.speaker if delivery else None


def _locked(caption):
    hearing = Hearing.objects.locked(caption.hearing_id)
    caption = Caption.objects.get(pk=caption.pk)
    caption.hearing = hearing
    return caption


def _row(by, hearing, line, number, speaking, channel, now):
    name = texts.clean_line(line.speaker_name, 200)
    speaker = speaking if speaking and name in ("", speaking.name) else None
    said_at = line.said_at or now
    if not now - OLDEST <= said_at <= now + AHEAD:
        raise Refused(_("This line was said at another time than now. Check the clock."), text=line.text)
    return Caption(
        hearing=hearing,
        item_id=line.item.pk if line.item else hearing.current_item_id,
        number=number,
        speaker=speaker,
        speaker_name=name or (speaker.name if speaker else ""),
        language=line.language if line.language in languages.LANGUAGES else hearing.language,
        text=_checked(line.text),
        said_at=min(said_at, now),
        written_by=by,
        channel=channel,
        key=line.key,
    )


def _checked(text):
    said = " ".join(texts.clean_text(text).split())
    if not said:
        raise Refused(_("There is nothing in this line."), text=text)
    if len(said) > LONGEST:
        reason = ngettext(
            "A line holds %(most)s characters; yours has %(length)s. Write it in several.",
            "A line holds %(most)s characters; yours has %(length)s. Write it in several.",
            len(said),
        )
        raise Refused(reason % {"most": LONGEST, "length": len(said)}, text=text)
    return said
