"""Parting: a long mail becomes several, each within the reader's budget, cut where a paragraph or a line ends."""

from collections.abc import Callable


def part(text: str, room: int) -> list[str]:
    """Pieces of a text of at most `room` bytes each, as UTF-8 with two bytes for a line's end.

    Cut between paragraphs where that leaves no piece less than half full, else between lines, else between characters.
    """
    pieces, piece, used = [], [], 0
    for line in _lines(text, room):
        size = size_of(line)
        if piece and used + size > room:
            end = _paragraph_end(piece, room)
            pieces.append("\n".join(piece[:end]).strip("\n"))
            piece = piece[end:]
            while piece and not piece[0]:
                piece.pop(0)
            used = sum(map(size_of, piece))
        piece.append(line)
        used += size
    pieces.append("\n".join(piece).strip("\n"))
    return [piece for piece in pieces if piece] or [""]


def size_of(line: str) -> int:
    """Bytes of a line on the wire, with its end."""
    return len(line.encode("utf-8", "replace")) + 2


def fill(pieces: list, room: int, size: Callable) -> int:
    """How many of the first pieces fit into `room` bytes."""
    for count, piece in enumerate(pieces):
        room -= size(piece)
        if room < 0:
            return count
    return len(pieces)


def _lines(text, room):
    """The lines of a text; one that is larger than a piece is cut between characters."""
    most = max((room - 2) // 4, 1)  # characters, of which each has four bytes at most
    for line in text.split("\n"):
        while size_of(line) > room:
            yield line[:most]
            line = line[most:]
        yield line


def _paragraph_end(piece, room):
    """After the last empty line of a piece, if what is before it is at least half of the room; else after its end."""
    ends = [index for index, line in enumerate(piece) if not line]
    if ends and sum(map(size_of, piece[: ends[-1]])) >= room // 2:
        return ends[-1]
    return len(piece)
