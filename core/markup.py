"""Writes the tokens of `core.markdown` as HTML, one piece for each block at the top of the text.

Directions: what holds words directly (`p`, `td`, `pre`, links...) gets dir="auto", so that the browser decides by its
first letter. The browser's "auto" looks past children that have a `dir` of their own, so quotes, lists and tables get
the direction of the first letter in them written out. All items of a list have their bullets on one side; an item in
the other direction gets a paragraph of its own.
"""

import re
import unicodedata
from html import escape as escape_attribute

from core.markdown import TooMuch, is_link

LINK_REL = "nofollow noopener ugc"
_LETTER = re.compile(r"[^\W\d_]")
_CONTAINERS = {"blockquote", "ul", "ol", "table"}
_SIMPLE = {"li", "thead", "tbody", "tr"}

_BARE_URL = re.compile(
    r"(?<![A-Za-z0-9/@._\-])(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.IGNORECASE | re.ASCII
)


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def direction(text):
    """ "rtl" or "ltr" after the first letter of the text, None when it has no letter."""
    letter = _LETTER.search(text)
    if not letter:
        return None
    return "rtl" if unicodedata.bidirectional(letter[0]) in ("R", "AL") else "ltr"


class Writer:
    """Writes one text; raises TooMuch when its limits are passed.

    max_depth: levels of quotes and lists, or of emphasis. max_size: characters of HTML. max_links: characters in the
    addresses of links.
    """

    def __init__(self, *, max_depth, max_size, max_links):
        self.max_depth, self.max_size, self.max_links = max_depth, max_size, max_links
        self.out = []
        self.size = 0
        self.link_size = 0
        self.in_link = False
        self.in_item = self.after_hidden = False  # paragraphs without <p>, in lists without empty lines
        self.containers = []  # [tag, position in out, direction or None]
        self.undecided = 0  # how many of them have no direction yet

    def pieces(self, tokens):
        for token in tokens:
            self._block(token)
            if token.level == 0 and token.nesting <= 0 and token.type != "inline":
                yield self._take()
        if self.out:
            yield self._take()

    def _take(self):
        piece = "".join(self.out)
        self.out.clear()
        self.size += len(piece)
        if self.size > self.max_size:
            raise TooMuch("output")
        return piece

    def _block(self, token):
        kind, tag = token.type, token.tag
        if token.nesting > 0 and token.level >= self.max_depth:  # what lies deeper, the parser leaves out
            raise TooMuch("nesting")
        if kind == "inline":
            self._item(token) if self.in_item else self._inline(token)
        elif kind in ("code_block", "fence"):
            self._code(token)
        elif kind == "hr":
            self.out.append("<hr>")
        elif token.hidden:
            self.in_item = token.nesting > 0
            if self.in_item and self.after_hidden:
                self.out.append("<br>")
        elif tag in _CONTAINERS:
            self._open_container(token) if token.nesting > 0 else self._close_container(tag)
        else:
            if kind.startswith("heading"):
                tag = f"h{min(int(tag[1]) + 2, 6)}"
            if token.nesting > 0:
                self.out.append(f"<{tag}>" if tag in _SIMPLE else f'<{tag} dir="auto">')
            else:
                self.out.append(f"</{tag}>")
        if kind != "inline":
            self.after_hidden = token.hidden and token.nesting < 0

    def _code(self, token):
        info = token.info.strip()
        content = token.content
        if len(info.split()) > 1:  # not the name of a programming language, but words: they must not vanish
            content = f"{info}\n{content}"
        self._decide(content)
        self.out.append(f'<pre dir="auto"><code>{escape(content)}</code></pre>')

    # Directions

    def _open_container(self, token):
        attribute = ""
        if token.tag == "ol" and token.attrs.get("start", 1) != 1:
            attribute = f' start="{int(token.attrs["start"])}"'
        self.containers.append([token.tag, len(self.out), None])
        self.undecided += 1
        self.out.append(f"<{token.tag}{attribute}>")

    def _close_container(self, tag):
        if self.containers.pop()[2] is None:
            self.undecided -= 1
        self.out.append(f"</{tag}>")

    def _decide(self, text):
        if not self.undecided or not (found := direction(text)):
            return
        outer = None
        for container in self.containers:
            if container[2] is None:
                container[2] = found
                if found != outer:
                    tag, position, _ = container
                    self.out[position] = f'<{tag} dir="{found}"' + self.out[position][len(tag) + 1 :]
            outer = container[2]
        self.undecided = 0

    def _item(self, token):
        list_direction = self.containers[-1][2]
        if list_direction and direction(token.content) not in (None, list_direction):
            self.out.append('<p dir="auto">')
            self._inline(token)
            self.out.append("</p>")
        else:
            self._inline(token)

    # Inlines

    def _inline(self, token):
        if not token.children:
            self._text(token.content)
            return
        text = ""
        opened = 0
        for child in token.children:
            kind = child.type
            if kind == "text" or kind == "text_special":
                text += child.content
                continue
            if kind == "softbreak" or kind == "hardbreak":
                text += "\n"
                continue
            if text:
                self._text(text)
                text = ""
            if kind == "code_inline":
                self._decide(child.content)
                self.out.append(f'<code dir="auto">{escape(child.content)}</code>')
            elif kind == "link_open":
                self.in_link = True
                self._open_link(child.attrs["href"], child.attrs.get("title", ""))
            elif kind == "link_close":
                self.in_link = False
                self.out.append("</a>")
            elif kind == "image":
                self._image(child)
            else:
                opened += child.nesting
                if opened > self.max_depth:
                    raise TooMuch("nesting")
                self.out.append(f"<{child.tag}>" if child.nesting > 0 else f"</{child.tag}>")
        if text:
            self._text(text)

    def _text(self, text):
        self._decide(text)
        if self.in_link or ("://" not in text and "www." not in text.lower()):
            self._plain(text)
            return
        done = 0
        for found in _BARE_URL.finditer(text):
            shown = _without_punctuation(found[0])
            href = shown if "://" in shown[:8] else f"http://{shown}"
            if not is_link(href) or len(shown) < 8:
                continue
            self._plain(text[done : found.start()])
            self._open_link(href)
            self._plain(shown)
            self.out.append("</a>")
            done = found.start() + len(shown)
        self._plain(text[done:])

    def _plain(self, text):
        self.out.append(escape(text).replace("\n", "<br>"))

    def _open_link(self, href, title=""):
        self.link_size += len(href) + len(title)
        if self.link_size > self.max_links:
            raise TooMuch("links")
        title = f' title="{escape_attribute(title)}"' if title else ""
        self.out.append(f'<a href="{escape_attribute(href)}"{title} rel="{LINK_REL}" dir="auto">')

    def _image(self, token):
        """No image is fetched from elsewhere (it would tell its owner who reads): a link stands in its place."""
        alt = plain_words(token.children) or token.attrs["src"]
        self._decide(alt)
        if self.in_link:
            self._plain(alt)
            return
        self._open_link(token.attrs["src"], token.attrs.get("title", ""))
        self._plain(alt)
        self.out.append("</a>")


def plain_words(tokens):
    """The words of inline tokens without their markup."""
    words = []
    for token in tokens or ():
        if token.type in ("softbreak", "hardbreak"):
            words.append("\n")
        elif token.type == "image":
            words.append(plain_words(token.children))
        else:
            words.append(token.content)
    return "".join(words)


def _without_punctuation(url):
    """The address without the stop, comma or bracket of the sentence it stands in."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end:
        last = url[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in ".,;:!?'*]":
            break
        end -= 1
    return url[:end]
