"""What of a post is its author's own: without code, patches, quotations and what introduces them, and signatures."""

import re

from core import patches

LEFT_OUT = "[…]"
_FENCE = re.compile(r"^[ ]{0,3}(```+|~~~+).*?(?:^[ ]{0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_SIGNATURE = re.compile(r"\n-- ?\n(?:[^\n]*\n){0,8}\Z")
_QUOTED = re.compile(r"[ ]{0,3}>")
# Which files a patch touches and by how much, as `git` and `diffstat` draw it between the words and the patch.
_CHANGED = re.compile(r"^ ?\d+ files? changed\b", re.MULTILINE)
_STAT = re.compile(
    r"^(?:---[ \t]*|[ ]\S[^\n|]*\|[ \t]+(?:\d+|Bin)\b.*|[ ]?\d+ files? changed\b.*"
    r"|[ ](?:create|delete|rename|copy|rewrite|mode) .*)$",
    re.MULTILINE,
)
# Some mail programs put the whole mail that is answered under a line like this one, without marks.
_ORIGINAL = re.compile(
    r"^[ \t]*-{3,} ?(?:Original|原始邮件|Исходное)[^\n]{0,40}-{3,}[ \t]*\n.*\Z", re.MULTILINE | re.DOTALL
)
# The line that introduces a quotation: `On 3 May 2026, Bob wrote:`.
_INTRODUCES = re.compile(
    r"(?:wrote|writes|said|écrit|escribió|كتب|写道|пишет|писал|schrieb|@|\b\d{4}\b|^Quoting\b).*[:：]\s*$|"
    r"(?:wrote|écrit|escribió|写道)\s*[:：]?\s*$"
)
_BEGINS = re.compile(r"\b\d{4}\b|\d:\d\d|@")  # the line before it, when the introduction was wrapped
_HEADER = re.compile(r"\*?(?:From|To|Cc|CC|Date|Sent|Subject):\*? ")


def words(text):
    """The author's own words, as they wrote them; of a patch remains LEFT_OUT. May be empty."""
    own = text[:-1000] + _SIGNATURE.sub("\n", text[-1000:] + "\n")
    own = patches.without(_FENCE.sub("\n\n", own), LEFT_OUT)
    own = _ORIGINAL.sub("", own)
    if _CHANGED.search(own):
        own = _STAT.sub("", own)
    return _without_quotations(own).strip("\n")


def _without_quotations(text):
    kept, is_quoted = [], False
    for line in text.split("\n"):
        if not _QUOTED.match(line):
            kept.append(line)
            is_quoted = False
        elif not is_quoted:
            _drop_introduction(kept)
            kept.append("")
            is_quoted = True
    return "\n".join(kept)


def _drop_introduction(kept):
    """Take the lines off the end of `kept` that say whose words are quoted below."""
    end = len(kept)
    if end and not kept[end - 1].strip():
        end -= 1
    start = end
    while start and start > end - 6 and _HEADER.match(kept[start - 1]):
        start -= 1
    if start == end and end and len(kept[end - 1]) < 400 and _INTRODUCES.search(kept[end - 1]):
        start -= 1
        before = kept[start - 1].rstrip() if start else ""
        if before and len(before) < 200 and _BEGINS.search(before) and not before.endswith((".", "?", "!", ":")):
            start -= 1
    if start < end:
        del kept[start:]
