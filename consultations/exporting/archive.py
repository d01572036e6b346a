"""Writes the archive: pages to read, data to reckon with, the journal, and the program that checks all of it.

Everything is written as it comes from the database, so an archive of any size takes the memory of a few hundred rows.
"""

from pathlib import Path

from consultations import paper, proceedings, synthesis_paper
from consultations.exporting import data, outcomes, pages, zipping
from consultations.models import Synthesis
from core import languages, spreadsheets
from core.snapshots import snapshot

FORMAT = Path(__file__).with_name("FORMAT.md")


def write(consultation, file, *, language=None):
    """Write the whole archive of a consultation to a binary file; returns the number of files in it.

    file: one that can be read too, and seek. language: of the pages, the consultation's own unless told. All of it is
    read in one snapshot of the database.
    """
    language = language or consultation.language
    with snapshot(), zipping.writing(file, FORMAT) as archive:
        consultation = type(consultation).objects.select_related("workspace__journal").get(pk=consultation.pk)
        with languages.speaking(language):  # groups are named in it
            _write_data(archive, consultation)
        files = _write_files(archive, consultation)
        _write_pages(archive, consultation, language, files)
    return len(archive.digests)


def _write_data(archive, consultation):
    archive.put_json("data/consultation.json", data.of_consultation(consultation))
    archive.put_lines("data/contributions.jsonl", data.contributions(consultation))
    with archive.open("data/contributions.csv") as file:
        rows = (row for row in data.contributions(consultation) if row["text"] is not None)
        spreadsheets.write(file, data.CSV, ([row[name] for name in data.CSV] for row in rows))
    archive.put_json("data/ballots.json", data.ballots(consultation))
    if documents := data.documents(consultation):
        archive.put_json("data/documents.json", documents)
    archive.put_json("data/statements.json", data.statements(consultation))
    if synthesis := outcomes.synthesis(consultation):
        archive.put_json("data/synthesis.json", synthesis)
    if recommendations := outcomes.recommendations(consultation):
        archive.put_json("data/recommendations.json", recommendations)
        with archive.open("data/recommendations.csv") as file:
            spreadsheets.write(file, outcomes.COLUMNS, outcomes.table(consultation))
    archive.put_lines("record/journal.jsonl", data.entries(consultation))


def _write_files(archive, consultation):
    """The files beside what is shown, each once; returns [(a contribution's code or "", Attachment, its name here)]."""
    found = []
    rows = zipping.attachments(consultation.workspace_id).select_related("post__contribution")
    for attachment in rows.order_by("post__contribution__number", "pk").iterator(chunk_size=100):
        name = archive.put_file(attachment)
        contribution = getattr(attachment.post, "contribution", None)
        code = f"{consultation.code}/{contribution.number}" if contribution else ""
        found.append((code, attachment, name))
    return found


def _write_pages(archive, consultation, language, files):
    """The proceedings twice, what else there is to read, and a page that leads to everything."""
    now = consultation.journal.entries.order_by("seq").last().at  # nothing in it tells when it was written
    documents = {
        "proceedings.html": proceedings.proceedings(consultation, by="question", language=language, now=now),
        "organisations.html": proceedings.proceedings(consultation, by="organisation", language=language, now=now),
        "texts.html": pages.texts(consultation, language),
        "ballots.html": pages.ballots(consultation, language),
    }
    synthesis = Synthesis.objects.filter(consultation=consultation, published_at__isnull=False).first()
    if synthesis:
        synthesis.consultation = consultation
        documents["synthesis.html"] = synthesis_paper.document(
            synthesis, language=language, now=now, beside="proceedings.html"
        )
    there = {name for name, document in documents.items() if document}
    documents["index.html"] = pages.index(consultation, language, there=there, files=files)
    for name, document in documents.items():
        if document:
            with archive.open(name) as file:
                paper.write(document, "html", file)
