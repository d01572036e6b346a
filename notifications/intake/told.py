"""What a member is told about what they asked for: a line or a section of the one answer, or a mail of its own.

Whoever carries out a command returns one of these; `telling` makes mails of them when the case is closed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from core.access import Refused
from notifications.wrapping import WIDTH, wrap


@dataclass(frozen=True)
class Line:
    """A sentence on one command. `asked` is the command as it was understood: "SET WEEKLY"."""

    asked: str
    text: str
    is_done: bool = True
    title: str = ""  # the subject, where this is all there is to tell


@dataclass(frozen=True)
class Section:
    """An answer that takes room (HELP, STATUS): the first line of the template is its title."""

    asked: str
    template: str
    context: dict | Callable = field(default_factory=dict)  # a callable is asked when all else in the mail is done
    shows: tuple = ()  # what the reader must still be allowed to see when it leaves


@dataclass(frozen=True)
class File:
    """A file, or a part of one, that goes along with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A mail of its own: a post, a thread, a file. It is laid out within the member's budget by whoever makes it."""

    asked: str
    subject: str
    text: str
    about: str = ""  # what a reply to it answers
    shows: tuple = ()
    file: File | None = None
    place: str = ""  # tells it from the other mails on the same command


def not_done(asked, reason, title=""):
    return Line(asked, str(reason), is_done=False, title=title)


def trying(asked, deed):
    """Do a deed that returns the sentence on it; a refusal is told with its reason."""
    try:
        return Line(asked, deed())
    except Refused as refused:
        return not_done(asked, refused.reason)


def bullet(text):
    """Lines of a mail that begin with a dash, the ones below it set in."""
    return "- " + "\n  ".join(part for line in str(text).split("\n") for part in wrap(line, WIDTH - 2))
