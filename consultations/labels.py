"""Numbers of paragraphs: the whole number by which one is cited (`12(a)(i)`), and what people type who mean it.

Pure. Numbers are compared by their label: digits of any script in ASCII, no spaces, no closing full stop, `bis` in
whichever language it is written.
"""

import re
import unicodedata

AGAIN = {
    "bis": "bis|бис|之二|مكررا|مكرر|مكررة|бис",
    "ter": "ter|тер|之三|مكررثانيا|مكرراثانيا",
    "quater": "quater|кватер|之四|مكررثالثا|مكرراثالثا",
    "quinquies": "quinquies|квинквиес|之五",
    "sexies": "sexies|之六",
}
_AGAIN = sorted(
    ((word, name) for name, words in AGAIN.items() for word in words.split("|")), key=lambda one: -len(one[0])
)
_EDGES = re.compile(r"^[.、,:;·–—-]+|[.、,:;·–—-]+$")
_SUB = re.compile(r"^\(?([^\W_]{1,8}(?:\.[^\W_]{1,4})*)[).]?$")
PRINTED = 20  # characters of one number, the more of which are no number any more
LONGEST = 60  # characters of a label


def clean(number):
    """A number as printed, in the form by which it is compared: `12 bis.` is `12bis`, `（一）` is `(一)`."""
    text = unicodedata.normalize("NFKC", number)
    text = "".join(
        str(unicodedata.decimal(char)) if unicodedata.decimal(char, None) is not None else char for char in text
    )
    text = "".join(
        char for char in text if unicodedata.category(char) not in ("Cf", "Cc", "Mn", "Lm") and not char.isspace()
    )
    text = _EDGES.sub("", text.casefold().replace("/", "-").replace("第", "").replace("段", "").replace("条", ""))
    for word, name in _AGAIN:
        if word in text:
            text = text.replace(word, name)
            break
    return re.sub(r"^a(?=\d+\.)", "A", text[:LONGEST])


def all_of(blocks):
    """The labels of blocks (kind, number, level) in order, "" for what has no number; each stands once.

    Sub-levels stand behind what they are below: `12(a)(i)`. Numbers that begin anew, as in an annex, stand behind its
    place: `A1.3` is paragraph 3 of the first part that begins anew.
    """
    labels, above, used, part, last = [], {}, set(), 0, 0
    for block in blocks:
        if block.kind != "paragraph" or not block.number:
            labels.append("")
            continue
        own = clean(block.number)[:PRINTED]
        if block.level <= 1:
            first = int(re.match(r"\d+", own)[0]) if re.match(r"\d", own) else last
            if first < last and _with(part, own) in used:
                part += 1
            last = first
            label, above = _with(part, own), {1: _with(part, own)}
        else:
            parent = next((above[level] for level in range(block.level - 1, 0, -1) if level in above), "")
            label = own if "." in own and own[:1].isdigit() else parent + _sub(own)
            above = {level: name for level, name in above.items() if level < block.level} | {block.level: label}
        labels.append(_once(label, used))
        used.add(labels[-1])
    return labels


def below(label):
    """How deep a label lies: 1 for `12`, 2 for `12(a)`."""
    return 1 + label.count("(")


def nearest(label, known, count=4):
    """The labels of a text that stand nearest to one it does not have, the nearest first."""
    wanted = _number(clean(label))
    if wanted is None:
        return list(known)[:count]
    same = [one for one in known if _number(one) == wanted]
    others = sorted((one for one in known if below(one) == 1 and one not in same), key=lambda one: _far(one, wanted))
    return (same[:count] + others)[:count]


def _far(label, wanted):
    number = _number(label)
    return abs(number - wanted) if number is not None else 1_000_000


def _number(label):
    digits = re.search(r"\d{1,6}", label)
    return int(digits[0]) if digits else None


def _sub(own):
    plain = _SUB.match(own)
    return f"({plain[1]})" if plain else own


def _with(part, own):
    return f"A{part}.{own}" if part else own


def _once(label, used):
    """A label that a text has twice gets a sign behind it: the number was printed twice."""
    label, again = label[: LONGEST - 6], 2
    while (shown := label if again == 2 else f"{label}*{again - 1}") in used:
        again += 1
    return shown


def following(label, taken):
    """The number of a new paragraph behind this one: `12bis`, and where that is taken `12ter` and so on."""
    base = next((label.removesuffix(name) for name in AGAIN if label.endswith(name)), label)
    names = [*AGAIN, *(f"-{count}" for count in range(len(AGAIN) + 2, 1000))]
    return next(shown for name in names if (shown := f"{base}{name}") not in taken)[:LONGEST]
