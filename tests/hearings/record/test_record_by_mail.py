"""The record by mail: everyone in it hears of it, corrects it with a word, and hears what became of that."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations.hearings.letters import records as letters
from consultations.hearings.models import Correction, Record
from consultations.hearings.services import records
from consultations.hearings.words import records as words
from notifications import letters as letters_of_all
from notifications.models import Letter
from tests.hearings.record import telling

MAILS = [
    ("CORRECT 14: Four springs.", [(14, "Four springs.")]),
    ("correct: my name is Regli", [(None, "my name is Regli")]),
    ("CORRECT 3: Four.\nCORRECT 5\nNobody was there.\nBob", [(3, "Four."), (5, "Nobody was there.\nBob")]),
    ("CORRIGER 14 : quatre sources", [(14, "quatre sources")]),
    ("Corrección: párrafo 2: cuatro", [(2, "cuatro")]),
    ("تصحيح ٤: أربعة ينابيع", [(4, "أربعة ينابيع")]),
    ("更正：第2段：四个", [(2, "四个")]),
    ("ИСПРАВИТЬ пункт 7. Четыре источника", [(7, "Четыре источника")]),
    ("CORRECT 3,000 m is wrong", [(None, "3,000 m is wrong")]),
    ("Thank you, all is right.", []),
]


@pytest.mark.parametrize(("text", "asked"), MAILS)
def test_the_word_is_known_in_six_languages(text, asked):
    assert words.read(text) == asked


def mail_to(member, key):
    return Letter.objects.filter(member=member, key__startswith=key).order_by("pk").last()


def text_of(letter):
    return " ".join(letters_of_all.text_of(letter).split())


def test_bob_is_told_where_he_stands_and_corrects_it_in_one_mail(world, told, postman):
    record = telling.provisional(world, told)
    number = telling.numbers(record, "speech")[0]
    letters.write_due()
    letter = mail_to(world.bob, "record:")
    assert f"{number}. Three springs, and a well." in text_of(letter)
    assert mail_to(world.carol, "record:") is None

    postman.replies(letter, f"CORRECT {number}: Four springs, and a well.\nCORRECT 999: Nobody came.\n\nBob")

    made = Correction.objects.get()
    [told_at_once] = postman.told(world.bob)
    assert f"the secretariat has your correction ({number})" in " ".join(told_at_once.split())
    assert "has no paragraph 999" in told_at_once
    assert "> CORRECT 999: Nobody came.\n" in told_at_once
    assert (made.member, made.paragraph, made.why) == (world.bob, number, "Four springs, and a well.")
    letters.write_due()
    assert "asks for a correction" in text_of(mail_to(world.alice, "correction:"))
    records.decline(by=world.alice, correction=made, reason="The tape says three.")
    letters.write_due()
    assert "The tape says three." in text_of(mail_to(world.bob, "decided:"))


def test_what_comes_late_comes_back_with_the_day_and_the_text(world, told, postman):
    record = telling.provisional(world, told)
    letters.write_due()
    telling.past(record)

    postman.replies(mail_to(world.bob, "record:"), "CORRECT 2: Four springs.")

    answer = " ".join(postman.told(world.bob)[-1].split())
    assert "came too late" in answer
    assert "Four springs." in answer
    assert not Correction.objects.exists()


def test_the_whole_record_comes_by_mail(world, told, postman):
    record = telling.provisional(world, told)

    postman.brings(postman.mail(world.dora, "help@reply.example.org", f"GET {record.symbol}", subject="x"))

    answer = " ".join(postman.told(world.dora)[-1].split())
    assert "Three springs, and a well." in answer
    assert "Nobody hears her." in answer


def test_dora_reads_in_her_digest_how_to_correct_and_then_that_it_is_final(world, told):
    record = telling.provisional(world, told)
    call_command("send_digests", member=world.dora.email, verbosity=0)
    first = letters_of_all.text_of(Letter.objects.filter(member=world.dora, kind=Letter.Kind.ISSUE).latest("pk"))
    Record.objects.update(corrections_until=timezone.now() + timedelta(hours=20))
    call_command("send_digests", member=world.dora.email, verbosity=0)
    last_call = letters_of_all.text_of(Letter.objects.filter(member=world.dora, kind=Letter.Kind.ISSUE).latest("pk"))
    records.finalise(by=world.alice, record_of=telling.past(record))
    call_command("send_digests", member=world.dora.email, verbosity=0)
    second = letters_of_all.text_of(Letter.objects.filter(member=world.dora, kind=Letter.Kind.ISSUE).latest("pk"))

    assert "CORRIGER 14:" in first
    assert last_call != first
    assert "CORRIGER 14:" in last_call
    assert f"/hearings/{told.year}/H{told.number}/record/" in second
    assert "CORRIGER 14:" not in second
