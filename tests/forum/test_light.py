"""Light versions: the text of a document and a small picture, made in a process that cannot do harm."""

import io
import zipfile

import pytest
from PIL import Image

from forum.filetypes import OOXML
from forum.light import offers, sandbox, versions
from forum.models import Attachment
from forum.services import attachments, posts
from forum.services.attachments import Upload
from tests.forum import samples


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def attach(world, name, content):
    attachments.attach(world.answer, [Upload(name, content)])
    return Attachment.objects.latest("pk")


def text_of(content):
    return sandbox.run("text", content).content.decode()


def test_the_words_of_a_pdf_are_read_page_by_page():
    found = text_of(samples.pdf("The springs above 3,000 m", "were measured in May 2026"))

    assert found == "The springs above 3,000 m\n\nwere measured in May 2026"


def test_the_words_of_a_document_are_read_with_its_tables():
    found = text_of(samples.document())

    assert "We measured the springs in May" in found
    assert "Litres | 40" in found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Litres par jour : 40, mesurés en été".encode("cp1252"), "mesurés en été"),
        ("Родники измерены в мае, сорок литров".encode("utf-16"), "Родники измерены"),
        (b"<html><head><style>p {}</style></head><p>Springs, litres and</p><p>much snow</p></html>", "and\nmuch snow"),
    ],
)
def test_texts_in_other_charsets_and_pages_are_read(content, words):
    assert words in text_of(content)


def test_the_words_of_an_open_document_are_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", '<o xmlns:t="urn:t"><t:p>We measured the springs</t:p><t:p>in May</t:p></o>')

    assert "We measured the springs\n" in text_of(out.getvalue())


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 160_000_000)
    return out.getvalue()


def entities():
    out = io.BytesIO()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", f'<!DOCTYPE o [{laughs}]><o xmlns:t="urn:t"><t:p>&l11;</t:p></o>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (samples.locked_pdf(), "encrypted"),
        (samples.scanned_pdf(), "empty"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 50, "damaged"),
        (b"PK\x03\x04" + bytes(500), "damaged"),
        (bomb(), "too_much"),
        (entities(), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown"),
    ],
    ids=["locked", "scanned", "broken pdf", "broken zip", "zip bomb", "entities", "picture"],
)
def test_what_cannot_be_read_says_why(content, verdict):
    assert sandbox.run("text", content).verdict == verdict


def test_a_process_that_goes_on_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 0.05)

    assert sandbox.run("text", samples.pdf("Text that would be read")).verdict == "too_much"


def test_a_small_picture_is_small_upright_and_bare():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera"  # lies on its side; who made it

    small = sandbox.run("small", samples.photo(exif=exif), most=30_000).content

    assert len(small) <= 30_000
    with Image.open(io.BytesIO(small)) as picture:
        assert picture.format == "JPEG"
        assert picture.height > picture.width
        assert not picture.getexif()


def test_of_a_scanned_document_the_first_page_is_a_picture():
    small = sandbox.run("small", samples.scanned_pdf(), most=30_000)

    assert small.verdict == "ok"
    assert small.content.startswith(b"\xff\xd8\xff")


def test_a_light_version_is_made_once_and_goes_with_its_file(world, monkeypatch, django_capture_on_commit_callbacks):
    file = attach(world, "springs.pdf", samples.pdf("The springs above 3,000 m"))
    first = versions.text(file)
    monkeypatch.setattr(sandbox, "run", lambda *args, **kwargs: 1 / 0)

    assert versions.text(file) == first
    path = f"{file.file.name}.text"
    assert file.file.storage.exists(path)

    with django_capture_on_commit_callbacks(execute=True):
        posts.erase(by=world.sekou, post=world.answer)

    assert not file.file.storage.exists(path)


def test_a_file_of_another_kind_has_no_light_version(world):
    file = attach(world, "springs.txt", b"We measured the springs in May")

    assert versions.small(file).verdict == "unknown"


def test_no_words_are_offered_where_none_are_read():
    assert offers.worthwhile(f"{OOXML}wordprocessingml.document", 70_000) == "text"
    assert offers.worthwhile(f"{OOXML}spreadsheetml.sheet", 70_000) == ""


def test_the_page_offers_the_lighter_version_and_hands_it_out_to_those_who_may_read(world):
    file = attach(world, "springs.pdf", samples.pdf("The springs above 3,000 m") + b"%" * 70_000)
    world.workspace.visibility = "private"
    world.workspace.save()
    world.sign_in(world.bob)

    page = world.client.get(f"/threads/{world.thread.pk}/").content.decode()
    words = world.client.get(f"/files/{file.pk}/text/")

    assert f"/files/{file.pk}/text/" in page
    assert words.content.decode() == "The springs above 3,000 m"
    assert words["Content-Security-Policy"] == "default-src 'none'; sandbox"
    world.sign_in(world.carol)
    assert world.client.get(f"/files/{file.pk}/text/").status_code == 404


def test_a_file_without_a_lighter_version_says_so(world):
    file = attach(world, "scan.pdf", samples.scanned_pdf())
    world.sign_in(world.bob)

    words, small = (world.client.get(f"/files/{file.pk}/{kind}/") for kind in ("text", "small"))

    assert (words.status_code, small.status_code) == (404, 200)
    assert b"no lighter version" in words.content
    assert small["Content-Type"] == "image/jpeg"
