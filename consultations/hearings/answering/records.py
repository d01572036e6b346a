"""The record of a hearing as a thing a mail can answer: `CORRECT 14: …`, as often as there is something to correct.

`GET ALP/2026/H2/R` brings the record. The word is understood in answers to an item of the agenda, too.
"""

import html
import re

from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.hearings.answering import items, soon
from consultations.hearings.minutes import sentences
from consultations.hearings.models import Hearing, Record
from consultations.hearings.rules import records as rules
from consultations.hearings.services import records
from consultations.hearings.words import records as words
from consultations.wording.lines import on_the_web
from core import languages
from core.access import Refused
from forum.models.posts import Channel
from notifications import answers, references
from notifications.digests import prose
from notifications.intake import explaining

_REFERENCE = re.compile(r"([^/\s]+)/(\d{4})/H(\d{1,5})[/ ]R", re.IGNORECASE)
ALL = Record.objects.select_related("hearing__workspace__journal")
MOST_TOLD = 200_000  # characters of one mail


def look(member, reference):
    """What `ALP/2026/H2/R` names for this member, where the record is published."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[1].upper() != settings.REFERENCE_PREFIX.upper():
        return ""
    hearing = Hearing.objects.visible_to(member).filter(year=int(match[2]), number=int(match[3])).first()
    found = ALL.visible_to(member).filter(hearing=hearing).first() if hearing else None
    return found.reference if found else ""


def find(member, pk):
    """A published record, of a hearing the member may follow."""
    return ALL.visible_to(member).filter(pk=pk).first()


def take(member, record, said):
    """Keep each correction that can be kept and give the others back. They count from when the mail was sent, where
    that is proven, or came to us.
    """
    asked = words.read(said.text, name=member.name)
    if not asked:
        told = _(
            "This was not understood. To correct the record write %(correct)s, the number of the paragraph, a colon, "
            "and how it should read; for each correction a line that begins so."
        )
        raise Refused(told % {"correct": items.offered("correct")}, text=said.text)
    return _keep(member, record, asked, said)


def take_order(member, item, order, said):
    """`CORRECT 14: …` in an answer to an item, once the record is published."""
    record = find(member, getattr(Record.objects.filter(hearing=item.hearing_id).first(), "pk", 0))
    if record is None:
        raise Refused(_("The record of this hearing is not published yet. You are mailed when it is."), text=said.text)
    return _keep(member, record, [words.asked(order.text)], said)


def _keep(member, record, asked, said):
    at = said.received_at
    if at and not rules.correct(member, record, at) and (proven := said.proven_at):
        at = proven
    made, refused = [], {}
    for place, one in enumerate(asked):
        key = f"{said.key}:correct:{place}:{one.paragraph}"[:100] if said.key else None
        fields = {"why": one.text, "paragraph": one.paragraph, "channel": Channel.MAIL, "key": key, "at": at}
        try:
            made.append(records.correct(by=member, record_of=record, **fields))
        except Refused as no:
            refused.setdefault(str(no.reason), []).append(_line(one))
    if not made:
        raise Refused("\n".join(refused), text=said.text)
    numbers = ", ".join(str(one.paragraph) for one in made if one.paragraph)
    note = _("the secretariat has your correction") + (f" ({numbers})" if numbers else "")
    return answers.Taken(made[0].reference, note=explaining.together([note], refused), is_partly=bool(refused))


def _line(asked):
    """A correction as it can be sent again."""
    return f"{items.offered('correct')} {asked.paragraph}: {asked.text}" if asked.paragraph else asked.text


def tell(member, record):
    """(title, text) of the whole record, for GET: paragraph by paragraph, in the language of the reader."""
    facts, language = record.facts, languages.own_code(get_language())
    title = _("Record of the hearing: %(title)s") % {"title": prose.title(sentences.titled(facts["titles"], language))}
    lines = [f"{record.symbol}  {title}", records.closes(record), facts["summary"]]
    with timezone.override(record.hearing.zone):
        label = None
        for row in facts["paragraphs"]:
            if row["item"] != label:
                label = row["item"]
                item = next(one for one in facts["items"] if one["label"] == label)
                lines.append(f"{label}. {prose.title(sentences.titled(item['titles'], language))}")
            lines.append(f"{row['number']}. {plain(sentences.line(row, language))}")
    for number, was, reads in record.corrigendum:
        told = _("Corrigendum, paragraph %(number)s: it was “%(was)s”; it reads “%(reads)s”.")
        lines.append(told % {"number": number, "was": was, "reads": reads})
    text, url = "\n\n".join(filter(None, lines)), on_the_web(record.get_absolute_url())
    return record.symbol, f"{text[:MOST_TOLD]}\n\n{url}"


def plain(line):
    """A paragraph in plain words, with who voted how."""
    said = strip_tags(line.html.replace("</p>", "</p>\n")).strip()
    rows = [": ".join(row) for row in line.table.rows] if line.table else []
    return "\n".join([html.unescape(said), *rows])


def register():
    """Called once, when the app is ready."""
    items.register_word(words.CORRECT, take_order)
    answers.register(
        "record",
        answers.Answerable(
            find=find,
            is_open=rules.correct,
            take=take,
            place=lambda record: record.reference,
            tell=tell,
            hears_soon=lambda member, record: soon.is_due(member, record.hearing),
            is_one=True,
            takes_files=False,
        ),
    )
    references.register(look)
