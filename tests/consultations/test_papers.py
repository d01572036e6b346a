"""Papers to take away: at once, printed by a worker, for whom they are, and without queries that grow."""

import json
import zipfile
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations import paper, proceedings
from consultations.models import Printing
from consultations.models.printings import PrintingState
from consultations.services import printings
from core import spreadsheets
from tests.consultations import consulting


def address(consultation, tail=""):
    return f"{consultation.get_absolute_url()}{tail}"


def body(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def answered(world, consultation, question):
    club = consulting.organisation(world, "Alpine Springs", world.dora)
    consulting.answer(world.bob, question, "The spring at Gurtnellen, in **July**.")
    consulting.answer(world.dora, question, "=1+1 springs.", organisation=club)
    return consultation


def ask(world, consultation, **fields):
    client = world.sign_in(fields.pop("by", world.bob))
    data = {"paper": "question", "form": "docx", "language": "en"} | fields
    return client.post(address(consultation, "papers/print/"), data, follow=True)


def test_proceedings_are_there_at_once_in_the_readers_language(world, answered):
    page = body(world.client.get(address(answered, "papers/question.html?lang=fr"))).decode()
    before = body(world.client.get(address(answered, "papers/question.html?lang=en"))).decode()
    post = answered.contributions.get(number=1).post
    world.sign_in(world.alice).post(f"/posts/{post.pk}/hide/", {"reason": "Private."})
    after = body(world.client.get(address(answered, "papers/question.html?lang=en"))).decode()

    assert "Qu’est-ce qui tarit d’abord" in page
    assert "<strong>July</strong>" in page
    assert "<dd>original period: 2</dd>" in before
    assert "Not shown any more" not in before
    assert "<dt>Not shown any more</dt><dd>1</dd>" in after
    assert "July" not in after
    assert f"{answered.code}/2" in page
    assert "Alpine Springs" in page


def test_word_is_printed_by_a_worker_and_then_fetched(world, answered):
    waiting = ask(world, answered).content.decode()
    printings.print_due()
    made = Printing.objects.get()
    page = world.client.get(address(answered, "papers/")).content.decode()
    file = body(world.client.get(address(answered, f"papers/{made.pk}/")))

    assert "waiting to be printed" in waiting
    assert made.state == PrintingState.READY
    assert f"papers/{made.pk}/" in page
    assert "word/document.xml" in zipfile.ZipFile(BytesIO(file)).namelist()


def test_what_is_there_is_not_printed_again_until_something_happens(world, answered, question):
    ask(world, answered)
    printings.print_due()
    ask(world, answered)
    assert Printing.objects.count() == 1

    consulting.answer(world.bob, question, "And in August.")
    ask(world, answered)

    assert Printing.objects.count() == 2


@pytest.mark.parametrize(("deed", "data"), [("hide", {}), ("redact", {"passage": "Gurtnellen"})])
def test_a_paper_with_words_that_were_taken_away_since_is_fetched_by_nobody(world, answered, question, deed, data):
    ask(world, answered)
    printings.print_due()
    made, post = Printing.objects.get(), question.contributions.get(number=1).post

    before = body(world.client.get(address(answered, f"papers/{made.pk}/")))
    world.sign_in(world.alice).post(f"/posts/{post.pk}/{deed}/", data | {"reason": "Private."})
    after = world.client.get(address(answered, f"papers/{made.pk}/")).status_code
    page = world.client.get(address(answered, "papers/")).content.decode()
    printings.print_due()

    assert before
    assert after == 404
    assert f"papers/{made.pk}/" not in page
    assert not Printing.objects.exists()


def test_a_paper_that_cannot_be_printed_says_why(world, answered, monkeypatch):
    def fails(*_arguments):
        raise paper.Unprintable("There is no font for Arabic. Install fonts-noto-core.")

    monkeypatch.setattr(printings, "write", fails)
    ask(world, answered, form="pdf")

    printings.print_due()

    assert "Install fonts-noto-core" in world.client.get(address(answered, "papers/")).content.decode()


def test_the_whole_record_is_for_facilitators(world, answered):
    refused = ask(world, answered, paper="record", form="zip")
    assert refused.status_code == 422
    ask(world, answered, paper="record", form="pdf", by=world.alice)
    printings.print_due()
    made = Printing.objects.get()

    file = body(world.client.get(address(answered, f"papers/{made.pk}/")))
    assert "verify.py" in zipfile.ZipFile(BytesIO(file)).namelist()
    assert world.sign_in(world.bob).get(address(answered, f"papers/{made.pk}/")).status_code == 404
    assert 'value="record"' not in world.client.get(address(answered, "papers/")).content.decode()


def test_tables_and_data_hold_what_is_shown(world, answered):
    text = body(world.client.get(address(answered, "contributions.csv"))).decode()
    rows = list(spreadsheets.read(text))
    objects = [
        json.loads(line) for line in body(world.client.get(address(answered, "contributions.jsonl"))).splitlines()
    ]

    assert [row[0] for row in rows[1:]] == [f"{answered.code}/1", f"{answered.code}/2"]
    assert "'=1+1" in text
    assert [row["organisation_name"] for row in objects] == [None, "Alpine Springs"]


def test_what_waits_for_a_facilitator_is_in_no_paper(world, answered, question):
    answered.workspace.moderation = "all"
    answered.workspace.save()
    consulting.answer(world.dora, question, "Not yet to be read.")

    for tail in ("papers/question.html", "papers/organisation.html", "contributions.csv", "contributions.jsonl"):
        assert "Not yet to be read" not in body(world.client.get(address(answered, tail))).decode()


@pytest.mark.parametrize("by", proceedings.BY)
def test_queries_do_not_grow_with_contributions(world, answered, question, by):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            paper.write(proceedings.proceedings(consulting.fresh(answered), by=by), "html", BytesIO())
        return len(found)

    few = queries()
    for number in range(30):
        consulting.answer(world.bob, question, f"Spring {number}.")

    assert queries() == few
