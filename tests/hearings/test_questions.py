"""Live questions: put, endorsed once a person, merged, taken and answered; in the journal as everyone may see it."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.hearings import state
from consultations.hearings.forms import questions as forms
from consultations.hearings.letters import held
from consultations.hearings.letters import questions as question_letters
from consultations.hearings.letters import takeouts as takeout_letters
from consultations.hearings.models import LiveQuestion
from consultations.hearings.models.questions import QuestionState
from consultations.hearings.services import (
    agenda,
    endorsements,
    hearings,
    mergers,
    questions,
    shortlists,
    takeouts,
    written_answers,
)
from core.access import Refused
from journal.models import Entry, Journal
from journal.verify import verify
from notifications import letters
from notifications.models import Answer, Letter
from tests.hearings import hearing as scene
from tests.notifications.intake.postman import Postman, words

TEXT = "Who pays for the **meters**?"


@pytest.fixture
def postman():
    return Postman()


def verbs(hearing, audience="everyone"):
    rows = Entry.objects.filter(journal=hearing.journal, verb__startswith="asked.", audience=audience)
    return list(rows.order_by("seq").values_list("verb", flat=True))


def test_a_question_is_shown_at_once_and_bob_has_three_of_an_item(world, item):
    question = questions.put(by=world.bob, item=item, text=TEXT, key="once")

    assert questions.put(by=world.bob, item=item, text=TEXT, key="once") == question
    assert (question.number, question.state, question.asked_by) == (1, QuestionState.SHOWN, "Bob")
    assert "<strong>meters</strong>" in question.html
    with pytest.raises(Refused, match="question 1"):
        questions.put(by=world.dora, item=item, text=TEXT.upper())
    for text in ("Two?", "Three?"):
        questions.put(by=world.bob, item=item, text=text)
    with pytest.raises(Refused, match="wait already") as refused:
        questions.put(by=world.bob, item=item, text="Four?")
    assert refused.value.text == "Four?"
    assert verbs(item.hearing) == ["asked.put"] * 3


def test_a_question_waits_where_the_hearing_holds_them_and_its_author_learns_why_it_is_declined(world):
    item = scene.item(scene.running(world, holds_questions=True))
    held = questions.put(by=world.bob, item=item, text=TEXT)

    assert held.is_held
    assert verbs(item.hearing) == []
    assert not LiveQuestion.objects.visible_to(world.dora).exists()
    assert LiveQuestion.objects.visible_to(world.bob).exists()
    with pytest.raises(Refused, match="moderator"):
        questions.show(by=world.bob, question=held)
    with pytest.raises(Refused, match="Say why"):
        questions.decline(by=world.alice, question=held, reason=" ")
    questions.decline(by=world.alice, question=held, reason="Ask about item 3 there.")
    shown = questions.show(by=world.alice, question=held)
    assert (shown.state, shown.state_reason) == (QuestionState.SHOWN, "")
    assert verbs(item.hearing) == ["asked.shown"]
    assert verbs(item.hearing, "moderators") == ["asked.held", "asked.declined"]


def test_endorsements_are_told_to_all_every_two_seconds_and_to_each_alone(world, item):
    question = questions.put(by=world.bob, item=item, text=TEXT)
    crowd, now = [world.member(f"reader{number}") for number in range(5)], timezone.now()

    for place, member in enumerate(crowd):
        at = now + timedelta(seconds=place * 0.3)
        endorsements.endorse(by=member, question=question, at=at)
        endorsements.endorse(by=member, question=question, at=at)
    told_early = endorsements.tell_due(now=now + timedelta(seconds=1))
    told = endorsements.tell_due(now=now + timedelta(seconds=2))
    endorsements.unendorse(by=crowd[0], question=question, at=now + timedelta(seconds=9))

    assert (told_early, told, endorsements.tell_due(now=now + timedelta(seconds=20))) == (0, 1, 0)
    counts = Entry.objects.filter(journal=item.hearing.journal, verb="asked.counted").order_by("seq")
    assert [one.data["counts"] for one in counts] == [{"1": 1}, {"1": 5}, {"1": 4}]
    own = Entry.objects.filter(verb="asked.endorsed")
    assert sorted(own.values_list("audience", flat=True)) == sorted(member.reference for member in crowd)
    with pytest.raises(Refused, match="your own"):
        endorsements.endorse(by=world.bob, question=question)


def test_merged_questions_count_each_person_once_and_part_again(world, item, monkeypatch):
    hearing = item.hearing
    first = questions.put(by=world.bob, item=item, text=TEXT)
    same = questions.put(by=world.dora, item=item, text="Who pays the meters?")
    for member, question in ((world.sekou, first), (world.sekou, same), (world.carol, same), (world.bob, same)):
        endorsements.endorse(by=member, question=question)
    monkeypatch.setattr(forms, "OFFERED", 1)
    assert [str(one) for one in forms.MergeForm(question=same).fields["into"].queryset] == ["Question 1"]

    merged = mergers.merge(by=world.alice, question=same, into=first)
    again = endorsements.endorse(by=world.carol, question=merged)

    assert again == first
    assert again.endorsement_count == 3  # Sekou once, Carol, and Dora who asked the same; not Bob, whose it is
    assert Entry.objects.get(verb="asked.merged").data == {"number": 2, "into": 1, "count": 3}
    with pytest.raises(Refused, match="another question"):
        mergers.merge(by=world.alice, question=first, into=merged)
    questions.decline(by=world.alice, question=first, reason="Off the item.")
    counts = dict(LiveQuestion.objects.filter(hearing=hearing).values_list("number", "endorsement_count"))
    assert LiveQuestion.objects.get(number=2).state == QuestionState.SHOWN
    assert counts[2] == 3  # Sekou, Carol and Bob


def test_moderators_read_what_waits_in_one_letter_and_decide_by_answering_it(world, postman):
    item = scene.item(scene.running(world, holds_questions=True))
    for text in ("Who pays?", "Who reads?", "Buy my filters!"):
        questions.put(by=world.dora if "my" in text else world.bob, item=item, text=text)
    held.write_due()
    questions.put(by=world.bob, item=item, text="By when?")
    held.write_due()
    [letter] = Letter.objects.filter(member=world.alice, key__startswith="held:")
    said = words(letters.text_of(letter))
    assert "Q2 2. Bob: > Who reads?" in said
    assert "SHOW Q1, Q2" in said
    postman.replies(letter, "SHOW Q1, Q2\nDECLINE Q3 This is an advertisement.\nSHOW Q9")

    states = list(LiveQuestion.objects.order_by("number").values_list("state", "state_reason"))
    assert states[:3] == [("shown", ""), ("shown", ""), ("declined", "This is an advertisement.")]
    assert "There is no question 9" in postman.told(world.alice)[0]
    letter = postman.letter(world.bob, item.hearing)
    postman.replies(letter, "SHOW Q4")
    assert LiveQuestion.objects.get(number=4).is_held
    Letter.objects.filter(key__startswith="held:").update(created_at=timezone.now() - held.PAUSE)
    held.write_due()
    assert Letter.objects.filter(member=world.alice, key__startswith="held:").count() == 2


def test_who_was_taken_up_and_got_no_answer_hears_so_when_the_item_is_concluded(world, item):
    question = questions.put(by=world.dora, item=item, text=TEXT)
    shortlists.take(by=world.alice, question=question)
    for _time in range(2):
        agenda.close(by=world.alice, item=item)
        agenda.open_item(by=world.alice, item=item)
    question_letters.write_due()

    [letter] = Letter.objects.filter(member=world.dora, about=question.reference)
    assert "Q1" in letter.subject
    assert "UTC" in letters.text_of(letter)


def test_alice_takes_a_question_and_dora_answers_in_writing_by_mail(world, item, postman):
    question = questions.put(by=world.bob, item=item, text=TEXT)
    shortlists.shortlist(by=world.alice, question=question)
    with pytest.raises(Refused):
        shortlists.take(by=world.bob, question=question)
    shortlists.take(by=world.alice, question=question)
    assert state.of(item.hearing, "en", ["questions"])["questions"]["taken"]["text"] == TEXT
    with pytest.raises(Refused, match="taken up"):
        questions.withdraw(by=world.bob, question=question)
    written_answers.put_to(by=world.alice, question=question, address="dora@example.org")
    question_letters.write_due()
    letter = Letter.objects.get(member=world.dora, about=question.reference)
    postman.replies(letter, "The canton pays.")

    shown = state.of(item.hearing, "en", ["questions"])["questions"]
    assert (shown["taken"], shown["answered"]) == (None, 1)
    assert question.answers.get().text == "The canton pays."
    question_letters.write_due()
    told = Letter.objects.filter(member=world.bob, about=question.reference).latest("pk")
    assert "answered" in told.subject
    assert "The canton pays." in letters.text_of(told)
    postman.replies(told, f"GET {item.hearing.code}/Q1")
    assert "The canton pays." in postman.told(world.bob)[-1]


def test_bob_asks_and_endorses_by_mail_and_hears_what_became_of_it(world, item, postman):
    other = questions.put(by=world.dora, item=item, text="How often?")
    postman.replies(postman.letter(world.bob, item), f"ASK: {TEXT}\nSince when?\nENDORSE Q1, Q7")
    said = Answer.objects.latest("pk")

    question = LiveQuestion.objects.get(author=world.bob)
    assert (question.text, question.channel) == (f"{TEXT}\nSince when?", "mail")
    assert "your question Q2 on item 2 is asked" in said.reason
    assert "you endorse question Q1" in said.reason
    assert "no question 7" in said.reason
    assert endorsed(world.bob) == [other]
    postman.replies(postman.letter(world.carol, item.hearing), f"GET {item.hearing.code}/Q\nENDORSE 2, 1")
    assert "Q1 (+1) How often?" in words(postman.told(world.carol)[-1])
    assert endorsed(world.carol) == [question, other]
    postman.replies(postman.letter(world.carol, item.hearing), "ASK 3: Who decides?\nASK: 3 springs dried up?")
    asked = LiveQuestion.objects.filter(author=world.carol).order_by("number").values_list("item__label", "text")
    assert list(asked) == [("3", "Who decides?"), ("3", "3 springs dried up?")]
    postman.replies(postman.letter(world.carol, item.hearing), "ASK: 3 springs are left.")
    assert LiveQuestion.objects.get(text="3 springs are left.").item == item
    postman.replies(postman.letter(world.bob, item), "ENDORSE")
    assert "ENDORSE Q12" in Answer.objects.latest("pk").reason
    hearings.end(by=world.alice, hearing=item.hearing)
    question_letters.write_due()
    assert "was not taken up" in Letter.objects.filter(member=world.bob).latest("pk").subject


def endorsed(member):
    return [row.question for row in member.endorsements.all()]


def test_words_are_taken_out_with_a_mark_and_erased_for_good(world, item):
    question = questions.put(by=world.bob, item=item, text="Why does Carol Muster pay?")
    with pytest.raises(Refused, match="exactly"):
        takeouts.redact(by=world.alice, thing=question, passage="Muster Carol", reason="A name.")
    redacted = takeouts.redact(by=world.alice, thing=question, passage="Carol Muster", reason="A name.")
    takeout_letters.write_due()

    assert "Muster" not in redacted.html
    assert "A name." in redacted.text
    assert Entry.objects.get(verb="asked.put").data is None
    assert "Carol Muster" in letters.text_of(Letter.objects.get(member=world.bob))
    takeouts.erase(by=world.sekou, thing=question)
    assert LiveQuestion.objects.get().text == ""
    assert verify(Journal.objects.get(pk=item.hearing.journal.pk)) is None


def test_the_list_pages_by_endorsements_and_misses_none(world, item, client, django_assert_max_num_queries):
    rows = [
        LiveQuestion(
            hearing=item.hearing,
            item=item,
            number=n,
            author=world.bob,
            text=f"Why {n}?",
            html=f"<p>Why {n}?</p>",
            endorsement_count=n % 4,
        )
        for n in range(1, 36)
    ]
    LiveQuestion.objects.bulk_create(rows)
    address, seen = item.hearing.get_absolute_url() + "questions/", []

    client.force_login(world.dora)
    with django_assert_max_num_queries(25):
        page = client.get(address)
    assert len(gzip.compress(page.content)) < 14_600
    while True:
        seen += [one.number for one in page.context["questions"]]
        if not page.context["after"]:
            break
        page = client.get(address, {"after": page.context["after"]})

    assert seen == sorted(range(1, 36), key=lambda n: (-(n % 4), n))
    assert client.get(address, {"sort": "new"}).context["questions"][0].number == 35
    assert client.get(address, {"after": "x-y", "item": "99999999999999"}).status_code == 200
