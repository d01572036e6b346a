"""HTML bodies: walked tag by tag into lines, never held as a tree.

Blockquotes are depth. The containers in which programs put what they quote without a blockquote (Yahoo, Outlook, GMX)
make their lines `soft`: quoted, unless the known text shows that the writer answered in between.
"""

import re

from lxml import etree

from .lines import MOST_ROWS, Line, split_marks

MOST_DEPTH = 1_000  # open tags; deeper pages are read without their tags, for libxml2 gets slow there
MOST_HTML = 1_000_000  # characters
CHUNK = 8_192
MOST_MARKS = 20  # quote marks shown before a line

BLOCKS = set(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4"
    " h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
SPACED = set("p h1 h2 h3 h4 h5 h6 ul ol dl table".split())
SKIPPED = set("head script style title template noscript object svg select textarea".split())

INDENT = re.compile(r"margin(?:-left)?:\s?(?:0(?:px)? 0(?:px)? 0(?:px)? )?40px", re.IGNORECASE)
UNBORDERED = re.compile(r"border(?:-left)?:\s?(?:none|0|medium none)", re.IGNORECASE)
HIDDEN = re.compile(r"display:\s?none|mso-hide:\s?all|font-size:\s?0(?:px)?(?:;|$)", re.IGNORECASE)
TIGHT = re.compile(r"margin(?:-top|-bottom)?:\s?0", re.IGNORECASE)
BORDER_LEFT = re.compile(r"border-left(?:-style)?:[^;]{0,40}solid", re.IGNORECASE)

# Names (class or id, or parts of them) by which mail programs mark what they add.
QUOTE_INSIDE = (
    "yahoo_quoted", "OLK_SRC_BODY_SECTION", "mail-editor-reference-message", "ms-outlook-mobile-reference-message",
    "zmail_extra", "isReplyContent", "moz-forward-container", "messageReplySection", "bloop_original_html",
    "elided-text",
    "ntes-mailmaster-quote", "alimail-quote", "quoted-content", "front-blockquote", "tutanota_quote", "replyContent",
    "original-content", "mail-quote-collapse", "sh-quoted-content", "__QUOTED_TEXT__", "__HEADERS__", "quoted_text_eml",
)  # fmt: skip
QUOTE_FROM_HERE = ("divRplyFwdMsg", "stopSpelling", "replySplit", "ntes-pcmac-quote", "zwchr", "OutlookMessageHeader")
ATTRIBUTIONS = (
    "gmail_attr", "moz-cite-prefix", "moz-email-headers-table", "protonmail_quote_header", "AppleOriginalContents",
    "reply-intro", "airmail_on", "gmail_quote_attribution",
)  # fmt: skip
SIGNATURES = (
    "gmail_signature", "moz-signature", "protonmail_signature_block", "ms-outlook-mobile-signature",
    "mobile-signature", "yahoo-signature", "signature-block", "divTagDefaultSignature", "composer_signature",
    "AppleMailSignature", "divNeteaseMailCard", "bloop_sign", "hw_signature", "edo-signature", "tutanota_sig",
)  # fmt: skip
NAMED = re.compile("|".join(map(re.escape, QUOTE_INSIDE + QUOTE_FROM_HERE + ATTRIBUTIONS + SIGNATURES)), re.IGNORECASE)


def to_lines(html):
    """The lines of an HTML body; never raises."""
    walker = _Walker()
    parser = etree.HTMLParser(target=walker, huge_tree=True, remove_comments=True)
    html = html[:MOST_HTML]
    position = 0
    try:
        while position < len(html) and walker.open_tags < MOST_DEPTH:
            parser.feed(html[position : position + CHUNK])
            position += CHUNK
        if position >= len(html):
            parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        position = max(position, 0)
    walker.flush()
    if position < len(html):
        for row in re.sub(r"<[^<>]{0,2000}>", "\n", html[position:]).split("\n"):
            walker.put(row)
    return walker.lines


def to_text(html):
    """Readable text of an HTML body, quotes marked with "> "."""
    rows = ["> " * min(line.depth, MOST_MARKS) + line.text for line in to_lines(html)[:MOST_ROWS]]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n")


class _Walker:
    """Receives the tags as they come and puts out lines."""

    def __init__(self):
        self.lines = []
        self.stack = []  # (tag, effects to undo at its end)
        self.open_tags = 0
        self.depth = self.skip = self.pre = self.inside = self.attribution = self.signature = 0
        self.rest = False
        self.row = []
        self.lists = []
        self.link = ""

    def start(self, tag, attributes):
        self.open_tags += 1
        effects = ""
        if tag in SKIPPED:
            effects += "s"
        if tag in BLOCKS:
            self.flush()
        if attributes:
            effects += self._marked(tag, attributes)
        if tag == "blockquote" and not self._is_indent(attributes):
            effects += "q"
        elif tag == "br":
            self.flush(force=True)
        elif tag == "hr":
            self._blank()
        elif tag == "pre":
            effects += "p"
        elif tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._bullet()
        elif tag in ("td", "th") and self.row:
            self.row.append(" ")
        self.stack.append((tag, effects))
        self._apply(effects, 1)

    def end(self, tag):
        self.open_tags -= 1
        effects = ""
        while self.stack:
            opened, effects = self.stack.pop()
            if tag in BLOCKS and opened == tag:
                self.flush()
            self._apply(effects, -1)
            if opened == tag:
                break
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in SPACED and "t" not in effects:
            self._blank()
        if tag == "a" and self.link:
            if not self.depth and not self.inside and self.row and not self._shows(self.link):
                self.row.append(f" <{self.link}>")
            self.link = ""

    def data(self, data):
        if not self.skip:
            self.row.append(data)

    def comment(self, _text):
        pass

    def close(self):
        return self

    def flush(self, force=False):
        """End the row; an empty one counts only for a line break."""
        text = "".join(self.row)
        self.row.clear()
        if self.pre:
            for row in text.split("\n"):
                self.put(row.rstrip())
            return
        force = force or "\xa0" in text  # how Word writes an empty paragraph
        text = " ".join(text.split())
        if text or force:
            self.put(text)

    def put(self, text):
        marks, text = split_marks(text) if text[:1] in (">", "＞") else (0, text)
        hint = "attribution" if self.attribution else "signature" if self.signature else ""
        self.lines.append(Line(text, self.depth + marks, soft=self.rest or self.inside > 0, hint=hint))

    def _blank(self):
        self.flush()
        if self.lines and self.lines[-1].text:
            self.put("")

    def _bullet(self):
        number = self.lists[-1] if self.lists else None
        if number is None:
            self.row.append("- ")
        else:
            self.lists[-1] = number + 1
            self.row.append(f"{number + 1}. ")

    def _shows(self, link):
        shown = "".join(self.row[-6:])[-400:].strip().lower().rstrip("/")
        bare = re.sub(r"^(?:https?://)?(?:www\.)?|/$", "", link.lower())
        return not shown or bare[:60] in shown or "@" in bare

    def _marked(self, tag, attributes):
        effects = ""
        style = attributes.get("style", "")
        if style:
            if HIDDEN.search(style):
                effects += "s"
            if tag == "p" and TIGHT.search(style):
                effects += "t"
            if tag in ("div", "span") and BORDER_LEFT.search(style):
                effects += "i"
        if tag == "a" and attributes.get("href", "").startswith("http"):
            self.link = attributes["href"][:500]
        names = " ".join(map(attributes.get, ("class", "id", "name", "data-marker"), ("", "", "", "")))
        if tag == "p" and "Mso" in names:
            effects += "t"
        if tag == "div" and attributes.get("name") == "quote":
            effects += "i"
        match = NAMED.search(names) if len(names) > 6 else None
        if match:
            effects += self._named(match[0].lower(), tag)
        elif tag == "div" and attributes.get("id", "").removeprefix("x_") == "Signature":
            effects += "g"
        return effects

    def _named(self, name, tag):
        if name in LOWER_INSIDE:
            return "" if tag == "blockquote" else "i"
        if name in LOWER_FROM_HERE:
            self.rest = True
            return ""
        return "a" if name in LOWER_ATTRIBUTIONS else "g"

    def _is_indent(self, attributes):
        """Gmail and Outlook indent a writer's own words with a blockquote that has no border."""
        style = attributes.get("style", "") if attributes else ""
        return bool(style and INDENT.search(style) and (UNBORDERED.search(style) or "border" not in style))

    def _apply(self, effects, by):
        for effect in effects:
            if effect == "q":
                self.depth += by
            elif effect == "s":
                self.skip += by
            elif effect == "p":
                self.pre += by
            elif effect == "i":
                self.inside += by
            elif effect == "a":
                self.attribution += by
            elif effect == "g":
                self.signature += by


LOWER_INSIDE = {name.lower() for name in QUOTE_INSIDE}
LOWER_FROM_HERE = {name.lower() for name in QUOTE_FROM_HERE}
LOWER_ATTRIBUTIONS = {name.lower() for name in ATTRIBUTIONS}
