"""Paragraphs of the record in the language that is active: the sentences around what was said, which stays as it was.

Times are in the zone that is active, which is the hearing's.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from consultations import differences, paper
from consultations.hearings.models import Motion, Speaker, Speech
from consultations.hearings.wording import motions as motion_wording
from consultations.hearings.wording import speakers as speaker_wording
from consultations.wording import outcomes
from core import text as texts

MOST_DIFFERENCE = 6_000  # characters of a difference that is printed
NAMED = 15  # votes, up to which each has a line of its own
REMEMBERED = 1_000  # differences a process keeps


@dataclass(frozen=True)
class Line:
    """A paragraph as it is shown: html, its number, the language of the words in it, notes below it (html). table:
    who voted how.
    """

    number: int
    html: str
    language: str = ""
    notes: tuple = ()
    table: paper.Table | None = None


def line(row, language):
    """One paragraph of the facts. language: of the reader, for what has titles in several."""
    return _KINDS[row["kind"]](row, language)


def clock(seconds):
    """`3:05`, minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"


def time(at):
    """The time of day, with the day."""
    return date_format(localtime(parsed(at)), "SHORT_DATETIME_FORMAT")


def parsed(at):
    return datetime.fromisoformat(at)


def who(row):
    """`Bob Outside, Mountain Forum`."""
    return ", ".join(within(one) for one in (row["name"], row.get("organisation")) if one)


def within(words):
    """Somebody's words within a sentence of ours, which may run the other way."""
    return paper.apart(words, _direction())


def _direction():
    return "rtl" if get_language_bidi() else "ltr"


def titled(titles, language):
    """A title in this language, or in the one it was written in."""
    return titles.get(language) or next(iter(titles.values()))


def _ours(sentence):
    """The HTML of a sentence of ours."""
    return paper.prose(paper.ours(sentence, _direction())) if sentence else ""


def _said(row, sentence):
    return Line(row["number"], _ours(sentence))


def _words(row, head, notes=()):
    """A sentence of ours, and below it the words of somebody."""
    return Line(row["number"], _ours(head) + texts.render(row["text"]), row.get("language", ""), tuple(notes))


def _opened(row, language):
    return _said(row, _("The item was taken up: %(at)s.") % {"at": time(row["at"])})


def _closed(row, language):
    return _said(row, _("The item was concluded: %(at)s.") % {"at": time(row["at"])})


def _floor(row, language):
    facts = {"at": time(row["at"]), "who": who(row), "used": clock(row["used"]), "allotted": clock(row["allotted"])}
    if row["queue"] == Speaker.Queue.REPLY:
        said = _("%(at)s: %(who)s spoke in right of reply for %(used)s of %(allotted)s minutes.")
    else:
        said = _("%(at)s: %(who)s had the floor for %(used)s of %(allotted)s minutes.")
    return _said(row, said % facts)


def _absent(row, language):
    return _said(row, _("%(who)s was called and not there.") % {"who": who(row)})


def _point(row, language):
    said = _("%(at)s: %(who)s raised a point of order: %(point)s")
    told = (said % {"at": time(row["at"]), "who": who(row), "point": ""}).rstrip(" " if row["text"] else " :：")
    ruling = ""
    if row["ruling"]:
        ruling = _("The chair: %(ruling)s.") % {"ruling": Speaker.Ruling(row["ruling"]).label}
    appealed = speaker_wording.on_appeal(row["is_overruled"]) if "is_overruled" in row else ""
    text, reason = (paper.prose(words) if words else "" for words in (row["text"], row["ruling_reason"]))
    return Line(row["number"], _ours(told) + text + _ours(ruling) + reason + _ours(appealed))


def _speech(row, language):
    stages = {
        "delivered": Speech.Stage.DELIVERED.label,
        "ahead": Speech.Stage.AHEAD.label,
        "submitted": pgettext("words of a speaker", "submitted, not delivered"),
    }
    notes = []
    if handed_in := row.get("handed_in"):
        told = _("What is different from the text that was handed in before: %(changes)s")
        notes.append(escape(told % {"changes": _difference(handed_in, row["text"])}))
    return _words(row, f"{who(row)} ({stages[row['stage']]}):", notes)


