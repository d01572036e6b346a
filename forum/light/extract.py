"""Run by itself, with little memory and time: a document on standard input becomes text, or a picture a small one.

A file comes from anybody, and may be made to swell, to loop or to break what opens it. So nothing of the house is
imported here; `sandbox` starts this file as a process of its own. The first line of the output is a verdict, what
follows is the result:
ok, encrypted, empty (no text or picture inside), unknown (no kind that is read here), damaged, too_much.
"""

import io
import re
import resource
import sys
import zipfile

import docx
import pypdf
from docx.table import Table
from lxml import etree, html
from PIL import Image, ImageOps

MEMORY = 700_000_000  # bytes of address space, most of it libraries
SECONDS = 20  # of the processor
MOST_CHARACTERS = 400_000
MOST_PAGES = 400
MOST_UNPACKED = 150_000_000
MOST_PIXELS = 50_000_000
LEAST_TEXT = 16  # letters; scanned pages often carry a stray mark or a page number
SIDES, QUALITIES = (1280, 1024, 800, 640, 480, 320, 200), (70, 50, 35, 22)


class Verdict(Exception):
    """Why there is no result."""


def main(kind, most):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        found = small(content, most) if kind == "small" else text(content).encode("utf-8", "replace")
        verdict = "ok"
    except Verdict as reason:
        verdict, found = str(reason), b""
    except (MemoryError, RecursionError):
        verdict, found = "too_much", b""
    except Exception:  # whatever a parser raises for bytes that are not what they begin as
        verdict, found = "damaged", b""
    sys.stdout.buffer.write(verdict.encode("ascii") + b"\n" + found)


# -- Text --------------------------------------------------------------------------------------------------


def text(content):
    """The words of a document, at most MOST_CHARACTERS."""
    if content.startswith(b"%PDF-"):
        found = of_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        found = of_archive(content)
    elif content[:4] in (b"\x89PNG", b"GIF8", b"RIFF") or content[:3] in (b"\xff\xd8\xff", b"ID3"):
        raise Verdict("unknown")
    else:
        found = of_text(content)
    found = tidy(found[:MOST_CHARACTERS])
    if sum(char.isalnum() for char in found[:10_000]) < min(LEAST_TEXT, len(content) // 2):
        raise Verdict("empty")
    return found


def tidy(found):
    """Without what only a printed page needs: spaces at the ends of lines, empty lines in heaps, control characters."""
    found = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", found.replace("\r\n", "\n").replace("\f", "\n\n"))
    found = re.sub(r"[ \t\xa0]+\n", "\n", found)
    return re.sub(r"\n{3,}", "\n\n", found).strip()


def of_pdf(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Verdict("encrypted")
    pieces, size = [], 0
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES or size > MOST_CHARACTERS:
            break
        pieces.append(page.extract_text())
        size += len(pieces[-1])
    return "\n\n".join(pieces)


def of_archive(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {entry.filename for entry in archive.infolist()}
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise Verdict("too_much")
        if "word/document.xml" in names:
            return of_docx(content)
        if "content.xml" in names:
            return of_xml(archive.read("content.xml"), blocks=("}p", "}h"), cells=("}table-cell",))
        slides = sorted((name for name in names if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)), key=_number)
        if slides:
            return "\n\n".join(of_xml(archive.read(name), blocks=("}p",), cells=()) for name in slides)
    raise Verdict("unknown")


def _number(name):
    return int(re.search(r"\d+", name)[0])


def of_docx(content):
    pieces = []
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells)  # merged ones repeat
                pieces.append(" | ".join(cells))
            pieces.append("")
        elif block.text.strip():
            is_entry = block.style is not None and (block.style.name or "").startswith("List")
            pieces.append(f"- {block.text}" if is_entry else f"{block.text}\n")
    return "\n".join(pieces)


def of_xml(content, *, blocks, cells):
    """The text of an office document's XML, a line for each block; entities are not followed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    lines = []
    for element in etree.fromstring(content, parser).iter():
        if isinstance(element.tag, str) and element.tag.endswith(blocks):
            in_cell = cells and any(parent.tag.endswith(cells) for parent in element.iterancestors())
            lines.append("".join(element.itertext()) + ("" if in_cell else "\n"))
    return "\n".join(lines)


def of_text(content):
    found = decoded(content)
    if re.match(r"\s*(?:<!doctype html|<html)", found[:200], re.IGNORECASE):
        root = html.fromstring(found)
        for element in root.xpath("//script|//style|//head"):
            element.drop_tree()
        for element in root.xpath("//p|//br|//li|//tr|//h1|//h2|//h3|//div"):
            element.tail = "\n" + (element.tail or "")
        return root.text_content()
    return found


def decoded(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


# -- Pictures ----------------------------------------------------------------------------------------------


def small(content, most):
    """The picture as a JPEG of at most `most` bytes, upright and without what a camera notes beside it."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    if content.startswith(b"%PDF-"):
        picture = of_first_page(content)
    else:
        if content[:4] not in (b"\x89PNG", b"GIF8", b"RIFF") and content[:3] != b"\xff\xd8\xff":
            raise Verdict("unknown")
        picture = Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "GIF", "WEBP"])
        if picture.width * picture.height > MOST_PIXELS:
            raise Verdict("too_much")
        picture.draft("RGB", (SIDES[0] * 2, SIDES[0] * 2))
    picture = ImageOps.exif_transpose(picture)
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        clear = picture.convert("RGBA")
        picture = Image.new("RGB", clear.size, "white")
        picture.paste(clear, mask=clear.getchannel("A"))
    picture = picture.convert("L" if picture.mode in ("1", "L", "I", "I;16", "F") else "RGB")
    for side in SIDES:
        picture.thumbnail((side, side))
        for quality in QUALITIES:
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= most:
                return out.getvalue()
    raise Verdict("too_much")


def of_first_page(content):
    """The largest picture on the first page of a document: a scanned page is one picture."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Verdict("encrypted")
    pictures = [found.image for found in list(reader.pages[0].images)[:20] if found.image]
    if not pictures:
        raise Verdict("empty")
    return max(pictures, key=lambda picture: picture.width * picture.height)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
