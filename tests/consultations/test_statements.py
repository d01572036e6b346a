"""Statements: proposed, let in, answered on the web and by mail, and counted without telling of few people."""

import json
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations import suppression
from consultations.answering import statements as statement_answers
from consultations.exporting import verify
from consultations.letters import statements as letters
from consultations.models import Declaration, Opinion, Phase, Statement
from consultations.services import consultations, phases, statements
from consultations.words import statements as words
from consultations.words import votes
from core.access import Refused
from forum.keepers import Attempt
from notifications.models import Answer, Issue, Letter
from tests.consultations import consulting


@pytest.fixture
def phase(world):
    """A phase of statements that is open, in a consultation of its own."""
    consultation, now = consulting.prepared(world), timezone.now()
    window = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=2)}
    made = phases.schedule(by=world.alice, consultation=consultation, kind="statements", **window)
    consultations.publish(by=world.alice, consultation=consultation)
    return Phase.objects.select_related("consultation__workspace__journal").get(pk=made.pk)


@pytest.fixture
def statement(world, phase):
    """Alice's, which is shown at once: “Springs belong to all.”"""
    return statements.propose(by=world.alice, phase=phase, text="Springs belong to all.")


def address(phase):
    return f"/phases/{phase.pk}/statements/"


def closed(phase, ago=timedelta(hours=1)):
    closes_at = timezone.now() - ago
    Phase.objects.filter(pk=phase.pk).update(opens_at=closes_at - timedelta(days=9), closes_at=closes_at)
    phase.closes_at = closes_at


def test_facilitators_write_the_first_statements_before_their_phase_opens_and_none_after_it(world):
    consultation, now = consulting.prepared(world), timezone.now()
    window = {"opens_at": now + timedelta(days=1), "closes_at": now + timedelta(days=2)}
    phase = phases.schedule(by=world.alice, consultation=consultation, kind="statements", **window)
    setup, form = f"{consultation.get_absolute_url()}prepare/", {"text": "Springs belong to all.", "language": "en"}
    client = world.sign_in(world.alice)

    missing = client.get(setup).content.decode()
    page = client.get(address(phase)).content.decode()
    sent = client.post(f"{address(phase)}propose/", form)
    there = client.get(setup).content.decode()
    consultations.publish(by=world.alice, consultation=consultation)
    early = world.sign_in(world.bob).post(f"{address(phase)}propose/", form | {"text": "Me too."})
    closed(phase)
    late = world.sign_in(world.alice).post(f"{address(phase)}propose/", form | {"text": "One more."})

    assert "begins without a statement" in missing
    assert "Propose" in page
    assert 'value="agree"' not in page
    assert "The first statements of" in there
    assert (sent.status_code, early.status_code, late.status_code) == (302, 403, 403)
    assert list(phase.statements.values_list("state", flat=True)) == ["shown"]


def test_one_member_does_not_fill_the_queue(world, phase, monkeypatch):
    monkeypatch.setattr(statements, "MOST_WAITING", 1)
    statements.propose(by=world.bob, phase=phase, text="Springs dry up.")

    with pytest.raises(Refused, match="wait already") as refused:
        statements.propose(by=world.bob, phase=phase, text="Glaciers melt.")
    made = statements.propose(by=world.dora, phase=phase, text="Glaciers melt.")

    assert refused.value.text == "Glaciers melt."
    assert made.state == "waiting"


def test_nobody_moves_to_another_group_after_the_close(world, phase, statement):
    statements.answer(member=world.bob, statement=statement, answer="agree")
    now = timezone.now()
    later = {"opens_at": now + timedelta(days=5), "closes_at": now + timedelta(days=9)}
    phases.schedule(by=world.alice, consultation=phase.consultation, kind="statements", **later)
    client = world.sign_in(world.bob)

    before = client.post(f"{address(phase)}declare/", {"category": "ngo"}).status_code
    closed(phase)
    after = client.post(f"{address(phase)}declare/", {"category": "farmers"}).status_code
    another = world.sign_in(world.dora).post(f"{address(phase)}declare/", {"category": "farmers"}).status_code

    assert (before, after, another) == (302, 403, 302)
    assert Declaration.objects.get(member=world.bob).category == "ngo"
    entry = phase.consultation.journal.entries.filter(verb="statement.declared", actor=world.bob.reference).get()
    assert (entry.audience, entry.data) == (world.bob.reference, {})


