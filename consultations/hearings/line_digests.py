"""Lines of the transcript as the journal holds them: by a digest of each, so that none is changed unseen."""

import hashlib

from django.db.models import Q

from consultations.hearings.models import Caption
from journal import chain

AT_ONCE = 50  # lines that are written down in one entry, at most


def digest(caption, wording=None):
    """The SHA-256 by which the journal holds what a line says, who says it, and when. wording: an earlier one."""
    row = wording or caption
    said = [caption.number, chain.moment(caption.said_at), row.speaker_name, row.language, row.text]
    return hashlib.sha256(chain.canonical(said)).hexdigest()


def digests(caption):
    """Those of a line and of its earlier wordings."""
    return [digest(caption), *(digest(caption, earlier) for earlier in caption.changes.all())]


def entries(caption):
    """Those that hold a digest of a line: lines come in batches, and the entry is about the last of its batch."""
    since = Caption.objects.filter(hearing=caption.hearing_id, number__gte=caption.number).order_by("number")
    about = [row.reference for row in since[:AT_ONCE]]
    return Q(verb="caption.said", about__in=about) | Q(verb="caption.corrected", about=caption.reference)


def told_anew(digests, entry, said):
    """What an entry said, with other digests: {old: new}."""
    if "lines" in said:
        return said | {"lines": [digests.get(one, one) for one in said["lines"]]}
    return said | {"sha256": digests.get(said["sha256"], said["sha256"])}


def is_in(caption, said):
    """Does what an entry says hold a digest of this line?"""
    if "lines" in said:
        return said["first"] <= caption.number <= said["last"]
    return said.get("number") == caption.number
