"""Our Markdown: CommonMark as markdown-it reads it, made to fit what people write in mails.

Nothing here is trusted: `core.text.render` passes what this module writes through bleach.

Where it differs from CommonMark, and why:

- a line break in the source is a line break on the page, and its leading spaces are kept;
- a line after a quotation is not part of the quotation (CommonMark would put the answer into the mouth of the one
  who is quoted);
- `-- ` (a signature) and `---` (a patch's separator) do not turn the paragraph above into a heading: an underline must
  be at least half as long as its one line of text;
- lines that all start with `# ` are a piece of a script or of a settings file, not a heap of headings;
- a patch, or a piece of one, is shown as code, without having to be indented;
- lines most of which have columns (three spaces or a tab between words) are shown as code, for their columns' sake;
- `this' is a quotation of older mails, not the start of a piece of code;
- link definitions (`[1]: https://...`) stay visible, because nothing that was written may vanish;
- addresses starting with http://, https:// or www. become links; images become links to the image.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.rules_block.heading import heading as commonmark_heading
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_block.table import table as commonmark_table
from markdown_it.rules_inline.backticks import backtick as commonmark_backticks

from core import columns, patches

MAX_NESTING = 40  # levels of quotes and lists; a list takes two
MAX_CELLS = 2_000  # table cells in one text
MAX_TABLE_LINES = 20_000  # lines looked at in search of tables
MAX_MARKS = 1_500  # characters of markup in one paragraph; a paragraph with more is shown as it was typed
MAX_URL = 2_000  # characters


class TooMuch(Exception):
    """The text asks for more work or more output than a text of its length should."""


# A URL is taken only in one of these four shapes; everything else stays text. User names in URLs (https://bank.org@evil.org)
# are refused, a backslash is (browsers read it as a slash), and so is `//host`.
_URL = re.compile(
    r"""
    https?://
        (?: [a-z0-9_](?:[a-z0-9_.\-]*[a-z0-9_])?\.? | \[[0-9a-f:.]{2,45}\] ) (?: :[0-9]{1,5} )?
        (?: [/?#] [a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%|]* )?
    | mailto: [a-z0-9.!#$%*+/=?^_~\-]+ @ [a-z0-9\-]+ (?: \.[a-z0-9\-]+ )*
        (?: [?&] (?:subject|body|cc)= [a-z0-9\-._~:/@!$'*+,;%]* )*
    | / (?! [/\\] ) [a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%|]*
    | \# [a-z0-9\-._~:/?@!$&'()*+,;=%]*
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def is_link(url):
    """Whether a URL (entities decoded, non-ASCII encoded) is http, https, mailto or a path on this site."""
    return len(url) <= MAX_URL and _URL.fullmatch(url) is not None


def make_parser():
    """A parser for one thread."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    parser.disable(["html_block", "html_inline", "text_join"])
    parser.validateLink = is_link
    block = parser.block.ruler
    block.at("paragraph", _paragraph)
    block.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("lheading", _underlined_heading)
    block.at("reference", _definition)
    block.at("table", _table, {"alt": ["paragraph", "reference"]})
    block.enable("table")
    block.before("table", "patch", patches.block, {"alt": ["paragraph", "reference", "list"]})
    block.after("patch", "prose", _prose)
    block.before("blockquote", "quotation_end", _quotation_end, {"alt": ["blockquote"]})
    parser.core.ruler.at("inline", _inline)
    parser.inline.ruler.at("newline", _newline)
    parser.inline.ruler.at("backticks", _backticks)
    return parser


# Blocks


def _first_char(state, line):
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start] if start < state.eMarks[line] else ""


def _is_prose(state, line, end):
    """Whether no kind of block but a paragraph can start on this line: it saves asking ten rules about each line."""
    first = _first_char(state, line)
    if not first.isalpha() or first in "dI":  # a patch may start with "diff" or "Index"
        return False
    return line + 1 >= end or _first_char(state, line + 1) not in ("|", "-", ":", "=")


def _prose(state, start, end, silent):
    if state.sCount[start] - state.blkIndent > 3 or not _is_prose(state, start, end):
        return False
    return _paragraph(state, start, end, silent)


def _paragraph(state, start, end, silent):
    line, end = start + 1, state.lineMax
    terminators = state.md.block.ruler.getRules("paragraph")
    parent, state.parentType = state.parentType, "paragraph"
    while line < end and not state.isEmpty(line):
        indent = state.sCount[line]
        if (
            indent - state.blkIndent <= 3
            and indent >= 0
            and not _is_prose(state, line, end)
            and any(rule(state, line, end, True) for rule in terminators)
        ):
            break
        line += 1
    state.line, state.parentType = line, parent
    content = state.getLines(start, line, state.blkIndent, False)
    if columns.are_in(content):
        state.push("code_block", "code", 0).content = content.rstrip() + "\n"
    else:
        _push_paragraph(state, start, content)
    return True


# The look-behind keeps it linear: a run of spaces is tried once, not once for each of its spaces.
_TRAILING = re.compile(r"(?<![ \t])[ \t]+(?=\n)")


def _push_paragraph(state, start, content, literal=False):
    state.push("paragraph_open", "p", 1).map = [start, state.line]
    inline = state.push("inline", "", 0)
    inline.content = _TRAILING.sub("", content.strip("\n").rstrip())
    inline.map = [start, state.line]
    inline.children = []
    inline.meta = {"literal": literal}
    state.push("paragraph_close", "p", -1)


_HASHES = re.compile(r"(#{1,6})(?:[ \t]+(.*))?$", re.MULTILINE)


def _heading(state, start, end, silent):
    level, words = _hashes(state, start)
    if not words or level in (_hashes(state, start - 1)[0], _hashes(state, start + 1)[0]):
        return False
    return commonmark_heading(state, start, end, silent)


def _hashes(state, line):
    """How many "#" start the line, and what follows them; 0 and "" where it is no heading."""
    if not 0 <= line < state.lineMax:
        return 0, ""
    found = _HASHES.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return (len(found[1]), (found[2] or "").strip(" \t#")) if found else (0, "")


def _underlined_heading(state, start, end, silent):
    line = start + 1
    if line >= end or state.is_code_block(start) or not 0 <= state.sCount[line] - state.blkIndent <= 3:
        return False
    underline = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip()
    if underline.strip("=") and underline.strip("-"):
        return False
    if len(underline) < 3 or 2 * len(underline) < len(text) or not any(map(str.isalnum, text)):
        return False
    tag = "h1" if underline[0] == "=" else "h2"
    state.line = line + 1
    state.push("heading_open", tag, 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.children = text, []
    state.push("heading_close", tag, -1)
    return True


_DEFINITION = re.compile(
    r"""
    \[ ((?:[^\[\]\\\n]|\\.){1,200}) \]:  # the label
    [ \t]+ (<[^<>\n]*>|[^\s<]\S*)        # the address
    (?: [ \t]+ ("[^"\n]*"|'[^'\n]*'|\([^()\n]*\)) )? [ \t]*
    """,
    re.VERBOSE,
)


def _definition(state, start, end, silent):
    """A link definition of one line; it works, and is shown too. Longer ones, which are rare, stay text."""
    if _first_char(state, start) != "[" or state.is_code_block(start):
        return False
    source = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _DEFINITION.fullmatch(source)
    if not found or not found[1].strip():
        return False
    target = found[2][1:-1] if found[2].startswith("<") else found[2]
    href = state.md.normalizeLink(unescapeAll(target))
    if not is_link(href):
        return False
    reference = {"href": href, "title": unescapeAll(found[3][1:-1]) if found[3] else ""}
    state.env.setdefault("references", {}).setdefault(normalizeReference(found[1]), reference)
    state.line = start + 1
    last = state.tokens[-2] if len(state.tokens) > 2 else None
    if last and last.meta.get("definition_until") == start:
        last.content += "\n" + source.rstrip()
    else:
        _push_paragraph(state, start, source, literal=True)
        last = state.tokens[-2]
    last.meta["definition_until"] = state.line
    return True


def _table(state, start, end, silent):
    """A table as GitHub reads it, if it loses no cell (GitHub drops those that have no heading) and is no bomb."""
    if start + 2 > end or _first_char(state, start + 1) not in ("|", "-", ":"):
        return False
    if not commonmark_table(state, start, end, True):
        return False
    width = _cells(state, start)
    line = start + 2
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        state.env["table_lines"] = state.env.get("table_lines", 0) + 1
        if state.env["table_lines"] > MAX_TABLE_LINES or width * (line - start) > MAX_CELLS:
            raise TooMuch("table")
        if _cells(state, line) > width:
            return False
        line += 1
    if silent:
        return True
    state.env["cells"] = state.env.get("cells", 0) + width * (line - start - 1)
    if state.env["cells"] > MAX_CELLS:
        raise TooMuch("tables")
    return commonmark_table(state, start, end, False)


def _cells(state, line):
    source = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    return len(escapedSplit(source)) - source.startswith("|") - (source.endswith("|") and source != "|")


def _quotation_end(state, start, end, silent):
    # Asked by the blockquote rule about a line without ">"; tables ask the same list of rules about their rows.
    return silent and state.parentType == "blockquote"


# Inlines

_MARKS = re.compile(r"[\\`*_\[\]<&]")
_NEEDS_PARSER = re.compile(
    r"""
    \\[!-/:-@\[-`{-~\n]             # an escaped character
    | `                             # code
    | \]\(                          # a link
    | <[^<>\s:@]+[:@][^<>\s]*>      # an address in angle brackets
    | &(?:\#[0-9xX]|[A-Za-z])[0-9A-Za-z]*;
    | \*[^\s*]                      # emphasis may open
    | (?<![0-9A-Za-z_])_ | _(?![0-9A-Za-z_])
    """,
    re.VERBOSE,
)


def _inline(state):
    """Parse the inline content of each block that has any markup in it; most paragraphs of most mails have none."""
    has_references = "references" in state.env
    for token in state.tokens:
        if token.type != "inline" or token.meta.get("literal"):
            continue
        content = token.content
        if not _NEEDS_PARSER.search(content) and not (has_references and "[" in content):
            continue
        if len(content) > MAX_MARKS and sum(1 for _ in _MARKS.finditer(content)) > MAX_MARKS:
            continue
        state.md.inline.parse(content, state.md, state.env, token.children)


def _newline(state, silent):
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        state.push("softbreak", "br", 0)
    state.pos += 1
    return True


# `make' is quoted, unless a backtick closes on the same line what the first one opens: `the users' list`.
_OLD_QUOTES = re.compile(r"`[^'`\n]{0,60}[\w.)/*]'(?![\w'])(?![^`\n]*[^\s(`]`)")


def _backticks(state, silent):
    if state.src[state.pos] == "`" and _OLD_QUOTES.match(state.src, state.pos):
        if not silent:
            state.pending += "`"
        state.pos += 1
        return True
    return commonmark_backticks(state, silent)
