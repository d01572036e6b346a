"""Which kinds of file are kept: told by their first bytes, then opened as what they are.

A name is never believed. Its ending only chooses between kinds of text, which all look alike; where it promises
another kind than the bytes hold, the right ending is put behind it.
"""

import io
import zipfile
from pathlib import PurePath

from PIL import Image, ImageOps, UnidentifiedImageError

NAMES = "PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, TXT, CSV, MD, PNG, JPEG, GIF, WEBP, MP3, ZIP"

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "audio/mpeg": (".mp3",),
    "application/zip": (".zip",),
    f"{OOXML}wordprocessingml.document": (".docx",),
    f"{OOXML}spreadsheetml.sheet": (".xlsx",),
    f"{OOXML}presentationml.presentation": (".pptx",),
    f"{ODF}text": (".odt",),
    f"{ODF}spreadsheet": (".ods",),
    f"{ODF}presentation": (".odp",),
    "text/csv": (".csv",),
    "text/markdown": (".md",),
    "text/plain": (".txt", ".patch", ".diff", ".log", ""),
}
IMAGES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}

MAX_PIXELS = 50_000_000  # of all frames together: 200 MB while the image is open
MAX_FRAMES = 200
MAX_SIDE = 2_560  # pixels; a larger picture is made smaller, as most readers pay for each kilobyte
MAX_ENTRIES = 5_000
MAX_UNPACKED = 500_000_000  # bytes an archive may say it unpacks to
MAX_RATIO = 200
# In parts of a known size: the other ways a ZIP can be packed unpack a kilobyte to a gigabyte at once.
BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Unfit(Exception):
    """The bytes are not a whole and harmless file of the kind they begin as."""


def recognise(name, content):
    """The media type of a file that may be kept, or an empty string. Raises Unfit for a damaged or swollen one."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:3] == b"ID3" or (content[:1] == b"\xff" and content[1:2] in (b"\xfb", b"\xf3", b"\xf2")):
        return "audio/mpeg"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(content)
    return _text(name) if is_text(content) else ""


def named(name, content_type):
    """The name with an ending that tells the truth."""
    right = ENDINGS[content_type]
    return name if PurePath(name).suffix.lower() in right else f"{name[:140]}{right[0]}"


def is_text(content):
    """Does this read as text: UTF-8, UTF-16 with its mark, or an older charset, without control characters?"""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeDecodeError:
            return False
    return not content.translate(None, bytes([*range(32, 127), *range(128, 256), *b"\t\r\n\f\x1b"]))


def clean_image(content, content_type):
    """The same picture encoded anew, upright, without metadata, at most MAX_SIDE wide or high. Raises Unfit."""
    kind = IMAGES[content_type]
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            frames = min(getattr(image, "n_frames", 1), MAX_FRAMES)
            if image.width * image.height > MAX_PIXELS:
                raise Unfit
            if image.width * image.height * frames > MAX_PIXELS:
                frames = 1
            if frames > 1:
                return _animation(image, kind, frames)
            return _picture(image, kind)
    except Unfit:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Unfit from error
    except Exception as error:  # whatever else a decoder of hostile bytes raises
        raise Unfit from error


def _picture(image, kind):
    image.thumbnail((MAX_SIDE, MAX_SIDE))  # first, so that a large photo is held in full only once
    image = ImageOps.exif_transpose(image)
    if kind == "JPEG" and image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    out = io.BytesIO()
    bare = image.copy()
    transparency = image.info.get("transparency")
    bare.info = {} if transparency is None else {"transparency": transparency}
    bare.save(out, kind, **({"quality": 85, "optimize": True} if kind in ("JPEG", "WEBP") else {"optimize": True}))
    return out.getvalue()


def _animation(image, kind, frames):
    pictures, durations = [], []
    for number in range(frames):
        image.seek(number)
        durations.append(min(max(int(image.info.get("duration", 100) or 100), 20), 10_000))
        picture = image.convert("RGBA")
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        picture.info = {}
        pictures.append(picture)
    out = io.BytesIO()
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], duration=durations, loop=0)
    return out.getvalue()


def _text(name):
    ending = PurePath(name).suffix.lower()
    return next((kind for kind in ("text/csv", "text/markdown") if ending in ENDINGS[kind]), "text/plain")


def _archive(content):
    """Which kind of ZIP this is, read from its table of contents; nothing is unpacked but a short name."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * len(content) + 1_000_000):
                raise Unfit
            if not all(entry.compress_type in BOUNDED for entry in entries):
                return "application/zip"
            return _document(archive, {entry.filename for entry in entries})
    except Unfit:
        raise
    except Exception as error:  # zipfile raises a dozen kinds for a damaged table
        raise Unfit from error


def _document(archive, names):
    if "mimetype" in names:
        with archive.open("mimetype") as entry:
            kind = entry.read(100).decode("ascii", "replace").strip()
        return kind if kind in ENDINGS else "application/zip"
    if "[Content_Types].xml" in names:
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            return ""
        for folder, kind in (("word/", "wordprocessingml.document"), ("xl/", "spreadsheetml.sheet")):
            if any(name.startswith(folder) for name in names):
                return OOXML + kind
        if any(name.startswith("ppt/") for name in names):
            return f"{OOXML}presentationml.presentation"
    return "application/zip"
