"""Writes the archive of a hearing: its record to read, data to reckon with, the journal, and the checker of all of it.

It can be written at any time and says in which state the record is: of a draft there are no notes and no summary, for
nobody but those who write them has seen them.
"""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from consultations import paper
from consultations.exporting import data as common
from consultations.exporting import zipping
from consultations.hearings.exporting import data, motions
from consultations.hearings.minutes import facts, sentences, sheet, transcript
from consultations.hearings.models import Hearing, Record
from consultations.hearings.models.records import RecordState
from core import languages, sizes
from core.snapshots import snapshot

FORMAT = Path(__file__).with_name("FORMAT.md")


def write(hearing, file, *, language=None):
    """Write the whole archive of a hearing to a binary file; returns the number of files in it.

    file: one that can be read too, and seek. language: of the pages, the hearing's own unless told. All of it is read
    in one snapshot of the database.
    """
    language = language or hearing.language
    with snapshot(), zipping.writing(file, FORMAT) as archive:
        hearing = Hearing.objects.select_related("workspace__journal").get(pk=hearing.pk)
        record = Record.objects.filter(hearing=hearing).first() or Record(hearing=hearing)
        record.hearing = hearing
        with languages.speaking(language):
            _write_data(archive, hearing, record)
        files = [
            (one, archive.put_file(one)) for one in zipping.attachments(hearing.workspace_id).iterator(chunk_size=100)
        ]
        _write_pages(archive, hearing, record, language, files)
    return len(archive.digests)


def _write_data(archive, hearing, record):
    archive.put_json("data/hearing.json", data.of_hearing(hearing))
    archive.put_lines("data/speakers.jsonl", data.speakers(hearing))
    archive.put_json("data/ballots.json", common.ballots(hearing))
    archive.put_json("data/motions.json", motions.of_hearing(hearing))
    archive.put_lines("data/questions.jsonl", data.questions(hearing))
    archive.put_json("data/desk.json", data.desk(hearing))
    archive.put_lines("data/transcript.jsonl", transcript.lines(hearing))
    if record.is_published:
        archive.put_json("data/record.json", data.texts(record))
    archive.put_lines("record/journal.jsonl", common.entries(hearing))


def _write_pages(archive, hearing, record, language, files):
    """The record, and a page that leads to everything."""
    told = record.facts or facts.gather(hearing, is_public=True)
    documents = {
        "record.html": sheet.document(record, told, language=language, transcript=transcript.lines(hearing)),
        "index.html": _index(hearing, record, language, files),
    }
    for name, document in documents.items():
        with archive.open(name) as file:
            paper.write(document, "html", file)


def _index(hearing, record, language, files):
    with languages.speaking(language):
        title = hearing.worded(language)
        links = (
            (_("Record of the hearing"), "record.html"),
            (_("What the data means"), "FORMAT.md"),
            (_("The program that checks this record: python3 verify.py"), "verify.py"),
        )
        told = _("The record is %(state)s.") % {"state": RecordState(record.state).label}
        ends = _("The record ends at %(mark)s. Compare it with the one beside the workspace’s name in any digest mail.")
        blocks = [
            paper.Paragraph(html=title.html or paper.prose(title.title), language=title.language),
            paper.Paragraph(html=paper.prose(told)),
            paper.Heading(1, _("In this archive")),
            *(paper.Paragraph(html=f"<p>{paper.link(label, href)}</p>") for label, href in links),
            paper.Paragraph(html=paper.prose(ends % {"mark": hearing.journal.mark})),
        ]
        rows = [(paper.Link(file.name, name), sizes.said(file.size)) for file, name in files]
        if rows:
            blocks.append(paper.Table((_("Files"), ""), rows, widths=(6, 1)))
        return paper.Document(
            title=sentences.titled({hearing.language: hearing.title} | hearing.titles, language),
            language=language,
            symbol=hearing.code,
            publisher=settings.SITE_NAME,
            site=settings.SITE_URL,
            blocks=blocks,
        )
