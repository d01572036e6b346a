"""Writes the archive: pages to read, data to reckon with, the journal, and the program that checks all of it.

Everything is written as it comes from the database, so an archive of any size takes the memory of a few hundred rows.
"""

import hashlib
import io
import json
import zipfile
from contextlib import contextmanager
from pathlib import Path

from consultations import paper, proceedings, synthesis_paper
from consultations.exporting import data, outcomes, pages, verify
from consultations.models import Synthesis
from core import languages, spreadsheets
from core.snapshots import snapshot
from forum.models import Attachment
from forum.models.posts import State

HERE = Path(__file__).parent
ALONG = ("verify.py", "FORMAT.md")  # files of this folder that go along as they are
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can hold: nothing in it tells when it was written


def write(consultation, file, *, language=None):
    """Write the whole archive of a consultation to a binary file; returns the number of files in it.

    file: one that can be read too, and seek. language: of the pages, the consultation's own unless told. All of it is
    read in one snapshot of the database.
    """
    language = language or consultation.language
    with snapshot(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        consultation = type(consultation).objects.select_related("workspace__journal").get(pk=consultation.pk)
        archive = _Archive(zipped)
        for name in ALONG:
            archive.put(name, (HERE / name).read_bytes())
        with languages.speaking(language):  # groups are named in it
            _write_data(archive, consultation)
        files = _write_files(archive, consultation)
        _write_pages(archive, consultation, language, files)
        archive.close()
        zipped.comment = verify.SEAL + b"0" * 64
    _seal(file)
    return len(archive.digests)


def _seal(file):
    """Let the ZIP end with the SHA-256 of all bytes before, so that no byte of it changes unseen."""
    left, digest = file.seek(-verify.SEALED, io.SEEK_END), hashlib.sha256()
    file.seek(0)
    while left:
        chunk = file.read(min(left, 1 << 20))
        left -= len(chunk)
        digest.update(chunk)
    file.write(verify.SEAL + digest.hexdigest().encode())


class _Archive:
    """A ZIP under way, and the digest of every file in it."""

    def __init__(self, zipped):
        self.zipped, self.digests = zipped, {}

    def put(self, name, raw):
        with self.open(name) as file:
            file.write(raw)

    @contextmanager
    def open(self, name):
        """A binary file in the archive to write to."""
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        with self.zipped.open(info, "w", force_zip64=True) as file:
            hashed = _Hashed(file)
            yield hashed
        self.digests[name] = hashed.digest.hexdigest()

    def put_json(self, name, value):
        self.put(name, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())

    def close(self):
        """Write the manifest, last."""
        canonical = json.dumps(self.digests, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        manifest = {"files": self.digests, "sha256": hashlib.sha256(canonical.encode()).hexdigest()}
        raw = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
        self.put("manifest.json", raw.encode())


class _Hashed(io.RawIOBase):
    """Hands on what is written, and remembers its SHA-256."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def writable(self):
        return True

    def write(self, raw):
        self.digest.update(raw)
        return self.file.write(raw)


def _write_data(archive, consultation):
    archive.put_json("data/consultation.json", data.of_consultation(consultation))
    with archive.open("data/contributions.jsonl") as file:
        for row in data.contributions(consultation):
            file.write(_line(row))
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
    with archive.open("record/journal.jsonl") as file:
        for entry in data.entries(consultation):
            file.write(_line(entry))


def _line(value):
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _write_files(archive, consultation):
    """The files beside what is shown, each once; returns [(a contribution's code or "", Attachment, its name here)]."""
    found = []
    rows = Attachment.objects.filter(
        post__thread__workspace=consultation.workspace_id, post__state=State.PUBLISHED
    ).select_related("post__contribution")
    for attachment in rows.order_by("post__contribution__number", "pk").iterator(chunk_size=100):
        name = f"files/{attachment.sha256}"
        if name not in archive.digests:
            with archive.open(name) as file, attachment.file.open("rb") as stored:
                for chunk in stored.chunks(1 << 20):
                    file.write(chunk)
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
