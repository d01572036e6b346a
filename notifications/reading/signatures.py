"""Signatures: what stands at the end of a mail without being said, cut block by block, only at its end.

Four kinds: the mark "-- " and what follows; lines of programs ("Sent from my iPhone"); disclaimers and notices of virus
scanners; and, for answers only, the closing ("Kind regards, Pat"). A post keeps its closing, for it is the writer's
own words. When in doubt the words stay: the receipt shows what was stored.
The words stand in `languages.toml`.
"""

import re

from . import languages

MOST_AFTER = 25  # filled lines a disclaimer or a name card may have
LONG_NOTICE = 65  # letters a disclaimer has at least, twice as many when it would be all that was said
MOST_UNNAMED = 4  # filled lines under a closing
MOST_CLOSING = 7  # the same, when the sender's name is the first of them
MOST_MARKED = 60  # and a signature after the mark "-- "
ENDS = " \t,.;:!-–—*،。，！~_/"
WIDE = "\u2e80"  # a character from here on says as much as two letters
SIGN_START = re.compile(r"^(?:-- ?|--\xa0|—|___?|\*\*\*)$")
DASHES = re.compile(r"[—–_-]{3,60}$")
SENT_FROM = re.compile(rf"^[\s(<\[*_«-]{{0,4}}(?:{languages.pattern('phone')})\W{{0,6}}$", re.IGNORECASE)
LINK = re.compile(r"<?(?:https?://|www\.)\S+>?$")
DEVICE = re.compile(
    r"iphone|ipad|ipod|android|galaxy|samsung|blackberry|huawei|xiaomi|redmi|outlook|yahoo|smartphone|windows|手机|手機",
    re.IGNORECASE,
)
PROGRAM = re.compile(
    r"mail|phone|mobil|móvil|\bapp\b|handy|tablet|t[eé]l[eé]fon|телефон|смартфон|почт|мобильн|приложени|"
    r"هاتف|جوال|جهاز|موبايل|محمول|بريد|تطبيق|يفون|يباد|邮|郵|信箱|客户端|手机|手機|设备|裝置|スマ|携帯|入手|"
    r"aol|gmx|web\.de|proton|tuta|spark\b|superhuman|laptop|ordinateur|portable",
    re.IGNORECASE,
)
CONTACT = re.compile(r"@|www\.|https?:|(?:\d[\s().-]{0,2}){6}")
SCANNER = re.compile(r"virus|вирус|فيروس|病毒|avast|avg\b|unsubscribe|subscribed|environ|umwelt|_{20,}", re.IGNORECASE)
EXCUSE = re.compile(
    r"excuse|pardon|forgive|brevity|typo|spelling|tippfehler|kürze|erreurs|errores|ошибки", re.IGNORECASE
)
DISCLAIMER = re.compile(rf"^[\s*_>\[(-]{{0,6}}(?:{languages.pattern('disclaimer')})", re.IGNORECASE)
AND = re.compile(r" (?:and|und|et|y|и|&) | و")
CLOSING_WORDS = {word.strip(ENDS) for word in languages.words("closing")}
SENTENCE = re.compile(r"(?:\S+\s+){3,}\S+[.!]$|[\u2e80-\uffff]{8,}[。！]$")
MARKDOWN_LINK = re.compile(r"\[([^\]]{0,200})\]\([^)]{0,500}\)|<(?:https?|mailto):[^>]{0,500}>")


def mark(lines, name="", address=""):
    """Mark the signatures of a mail: in each run of new lines, from where its end is no longer said by the writer.

    `name` and `address` are the sender's: a block under dashes that holds one of them is a card, not a list.
    """
    for run in _runs(lines):
        cut = _cut(run, {part.casefold() for part in re.findall(r"[^\W\d_]{2,}", name[:200])}, address)
        for index, line in enumerate(run):
            if line.kind == "new" and (index >= cut or _names_device(_bare(line))):
                line.kind, line.why = "signature", "signature, line of a program or disclaimer at the end"


def _runs(lines):
    run = []
    for line in lines:
        if line.kind in ("new", "blank"):
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _cut(run, names, address):
    """Index in a run of new and blank lines from which on all is signature."""
    texts = [_bare(line) for line in run]
    end, filled, is_first = len(run), sum(map(bool, texts)), True
    for index, text in enumerate(texts):
        if not text:
            continue
        filled -= 1
        if filled <= MOST_AFTER and _starts_signature(run, texts, index, filled, is_first, names):
            end = index
            break
        if run[index].text.rstrip() == "--" and run[index].text.endswith(" ") and filled <= MOST_MARKED:
            end = index
            break
        is_first = False
    return _without_program_lines(texts, end, address)


