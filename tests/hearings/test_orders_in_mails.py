"""Orders come through every mail program, in every language, however they are written; and no mail is too hostile."""

import re

import pytest
from django.utils import timezone

from consultations.hearings.answering import items
from consultations.hearings.models import LiveQuestion, Speaker
from consultations.hearings.services.questions import MOST_STANDING
from consultations.hearings.words import endings, orders, records
from core.languages import LANGUAGES
from notifications import addresses, reading
from notifications.intake import receipts
from notifications.models import Letter
from notifications.reading import commands
from tests.notifications.intake.postman import Postman
from tests.notifications.reading import clients

RLM = "\u200f"
OURS = "Item 3 is before the hearing.\n\nReply with a line like this one: SPEAK 3\n"


def names(text, name="Dora"):
    return [order.name for order in items.orders_of(type("Member", (), {"name": name}), text)]


def digits(number, language):
    """A number as a phone of that language writes it."""
    return "".join(chr(0x0660 + int(char)) for char in str(number)) if language == "ar" else str(number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_known_as_it_is_offered_and_as_phones_write_it(language):
    for name in items.offered_names():
        word, number = items.offered(name, language), digits(3, language)
        written = [
            word,
            f"{word} {number}",
            f"{word} {number}:",
            f"{word} M{number}",
            f"{word}:",
            f"{word} :",
            f"{word}：…",
            f"{word} – …",
        ]
        written += [f"{RLM}{word}{RLM} {number}{RLM}", f"*{word}*", f"{word}.", f"> {word}", f"{word}\u00a0: …"]
        written += [form.lower() for form in written] + [form.capitalize() for form in written]
        for form in written:
            is_of_motion = name == "withdraw" and re.search(r"(?i)M\d", form)  # then it takes that one back
            assert names(form) == ["withdraw_motion" if is_of_motion else name], form
            assert any(map(str.isdecimal, form)) or commands.recognise(form, first=True) is None, form


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_read_from_the_replies_of_every_mail_program(language):
    words, code = clients.LANGUAGES[language], clients.CHARSETS[language]
    said = f"{items.offered('speak', language)} 3\n\n{items.offered('ask', language)} 3: {words.second}"
    for program in clients.PROGRAMS:
        mail = reading.read(program(words, said, OURS, code), sent=OURS)
        found = items.orders_of(type("Member", (), {"name": ""}), mail.reply or "")
        assert [order.name for order in found] == ["speak", "ask"], program.__name__
        assert orders.numbered(found[1].rest, is_text=True)[0] == "3"


@pytest.mark.parametrize(
    ("rest", "is_text", "found"),
    [
        ("3", False, ("3", "")),
        ("٣٫ ", False, None),
        ("٣.١", False, ("3.1", "")),
        ("３．１：谁", True, ("3.1", "谁")),
        ("item 3 for WWF", False, ("3", "for WWF")),
        ("on item 3", False, ("3", "")),
        ("sur le point 3 : qui", True, ("3", "qui")),
        ("по пункту 3", False, ("3", "")),
        ("第3项", False, ("3", "")),
        ("البند ٣: من", True, ("3", "من")),
        ("№ 3 - why", True, ("3", "why")),
        ("3 springs dried up", True, None),
        ("20 people left", True, None),
        ("", False, None),
    ],
)
def test_the_number_of_an_item_is_found_behind_the_word(rest, is_text, found):
    assert orders.numbered(rest, is_text=is_text) == found


@pytest.mark.parametrize(
    ("text", "name", "kept", "left"),
    [
        (
            "Four springs.\n\nBest regards,\nDora Tamang\nJumla",
            "Dora",
            "Four springs.",
            "Best regards, Dora Tamang Jumla",
        ),
        ("Four springs.\nDora", "Dora Tamang", "Four springs.", "Dora"),
        ("Four springs.\nThank you.\nDora", "Dora", "Four springs.\nThank you.", "Dora"),
        ("Four springs.\n\nThank you, Chair.", "Dora", "Four springs.\n\nThank you, Chair.", ""),
        ("我们有四个泉。\n谢谢", "林家慧", "我们有四个泉。\n谢谢", ""),
        ("Quatre sources.\nCordialement\nDora", "Dora", "Quatre sources.", "Cordialement Dora"),
        ("Dora", "Dora", "Dora", ""),
        ("We name them:\nBob\nDora\nMei", "Dora", "We name them:\nBob\nDora\nMei", ""),
    ],
)
def test_a_closing_is_cut_and_said_and_thanks_stay(text, name, kept, left):
    assert endings.cut(text, name) == (kept, left)


@pytest.mark.parametrize(
    "text",
    [
        "ASK: who?\n" * 5_000,
        f"ENDORSE {' '.join(f'Q{number}' for number in range(10_000))}",
        "SPEAK " * 20_000,
        "CORRECT 1: a\n" * 5_000,
        "\u200f" * 60_000 + "SPEAK",
        "SPEAK\u0301" * 9_000,
        "TEXT: " + "\x00\ufffd\ud83d" * 5_000,
        "كلمة" * 15_000,
        "- – — : " * 9_000,
        "第" * 30_000 + "3",
        "on item " * 9_000,
    ],
    ids=range(11),
)
def test_hostile_mails_hold_a_bounded_number_of_orders(text):
    assert len(names(text[:65_536])) <= orders.MOST_READ
    assert len(records.read(text[:65_536])) <= orders.MOST_READ


def test_hostile_mails_to_a_hearing_are_answered_once_or_dropped_by_rule(world, hearing, item):
    postman = Postman()
    to = addresses.reply(postman.letter(world.dora, hearing).code)
    auto = [("Auto-Submitted", "auto-replied")]
    questions = " ".join(f"Q{number}" for number in range(10_000))
    mails = [
        postman.mail(world.dora, to, "".join(f"ASK: Number {number}?\n" for number in range(5_000))),
        postman.mail(world.dora, to, f"ENDORSE {questions}"),
        postman.mail(world.dora, to, "".join(f"SPEAK {number}\n" for number in range(1, 60))),
        postman.mail(world.dora, to, "ASK: Am I out of office?", headers=auto),
        postman.mail("mailer-daemon@example.org", to, "SPEAK", subject="Undelivered Mail Returned to Sender"),
        postman.mail("mallory@example.org", to, "SPEAK\nASK: Forged?"),
        postman.mail(world.dora, to, "SPEAK\r\r\n\x00ASK: \udcff?\u2028CONFIRM".encode("utf-8", "replace").decode()),
        postman.mail(world.dora, to, "CONFIRM\nWITHDRAW\nEXPLAIN M9: x\nCORRECT 1: y\nMISSED 99:99\nANSWER Q7: z"),
    ]
    arrivals = [postman.brings(raw, to=to) for raw in mails for _twice in range(2)]
    receipts.write_due(now=timezone.now() + receipts.QUIET)

    assert {arrival.state for arrival in arrivals} <= {"done", "held"}
    assert LiveQuestion.objects.count() == MOST_STANDING
    assert not LiveQuestion.objects.filter(text__contains="office").exists()
    assert Speaker.objects.filter(member=world.dora).count() == hearing.items.count()
    assert Letter.objects.filter(member=world.dora, kind=Letter.Kind.ANSWER).count() <= 2 * len(
        mails
    )  # long ones come in parts
    assert not Letter.objects.filter(recipient__startswith="mallory").exists()
    assert max(len(letter.raw) for letter in Letter.objects.filter(member=world.dora)) < 30_000
