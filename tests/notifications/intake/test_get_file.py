"""GET F3: files by mail, in parts that join to the same bytes, as words, or as a small picture."""

import hashlib
import os
from email import message_from_bytes, policy

import pytest

from forum.light import sandbox
from forum.models import Attachment, Post
from forum.services import attachments, seats
from forum.services.attachments import Upload
from notifications import letters
from notifications.models import Letter, MailProfile
from tests.forum import samples
from tests.notifications.intake.postman import words

HELP = "help@reply.example.org"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def attach(world, name, content):
    attachments.attach(world.answer, [Upload(name, content)])
    return Attachment.objects.latest("pk")


def asks(postman, member, line):
    """What came for a command, oldest first."""
    before = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    postman.brings(postman.mail(member, HELP, line, subject=""))
    return list(Letter.objects.filter(member=member, pk__gt=before).order_by("pk"))


def files_of(letter):
    parts = message_from_bytes(letter.raw, policy=policy.default).iter_attachments()
    return [(part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) for part in parts]


def test_a_small_file_comes_whole(world, postman, english):
    file = attach(world, "مياه.csv", b"spring,litres\r\none,4\r\n")

    [letter] = asks(postman, english, f"GET F{file.pk}")

    assert files_of(letter) == [("مياه.csv", "text/csv", b"spring,litres\r\none,4\r\n")]
    postman.replies(letter, "Thank you, I have it.")
    assert Post.objects.latest("pk").parent == world.answer


def test_a_large_file_comes_in_parts_with_checksums_that_join_to_the_same_bytes(world, postman, english):
    content = samples.pdf("Springs") + os.urandom(70_000)
    file = attach(world, "springs.pdf", content)

    came = [*asks(postman, english, f"GET F{file.pk}"), *asks(postman, english, f"GET F{file.pk} PART 2-6")]

    parts = [part for letter in came for part in files_of(letter)]
    assert [name for name, _type, _bytes in parts] == [f"F{file.pk}-14k.pdf.{n:03d}" for n in range(1, 7)]
    assert b"".join(part for _name, _type, part in parts) == content
    assert max(len(letter.raw) for letter in came) <= 25_000
    assert [letter.subject for letter in came][:2] == ["springs.pdf (1/6)", "springs.pdf (2/6)"]
    first = letters.text_of(came[0])
    assert hashlib.sha256(content).hexdigest() in first
    assert all(hashlib.sha256(part).hexdigest() in first for _name, _type, part in parts)
    assert f"copy /b F{file.pk}-14k.pdf.* F{file.pk}.pdf" in first
    assert f"GET F{file.pk} PART 2-6" in first


def test_another_size_makes_parts_of_another_name(world, postman, english):
    file = attach(world, "springs.pdf", samples.pdf("Springs") + os.urandom(70_000))
    MailProfile.objects.update_or_create(member=english, defaults={"size": 10_000})

    [letter] = asks(postman, english, f"GET F{file.pk} PART 2")

    assert [name for name, _type, _bytes in files_of(letter)] == [f"F{file.pk}-3k.pdf.002"]
    assert len(letter.raw) <= 10_000


@pytest.mark.parametrize("language", ["ar", "ru", "zh", "fr", "es"])
def test_the_smallest_budget_holds_a_part_in_every_language(world, postman, language):
    world.dora.language = language
    world.dora.save()
    file = attach(world, "أ" * 100 + ".pdf", samples.pdf("Springs") + os.urandom(30_000))
    MailProfile.objects.update_or_create(member=world.dora, defaults={"size": 10_000})

    [letter] = asks(postman, world.dora, f"GET F{file.pk}")

    assert len(letter.raw) <= 10_000


def test_a_part_that_is_not_there_is_not_sent(world, postman, english):
    file = attach(world, "springs.pdf", samples.pdf("Springs") + os.urandom(30_000))

    [letter] = asks(postman, english, f"GET F{file.pk} PART 9")

    assert "It has only 3 parts" in letters.text_of(letter)


def test_the_words_of_a_document_come_without_it(world, postman, english):
    file = attach(world, "springs.docx", samples.document())

    [letter] = asks(postman, english, f"GET F{file.pk} TEXT")

    assert "We measured the springs in May" in letters.text_of(letter)
    assert files_of(letter) == []


def test_long_words_come_in_parts_within_the_budget(world, postman, english):
    file = attach(world, "springs.txt", "Источники измерены в мае.\n".encode() * 2_000)

    came = asks(postman, english, f"GET F{file.pk} TEXT") + asks(postman, english, f"GET F{file.pk} TEXT PART 2-4")

    assert [letter.subject for letter in came] == [f"springs.txt ({n}/4)" for n in range(1, 5)]
    assert max(len(letter.raw) for letter in came) <= 25_000


def test_a_picture_comes_small(world, postman, english):
    file = attach(world, "spring.jpg", samples.photo())

    [letter] = asks(postman, english, f"GET F{file.pk} SMALL")

    [(name, kind, content)] = files_of(letter)
    assert (name, kind) == (f"F{file.pk}.jpg", "image/jpeg")
    assert len(content) < 30_000
    assert len(letter.raw) <= 25_000


def test_what_is_not_possible_is_told_with_what_is(world, postman, english):
    scanned, locked = (
        attach(world, "scan.pdf", samples.scanned_pdf()),
        attach(world, "locked.pdf", samples.locked_pdf()),
    )
    text = attach(world, "notes.txt", b"We measured the springs")

    [told] = asks(postman, english, f"GET F{scanned.pk} TEXT\nGET F{locked.pk} TEXT\nGET F{text.pk} SMALL")

    told = words(letters.text_of(told))
    assert f"probably scanned. A picture of the first one: GET F{scanned.pk} SMALL" in told
    assert "locked with a password" in told
    assert "A file of this kind is no picture" in told


def test_a_file_one_may_not_read_is_as_if_it_were_not(world, postman, english):
    file = attach(world, "springs.txt", b"We measured the springs")
    world.workspace.visibility = "private"
    world.workspace.save()
    seats.leave(member=english, workspace=world.workspace)

    hidden, absent = (letters.text_of(asks(postman, english, f"GET F{number} TEXT")[0]) for number in (file.pk, 99_999))

    assert hidden == absent
    assert "There is no file of this number for you" in words(hidden)


def test_a_strangers_mail_in_a_members_name_makes_nobody_work(world, postman, english, monkeypatch):
    file = attach(world, "springs.pdf", samples.pdf("Springs and litres and snow"))
    monkeypatch.setattr(sandbox, "run", lambda *args, **kwargs: 1 / 0)
    letter = postman.letter(english, world.answer)

    arrival = postman.replies(letter, f"GET F{file.pk} TEXT", sender="mallory@example.net")

    assert arrival.outcome == "wrong_sender"
