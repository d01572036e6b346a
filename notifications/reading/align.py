"""Known text: which lines of a mail are the issue as it was sent.

A third of real replies quote without any mark, so the text as sent is the only sure witness. Both texts are squeezed to
letters and digits (NFKD, no accents, no direction or zero-width signs, no addresses of links), so that it does not
matter how a program wrapped, quoted or decorated them. Lines are matched in running order; a jump needs a longer match.
"""

import bisect
import re
import unicodedata

MOST_SENT = 400_000  # characters of the issue that are compared
MOST_SCANNED = 30_000_000  # characters searched for jumps in one mail; bounds the time whatever the mail holds
NEAR = 4_000  # how far ahead a line is looked for first
LINE_START, ANYWHERE = 8, 20  # letters a match needs at the start of a sent line, and elsewhere

WORD = re.compile(r"[^\W_]+")
LINKS = re.compile(r"<?\b(?:https?://|www\.|mailto:)[^\s<>\]\"']{0,2000}>?", re.IGNORECASE)
# French sets a space before "?"; and people point at their answers.
SPACED_MARK = re.compile(r"(?:\s?[?!»;:؟？！](?=\s|$)){0,3}(?:\s{0,3}(?:[-=]{1,2}>|[→⇒➔])(?=\s))?")
MARKER = re.compile(r"\s{0,8}\[\s?[#＃]\s?(\d{1,9})\s?\]")


def squeeze(text):
    """Letters and digits only, as both texts are compared."""
    return "".join(WORD.findall(unicodedata.normalize("NFKD", LINKS.sub(" ", text)))).casefold()


class Known:
    """The issue as sent, ready to be recognised line by line."""

    def __init__(self, sent):
        self.stream = ""
        self.word_starts, self.line_starts = set(), set()
        self.marks, self.codes, self.titles = [], [], {}
        self.urls = dict.fromkeys(LINKS.findall(sent[:MOST_SENT])[:200]).keys()
        self.ornaments = set()
        self.position = self.scanned = self.last_line = 0
        self._load(sent[:MOST_SENT])

    def _load(self, sent):
        pieces, length = [], 0
        for row in sent.split("\n"):
            tokens = [token.casefold() for token in WORD.findall(unicodedata.normalize("NFKD", LINKS.sub(" ", row)))]
            if not tokens:
                self.ornaments.add(row.strip())
                continue
            self.line_starts.add(length)
            self.last_line = length
            marker = MARKER.match(row)
            if marker:
                code = str(int(marker[1]))
                self.marks.append(length)
                self.codes.append(code)
                self.titles.setdefault(code, (length, sum(map(len, tokens))))
            for token in tokens:
                self.word_starts.add(length)
                length += len(token)
            pieces.extend(tokens)
        self.stream = "".join(pieces)
        self.word_starts.add(length)

    def item_at(self, offset):
        """The code of the item in whose part an offset lies; "" before the first and from the issue's last line on."""
        if offset >= self.last_line and (not self.marks or self.last_line > self.marks[-1]):
            return ""
        index = bisect.bisect_right(self.marks, offset) - 1
        return self.codes[index] if index >= 0 else ""

    def find(self, text):
        """(offset, end) of a line in the issue, or None. A line of links or ornament only is (position, position)."""
        squeezed = squeeze(text)
        if not squeezed:
            links = LINKS.findall(text)
            known = bool(links) and all(link in self.urls for link in links)
            return (
                (self.position, self.position) if known or (text.strip() in self.ornaments and text.strip()) else None
            )
        at = self._locate(squeezed)
        if at < 0:
            return (self.position, self.position) if self._is_piece_of_link(text) else None
        self.position = at + len(squeezed)
        return at, self.position

    def _is_piece_of_link(self, text):
        """A link of the issue that a program broke over lines."""
        piece = text.strip("|>< \t")
        if not 6 <= len(piece) <= 200 or " " in piece or not ("/" in piece or ":" in piece):
            return False
        return any(piece in url for url in self.urls)

    def title_end(self, text, code):
        """Where in `text`, a line that starts with an item's marker, the item's sent line ends and more follows."""
        start, length = self.titles.get(code, (0, 0))
        squeezed = squeeze(text)
        if not length or len(squeezed) <= length or not squeezed.startswith(self.stream[start : start + length]):
            return None
        count = 0
        for index, char in enumerate(text):
            count += len(squeeze(char))
            if count >= length:
                end = index + 1
                while end < len(text) and not text[end].isalnum() and not text[end].isspace():
                    end += 1
                end = SPACED_MARK.match(text, end).end()
                return end if text[end:].strip() else None
        return None

    def _locate(self, squeezed):
        if self.stream.startswith(squeezed, self.position) and self._may_break(self.position + len(squeezed)):
            return self.position
        least = LINE_START if len(squeezed) < ANYWHERE else ANYWHERE
        if _is_wide(squeezed):
            least //= 2
        if len(squeezed) < least:
            return -1
        for start, end in (
            (self.position, self.position + NEAR),
            (self.position + NEAR, len(self.stream)),
            (0, self.position + len(squeezed)),
        ):
            at = self._search(squeezed, start, min(end, len(self.stream)))
            if at >= 0:
                return at
        return -1

    def _search(self, squeezed, start, end):
        for _attempt in range(4):
            if self.scanned > MOST_SCANNED or start >= end:
                return -1
            at = self.stream.find(squeezed, start, end)
            self.scanned += (at if at >= 0 else end) - start + len(squeezed)
            if at < 0:
                return -1
            if self._bounded(at, squeezed) and (len(squeezed) >= self._least(squeezed) or at in self.line_starts):
                return at
            start = at + 1
        return -1

    def _least(self, squeezed):
        return ANYWHERE // 2 if _is_wide(squeezed) else ANYWHERE

    def _bounded(self, at, squeezed):
        """Begins and ends between words; scripts without spaces break anywhere."""
        if max(squeezed) > "\u2e00":
            return True
        return self._may_break(at) and self._may_break(at + len(squeezed))

    def _may_break(self, at):
        return at in self.word_starts or _is_wide(self.stream[max(0, at - 1) : at + 1])


def _is_wide(squeezed):
    """Is the first or the last character of a script without spaces (East Asian, Thai, Lao)?"""
    return any(ord(char) > 0x2E00 or 0x0E00 <= ord(char) <= 0x0EFF for char in (squeezed[:1], squeezed[-1:]) if char)
