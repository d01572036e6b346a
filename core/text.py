"""Text: what people write is cleaned when it comes in, and becomes HTML once, when it is saved.

`render` is the only way from text to HTML: CommonMark (core.markdown, core.markup), then bleach, and with limits on the
work, so that a hostile text costs no more than a long one. A text beyond a limit is shown as it was typed.
"""

import html
import logging
import re
import threading
import unicodedata

from bleach.sanitizer import Cleaner
from django.utils.translation import gettext as _

from core import markdown, markup

logger = logging.getLogger(__name__)

RENDERER_VERSION = 1  # raise it when the HTML for a text changes; stored HTML of an older version is rendered again

MAX_MARKDOWN = 400_000  # characters; a longer text is shown as it was typed
ELLIPSIS = "…"

_thread = threading.local()


def render(text: str) -> str:
    """The safe HTML for a text that someone wrote. Never raises.

    Its size is at most 20 characters for each one of the text, and 2,000 more.
    """
    text = clean_text(text)
    try:
        return "".join(_clean_piece(piece) for piece in _pieces(text))
    except markdown.TooMuch as limit:
        logger.info("A text of %d characters is shown as typed: too much %s", len(text), limit)
    except Exception:
        # Whatever a parser stumbles over, the words must be readable and the batch they came in must go on.
        logger.exception("A text of %d characters is shown as typed: it could not be rendered", len(text))
    return _as_typed(text)


def _pieces(text):
    if len(text) > MAX_MARKDOWN:
        raise markdown.TooMuch("text")
    writer = markup.Writer(
        max_depth=markdown.MAX_NESTING - 1, max_size=2_000 + 20 * len(text), max_links=4_000 + 4 * len(text)
    )
    return writer.pieces(_parser().parse(text))


def _parser():
    if not hasattr(_thread, "parser"):
        _thread.parser = markdown.make_parser()
    return _thread.parser


def _as_typed(text):
    paragraphs = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text))
    return "".join(
        _clean_piece(f'<p dir="auto">{markup.escape(part)}</p>'.replace("\n", "<br>"))
        for part in paragraphs
        if part.strip()
    )


# The sanitiser

ALLOWED_TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)


def _is_allowed(tag, name, value):
    """The allow-list of attributes. bleach hands over the value with its entities; browsers see it without."""
    if name == "dir":
        return value in ("auto", "ltr", "rtl")
    if tag == "a":
        if name == "href":
            return markdown.is_link(html.unescape(value))
        return name == "title" or (name == "rel" and value == markup.LINK_REL)
    return tag == "ol" and name == "start" and re.fullmatch(r"[0-9]{1,9}", value, re.ASCII) is not None


# A piece made of nothing but escaped text and these bare tags is what bleach would return unchanged
# (tests/core/test_text.py compares the two), and bleach takes longer than all the rest together. Anything with a link
# goes through it.
_BARE = re.compile(
    r"""(?:
      [^<>&\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]++
    | &(?:amp|lt|gt);
    | </?(?:p|blockquote|ul|ol|li|pre|code|em|strong|h3|h4|h5|h6)(?:[ ]dir="(?:auto|ltr|rtl)")?>
    | <[bh]r>
    )*+""",
    re.VERBOSE,
)


def _clean_piece(piece):
    return piece if _BARE.fullmatch(piece) else _sanitise(piece)


def _sanitise(piece):
    if not hasattr(_thread, "cleaner"):
        _thread.cleaner = Cleaner(tags=ALLOWED_TAGS, attributes=_is_allowed, protocols={"http", "https", "mailto"})
    return _thread.cleaner.clean(piece)


# Plain words


def excerpt(text: str, limit: int) -> str:
    """The first words of a Markdown text on one line, for lists and digests, without markup, quotations and patches.

    limit: columns of a fixed-width font, in which Chinese, Japanese and Korean characters take two. A longer text is
    cut after a word (in Chinese, which writes no spaces, after a character) and ends with "…", which is counted.
    """
    text = clean_text(text[: 40 * limit + 4_000])
    try:
        tokens = _parser().parse(text)
    except Exception:  # as in render: a list must not fail because of one row
        return _cut(_one_line(text), limit)
    own, quoted, depth = [], [], 0
    for token in tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif token.type == "inline":
            words = markup.plain_words(token.children) if token.children else token.content
            (quoted if depth else own).append(words)
    line = _one_line(" ".join(own)) or _one_line(" ".join(quoted)) or _one_line(text)
    return _cut(_UNSEEN.sub("", line), limit)


