"""Styles: what Word's paragraph styles say of a paragraph: its list, its indentation, whether it is a heading."""

import re

from consultations.outline.numbering import left_of

MAX_STYLES = 30


class Styles:
    """Paragraph styles: their lists and whether they are headings, through what they are based on."""

    def __init__(self, root, w):
        self.w = w
        self.elements, self.default = {}, None
        for style in root.iterfind(w("style")) if root is not None else ():
            self.elements[style.get(w("styleId"))] = style
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}:
                self.default = style.get(w("styleId"))

    def line(self, key):
        """A style and those it is based on."""
        seen = []
        while key in self.elements and key not in seen and len(seen) < MAX_STYLES:
            seen.append(key)
            based = self.elements[key].find(self.w("basedOn"))
            key = based.get(self.w("val")) if based is not None else None
        return seen

    def numbers(self):
        """Style -> its own list, for lists that are linked to styles."""
        w = self.w
        path = "/".join((w("pPr"), w("numPr"), w("numId")))
        found = {key: e.find(path) for key, e in self.elements.items()}
        return {key: e.get(w("val")) for key, e in found.items() if e is not None}

    def name(self, key):
        """The name of a style in small letters, which Word keeps in English whatever its language."""
        name = self.elements[key].find(self.w("name"))
        return (name.get(self.w("val")) or "" if name is not None else key).lower()

    def left(self, key):
        """How far a style and those it is based on stand in; None where they do not say."""
        lefts = (left_of(self.elements[one].find(self.w("pPr")), self.w) for one in self.line(key))
        return next((left for left in lefts if left is not None), None)

    def standing(self, key):
        """How deep a style for lists stands by its name, `List Number 2`: 2; 0 where it does not tell."""
        names = (re.fullmatch(r"list number(?: ([2-5]))?", self.name(one)) for one in self.line(key))
        return next((int(match[1] or 1) for match in names if match), 0)

    def heading(self, key):
        """The level of a heading's style, from 0; None for any other style."""
        names = (re.match(r"heading ([1-9])", self.name(one)) for one in self.line(key))
        return next((int(match[1]) - 1 for match in names if match), None)

    def kind(self, key):
        """heading, contents, quote or "" after the names Word gives its own styles."""
        w = self.w
        for one in self.line(key):
            style, name = self.elements[one], self.name(one)
            if re.match(r"(?:heading|title\b|subtitle|заголовок|titre|título|标题|العنوان|عنوان)", name):
                return "heading"
            if re.match(r"toc\b|toc ?\d|table of (?:contents|figures)|tm ?\d|оглавление|目录", name):
                return "contents"
            if re.match(r"(?:intense )?quote|block ?text|цитата|citation|cita\b|引用|明显引用|اقتباس", name):
                return "quote"
            if re.match(r"footnote text|endnote text|header|footer|bibliography", name):
                return "note"
            outline = style.find("/".join((w("pPr"), w("outlineLvl"))))
            if outline is not None and (outline.get(w("val")) or "9") < "9":
                return "heading"
        return ""
