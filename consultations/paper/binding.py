"""Binds the printed parts of a paper into one PDF: pages, tags, bookmarks, and links that lead across the parts.

    python -I binding.py FOLDER

Runs by itself, like `press`: it reads book.json of the folder and writes book.pdf there. The parts' own bookmarks and
names are left behind; the places come from the first pass of `pdf`. ISO 32000-1, sections 12.3 (destinations, outlines)
and 14.7 (structure).
"""

import json
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

HEIGHT = 841.89  # of an A4 page, in points
LINK = "paper:"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its page from 0, and how far below the page's upper edge, in points."""

    anchor: str
    level: int  # of its bookmark, from 1; 0: it has none
    title: str
    page: int
    y: float


def main(folder):
    folder = Path(folder)
    wanted = json.loads((folder / "book.json").read_text(encoding="utf-8"))
    paths = [folder / f"{part}.pdf" for part in wanted.pop("parts")]
    places = [Place(*place) for place in wanted.pop("places")]
    with (folder / "book.pdf").open("wb") as file:
        bind(paths, places, file, **wanted)


def bind(paths, places, file, *, title, author, language, direction, issued=""):
    """Write one PDF of the parts at these paths to a binary file; issued: a date as PDF writes it."""
    with ExitStack() as stack:
        book = stack.enter_context(pikepdf.new())
        tags, parents = [], []
        for path in paths:
            part = stack.enter_context(pikepdf.open(path))
            _add(book, part, tags, parents)
        pages = [page.obj for page in book.pages]
        names = {place.anchor: _destination(pages, place) for place in places if place.anchor}
        for page in pages:
            _lead(page, names)
        _tag(book, tags, parents)
        _name(book, names)
        _bookmark(book, pages, [place for place in places if place.level])
        _describe(book, title, author, language, direction, issued)
        book.save(
            file,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            recompress_flate=False,
        )


def _add(book, part, tags, parents):
    """Move a part's pages and tags into the book; parents grows by what the part's pages and links belong to."""
    first, count = len(parents), len(book.pages)
    book.pages.extend(part.pages)
    root = book.copy_foreign(part.Root.StructTreeRoot)
    found = dict(_numbers(root.ParentTree))
    parents.extend(found.get(number) for number in range(max(found, default=-1) + 1))
    tags.extend(child for document in root.K for child in document.K)
    for page in list(book.pages)[count:]:
        _shift(page.obj, "/StructParents", first)
        for note in page.obj.get("/Annots", ()):
            _shift(note, "/StructParent", first)


def _numbers(node):
    """The pairs of a number tree (section 7.9.7)."""
    pairs = list(node.get("/Nums", ()))
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        yield int(key), value
    for kid in node.get("/Kids", ()):
        yield from _numbers(kid)


def _shift(thing, key, by):
    if key in thing:
        thing[key] = int(thing[key]) + by


def _lead(page, names):
    """Turn links of our own scheme into places; one that leads nowhere is words only."""
    for note in page.get("/Annots", ()):
        address = str(note.A.URI) if "/A" in note and "/URI" in note.A else ""
        if address.startswith(LINK):
            del note.A
            anchor = address.removeprefix(LINK)
            if anchor in names:
                note.Dest = String(anchor)


def _destination(pages, place):
    page = pages[min(place.page, len(pages) - 1)]
    return Array([page, Name.XYZ, 0, round(max(HEIGHT - place.y + 12, 0), 1), 0])


def _tag(book, tags, parents):
    document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array(tags)))
    root = book.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([document]),
            ParentTree=book.make_indirect(Dictionary(Nums=Array(_flat(parents)))),
            ParentTreeNextKey=len(parents),
            RoleMap=Dictionary(
                {"/Datetime": Name.Span, "/Em": Name.Span, "/Strong": Name.Span, "/Terms": Name.Part, "/Title": Name.P}
            ),
        )
    )
    document.P = root
    for tag in tags:
        tag.P = document
    book.Root.StructTreeRoot = root
    book.Root.MarkInfo = Dictionary(Marked=True)


def _flat(parents):
    for number, parent in enumerate(parents):
        if parent is not None:
            yield number
            yield parent


def _name(book, names):
    if names:
        ordered = sorted(names.items(), key=lambda pair: pair[0].encode())
        flat = [one for anchor, place in ordered for one in (String(anchor), place)]
        book.Root.Names = Dictionary(Dests=book.make_indirect(Dictionary(Names=Array(flat))))


def _bookmark(book, pages, places):
    """The outline: each bookmark below the last one of a lower level; only the first two levels stand open."""
    root = book.make_indirect(Dictionary(Type=Name.Outlines, Count=0))
    line = [(0, root)]  # from the root to the last bookmark
    last = {}
    for place in places:
        while line[-1][0] >= place.level:
            line.pop()
        above = line[-1][1]
        mark = book.make_indirect(Dictionary(Title=String(place.title), Parent=above, Dest=_destination(pages, place)))
        if (before := last.get(above.objgen)) is None:
            above.First = mark
        else:
            before.Next, mark.Prev = mark, before
        above.Last = last[above.objgen] = mark
        # A negative count says that what is below is folded away.
        above.Count = int(above.get("/Count", 0)) + (1 if len(line) <= 2 else -1)
        line.append((place.level, mark))
    if places:
        book.Root.Outlines = root
        book.Root.PageMode = Name.UseOutlines


def _describe(book, title, author, language, direction, issued):
    book.Root.Lang = String(language)
    book.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Direction=Name.R2L if direction == "rtl" else Name.L2R
    )
    with book.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as described:
        described["dc:title"] = title
        described["dc:language"] = [language]
        if author:
            described["dc:creator"] = [author]
    book.docinfo["/Title"] = String(title)
    if author:
        book.docinfo["/Author"] = String(author)
    if issued:
        book.docinfo["/CreationDate"] = String(issued)


if __name__ == "__main__":
    main(*sys.argv[1:])
