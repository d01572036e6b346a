"""The record as a paper: what is known at a glance, the chair's summary, who was heard, then item by item who had the
floor and the numbered paragraphs, the transcript as an annex, and the corrigendum where there is one.

Made of the facts alone; only the lines of the transcript come from elsewhere, a piece at a time.
"""

import zoneinfo
from itertools import chain, groupby

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations import paper
from consultations.hearings.minutes import sentences
from consultations.hearings.models import Officer, Speaker
from consultations.hearings.models.records import RecordState
from core import languages
from core import text as texts
from members.models import Category, Region

LONG = 40  # paragraphs, from which on a record has a cover


def document(record, facts, *, language="en", transcript=(), site=None):
    """The paper.Document of a record, in one of our languages. facts: as `facts.gather` gives them. transcript: its
    lines; without them there is no annex. site: where links to paths lead, ours unless told.
    """
    zone = zoneinfo.ZoneInfo(facts["timezone"])
    with languages.speaking(language), timezone.override(zone):
        return paper.Document(
            title=sentences.titled(facts["titles"], language),
            subtitle=_("Record of the hearing: %(state)s") % {"state": RecordState(record.state).label},
            language=language,
            symbol=f"{facts['code']}/R",
            publisher=settings.SITE_NAME,
            date_line=_date(facts),
            issued=record.finalised_at or record.published_at or record.begun_at,
            site=settings.SITE_URL if site is None else site,
            contents=tuple(_contents(record, facts, language, transcript)),
            with_cover=len(facts["paragraphs"]) > LONG,
            blocks=_spoken(language, zone, chain(_blocks(record, facts, language), _annex(transcript))),
        )


def _date(facts):
    opened = [session["opened"] or session["starts"] for session in facts["sessions"]]
    return date_format(timezone.localtime(sentences.parsed(opened[0])), "DATE_FORMAT") if opened else ""


def _contents(record, facts, language, transcript):
    if record.corrigendum_at:
        yield paper.Entry(_("Corrigendum"), "corrigendum")
    if facts["summary"]:
        yield paper.Entry(_("Summary by the chair"), "summary")
    if facts["balance"]["speakers"]:
        yield paper.Entry(_("Who was heard"), "heard")
    for item in facts["items"]:
        level = _level(item)
        if level < 3:
            title = sentences.titled(item["titles"], language)
            yield paper.Entry(title, f"item{item['label']}", level, f"{item['label']}.")
    if facts["transcript"]["lines"] and transcript != ():
        yield paper.Entry(_("Annex: transcript"), "transcript")


def _level(item):
    return min(3, 1 + item["label"].count("."))


def _spoken(language, zone, blocks):
    """The blocks, each made in this language and zone, whatever speaks when they are asked for."""
    while True:
        with languages.speaking(language), timezone.override(zone):
            block = next(blocks, None)
        if block is None:
            return
        yield block


def _blocks(record, facts, language):
    yield _glance(record, facts)
    if record.state == RecordState.PROVISIONAL:
        until = date_format(timezone.localtime(record.corrections_until), "DATETIME_FORMAT")
        told = _("This record is provisional. Who was there can ask for corrections until %(until)s.")
        yield paper.Paragraph(html=paper.prose(told % {"until": until}))
    yield from _corrigendum(record)
    if facts["summary"]:
        yield paper.Heading(1, _("Summary by the chair"), anchor="summary")
        yield paper.Paragraph(html=texts.render(facts["summary"]), language=facts["language"])
    yield from balance(facts)
    speakers = {label: list(rows) for label, rows in groupby(facts["speakers"], key=lambda row: row["item"])}
    paragraphs = {label: list(rows) for label, rows in groupby(facts["paragraphs"], key=lambda row: row["item"])}
    for item in facts["items"]:
        title = sentences.titled(item["titles"], language)
        yield paper.Heading(_level(item), title, number=f"{item['label']}.", anchor=f"item{item['label']}")
        if rows := speakers.get(item["label"]):
            yield table_of(rows)
        for row in paragraphs.get(item["label"], ()):
            yield from _paragraph(sentences.line(row, language))


def _paragraph(line):
    yield paper.Paragraph(
        html=line.html,
        number=f"{line.number}.",
        notes=line.notes,
        language=line.language,
        anchor=f"p{line.number}",
    )
    if line.table:
        yield line.table