# -- On the web --------------------------------------------------------------------------------------------


def test_bob_is_asked_one_statement_at_a_time_and_answers_it_once(world, phase, statement):
    other = statements.propose(by=world.alice, phase=phase, text="Meters cost too much.")
    client = world.sign_in(world.bob)
    assert "Springs belong to all." in client.get(address(phase)).content.decode()
    assert not Declaration.objects.exists()  # looking says nothing

    client.post(f"/statements/{statement.pk}/answer/", {"answer": "agree"})
    after = client.post(f"/statements/{statement.pk}/answer/", {"answer": "disagree"}, follow=True).content.decode()

    assert "Springs belong to all." not in after
    assert other.text in after
    assert list(Opinion.objects.values_list("member__name", "answer")) == [("Bob", "disagree")]
    statement.refresh_from_db()
    assert statement.opinion_count == 1


def test_carol_outside_answers_nothing(world, phase, statement):
    refused = world.sign_in(world.carol).post(f"/statements/{statement.pk}/answer/", {"answer": "agree"})

    assert refused.status_code == 403
    assert not Opinion.objects.exists()


def test_a_phase_is_open_from_the_moment_it_opens_however_long_the_server_runs(world, phase, statement):
    Phase.objects.filter(pk=phase.pk).update(opens_at=timezone.now())

    client = world.sign_in(world.bob)

    assert client.get(f"/statements/{statement.pk}/answer/").status_code == 200
    assert client.get(f"/phases/{phase.pk}/statements/propose/").status_code == 200


def test_bobs_statement_waits_and_is_shown_when_a_facilitator_lets_it_in(world, phase):
    world.sign_in(world.bob).post(f"{address(phase)}propose/", {"text": "Goats drink first.", "language": "en"})
    [made] = Statement.objects.all()
    assert "Goats" not in world.sign_in(world.dora).get(address(phase)).content.decode()

    queue = world.sign_in(world.alice).get(f"{address(phase)}queue/").content.decode()
    world.client.post(f"/statements/{made.pk}/show/")

    assert "Goats drink first." in queue
    assert "Goats" in world.sign_in(world.dora).get(address(phase)).content.decode()


def test_a_declined_statement_comes_back_to_its_author_with_the_reason(world, phase):
    made = statements.propose(by=world.bob, phase=phase, text="Goats drink first.")

    world.sign_in(world.alice).post(f"/statements/{made.pk}/decline/", {"reason": "Two thoughts in one."})
    letters.write_due()

    text = bytes(Letter.objects.get(member=world.bob).raw).decode()
    assert "Two thoughts in one." in text
    assert "Goats drink first." in text
    assert world.sign_in(world.dora).get(f"/statements/{made.pk}/answer/").status_code == 404


def test_a_statement_is_taken_down_with_a_reason_and_nobody_is_asked_about_it_any_more(world, phase):
    made = statements.propose(by=world.bob, phase=phase, text="Ms Regli drains the spring.")
    statements.show(by=world.alice, statement=made)
    client, press = world.sign_in(world.alice), f"/statements/{made.pk}/hide/"

    listed = client.get(f"{address(phase)}queue/?shown").content.decode()
    unsaid = client.post(press, {"reason": ""}).status_code
    done = client.post(press, {"reason": "It names a person."}).status_code
    letters.write_due()
    asked = world.sign_in(world.bob).get(address(phase)).content.decode()
    answered = world.client.post(f"/statements/{made.pk}/answer/", {"answer": "agree"})
    record = world.client.get(f"{phase.consultation.workspace.get_absolute_url()}record/").content.decode()
    by_mail = statement_answers.find(world.dora, made.pk)

    assert press in listed
    assert (unsaid, done, answered.status_code) == (403, 302, 403)
    assert "It names a person." in answered.content.decode()
    assert "It names a person." in bytes(Letter.objects.get(member=world.bob).raw).decode()
    assert "Regli" not in asked + record
    assert "It names a person." in statement_answers.tell(world.dora, by_mail)[1]
    assert "It names a person." in str(statement_answers.is_open(world.dora, by_mail).reason)
    assert not Statement.objects.left_for(world.bob).exists()