@lru_cache(REMEMBERED)
def _difference(old, new):
    """Takes up to half a second for long texts, and every page and paper of the record shows it."""
    return texts.excerpt(differences.plain(differences.compare(old, new)), MOST_DIFFERENCE)


def _note(row, language):
    return Line(row["number"], texts.render(row["text"]), row["language"])


def _motion(row, language):
    movers = _("moved by %(mover)s") % {"mover": within(row["mover"])} if row["mover"] else ""
    if row["seconder"]:
        movers = ", ".join(filter(None, (movers, _("seconded by %(name)s") % {"name": within(row["seconder"])})))
    if "amends" in row:
        movers = "; ".join(filter(None, (motion_wording.amends(row["amends"]), movers)))
    kind = f"{Motion.Form(row['form']).label}, {Motion.Manner(row['manner']).label}"
    # Two lines: the title keeps the direction of its language, and what is ours that of the reader's.
    html = f"<p><strong>{escape(row['code'])}: {escape(row['title'])}</strong></p>"
    html += _ours("; ".join(filter(None, (kind, movers))))
    if row["text"]:
        html += texts.render(row["text"])
    if "outcome" in row:
        html += _ours(outcomes.explain(row["outcome"], row["options"]))
    else:
        reason = row["withdrawn_because"] or row.get("annulled_because", "")
        html += _ours(str(Motion.State(row["state"]).label)) + (paper.prose(reason) if reason else "")
    votes = row.get("votes", ())
    if len(votes) > NAMED:
        return Line(row["number"], html + _together(row, votes))
    heads = (_("Who"), pgettext("what somebody voted", "Vote"))
    table = paper.Table(heads, [(name, value_said(row, value)) for name, value in votes]) if votes else None
    return Line(row["number"], html, table=table)


def _together(row, votes):
    """Votes of many, as they are printed: each answer, and below it the names of those who gave it."""
    people = {value: [] for value, *_count in row["outcome"].get("order", ())}
    for name, value in votes:
        people.setdefault(value, []).append(name)
    return "".join(
        f"<h3>{escape(value_said(row, value))} ({len(names)})</h3>{paper.prose('; '.join(names))}"
        for value, names in people.items()
        if names
    )


def value_said(row, value):
    """A vote in words: an answer, or the option of a letter."""
    if value == "absent":
        return pgettext("a name of a roll call", "absent")
    if value == "passed":
        return pgettext("a name of a roll call", "passed")
    return row["options"].get(value) or outcomes.answer(value)


def _explanation(row, language):
    told = (
        _("%(who)s explained their vote before it:")
        if row["when"] == "before"
        else _("%(who)s explained their vote after it:")
    )
    return _words(row, told % {"who": who(row)})


def _question(row, language):
    told = ngettext(
        "Question %(number)s, %(who)s, endorsed by %(count)s:",
        "Question %(number)s, %(who)s, endorsed by %(count)s:",
        row["endorsements"],
    )
    notes = [escape(_("It was answered at the hearing."))] if row["answered_live"] else []
    facts = {"number": row["question"], "who": who(row), "count": row["endorsements"]}
    return _words(row, told % facts, notes)


def _answer(row, language):
    told = _("%(who)s answered question %(number)s in writing:")
    return _words(row, told % {"who": who(row), "number": row["question"]})


def _document(row, language):
    facts = {"symbol": within(row["symbol"]), "title": within(titled(row["titles"], language))}
    if row["withdrawn"] is not None:
        told = _("The document %(symbol)s, “%(title)s”, was before the hearing and was withdrawn: %(reason)s")
        return _said(row, told % (facts | {"reason": within(row["withdrawn"])}))
    return _said(row, _("The document %(symbol)s, “%(title)s”, was before the hearing.") % facts)


_KINDS = {
    "opened": _opened,
    "closed": _closed,
    "floor": _floor,
    "absent": _absent,
    "point": _point,
    "speech": _speech,
    "note": _note,
    "motion": _motion,
    "explanation": _explanation,
    "question": _question,
    "answer": _answer,
    "document": _document,
}
