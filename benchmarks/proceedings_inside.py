"""What benchmarks.proceedings measures, from within a site: run with Django set up, prints JSON."""

import csv
import hashlib
import json
import os
import random
import resource
import statistics
import time
import zipfile
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import data, rig
from consultations import paper, proceedings
from consultations.exporting import archive
from consultations.models import Consultation
from members.models import Member
from tests.consultations import consulting, crowds
from tests.world import World

SLUG, RECORD = "dry-valleys", "record.zip"
PAGES = 7  # times each page is fetched; the first warms up, the median counts


def fill(contributions, questions, organisations=400):
    """A running consultation of this size, in a site that has just been made."""
    dice = random.Random(1)
    consultation = consulting.running(World())
    mandates = crowds.organisations(consultation, organisations)
    crowds.ask(consultation, questions - consultation.questions.count())
    crowds.contribute(
        consultation,
        mandates,
        contributions,
        words=lambda _number: "\n\n".join(data.paragraph(dice) for _ in range(dice.randint(1, 3))),
    )


def paper_of(form, by):
    def write(consultation, path):
        with path.open("wb") as file:
            paper.write(proceedings.proceedings(consultation, by=by), form, file)

    return write


def archive_of(consultation, path):
    with path.open("w+b") as file:
        archive.write(consultation, file)


def plain(consultation):
    """What the floor writes: the rows of the contributions, in one query."""
    names = ("number", "stamp", "moment", "question__title", "organisation__name", "post__author__name", "post__text")
    return names, consultation.contributions.order_by("number").values_list(*names)


def floor_csv(consultation, path):
    names, rows = plain(consultation)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows.iterator(chunk_size=500))


def floor_json(consultation, path):
    names, rows = plain(consultation)
    rig.write_jsonl(path, (dict(zip(names, map(str, row), strict=True)) for row in rows.iterator(chunk_size=500)))


def floor_hash(consultation, path):
    """Read and hash every file of the archive that was written before."""
    with zipfile.ZipFile(path.parent / RECORD) as packed:
        path.write_text("".join(hashlib.sha256(packed.read(name)).hexdigest() for name in packed.namelist()))


def fetched(address):
    """Bytes of a page, or of a file as it streams."""

    def write(consultation, path):
        client = Client(SERVER_NAME="localhost")
        client.force_login(
            Member.objects.get(name="Alice"), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        answer = client.get(f"{consultation.get_absolute_url()}{address}")
        assert answer.status_code == 200, answer
        with path.open("wb") as file:
            file.writelines(answer.streaming_content if answer.streaming else [answer.content])

    return write


FILES = {
    "proceedings by question, html": paper_of("html", "question"),
    "proceedings by organisation, html": paper_of("html", "organisation"),
    "proceedings by question, docx": paper_of("docx", "question"),
    "proceedings by question, pdf": paper_of("pdf", "question"),
    "contributions.csv": fetched("contributions.csv"),
    "contributions.jsonl": fetched("contributions.jsonl"),
    "floor: the rows with csv alone": floor_csv,
    "floor: the rows with json alone": floor_json,
    "export (the whole record)": archive_of,
    "floor: its files read and hashed": floor_hash,
}
SITE = {"the page": "", "who has answered": "coverage/", "balance": "balance/", "contributions": "contributions/"}


def once(name, path):
    """Write one file in this process and print what it took."""

    consultation = Consultation.objects.select_related("workspace__journal").get(workspace__slug=SLUG)
    begun, before = time.perf_counter(), _processor()
    with CaptureQueriesContext(connection) as queries:
        FILES[name](consultation, path)
    print(json.dumps(_figures(begun, before) | {"queries": len(queries)}))


def pages():
    """Fetch each page some times in this process and print the median of each."""

    consultation = Consultation.objects.select_related("workspace__journal").get(workspace__slug=SLUG)
    found = {}
    for name, address in SITE.items():
        fetch, times = fetched(address), []
        for _ in range(PAGES):
            before = time.process_time()
            with CaptureQueriesContext(connection) as queries:
                fetch(consultation, Path(os.devnull))
            times.append(time.process_time() - before)
        found[name] = {"ms": 1000 * statistics.median(times[1:]), "queries": len(queries)}
    print(json.dumps({"pages": found, "memory": rig.own_peak()}))


def _processor():
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _figures(begun, before):
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    memory = (own.ru_maxrss + others.ru_maxrss) / 1024
    return {"seconds": time.perf_counter() - begun, "processor": _processor() - before, "memory": memory}


def main(what, *arguments):
    if what == "fill":
        fill(*map(int, arguments))
    elif what == "pages":
        pages()
    else:
        once(what, Path(arguments[0]))
