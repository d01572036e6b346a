"""Header blocks of quoted mails (From, Sent, To, Subject), and separators ("-----Original Message-----") above them.

"From: what I hear, it is dead" is said by a person: a block begins anew where its labels do, and holds an address or a
date. The words of each language stand in `languages.toml`.
"""

import re

from . import introductions, languages
from .introductions import ADDRESS, BETWEEN, WROTE, YEAR, next_text

MOST_HEADERS = 24  # lines of a header block
ROLES = {word: role for role in ("cc", "subject", "to", "sent", "from") for word in languages.words(role)}
ORIGINAL = languages.rows("original").keys()
BY = tuple(
    languages.fold(words) + " "
    for words in ("forwarded by", "forwarded message from", "original message from", "message forwarded",
                  "transféré par", "reenviado por", "weitergeleitet von", "inoltrato da", "original message processed")
)  # fmt: skip
LABEL = re.compile(r"[\s*_>|•]{0,6}([^\W\d][^:：*\n]{0,30}?)\s{0,3}\**\s{0,3}[:：]\s{0,3}\**\s{0,3}(.*)", re.DOTALL)
TABLE_ROW = re.compile(r"\|\s{0,3}([^\W\d][^|:：*\n]{0,30}?)\s{0,3}\|(.*)\|$")  # "| From | Pat |"
DASHED = re.compile(r"[\s>*|]{0,6}(?:[-_=—–*]{2,40}|-)\s{0,4}(.{3,60}?)\s{0,4}(?:[-_=—–*]{2,40}|-)?[\s*:：]{0,4}$")
RULE = re.compile(r"[\s*]{0,4}[-_=—–]{4,}[\s*]{0,4}$")
RUN_TOGETHER = re.compile(r"[-]{3,40}\s{0,3}([^-\n]{3,60}?)\s{0,3}[-]{3,40}")


def separator(lines, heads, index):
    """End of "-----Original Message-----" (and a header block after it) that starts at `index`, or None."""
    head = heads[index]
    if RULE.match(head):
        after = next_text(lines, index + 1)
        return header_block(lines, heads, after, least=2) if after < len(lines) else None
    if len(head) > 90:
        return None
    dashed = DASHED.match(head)
    if not _names_original(head, dashed):
        after = next_text(lines, index + 1)
        # Whatever the language: words between dashes, and right below them the labels of a mail.
        is_between = dashed and after < len(lines) and BETWEEN.match(head) is not None
        return header_block(lines, heads, after, least=2) if is_between else None
    if not dashed and not head.rstrip("* ").endswith((":", "：")):
        return None
    after = next_text(lines, index + 1)
    block = header_block(lines, heads, after, least=1) if after < len(lines) else None
    return block or index + 1


def _names_original(head, dashed):
    phrase = languages.fold(dashed[1] if dashed else head.strip("*<> ")).rstrip(" :：-*").strip()
    return phrase in ORIGINAL or (dashed is not None and phrase.startswith(BY))


def _separates(head):
    """Does this line lead to a block below it?"""
    if introductions.leads_to_header(head):
        return True
    dashed = DASHED.match(head) if len(head) <= 90 else None
    return len(head) <= 90 and (dashed or head.endswith((":", "："))) and _names_original(head, dashed)


def header_block(lines, heads, index, least=3):
    """End of a block of From/Sent/To/Subject lines from `index` on, or None; `least` different ones are needed."""
    if _role(heads[index]) is None:
        return None
    roles, end, slack = [], index, 0
    for position in range(index, min(len(lines), index + MOST_HEADERS)):
        if lines[position].kind == "blank":
            continue
        role = _role(heads[position]) if lines[position].depth == lines[index].depth else None
        if role:
            roles.append(role)
            if len(roles) > 1 and _begins_anew(lines, heads, position, roles):
                roles.pop()
                break
            slack = 0
        elif slack >= 3 or _separates(heads[position]) or not _continues(lines, heads, position, roles):
            break
        else:
            slack += 1
        end = position + 1
    if slack:
        end = _without_tail(heads, index, end)
    distinct = set(roles)
    if len(distinct) < least or not distinct & {"from", "sent"}:
        return None
    if least == 3 and ("from" not in distinct or not distinct & {"subject", "sent"} or not _names(heads[index:end])):
        return None
    return end


def _names(heads):
    """Does a block hold an address or a date, as those of programs do?"""
    return any(ADDRESS.search(head[:300]) or YEAR.search(introductions.plain(head[:300])) for head in heads)


def _begins_anew(lines, heads, position, roles):
    """Does a block begin at this label, so that the labels above it are the writer's words or another block?"""
    role, is_apart = roles[-1], lines[position - 1].kind == "blank"
    if role in roles[:-1] and role in ("from", "to", "subject"):
        if role == roles[-2] and _label(heads[position]) != _label(heads[position - 1]) and not is_apart:
            return False  # two names for one thing
        return is_apart or "from" not in roles[:-1] or not set(roles[:-1]) & {"subject", "sent"}
    below = set()
    for at in range(position, min(len(lines), position + 8) if is_apart else position):
        if lines[at].kind == "blank":
            break
        below.add(_role(heads[at]))
    return len(below - {None}) >= 3 and "from" in below and bool(below & {"subject", "sent"})


def _label(head):
    match = TABLE_ROW.match(head[:200]) or LABEL.match(head[:200])
    return languages.fold(match[1]).strip("* ") if match else ""


def _role(head):
    return ROLES.get(_label(head))


def _continues(lines, heads, position, roles):
    """A folded list of recipients, the value under an empty label, or a label not known, goes on inside the block."""
    head = heads[position]
    after_blank = lines[position - 1].kind == "blank"
    addressed = ADDRESS.search(head[:300]) is not None or head.endswith((";", ","))
    if addressed and not after_blank and roles[-1] in ("to", "cc", "from"):
        return True
    before = LABEL.match(heads[position - 1][:200]) if position else None
    if before and not before[2].strip("* ") and len(head) <= 100 and not after_blank:
        return True
    after = next_text(lines, position + 1)
    goes_on = after < len(lines) and after <= position + 2 and _role(heads[after]) is not None
    return goes_on and len(head) <= 120 and (LABEL.match(head[:200]) is not None or not after_blank)


def _without_tail(heads, index, end):
    """A continuation only counts when it holds an address or another label follows it."""
    while end > index and not _role(heads[end - 1]) and not ADDRESS.search(heads[end - 1][:300]):
        end -= 1
    return end


def is_label(text):
    """Does a text begin with a label of a header block ("From:")?"""
    return _role(text[:200]) is not None


def rule(text):
    """The row of `languages.toml` by which a line introduces a quotation ("fr.wrote"), "" when none of them did."""
    role = _role(text)
    if role:
        return languages.rows(role)[_label(text)]
    text = introductions.plain(text[: introductions.MOST_WINDOW])
    for field in ("original", "wrote"):
        for word, row in languages.rows(field).items():
            if word in text and (field == "original" or WROTE.search(text)):
                return row
    return ""
