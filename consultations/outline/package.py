"""The package of a DOCX: its XML parts, opened with every bound that a hostile one could break.

Sizes are looked at before anything is unpacked; entities and parts outside the package are not followed.
"""

import io
import zipfile
import zlib

from lxml import etree

from consultations.outline.model import Unreadable
from consultations.outline.problems import _
from forum.filetypes import BOUNDED

MAX_PART = 48_000_000  # bytes of one unpacked XML part
MAX_ELEMENTS = 1_500_000  # of one XML part: what is read in ten seconds
MAX_FILES = 20_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _opened(data):
    if data.startswith(OLE):
        raise Unreadable(
            _("The document is encrypted, or an old .doc. Open it, take the password out and save it as .docx.")
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        raise Unreadable(_("This is not a DOCX, or it is damaged. Open it and save it anew as .docx.")) from None
    if len(infos) > MAX_FILES:
        raise Unreadable(_("The document holds too many parts. Save its text anew as .docx or .txt."))
    return archive


def _part(archive, name, *, needed=False):
    """One XML part as an element tree, None when it is absent."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        if needed:
            raise Unreadable(_("This is not a Word document, or it is damaged. Save it anew as .docx.")) from None
        return None
    if info.flag_bits & 0x1:
        raise Unreadable(_("The document is encrypted. Take the password out and save it again."))
    if info.compress_type not in BOUNDED:
        raise Unreadable(_("The document is damaged. Open it and save it anew as .docx."))
    if info.file_size > MAX_PART:
        raise Unreadable(_("Unpacked, the document is too large to be read. Split it into several files."))
    try:
        with archive.open(info) as part:
            xml = part.read(MAX_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        raise Unreadable(_("The document is damaged. Open it and save it anew as .docx.")) from None
    if len(xml) > MAX_PART or xml.count(b"<") - xml.count(b"</") > MAX_ELEMENTS:
        raise Unreadable(_("Unpacked, the document is too large to be read. Split it into several files."))
    if b"<!DOCTYPE" in xml[:4096] or "<!DOCTYPE".encode("utf-16-le") in xml[:4096]:
        raise Unreadable(
            _("The document declares entities of its own, which no Word document does, so it is not read.")
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(_("The document is damaged. Open it and save it anew as .docx.")) from None


def parts(data):
    """The body, the styles and the lists of a DOCX, wherever the package says they are; raises Unreadable."""
    archive = _opened(data)
    main = "word/document.xml"
    relations = _part(archive, "_rels/.rels")
    for relation in relations if relations is not None else ():
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            main = str(relation.get("Target", main)).lstrip("/")
    body = _part(archive, main, needed=True)
    folder, _slash, name = main.rpartition("/")
    found = {}
    own = _part(archive, f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    for relation in own if own is not None else ():
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        target = str(relation.get("Target", ""))
        if kind in {"styles", "numbering"} and relation.get("TargetMode") != "External":
            found[kind] = target.lstrip("/") if target.startswith("/") else (f"{folder}/{target}" if folder else target)
    return (
        body,
        _part(archive, found.get("styles", "word/styles.xml")),
        _part(archive, found.get("numbering", "word/numbering.xml")),
    )
