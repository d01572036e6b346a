"""Voices: a member carries somebody else's words into a thread, and that person can object.

A village meeting, or a colleague without a line, takes part through the mailbox of one who has one. The post is the
person's: it bears their name, and beside it the name of who carried it. Whether the person agreed is known where the
words came in (notifications/couriers); here stands what a post makes of it.
"""

from dataclasses import dataclass

from core.access import require
from forum import rules


@dataclass(frozen=True)
class Voice:
    """Whose words they are; `member` where the person is a member themselves. `address`: theirs, never shown."""

    name: str
    member: object = None
    address: str = ""


def author_fields(author, voice, workspace):
    """The author of a post; in a voice, the person where they are a member, else their name alone.

    Raises Refused when the person is a member who may not write in the workspace: nobody goes round a rule by having
    their words carried.
    """
    if voice is None:
        return {"author": author}
    if voice.member is None:
        return {"author": None, "byline": voice.name[:120], "byline_address": voice.address, "carried_by": author}
    require(rules.may_write, voice.member, workspace)
    return {"author": voice.member, "carried_by": author}
