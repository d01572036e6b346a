"""Tags: how a writer says which item a line answers.

`#312: yes`, `[#312] yes`, `＃312：`, `№ 312`, `n° 312`, `第312题`, `#٣١٢`, several at once (`#311 and #312: yes`), and
bare numbers (`312: yes`), which count only under the conditions of `bare_pattern`. Digits of any script are read.
"""

import re
import unicodedata

SPACE = r"[ \t\xa0\u202f\u3000]"
SIGN = (
    r"(?:[#＃﹟♯]|№|n[°ºo˚]\.?|nr\.?|no\.|num\.?|número|numéro|nummer|number|item|question|pregunta|frage|"
    r"вопрос|пункт|номер|"
    r"رقم|البند|السؤال|بند|سؤال|问题|問題|编号|編號|第|#[°º])"
)
TAG = re.compile(
    rf"[\[(（【《{{]?{SPACE}{{0,2}}({SIGN}){SPACE}{{0,2}}(\d{{1,9}})"
    rf"(?:{SPACE}{{0,2}}([题題项項条條号號个個]))?(?:{SPACE}{{0,2}}([\])）】》}}]))?",
    re.IGNORECASE,
)
NEXT = re.compile(
    rf"{SPACE}{{0,3}}(?:[,，、;&+/]|(?:and|et|y|e|und|и|و|и|和|及|与|與|،|och|en|og){SPACE}|"
    rf"[,،、]{SPACE}{{0,3}}(?:and|et|y|und|и|و|和){SPACE}|و(?=[#＃])|和|及|与|،|{SPACE}(?=[#＃\[])){SPACE}{{0,3}}",
    re.IGNORECASE,
)
SIGNED = re.compile(r"[^\w#＃]{0,10}(?:[#＃﹟♯№]|n[°º˚])", re.IGNORECASE)
BARE_NEXT = re.compile(r"(\d{1,9})(?=\s*(?:[:：,，、;&+/=]|and\b|et\b|y\b|und\b|и\b|و|和|$))")
SEPARATOR = re.compile(rf"{SPACE}{{0,3}}(?:[:：︰﹕=]|(?:-{{1,2}}>?|[–—→])(?=\s|$)){SPACE}{{0,3}}")
WEAK = re.compile(rf"{SPACE}{{0,3}}[.)،,;-]?(?={SPACE}|$){SPACE}{{0,3}}")
BEFORE = re.compile(
    rf"{SPACE}{{0,8}}(?:[*_>•·‣▪◦–—-]{SPACE}{{0,3}}|\*\*|\d{{1,2}}[.)]{SPACE}{{1,2}}(?=[#＃\[])){{0,4}}"
)
BARE = {
    ":": re.compile(rf"{SPACE}{{0,4}}\*{{0,2}}(\d{{1,9}}){SPACE}{{0,2}}\*{{0,2}}[:：](?!\d|//)\*{{0,2}}{SPACE}{{0,3}}"),
    ".": re.compile(rf"{SPACE}{{0,4}}\*{{0,2}}(\d{{1,9}}){SPACE}{{0,2}}(?:[.)](?!\d)|-(?=\s)|–(?=\s)){SPACE}{{0,3}}"),
}


def number(digits):
    """The item number in ASCII, without leading zeros; any script's digits."""
    return str(int("".join(str(unicodedata.decimal(char, 0)) for char in digits)))


def is_signed(text):
    """Does a line begin with a sign for an item (`#312`), not with a word that may mean something else (`item 312`)?"""
    return SIGNED.match(text) is not None


def explicit(text, items):
    """([codes], rest of the line) when the line starts with a tag, else None.

    `items` are the member's item codes, empty when not known. A tag without separator counts only for one of them.
    """
    if not text[:40].strip():
        return None
    start = BEFORE.match(text).end()
    match = TAG.match(text, start)
    if not match or not _whole(match):
        return None
    codes, end = [number(match[2])], match.end()
    named = match[1].casefold() not in STRONG and not match[4]
    while len(codes) < 50:
        link = NEXT.match(text, end)
        another = (TAG.match(text, link.end()) if link else None) or None
        if another and _whole(another):
            codes.append(number(another[2]))
            end = another.end()
            continue
        bare = BARE_NEXT.match(text, link.end()) if link and link[0].strip() else None
        if not bare or (number(bare[1]) not in items):
            break
        codes.append(number(bare[1]))
        end = bare.end()
    text_after = text[end:]
    stars = re.match(r"[*_]{1,2}", text_after)
    end += stars.end() if stars else 0
    separator = SEPARATOR.match(text, end)
    bracketed = bool(match[4])
    if separator:
        if named and not any(code in items for code in codes):
            return None
        rest = text[separator.end() :]
        return codes, re.sub(r"^\*{1,2}\s?", "", rest)
    weak = WEAK.match(text, end)
    at_end = end >= len(text.rstrip())
    known = all(code in items for code in codes)
    if known and not named and (weak or at_end or bracketed or match[3] or ord(text[end]) > 0x2E00):
        return codes, text[weak.end() if weak else end :]
    if named and known and at_end:
        return codes, ""
    if bracketed and "#" in match[0].replace("＃", "#"):
        return codes, text[weak.end() if weak else end :]
    return None


STRONG = {"#", "＃", "﹟", "♯", "№", "n°", "nº", "n˚", "第", "n°.", "nº.", "#°", "#º"}


def _whole(match):
    """ "第312题" needs its last character or a bracket to be a tag; others need not."""
    return match[1] != "第" or bool(match[3])


def bare_pattern(texts, items, has_explicit):
    """The pattern by which bare numbers are answers in this mail, or None when they are only text.

    Every bare number must be an item, and there must be two of them or a real tag besides.
    """
    for mark in (":", "."):
        pattern = BARE[mark]
        found = [number(match[1]) for match in map(pattern.match, texts) if match]
        if found and all(code in items for code in found) and (len(set(found)) >= 2 or (has_explicit and mark == ":")):
            return pattern
        if found and mark == ":":
            return None
    return None
