"""What is said to open pages: an entry drawn for a kind of page, and the bytes in which it travels, made once.

A frame has three forms: the text, a whole websocket frame, and an event of a stream. Several frames for the same
pages are joined into one piece, for a piece costs each client one call of the system however much is in it.
"""

from dataclasses import dataclass, field
from functools import cached_property

EVERYONE, MODERATORS = "everyone", "moderators"  # as `journal.models.Audience`; nothing here asks for a database
PIECE = 16_384  # bytes; frames are joined up to this, a larger one is a piece of its own


@dataclass
class Drawn:
    """An entry as the page of one thing is told it: JSON texts by language.

    thing: the id of that thing. moderators: the texts for moderators, where they hear something else than others do;
    they are drawn only when moderators look on.
    """

    seq: int
    audience: str
    thing: int
    texts: dict
    about: str = ""
    moderators: dict = field(default_factory=dict)

    def item(self, language, moderates):
        """The same in one language, as moderators hear it or as others do, ready to be sent."""
        theirs = self.moderators.get(language) if moderates else None
        return Item(self.seq, self.audience, self.about, Frame(theirs or self.texts[language]))


class Frame:
    """One message; each form is made when it is first needed."""

    def __init__(self, text):
        self.text = text

    @cached_property
    def payload(self):
        return self.text.encode()

    @cached_property
    def websocket(self):
        return websocket(self.payload)


@dataclass
class Item:
    """One entry in one language, for moderators or for others."""

    seq: int
    audience: str
    about: str
    frame: Frame

    def is_for(self, member_id, moderates):
        return (
            self.audience == EVERYONE
            or (self.audience == MODERATORS and moderates)
            or (member_id is not None and self.audience == f"member:{member_id}")
        )


def websocket(payload):
    """A text message as one unmasked frame (RFC 6455 section 5.2)."""
    length = len(payload)
    if length < 126:
        return b"\x81%c%b" % (length, payload)
    if length < 65_536:
        return b"\x81\x7e%b%b" % (length.to_bytes(2, "big"), payload)
    return b"\x81\x7f%b%b" % (length.to_bytes(8, "big"), payload)


def event(seq, frame):
    """A frame as an event of a stream; its id is what a browser sends back as Last-Event-ID, unless it is 0."""
    return (b"id: %d\n" % seq if seq else b"") + b"data: %b\n\n" % frame.payload


@dataclass
class Piece:
    """Frames that travel together: `content` in the form of a wire, how many they are, and the seq of the last."""

    content: object
    count: int
    seq: int
    size: int


def pieces(items, *, form, moderates, member_id=None):
    """The pieces in which a page hears its share of these items, in the form of its wire.

    form: `websocket` frames, `text` (a tuple of messages, for a server that frames them itself), `event` of a stream,
    or `chunk`, the same as a chunk of HTTP/1.1.
    """
    made, parts, size, seq = [], [], 0, 0
    for item in items:
        if not item.is_for(member_id, moderates):
            continue
        part = shaped(item, form)
        if parts and size + len(part) > PIECE:
            made.append(joined(parts, form, seq, size))
            parts, size = [], 0
        parts.append(part)
        size += len(part)
        seq = item.seq
    if parts:
        made.append(joined(parts, form, seq, size))
    return made


def shaped(item, form):
    if form == "websocket":
        return item.frame.websocket
    return item.frame.text if form == "text" else event(item.seq, item.frame)


def joined(parts, form, seq, size):
    if form == "text":
        return Piece(tuple(parts), len(parts), seq, size)
    content = b"".join(parts)
    content = chunk(content) if form == "chunk" else content
    return Piece(content, len(parts), seq, len(content))


def chunk(content):
    """A chunk of an HTTP/1.1 body (RFC 9112 section 7.1)."""
    return b"%x\r\n%b\r\n" % (len(content), content)
