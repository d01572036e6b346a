"""Decoding: the bytes of a text file become text, whichever of the usual encodings they are in.

A byte order mark is believed; else UTF-8 when it is valid; else each of the old encodings is tried, and the one in
which most letters are frequent letters of its language wins.
"""

import codecs
import re

from consultations.outline.model import Unreadable
from consultations.outline.problems import _

SAMPLE = 60_000  # bytes looked at when guessing
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc",
)
RUSSIAN = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф")
ARABIC = frozenset("اليمونرتبةعدسفكحقجأ")
CHINESE = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三"
    "之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样"
    "与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常"
    "文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门"
    "即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走"
    "积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断"
    "执伙伴咨询促请鼓励强调回顾注意欢迎缔约秘书处报告执行区域森林粮食，。、；：（）《》“”"
)
WESTERN = frozenset("éèêëàâäáîïíôöóòûùüúçñÉÈÀÇÑÁÍÓÚ¿¡«»’‘“”–—°œ…·\u00a0\u00ad§ ")


def decode(data):
    """The text of a file's bytes, empty where they hold none; raises Unreadable when they are no text."""
    if not data.strip(b"\x00 \t\r\n\x0c"):
        return ""
    for mark, name in MARKS:
        if data.startswith(mark):
            return _checked(data.decode(name, "replace"))
    if data.startswith(SIGNATURES):
        raise Unreadable(_("This is not a text file, whatever its name says. Save the text as .txt, .md or .docx."))
    if _is_wide(data[:SAMPLE]):
        return _checked(_wide(data))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_wide(data) if b"\x00" in data else _old(data))


def _is_wide(sample):
    """Whether this is UTF-16 without a mark: in it, every blank and line end has a zero byte, always on one side."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return even + odd > max(1, len(sample) / 60) and min(even, odd) * 20 < max(even, odd)


def _wide(data):
    """UTF-16 without a mark: letters of one alphabet share their upper byte."""
    sample = data[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    order = "utf-16-be" if even > odd else "utf-16-le"
    try:
        return data.decode(order)
    except UnicodeDecodeError:
        raise Unreadable(_("This is not a text file. Save the text as .txt, .md or .docx.")) from None


def _old(data):
    """Text of an encoding from before Unicode: the one that makes most sense of the bytes beyond ASCII."""
    best, chosen = -1.0, None
    for name, frequent in (
        ("gb18030", CHINESE), ("cp1251", RUSSIAN), ("koi8_r", RUSSIAN), ("cp1256", ARABIC), ("cp1252", WESTERN),
        ("iso8859_6", ARABIC), ("cp866", RUSSIAN), ("iso8859_5", RUSSIAN),
    ):  # fmt: skip
        try:
            sample = codecs.getincrementaldecoder(name)().decode(data[:SAMPLE])
        except UnicodeDecodeError:
            continue
        high = [c for c in sample if c > "\x7f"]
        score = sum(c in frequent for c in high) / len(high) if high else 0.0
        if frequent is RUSSIAN or frequent is ARABIC:
            # No word mixes their letters with Latin ones.
            score -= len(re.findall(r"[a-zA-Z][^\W\d_\x00-\x7f]|[^\W\d_\x00-\x7f][a-zA-Z]", sample)) / max(1, len(high))
        if score > best:
            best, chosen = score, name
    return data.decode(chosen or "cp1252", "replace")


def _checked(text):
    """The text with one kind of line end; raises Unreadable when it is full of control characters."""
    text = text.removeprefix("\ufeff").replace("\ufffe", "-")  # a PDF's sign for the hyphen that broke a word
    sample = text[:SAMPLE]
    controls = len(re.findall("[\x00-\x08\x0e-\x1b\x7f]", sample))
    if controls > 2 + len(sample) / 200 or sample.count("\ufffd") > 10 + len(sample) / 20:
        raise Unreadable(_("This is not a text file. Save the text as .txt, .md or .docx."))
    text = re.sub("[\x00-\x08\x0e-\x1b\x7f]", "", text)
    return re.sub("\r\n?|\x0b|\x85|\u2028|\u2029", "\n", text)
