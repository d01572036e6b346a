"""The words of speakers: handed in ahead and kept until they were said, as delivered, or submitted and not delivered.

The journal holds the SHA-256 of every text, so that what is shown can be held against what was handed in.
"""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import differences
from consultations.hearings.models import Speaker, Speech
from consultations.hearings.rules import speakers as rules
from consultations.hearings.services import queues
from consultations.hearings.wording import lengths
from core import languages
from core import text as texts
from core.access import Refused, require
from journal.services import record

MOST = 60_000  # characters
WITH_ALL = Speech.objects.select_related(
    "speaker__item__hearing__workspace__journal", "speaker__member", "speaker__organisation"
)


def hand_in(*, by, speaker, text, language="", at=None):
    """Hand in the text of a speech, or a better one; only the speaker and the officers read it until it was said.

    Where the item is concluded without them it is shown at once, as submitted and not delivered. Raises Refused, with
    the text, when they have spoken already, and for a text that is empty or too long.
    """
    text = texts.clean_text(text).strip()
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.speak_of, by, speaker, text=text)
        if speaker.state == Speaker.State.SPOKE:
            raise Refused(_("You have spoken already. Correct what was written down as delivered instead."), text=text)
        speech = _write(speaker, Speech.Stage.AHEAD, by, text, language, at)
        record("speech.handed_in", actor=by, about=speech, data=facts(speech), at=at)
        if speaker.item.closed_at:
            _show(by, speaker, speech, at)
    return speech


def deliver(*, by, speaker, text, language="", at=None):
    """Write down, or correct, what was said: note-takers, officers, the speaker. Raises Refused before they spoke."""
    text = texts.clean_text(text).strip()
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.write_down, by, speaker, text=text)
        if speaker.state not in (Speaker.State.SPOKE, Speaker.State.SPEAKING):
            raise Refused(_("They have not spoken yet. Hand the text in ahead instead."), text=text)
        speech = _write(speaker, Speech.Stage.DELIVERED, by, text, language, at)
        record("speech.delivered", actor=by, about=speech, data=facts(speech), at=at)
    return speech


def submit(*, by, speaker, at=None):
    """Give up the floor and have the text shown all the same, as submitted and not delivered; returns the texts."""
    with transaction.atomic():
        speaker = queues.locked(speaker)
        require(rules.speak_of, by, speaker)
        kept = list(speaker.speeches.filter(stage=Speech.Stage.AHEAD))
        if not kept:
            raise Refused(_("There is no text yet. Hand it in first."))
        if speaker.state not in (*queues.IN_PLACE, Speaker.State.ABSENT, Speaker.State.WITHDRAWN):
            raise Refused(_("They have the floor, or have spoken."))
        if speaker.state in queues.IN_PLACE:
            data = {**queues.brief(speaker), "submits": True}
            speaker.state = Speaker.State.WITHDRAWN
            speaker.save(update_fields=["state"])
            record("speaker.withdrawn", actor=by, about=speaker, data=data, at=at)
        for speech in kept:
            _show(by, speaker, speech, at)
    return kept


def show_undelivered(*, by, item, at=None):
    """Show the texts of who did not get the floor on an item that was concluded, under the lock of the hearing; returns
    how many. Who withdrew keeps theirs to themself.
    """
    waiting = (*queues.IN_PLACE, Speaker.State.ABSENT)
    kept = WITH_ALL.filter(stage=Speech.Stage.AHEAD, shown_at=None, speaker__item=item, speaker__state__in=waiting)
    rows = list(kept.order_by("speaker__number", "language"))
    for speech in rows:
        _show(by, speech.speaker, speech, at)
    return len(rows)


def changes(speaker, language=""):
    """The Changes between what was handed in and what was delivered, or None where one of them is missing."""
    found = {}
    for speech in speaker.speeches.all():
        if not language or speech.language == language:
            found.setdefault(speech.stage, speech)
    ahead, delivered = found.get(Speech.Stage.AHEAD), found.get(Speech.Stage.DELIVERED)
    return differences.compare(ahead.text, delivered.text) if ahead and delivered else None


def digest(text):
    """The SHA-256 of a text in UTF-8, as the journal has it."""
    return hashlib.sha256(text.encode()).hexdigest()


def facts(speech):
    """What the journal keeps of words: whose they are and their digest, never the words."""
    return {
        "speaker": speech.speaker_id,
        "item": speech.speaker.item_id,
        "label": speech.speaker.item.label,
        "name": speech.speaker.name,
        "organisation": speech.speaker.organisation.name if speech.speaker.organisation_id else "",
        "stage": str(speech.stage),
        "language": speech.language,
        "characters": len(speech.text),
        "sha256": digest(speech.text),
    }


def _write(speaker, stage, by, text, language, at):
    if not text:
        raise Refused(_("There is no text in it."))
    if len(text) > MOST:
        raise Refused(lengths.too_long(len(text) - MOST), text=text)
    language = language if language in languages.LANGUAGES else speaker.language or _language_of(speaker, by)
    speech, _is_new = Speech.objects.update_or_create(
        speaker=speaker,
        stage=stage,
        language=language,
        defaults={
            "text": text,
            "html": texts.render(text),
            "written_by": by,
            "written_at": at or timezone.now(),
        },
    )
    speech.speaker = speaker
    return speech


def _language_of(speaker, by):
    return speaker.member.language if speaker.member_id else by.language


def _show(by, speaker, speech, at):
    speech.speaker, speech.shown_at = speaker, at or timezone.now()
    speech.save(update_fields=["shown_at"])
    record("speech.shown", actor=by, about=speech, data=facts(speech), at=at)
