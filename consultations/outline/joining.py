"""Joining: the lines of one paragraph become one text, with a space where the writer had one.

Between Chinese characters there is none. Between a Chinese character and a digit or Latin letter it depends on the
writer, so the document itself is asked what its habit is. A hyphen at the end of a line belongs to its word.
"""

import collections
import itertools
import re

_WIDE = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’…—"
_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff"
_MET = re.compile(rf"(?<=[{_IDEOGRAPH}])(\s?)([A-Za-z0-9(\[])|([A-Za-z0-9)\]%])(\s?)(?=[{_IDEOGRAPH}])")
_IDEOGRAPHS = re.compile(f"[{_IDEOGRAPH}]")
_FIGURE = re.compile(r"[\d.,/%]")
_TELEPHONE = re.compile(r"\+\d+(?: \d+)*(?<=\d\d)\Z")
_AND = re.compile(r"(?:and|or|to|et|ou|à|y|e|o|u|a|и|или|до)\b", re.IGNORECASE)
SAMPLE = 20_000  # meetings of Chinese and Latin looked at


class Habit:
    """How this document parts Chinese from Latin letters and digits."""

    def __init__(self, texts):
        parted, met = collections.Counter(), 0
        ideographs = letters = 0
        for text in texts:
            for match in _MET.finditer(text):
                kind = _kind(match[2] or match[3])
                parted[kind] += 1 if match[1] or match[4] else -1
                met += 1
            found = len(_IDEOGRAPHS.findall(text))
            ideographs, letters = ideographs + found, letters + len(text) - found
            if met > SAMPLE:
                break
        self.is_chinese = ideographs > letters
        self.spaces = {kind: " " if count > 0 else "" for kind, count in parted.items()}

    def join(self, parts):
        """One text out of the lines of a paragraph."""
        lines = [part.strip() for part in parts if part.strip()]
        joined = lines[:1]
        for tail, head in itertools.pairwise(lines):
            joined += (self._between(tail, head), head)
        return "".join(joined)

    def _between(self, tail, head):
        if tail[-1] in "([{（［《“" or head[0] in ")]}）］》，。；、":
            return ""
        last, first = tail[-1], head[0]
        wide_last, wide_first = re.match(f"[{_WIDE}]", last), re.match(f"[{_WIDE}]", first)
        if wide_last and wide_first:
            return "" if _is_chinese(last) or _is_chinese(first) else " "
        if wide_last or wide_first:
            narrow = first if wide_last else last
            if not _is_chinese(last if wide_last else first):
                return self._latin(tail, head)
            ideographs = re.match(f"[{_IDEOGRAPH}]", last if wide_last else first)
            return self.spaces.get(_kind(narrow), "") if ideographs else ""
        return self._latin(tail, head)

    def _latin(self, tail, head):
        if _TELEPHONE.search(tail) and re.match(r"\d{2}", head):
            return " "
        if self.is_chinese and _FIGURE.match(tail[-1]) and _FIGURE.match(head[0]):
            return ""  # Chinese is cut anywhere, in a figure too
        if tail[-1] in "-‐‑" and len(tail) > 1 and tail[-2].isalnum() and head[0].isalnum() and not _AND.match(head):
            return ""
        if tail[-1] == "/" and len(tail) > 1 and not tail[-2].isspace():
            return ""
        return " "


def _is_chinese(char):
    return char not in "“”‘’…—"


def _kind(char):
    """Letters and digits are of one kind, brackets of another."""
    return "word" if char.isalnum() else char
