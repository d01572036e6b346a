"""Charsets: bytes become text, whatever the mail claims about them.

A declared charset is believed when it decodes and looks right; otherwise the bytes are asked themselves. Only codecs
named here are ever used: Python also knows "punycode" (quadratic time) and "unicode_escape" under a charset's guise.
"""

import codecs
import re

SAMPLE = 6_000  # bytes looked at when guessing; more does not change the answer

SINGLE_BYTE = (
    "ascii cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp852 cp855 cp857 cp858 cp860 "
    "cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 "
    "iso8859_8 iso8859_9 iso8859_10 iso8859_13 iso8859_14 iso8859_15 iso8859_16 koi8_r koi8_u mac_roman mac_cyrillic "
    "mac_greek mac_turkish mac_latin2 ptcp154 tis_620"
).split()
MULTI_BYTE = (
    "utf_8 utf_7 utf_16 utf_16_le utf_16_be utf_32 utf_32_le utf_32_be gb18030 hz big5hkscs cp932 euc_jis_2004 "
    "iso2022_jp_ext iso2022_kr cp949 johab"
).split()

# What mails say -> the Python codec that reads it. A charset's superset is used where programs mix the two up:
# gb2312 mails hold gbk characters, iso-8859-1 mails hold windows quotes, shift_jis mails hold NEC characters.
ALIASES = {
    "utf8": "utf_8", "utf8mb4": "utf_8", "unicode11utf8": "utf_8", "utf7": "utf_7", "unicode11utf7": "utf_7",
    "utf16": "utf_16", "utf16le": "utf_16_le", "utf16be": "utf_16_be", "utf32": "utf_32", "unicode": "utf_8",
    "usascii": "ascii", "ascii": "ascii", "ansix341968": "ascii", "646": "ascii",
    "iso88591": "cp1252", "88591": "cp1252", "latin1": "cp1252", "l1": "cp1252", "ansi": "cp1252",
    "iso885911": "cp874", "tis620": "cp874", "iso88598i": "iso8859_8", "iso88599": "cp1254", "latin5": "cp1254",
    "latin2": "iso8859_2", "latin9": "iso8859_15", "latin0": "iso8859_15",
    "gb2312": "gb18030", "gb231280": "gb18030", "gbk": "gb18030", "xgbk": "gb18030", "cp936": "gb18030",
    "gb18030": "gb18030", "euccn": "gb18030", "chinesesimplified": "gb18030", "hzgb2312": "hz", "hz": "hz",
    "big5": "big5hkscs", "xbig5": "big5hkscs", "cp950": "big5hkscs", "big5hkscs": "big5hkscs", "big5eten": "big5hkscs",
    "shiftjis": "cp932", "sjis": "cp932", "xsjis": "cp932", "mskanji": "cp932", "windows31j": "cp932", "cp932": "cp932",
    "eucjp": "euc_jis_2004", "xeucjp": "euc_jis_2004", "iso2022jp": "iso2022_jp_ext", "iso2022jp2": "iso2022_jp_ext",
    "iso2022jpms": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext",
    "euckr": "cp949", "ksc5601": "cp949", "ksc56011987": "cp949", "ksc56011992": "cp949", "cp949": "cp949",
    "iso2022kr": "iso2022_kr", "koi8": "koi8_r", "koi8r": "koi8_r", "koi8u": "koi8_u", "koi8ru": "koi8_u",
    "macintosh": "mac_roman", "xmacroman": "mac_roman", "xmaccyrillic": "mac_cyrillic", "asmo708": "iso8859_6",
    "pt154": "ptcp154", "ibm866": "cp866",
}  # fmt: skip
ALIASES |= {f"iso8859{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
ALIASES |= {name.replace("_", ""): name for name in SINGLE_BYTE + MULTI_BYTE if name.replace("_", "") not in ALIASES}

# The letters a language uses most, as the test of a guess: share of the characters beyond ASCII that are one of them.
FREQUENT = {
    "cp1251": "оеаинтсрвлОЕАИНТ", "koi8_r": "оеаинтсрвлОЕАИНТ", "cp866": "оеаинтсрвлОЕАИНТ",
    "iso8859_5": "оеаинтсрвлОЕАИНТ", "cp1256": "اليمونرتبة", "iso8859_6": "اليمونرتبة", "cp1253": "αοιετσνηυρ",
    "cp1255": "יוהלאמרתבש", "cp874": "านรกเงมยลวด่้",
}  # fmt: skip


def codec(declared):
    """The Python codec for a declared charset, or None when it is unknown or not one of ours."""
    name = re.sub(r"[^a-z0-9]", "", (declared or "")[:40].lower())
    name = re.sub(r"^x(?=cp|win|mac|iso)", "", name)
    name = re.sub(r"^(?:windows|win|microsoftcp|ibm)(?=\d)", "cp", name)
    return ALIASES.get(name)


def decode(data, declared=""):
    """Text of `data` (bytes); never raises. A wrong or missing declaration is overruled by the bytes."""
    if data.startswith(codecs.BOM_UTF8):
        data, declared = data[3:], "utf-8"
    elif data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        declared = "utf-16"
    name = codec(declared)
    if name == "utf_16" and data[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        name = "utf_16_le" if data[1::2].count(0) > data[::2].count(0) else "utf_16_be"
    if name in SINGLE_BYTE and _is_plainly_utf8(data):
        name = "utf_8"
    if data.isascii() and name in (None, "ascii", "utf_8", "cp1252") and b"\x1b" not in data:
        return data.decode("ascii")
    if name in (None, "ascii", "cp1252", "utf_8") and _escapes(data):
        return data.decode(_escapes(data), "replace")
    if name in (None, "ascii", "cp1252", "utf_8"):
        text = _strict(data, "utf_8")
        if text is not None:
            return text
    if name == "utf_8" and data.count(b"\xef\xbf\xbd") * 3 > len(data) // 20:
        return data.decode("utf_8", "replace")
    if name not in (None, "ascii"):
        text = _strict(data, name)
        if text is not None and name == "utf_7":  # the only codec here that lets halves of characters through
            text = text.encode("utf_8", "replace").decode("utf_8")
        if text is not None and _looks_right(data, text, name):
            return text
        if name == "utf_8" and _mostly_utf8(data):
            return data.decode("utf_8", "replace")
    best = guess(data)
    if name in MULTI_BYTE and name != "utf_8" and best == "cp1252":
        best = name
    return data.decode(best, "replace").encode("utf_8", "replace").decode("utf_8")


MIXED = re.compile(rb"(?:(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[A-Za-z]))")


def guess(data):
    """The most likely codec of bytes that are not UTF-8."""
    escaped = _escapes(data)
    if escaped:
        return escaped
    sample = data[:SAMPLE]
    if _strict(data, "utf_8") is not None:
        return "utf_8"
    if sample.count(0) * 3 > len(sample):
        return "utf_16_le" if sample[1::2].count(0) > sample[::2].count(0) else "utf_16_be"
    high = bytes(byte for byte in sample if byte > 127)
    letters = sum(65 <= byte & 0xDF <= 90 for byte in sample) + len(high)
    score, alphabet = max((_share(high, name, frequent), name) for name, frequent in FREQUENT.items())
    many = len(high) * 3 > letters
    if len(MIXED.findall(sample)) * 2 > len(high):  # words in which both kinds of letters stand are Latin ones
        score, many = 0, False
    if many and score >= 0.6:
        return alphabet
    east = _east_asian(sample)
    if east:
        return east
    if len(high) * 4 < letters and len(high) * 3 < letters + 6:
        return "cp1252"
    return alphabet if score >= 0.4 else "cp1252"


def _is_plainly_utf8(data):
    """Several letters beyond ASCII, all of them well formed: in a charset of single bytes that is no accident."""
    return sum(byte > 193 for byte in data[:SAMPLE]) > 2 and _strict(data, "utf_8") is not None


def _strict(data, name):
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def _escapes(data):
    if b"\x1b$)C" in data:
        return "iso2022_kr"
    if b"\x1b$" in data or b"\x1b(J" in data:
        return "iso2022_jp_ext"
    if b"~{" in data and b"~}" in data and data.isascii():
        return "hz"
    return None


def _mostly_utf8(data):
    sample = data[:SAMPLE]
    high = sum(byte > 127 for byte in sample)
    return sample.decode("utf_8", "replace").count("\ufffd") * 8 <= high + 8


def _looks_right(data, text, name):
    """Western charsets decode anything; many letters beyond ASCII in a row are another alphabet."""
    if name not in ("cp1252", "iso8859_15", "iso8859_2", "cp1250"):
        return True
    sample = data[:SAMPLE]
    high = sum(byte > 127 for byte in sample)
    letters = sum(65 <= byte & 0xDF <= 90 for byte in sample) + high
    return high * 2 < letters or high < 8 or guess(data) == "cp1252"


def _east_asian(sample):
    """gb18030, big5, shift_jis, euc-jp, euc-kr, told apart by what a real text in each is made of."""
    wide = {name: _wide(sample, name) for name in ("euc_jis_2004", "cp932", "cp949", "gb18030", "big5hkscs")}
    for name in ("euc_jis_2004", "cp932"):
        if _portion(wide[name], lambda char: 0x3040 <= ord(char) <= 0x30FF) > 0.25:
            return name
    hangul = _portion(wide["cp949"], lambda char: 0xAC00 <= ord(char) <= 0xD7A3 or ord(char) < 0x3100)
    if hangul > 0.95 and len(wide["cp949"]) >= 8 and b" " in sample:
        return "cp949"
    shares = [
        (_portion(wide[name], lambda char, name=name: _is_daily(name, char)), name) for name in ("big5hkscs", "gb18030")
    ]
    share, name = max(shares)
    return name if share > 0.6 else None


def _wide(sample, name):
    """The characters beyond ASCII, empty when the bytes are not of that charset."""
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeError:
        return []
    found = [char for char in text if ord(char) > 127]
    return found if len(found) > 1 else []


def _portion(chars, test):
    return sum(map(test, chars)) / len(chars) if chars else 0


def _is_daily(name, char):
    """Punctuation, or of the first level of its standard, which holds the characters in daily use."""
    code = ord(char)
    if 0x3000 <= code <= 0x303F or 0xFF00 <= code <= 0xFF60 or 0x2010 <= code <= 0x2027:
        return True
    if not 0x4E00 <= code <= 0x9FFF:
        return False
    try:
        lead = char.encode(name)[0]
    except UnicodeError:
        return False
    return 0xB0 <= lead <= 0xD7 if name == "gb18030" else 0xA4 <= lead <= 0xC6


def _share(high, name, frequent):
    text = high.decode(name, "replace")
    lower = sum(char in frequent for char in text)
    return lower / len(text) if text else 0