def test_in_results_the_answers_to_what_was_taken_down_stay_counted_and_the_record_holds(world, tmp_path):
    consultation, now = consulting.prepared(world), timezone.now()
    window = {"opens_at": now - timedelta(days=9), "closes_at": now - timedelta(days=2)}
    made = phases.schedule(by=world.alice, consultation=consultation, kind="statements", **window)
    later = {"opens_at": now, "closes_at": now + timedelta(days=2)}
    phases.schedule(by=world.alice, consultation=consultation, kind="results", **later)
    consultations.publish(by=world.alice, consultation=consultation)
    phase, within = Phase.objects.get(pk=made.pk), Attempt(at=now - timedelta(days=3))
    text = "Ms Regli drains the spring."
    made = statements.propose(by=world.alice, phase=phase, text=text, attempt=within)
    statements.answer(member=world.bob, statement=made, answer="agree", attempt=within)

    statements.hide(by=world.alice, statement=made, reason="It names a person.")
    page = world.sign_in(world.bob).get(address(phase)).content.decode()
    hidden = exported(phase, tmp_path / "hidden.zip")
    statements.restore(by=world.alice, statement=Statement.objects.get())
    shown = exported(phase, tmp_path / "shown.zip")
    again = world.client.get(address(phase)).content.decode()

    assert "It names a person." in page
    assert "Regli" not in page
    assert "<td>1</td>" in page.replace("\n", "").replace(" ", "")
    assert (hidden["text"], hidden["hidden"], hidden["answers"]["agree"]) == (None, "It names a person.", 1)
    assert (shown["text"], shown["hidden"]) == ("Ms Regli drains the spring.", None)
    assert "Regli" in again


def exported(phase, path):
    """The first statement as an archive has it, after its checker found nothing wrong with it."""
    call_command("export", phase.consultation.code, str(path), verbosity=0)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(path.with_suffix(""))
    list(verify.check(path.with_suffix("")))
    row = json.loads((path.with_suffix("") / "data/statements.json").read_text(encoding="utf-8"))[0]
    whole = b"".join(one.read_bytes() for one in path.with_suffix("").rglob("*.*") if one.is_file())
    assert (b"Regli" in whole) == (row["text"] is not None)
    return row


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  ", "no statement in this"),
        ("x" * 1001, "yours has 1001"),
        ("springs BELONG to all.", "as statement 1"),
    ],
)
def test_an_empty_a_long_and_a_repeated_statement_are_refused_and_kept(world, phase, statement, text, said):
    with pytest.raises(Refused, match=said) as refused:
        statements.propose(by=world.bob, phase=phase, text=text)

    assert refused.value.text == text


def test_after_the_close_nothing_is_counted_but_what_came_in_time(world, phase, statement):
    closed(phase)

    with pytest.raises(Refused, match="closed on"):
        statements.answer(member=world.bob, statement=statement, answer="agree")
    early = Attempt(at=timezone.now() - timedelta(hours=2))
    statements.answer(member=world.dora, statement=statement, answer="pass", attempt=early)

    assert list(Opinion.objects.values_list("answer", flat=True)) == ["pass"]


def test_a_later_answer_is_not_overtaken_by_a_mail_that_came_before_it(world, phase, statement):
    statements.answer(member=world.bob, statement=statement, answer="agree")

    with pytest.raises(Refused, match="that stands: agree"):
        early = Attempt(at=timezone.now() - timedelta(minutes=5))
        statements.answer(member=world.bob, statement=statement, answer="pass", attempt=early)

    assert Opinion.objects.get().answer == "agree"


# -- What came out -----------------------------------------------------------------------------------------


