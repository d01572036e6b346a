"""Who has answered, from where it comes, and the reminder to those who are silent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations import balance, coverage
from consultations.models import Consultation, Reminder
from consultations.services import positions, reminders
from core.access import Refused
from notifications.models import Answer, Letter, MailProfile
from tests.consultations import consulting


@pytest.fixture
def clubs(world, english):
    """Alpine Springs, for which Dora speaks, and Dry Valleys, for which Bob does."""
    return (
        consulting.organisation(world, "Alpine Springs", world.dora),
        consulting.organisation(world, "Dry Valleys", world.bob, category="farmers"),
    )


def cells(consultation):
    _questions, rows, _more = coverage.page(consultation)
    return {row.organisation.name: row.cells for row in rows}


def letters():
    return list(Letter.objects.filter(subject__contains="missing").order_by("pk"))


def test_the_board_tells_answered_drafting_and_silent(world, consultation, question, clubs):
    springs, valleys = clubs
    consulting.answer(world.dora, question, "The fourth.", organisation=springs)
    Consultation.objects.update(clearing="colleague")
    positions.write(by=world.bob, question=question, organisation=valleys, text="We think", ask=False)

    page = world.sign_in(world.alice).get(f"{consultation.get_absolute_url()}coverage/").content.decode()

    assert cells(consultation) == {"Alpine Springs": ["answered", "silent"], "Dry Valleys": ["drafting", "silent"]}
    assert "Alpine Springs" in page
    assert "2 organisations can be heard" in page


def test_an_organisation_whose_mail_comes_back_is_marked(world, consultation, clubs):
    MailProfile.objects.update_or_create(member=world.dora, defaults={"suspended_at": timezone.now()})

    _questions, rows, _more = coverage.page(consultation)
    sent = reminders.remind(by=world.alice, consultation=consultation)

    assert {row.organisation.name: row.is_unreachable for row in rows} == {"Alpine Springs": True, "Dry Valleys": False}
    assert [organisation.name for organisation in sent.lost] == ["Alpine Springs"]
    assert list(sent.wanted) == [world.bob]


def test_one_click_reminds_only_the_silent_and_lists_what_they_have_not_answered(world, consultation, question, clubs):
    consulting.answer(world.bob, question, "Done.", organisation=clubs[1])

    world.sign_in(world.alice).post(f"{consultation.get_absolute_url()}coverage/remind/")

    [letter] = letters()
    text = bytes(letter.raw).decode()
    assert letter.member == world.dora
    assert "Q1. " in text
    assert "Q2. Who decides on the last water?" in text
    assert Reminder.objects.get().organisation == clubs[0]


def test_those_who_answered_some_are_reminded_only_when_it_is_asked_for(world, consultation, question, clubs):
    consulting.answer(world.bob, question, "Done.", organisation=clubs[1])

    sent = reminders.remind(by=world.alice, consultation=consultation, partly=True)

    assert [(one.name, [q.number for q in left]) for one, left in sent.wanted[world.bob]] == [("Dry Valleys", [2])]
    assert world.dora in sent.wanted


def test_the_reply_to_a_reminder_answers_question_by_question(world, english, postman, consultation, clubs):
    other = consulting.organisation(world, "Passes", world.dora)
    reminders.remind(by=world.alice, consultation=consultation)
    letter = Letter.objects.get(subject__contains="missing", member=world.dora)

    postman.replies(letter, "Dear Alice,\n\nFOR: Passes\n\nQ2: The assembly.\n\nQ1: The upper spring,\nin June.\n")

    said = consultation.contributions.order_by("question__number")
    assert [(row.question.number, row.post.text, row.organisation) for row in said] == [
        (1, "The upper spring, in June.", other),
        (2, "The assembly.", other),
    ]


def test_an_answer_to_a_question_that_does_not_exist_comes_back(world, english, postman, consultation, clubs):
    reminders.remind(by=world.alice, consultation=consultation)
    letter = Letter.objects.get(subject__contains="missing", member=world.dora)

    postman.replies(letter, "Q1: The upper spring.\n\nQ9: All of them.\n")

    [refused] = Answer.objects.filter(state="refused")
    assert "There is no question 9 here; the last one is 2." in refused.reason
    assert "All of them." in refused.text
    assert consultation.contributions.count() == 1


def test_nobody_is_reminded_twice_in_three_days(world, consultation, clubs):
    reminders.remind(by=world.alice, consultation=consultation)

    with pytest.raises(Refused, match="nobody to remind"):
        reminders.remind(by=world.alice, consultation=consultation)
    Reminder.objects.update(sent_at=timezone.now() - timedelta(days=4))
    reminders.remind(by=world.alice, consultation=consultation)

    assert len(letters()) == 4


def test_bob_reminds_nobody(world, consultation, clubs):
    refused = world.sign_in(world.bob).post(f"{consultation.get_absolute_url()}coverage/remind/")

    assert refused.status_code == 403
    assert letters() == []


def test_after_the_close_there_is_nothing_to_remind_of(world, consultation, clubs):
    consultation = consulting.close(consultation)

    with pytest.raises(Refused):
        reminders.remind(by=world.alice, consultation=consultation)


def test_balance_shows_who_is_little_heard(world, consultation, question, clubs):
    for number in range(3):
        consulting.answer(world.dora, question, f"Spring {number}.", organisation=clubs[0])

    lines = {line.name: line for line in balance.table(consultation, "category")}
    page = world.sign_in(world.alice).get(f"{consultation.get_absolute_url()}balance/").content.decode()

    assert lines["Farmers"].is_behind
    assert not lines["Non-governmental organisations"].is_behind
    assert lines["Non-governmental organisations"].came_share == 100
    assert "little heard" in page


def test_queries_do_not_grow_with_organisations(world, consultation, clubs):
    def queries():
        with CaptureQueriesContext(connection) as found:
            coverage.page(consultation)
            coverage.totals(consultation)
            reminders.due(consultation)
            balance.table(consultation, "category")
        return len(found)

    few = queries()
    for number in range(20):
        consulting.organisation(world, f"Club {number}", world.bob)

    assert queries() == few