def _glance(record, facts):
    roles = {}
    for row in facts["officers"]:
        roles.setdefault(row["role"], []).append(row["name"])
    sittings = [
        f"{sentences.time(row['opened'])} – {sentences.time(row['closed'])}"
        for row in facts["sessions"]
        if row["opened"] and row["closed"]
    ]
    pairs = [
        *((Officer.Role(role).label, ", ".join(names)) for role, names in roles.items()),
        (_("Place"), facts["place"]),
        (_("Sessions"), "; ".join(sittings)),
        (_("Time zone"), facts["timezone"]),
        (_("SHA-256 of the text"), record.final_sha256 or record.provisional_sha256),
    ]
    return paper.Facts(tuple((str(name), value) for name, value in pairs if value))


def _corrigendum(record):
    if record.corrigendum_at:
        yield paper.Heading(1, _("Corrigendum"), anchor="corrigendum")
        rows = [(str(number), was, reads) for number, was, reads in record.corrigendum]
        when = date_format(timezone.localtime(record.corrigendum_at), "DATETIME_FORMAT")
        header = (_("Paragraph"), _("It was"), _("It reads"))
        yield paper.Table(header, rows, caption=when, widths=(3, 8, 8))


def balance(facts):
    """Who was heard, in tables: speakers and minutes by region and category, speakers by gender, each of them once."""
    figures = facts["balance"]
    if not figures["speakers"]:
        return
    yield paper.Heading(1, _("Who was heard"), anchor="heard")
    heard = _("%(count)s, %(first)s of them for the first time") % {
        "first": figures["first_time"],
        "count": figures["speakers"],
    }
    total = sentences.clock(figures["seconds"])
    yield paper.Facts(((_("Speakers"), heard), (_("Minutes"), total)))
    for group, title in (("region", _("Region")), ("category", _("Category"))):
        rows = [
            (said_group(group, name), str(count), sentences.clock(seconds)) for name, count, seconds in figures[group]
        ]
        yield paper.Table((title, _("Speakers"), _("Minutes")), rows, numeric=(1, 2), widths=(4, 1, 1))
    if rows := [(said_group("gender", name), str(count)) for name, count, _seconds in figures["gender"]]:
        yield paper.Table((_("Gender"), _("Speakers")), rows, numeric=(1,), widths=(4, 1))


def said_group(group, name):
    """What a group is called; nobody declared anything of those without."""
    if group == "gender":
        return str(dict(Speaker.Gender.choices).get(name, name)) or _("another, or not declared")
    if not name:
        return _("not declared")
    if name == "personal":
        return _("for themselves")
    return str(dict(Category.choices).get(name, name)) if group == "category" else Region.called(name)


def table_of(rows):
    """Who had the floor on an item, in the order in which they had it: when, of how much, how long."""
    header = ("", _("Speaker"), _("Began"), _("Allotted"), _("Used"))
    cells = []
    for place, row in enumerate(rows, 1):
        state = Speaker.State(row["state"]).label if row["used"] is None else ""
        queue = Speaker.Queue(row["queue"]).label if row["queue"] != Speaker.Queue.LIST else ""
        name = sentences.who(row)
        note = "; ".join(filter(None, (str(queue), str(state))))
        cells.append(
            (
                str(place),
                f"{name} ({note})" if note else name,
                sentences.time(row["started"]) if row["started"] else "",
                sentences.clock(row["allotted"]) if row["allotted"] is not None else "",
                sentences.clock(row["used"]) if row["used"] is not None else "",
            )
        )
    return paper.Table(header, cells, caption=_("List of speakers"), numeric=(0, 3, 4), widths=(1, 6, 5, 3, 3))


def _annex(transcript):
    first = True
    for row in transcript:
        if first:
            yield paper.Heading(1, _("Annex: transcript"), anchor="transcript")
            yield paper.Paragraph(html=paper.prose(_("Written down while it was said; this is no verbatim record.")))
            first = False
        name = paper.apart(row["name"], languages.direction(row["language"]))
        name = f"{name}: " if name else ""
        yield paper.Paragraph(html=paper.prose(f"{name}{row['text']}"), language=row["language"])
