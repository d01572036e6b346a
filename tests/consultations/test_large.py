"""A consultation of any size is asked for in as many queries as a small one: pages, boards, papers, data, digests."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.digests import documents, questions, statements
from consultations.exporting import archive
from consultations.models import Code, Coding
from consultations.services import reminders
from notifications import subscriptions
from notifications.digests import plan, run
from tests.consultations import consulting, crowds
from tests.consultations.documents import drafting

FEW, MANY = 3, 60
PAGES = (
    "",
    "1/",
    "contributions/",
    "questions/1/",
    "organisations/",
    "feed/",
    "calendar.ics",
    "papers/",
    "papers/question.html",
    "papers/organisation.html",
    "contributions.csv",
    "contributions.jsonl",
)
DESK = (
    "coverage/",
    "coverage/remind/",
    "balance/",
    "codes/",
    "codes/?left=1&q=spring",
    "prepare/",
    "late/",
    "positions/",
)


def grow(consultation, count):
    """Let there be so many questions, and as many contributions and organisations more as that."""
    mandates = crowds.organisations(consultation, count)
    crowds.ask(consultation, count - consultation.questions.count())
    crowds.contribute(consultation, mandates, count)


def queries(deed, *arguments):
    with CaptureQueriesContext(connection) as found:
        deed(*arguments)
    return len(found)


def body(client, address):
    """The whole of a page or a file."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def sizes(world, consultation):
    """A function that calls another at both sizes and returns what it made of each."""

    def at_both(measure):
        made = []
        for count in (FEW, MANY):
            grow(consultation, count)
            made.append(measure())
        assert consultation.contributions.count() == FEW + MANY
        return made

    return at_both


def test_its_pages_and_files_ask_no_more(world, consultation, sizes):
    address = consultation.get_absolute_url()

    def measure():
        found = {}
        for who, paths in ((None, PAGES), (world.bob, PAGES[:5]), (world.alice, PAGES[:5] + DESK)):
            client = world.sign_in(who) if who else world.sign_out()
            for path in paths:
                found[path, str(who)] = queries(body, client, f"{address}{path}")
        return found

    few, many = sizes(measure)

    assert {key: (few[key], many[key]) for key in few if few[key] != many[key]} == {}


def test_codes_found_in_all_of_it_ask_no_more(world, consultation, sizes):
    code = Code.objects.create(consultation=consultation, name="Drought", made_by=world.alice)
    client, address = world.sign_in(world.alice), consultation.get_absolute_url()

    def measure():
        for row in consultation.contributions.filter(codings=None):
            for coder in (world.alice, world.sekou):
                Coding.objects.create(contribution=row, coder=coder).codes.add(code)
        return [queries(body, client, f"{address}{path}") for path in ("codes/", "1/")]

    few, many = sizes(measure)

    assert few == many


def test_the_archive_asks_no_more(consultation, sizes):
    few, many = sizes(lambda: queries(lambda: archive.write(consulting.fresh(consultation), BytesIO())))

    assert few == many


def test_a_reminder_to_all_who_are_silent_asks_no_more(world, consultation, sizes):
    few, many = sizes(lambda: queries(lambda: reminders.due(consulting.fresh(consultation))))

    assert few == many


def test_digests_ask_no_more(world, consultation, sizes):
    def measure():
        subscriptions.open_for_new_seats()
        profiles = list(run.due(timezone.now() + timedelta(days=9)))
        batch = plan.plan(profiles, now=timezone.now(), everything=True)
        return [queries(source.gather, batch) for source in (questions, statements, documents)]

    few, many = sizes(measure)

    assert few == many


def test_a_draft_text_of_many_paragraphs_asks_no_more(world):
    made = []
    for number, count in enumerate((FEW, MANY)):
        text = "\n\n".join(f"{place}. Springs of valley {place} are protected." for place in range(1, count + 1))
        consultation, version = drafting.drafted(world, text=text, slug=f"text-{number}")
        client, address = world.sign_in(world.alice), consultation.get_absolute_url()
        assert version.paragraphs.count() == count
        made.append(
            [
                queries(body, client, f"{address}{path}")
                for path in ("", "documents/", "D1/", "D1.1/", "D1.1/1/", "D1/comments/", "papers/question.html")
            ]
        )

    few, many = made
    assert few == many