def _starts_signature(run, texts, index, filled, is_first, names):
    """At most MOST_AFTER filled lines follow: does the signature begin here?"""
    text, after = texts[index], texts[index + 1 :]
    if run[index].hint == "signature":
        return all(line.hint == "signature" or line.kind == "blank" for line in run[index:])
    if SIGN_START.match(text):
        return filled <= 16 and (index > 0 or filled > 0)
    if DASHES.match(text) and index > 0 and _is_card(after, names):
        return True
    if not DISCLAIMER.match(text) or any(map(_looks_tagged, after)):
        return False
    # "Confidential: my name please." is said by a person; a notice is long, and stands below what was said.
    size = sum(len(row) + sum(char > WIDE for char in row) for row in (text, *after))
    return SCANNER.search(text) is not None or size >= (LONG_NOTICE * 2 if is_first else LONG_NOTICE)


def _looks_tagged(text):
    return text[:1] in ("#", "＃", "[") and any(map(str.isdecimal, text[:8]))


def _without_program_lines(texts, end, address):
    """Take off "Sent from my phone" (with up to two lines of name after it) at the end."""
    last = end
    for index in range(end - 1, max(-1, end - 8), -1):
        if not texts[index]:
            continue
        if _is_program_line(texts[index]) and sum(map(bool, texts[index + 1 : end])) <= 2:
            last = index
    return _without_card_above(texts, last, address) if last < end and address else last


def _without_card_above(texts, last, address):
    """The name and own address that some phones put above their line, between bars ("|")."""
    above = [index for index in range(last - 1, max(-1, last - 12), -1) if texts[index].strip("| ")][:2]
    if not above or address not in texts[above[0]].casefold() or len(texts[above[0]]) > len(address) + 12:
        return last
    start = (
        above[1]
        if len(above) > 1 and len(texts[above[1]]) <= 24 and texts[above[1]][-1] not in ".?!。？！"
        else above[0]
    )
    while start and not texts[start - 1].strip("| "):
        start -= 1
    return start


def _names_device(text):
    """ "Sent from my iPhone", which people write above and below."""
    return len(text) <= 80 and DEVICE.search(text) is not None and _is_program_line(text)


def _is_program_line(text):
    """ "Sent from my phone", and not "Sent from my desk, which is easier than from the phone"."""
    if len(text) >= 110 or not SENT_FROM.match(text):
        return False
    if not (DEVICE.search(text) or PROGRAM.search(text) or EXCUSE.search(text)):
        return len(text.split()) <= 8 and text[-1] not in ".:!?。！？؟"  # "Sent from Front", but not "Sent by my son."
    return len(text.partition(", ")[2].split()) <= 4 or EXCUSE.search(text) is not None


def _bare(line):
    text = line.head
    if "[" in text or "<" in text:
        text = MARKDOWN_LINK.sub(lambda match: match[1] or "", text)
    return " ".join(languages.without_vowels(text).replace("’", "'").split())


def _is_card(texts, names):
    """At most six short lines under dashes that name the sender or how to reach them, or begin with a name."""
    filled = [text for text in texts if text]
    if not 0 < len(filled) <= 6:
        return False
    if not all((len(text) <= 60 and text[-1] not in ".?!") or LINK.match(text) for text in filled):
        return False
    if any(CONTACT.search(text) or _is_name(text, names) for text in filled):
        return True
    return len(filled[0].split()) in (2, 3) and filled[0].istitle() and not any(map(str.isdigit, filled[0]))


def without_closing(rows, name=""):
    """Rows of an answer without "Kind regards, Pat" at their end; `name` is the sender's, as their mail gives it."""
    filled = [index for index, row in enumerate(rows) if row.strip()]
    names = {part.casefold() for part in re.findall(r"[^\W\d_]{2,}", name)}
    for place in range(max(0, len(filled) - MOST_CLOSING - 1), len(filled)):
        row, after = (
            rows[filled[place]].strip().replace("’", "'"),
            [rows[other].strip() for other in filled[place + 1 :]],
        )
        is_closing = _is_closing(row)
        if place == 0 and (not is_closing or not after):
            continue
        if is_closing and _stands_under_closing(after, names):
            return rows[: filled[place]]
        if not after and _is_name(row, names):
            return rows[: filled[place]]
    return rows


def _stands_under_closing(rows, names):
    """A name, or a card with the sender's name on top; no sentences, and no question."""
    if len(rows) > (MOST_CLOSING if rows and (_is_name(rows[0], names) or _is_closing(rows[0])) else MOST_UNNAMED):
        return False
    return all(len(row) <= 60 and not row.endswith(("?", "؟", "？")) and not SENTENCE.search(row) for row in rows)


def _is_closing(row):
    folded = languages.fold(row[:200]).strip(ENDS)
    if folded in CLOSING_WORDS or all(part in CLOSING_WORDS for part in AND.split(folded)):
        return True
    first, comma, rest = folded.partition(",")
    return bool(comma) and first.strip(ENDS) in CLOSING_WORDS and 0 < len(rest.split()) <= 3


def _is_name(row, names):
    """The sender's own name on a line of its own, perhaps after a dash."""
    parts = [part.casefold() for part in re.findall(r"[^\W\d_]+", row)]
    return bool(names) and 0 < len(parts) <= 4 and all(part in names for part in parts)
