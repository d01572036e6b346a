"""Letters to members, each in the language and by the clock of its reader. One that no mail header can address keeps no
other back, and is logged.

A letter's words are a function that returns (subject, paragraphs) when it is called; empty paragraphs are left out.
"""

import logging
from functools import partial

from django.utils import timezone

from core.languages import speaking
from notifications import letters, outbox
from notifications.models import Letter

logger = logging.getLogger(__name__)
AT_ONCE = 200  # letters written in one piece


def one(member, words, *, about, key, **fields):
    """Write one letter to a member, once for a key; returns it, or None where it cannot be written.

    about: the reference that an answer answers, and that the reader must still be allowed to see. fields: as
    `notifications.letters.draft` takes them; the letter goes out soon where they do not say otherwise.
    """
    return _write(letters.compose, member, words, about=about, key=key, **fields) if member.is_active else None


def many(members, words, *, about, key, **fields):
    """Write a letter to each of these members, in one piece; words(member), and the key begins each letter's own."""
    drafts = [
        _write(letters.draft, member, partial(words, member), about=about, key=f"{key}:{member.pk}", **fields)
        for member in members
    ]
    outbox.deliver_all([draft for draft in drafts if draft])


def pieces(rows):
    """The rows of a queryset in the order of their keys, as lists of at most AT_ONCE."""
    last = 0
    while piece := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield piece
        last = piece[-1].pk


def _write(make, member, words, *, about, **fields):
    with speaking(member.language), timezone.override(member.zone):
        subject, paragraphs = words()
        fields = {"priority": Letter.Priority.SOON, "shows": [about]} | fields
        try:
            return make(
                member=member, subject=subject, text="\n\n".join(filter(None, paragraphs)), about=about, **fields
            )
        except ValueError:
            logger.warning("No letter about %s can be written to member %s", about, member.pk)
            return None
