"""The record of a hearing as plain values, in the order of its agenda, and the same with corrections in it.

FORMAT.md of the archive describes it. Its SHA-256, of canonical JSON, is what the journal holds.
"""

import copy
import hashlib

from consultations.hearings.minutes import agenda, asked, balance, desk, floor, notes, transcript, votes
from consultations.hearings.minutes.sources import moment
from journal import chain

PARTS = {"text": "text", "name": "name"}  # of a paragraph, what can be corrected
SOURCES = (agenda, floor, votes, asked, desk)


def gather(hearing, *, is_public=False, is_published=False):
    """All of it as it stands now. is_public: without what only those read who write it, notes and the summary.
    is_published: with what is told once, when it is published.
    """
    sources = SOURCES if is_public else (*SOURCES, notes)
    items = list(hearing.items.order_by("sort_key"))
    record = getattr(hearing, "record", None)
    return {
        "code": hearing.code,
        "titles": {code: title for code, (title, _text) in hearing.said().items()},
        "language": hearing.language,
        "place": hearing.place,
        "timezone": hearing.timezone,
        "officers": [
            {"role": str(row.role), "name": row.member.shown_name} for row in hearing.officers.select_related("member")
        ],
        "sessions": [
            {
                "number": row.number,
                "title": row.title,
                "starts": moment(row.starts_at),
                "ends": moment(row.ends_at),
                "opened": moment(row.opened_at),
                "closed": moment(row.closed_at),
            }
            for row in hearing.sessions.all()
        ],
        "summary": record.summary if record and not is_public else "",
        "balance": balance.figures(hearing, is_published=is_published),
        "items": [
            {
                "id": item.pk,
                "label": item.label,
                "titles": {code: title for code, (title, _text) in item.said().items()},
                "state": str(item.state),
            }
            for item in items
        ],
        "speakers": floor.rows(hearing),
        "paragraphs": _numbered(items, [one for source in sources for one in source.tell(hearing)]),
        "transcript": transcript.summary(hearing),
    }


def _numbered(items, told):
    """The paragraphs in the order of the agenda, and of what happened when, numbered through."""
    places = {item.pk: place for place, item in enumerate(items)}
    labels = {item.pk: item.label for item in items}
    told = sorted((one for one in told if one.item in places), key=lambda one: _place(places, one))
    return [
        {"number": number, "item": labels[one.item], "kind": one.kind, "at": moment(one.at), **one.facts}
        | ({"words": one.words} if one.words else {})
        for number, one in enumerate(told, 1)
    ]


def _place(places, one):
    """By whole seconds, for clocks are of these; what comes first within one its rank says."""
    return places[one.item], one.at is None, int(one.at.timestamp()) if one.at else 0, one.rank


def sha256(facts):
    """By which the journal holds a text."""
    return hashlib.sha256(chain.canonical(facts)).hexdigest()


def paragraph(facts, number):
    """The paragraph of this number, or None."""
    rows = facts["paragraphs"]
    return rows[number - 1] if number and 1 <= number <= len(rows) else None


def correctable(row):
    """The parts of a paragraph that can be corrected, of those it has: words and names, no times and no votes."""
    return [part for part, field in PARTS.items() if row.get(field)]


def corrected(facts, corrections):
    """The same with corrections [(number, part, reads)] in it: of a name wherever the one of this name is named."""
    facts = copy.deepcopy(facts)
    for number, part, reads in corrections:
        row = paragraph(facts, number)
        whose = _who(row)
        row[PARTS[part]] = reads
        if part == "name":
            for other in (*facts["paragraphs"], *facts["speakers"]):
                if _who(other) == whose:
                    other["name"] = reads
    return facts


def numbers_of(facts, thing):
    """{number of a paragraph: [its fields]} that hold the words of one thing."""
    found = {}
    for row in facts["paragraphs"]:
        fields = [name for name, reference in row.get("words", {}).items() if reference == thing.reference]
        if fields:
            found[row["number"]] = fields
    return found


def reworded(facts, change, numbers=None, annex=None):
    """The same with what somebody said changed: wherever it is, or in these paragraphs (as `numbers_of` gives them)
    alone. annex: the summary of the transcript as it is now.
    """
    facts = copy.deepcopy(facts)
    for row in facts["paragraphs"]:
        for field in row.get("words", ()) if numbers is None else numbers.get(row["number"], ()):
            row[field] = change(row[field])
    if numbers is None:
        facts["summary"] = change(facts["summary"])
    if annex:
        facts["transcript"] = annex
    return facts


def _who(row):
    return row.get("name"), row.get("organisation", "")