def test_results_are_shown_by_category_without_numbers_below_five(world, phase, statement):
    club = consulting.organisation(world, "Springs")
    for number in range(9):
        member = world.member(f"ngo{number}")
        consulting.seats.give(by=world.sekou, workspace=phase.consultation.workspace, member=member)
        consulting.mandates.give(by=world.sekou, member=member, organisation=club)
        statements.answer(member=member, statement=statement, answer="agree" if number < 7 else "disagree")
    statements.answer(member=world.bob, statement=statement, answer="agree")
    closed(phase)
    in_grace = world.sign_in(world.bob).get(f"{address(phase)}?by=category").content.decode()
    closed(phase, ago=timedelta(days=2))

    page = world.sign_in(world.bob).get(f"{address(phase)}?by=category").content.decode()

    table = statements.by_group(phase, "category")[statement.pk]
    assert table["Non-governmental organisations"] == {"agree": None, "disagree": None, "pass": 0}
    assert table["not declared"]["agree"] is None
    assert "Then the numbers by group stand here" in in_grace
    assert "Non-governmental" not in in_grace
    assert "<td>8</td>" in page.replace("\n", "").replace(" ", "")
    assert "–" in page


counts = st.dictionaries(
    st.sampled_from("abcdef"), st.fixed_dictionaries(dict.fromkeys("xyz", st.integers(0, 30))), min_size=1
)


@given(counts)
def test_no_number_below_five_is_shown_nor_left_alone_in_its_line(table):
    shown = suppression.suppress(table)

    for row, cells in table.items():
        for column, number in cells.items():
            assert shown[row][column] in (number, None)
            assert not 0 < number < 5 or shown[row][column] is None
    lines = [list(cells.values()) for cells in shown.values()] + [
        [shown[row][column] for row in shown] for column in "xyz"
    ]
    assert all(line.count(None) != 1 or len(line) == 1 for line in lines)


def test_two_hidden_cells_whose_sum_tells_both_hide_a_third():
    table = {"a": {"x": 1, "y": 9}, "b": {"x": 1, "y": 9}, "c": {"x": 7, "y": 9}, "d": {"x": 9, "y": 9}}

    shown = suppression.suppress(table)

    assert [shown[row]["x"] for row in table] == [None, None, None, 9]


# -- By mail -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("agree", ("answer", "agree")),
        ("Je passe.", ("answer", "pass")),
        ("不同意", ("answer", "disagree")),
        ("أوافق", ("answer", "agree")),
        ("не знаю\n\nDora", ("answer", "pass")),
        ("new: Goats drink first.", ("new", "Goats drink first.")),
        ("Nouveau : Les chèvres d’abord.", ("new", "Les chèvres d’abord.")),
        ("新：山羊先喝。", ("new", "山羊先喝。")),
    ],
)
def test_what_a_mail_says_to_a_statement(text, means):
    assert words.read(text, name="Dora") == means


@pytest.mark.parametrize("text", ["", "maybe", "I agree with half of it but goats matter more"])
def test_what_is_not_certain_counts_for_nobody(text):
    with pytest.raises(votes.Unclear):
        words.read(text)


def test_dora_answers_statements_from_her_digest_and_proposes_one(world, english, postman, phase, statement):
    other = statements.propose(by=world.alice, phase=phase, text="Meters cost too much.")
    tomorrow = (timezone.now() + timedelta(days=1)).replace(hour=7, minute=0, second=0, microsecond=0)
    call_command("send_digests", now=tomorrow, verbosity=0)
    issue = Issue.objects.get(member=world.dora)
    numbers = {item.about: item.number for item in issue.items}

    postman.replies(
        issue.letter,
        f"#{numbers[statement.reference]}: agree\n\n#{numbers[other.reference]}: new: Goats drink first.\n",
    )

    assert list(Opinion.objects.values_list("statement__number", "answer", "channel")) == [(1, "agree", "mail")]
    assert Statement.objects.get(number=3).text == "Goats drink first."
    assert set(Answer.objects.values_list("state", flat=True)) == {"taken"}