def shortened(line: str, most: int) -> str:
    """A title of at most `most` characters: a longer one is cut after a word and ends with "…", which is counted."""
    if len(line) <= most:
        return line
    line = line[:most]
    return _cut(line, sum(map(_columns, line)) - 1)  # one less than there are, so that it is cut


def _one_line(text):
    return _SPACE.sub(" ", text).strip()


def _cut(line, limit):
    if sum(map(_columns, line)) <= limit:
        return line
    columns, end = 1, 0  # the ellipsis
    while end < len(line) and columns + _columns(line[end]) <= limit:
        columns += _columns(line[end])
        end += 1
    word_end = end
    while word_end > 0 and not _may_break(line[word_end - 1], line[word_end]):
        word_end -= 1
    if word_end < end // 2:  # one very long word: cut inside it, but never between a letter and its marks
        word_end = end
        while word_end > 0 and (_columns(line[word_end]) == 0 or line[word_end - 1] == "\u200d"):
            word_end -= 1
    return line[:word_end].rstrip(" ,;:.-") + ELLIPSIS if limit > 0 else ""


def _columns(char):
    if char < "\u0300":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _may_break(before, after):
    if before == " " or after == " ":
        return True
    wide = _columns(before) == 2 and unicodedata.category(before) != "Ps"
    return wide and _columns(after) != 0 and unicodedata.category(after) not in ("Po", "Pe", "Pf", "Sk")


def quote(text: str, author: str) -> str:
    """The text as a Markdown quotation that starts with who wrote it, ready to be answered below."""
    author = re.sub(r"([\\`*_\[\]<>&])", r"\\\1", clean_line(author, 200))
    lines = clean_text(text).strip("\n").split("\n")
    quoted = "\n".join(f"> {line}" if line.strip() else ">" for line in lines)
    return _("%(author)s wrote:") % {"author": author} + f"\n{quoted}\n\n"


# Cleaning what comes in

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85]")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_text(value: str) -> str:
    """A body as it is stored: every line ends with \\n; without NUL, lone surrogates and control characters but \\t."""
    if "\r" in value or _NO_TEXT.search(value) or _LINE_ENDS.search(value):
        value = _NO_TEXT.sub("", _LINE_ENDS.sub("\n", value))
    return value


# French keeps its quotation marks and its ":;!?" to their words with a space at which no line breaks.
_SPACE = re.compile(r"(?!(?<=«)[\xa0\u202f]\S|[\xa0\u202f][»:;!?])\s+")
# Characters nobody sees (soft hyphen, fillers, word joiners, invisible operators, interlinear marks, tags), and those
# which turn the direction of what follows them (Unicode's Bidi_Control).
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BLANKS = re.compile(r"[\s\u2800]+")
# Joiners shape Persian and Indic words and emoji, so they stay between two visible characters, once.
_JOINER_ABUSE = re.compile(r"(?:(?<=\s)|^)[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)|(?<=[\u200c\u200d])[\u200c\u200d]+")
_MARK_RUN = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]{5,}"
)


def clean_line(value: str, max_length: int) -> str:
    """A title, a name or a file name on one line, at most max_length characters long.

    It comes back in Unicode's form NFC with single spaces, and without control characters, direction controls
    and characters nobody can see. Raises nothing; the result may be empty.
    """
    value = value[: 20 * max_length + 1_000]
    while True:
        line = unicodedata.normalize("NFC", _UNSEEN.sub("", value))
        line = _MARK_RUN.sub(lambda marks: marks[0][:4], line)
        line = _JOINER_ABUSE.sub("", _BLANKS.sub(" ", line).strip())[:max_length].strip()
        if line == value:
            return line
        value = line
