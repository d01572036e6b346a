"""Files: told by their bytes, encoded anew or handed out as they are, and only to who may read the post."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from forum import filetypes
from forum.models import Attachment, Post


def picture(kind="JPEG", size=(40, 20), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


ODT = b"application/vnd.oasis.opendocument.text"


def archive(*names, content=b"x", packed=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


def post_files(world, *files, text="See the files."):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return world.sign_in(world.bob).post(f"/threads/{world.thread.pk}/reply/", {"text": text, "files": uploads})


def test_files_hang_on_the_post_and_are_downloaded(world):
    post_files(world, ("notes.txt", b"one"), ("report.pdf", b"%PDF-1.7 ..."))

    page = world.client.get(f"/threads/{world.thread.pk}/").content.decode()
    report = Attachment.objects.get(name="report.pdf")
    file = world.client.get(report.get_absolute_url())

    assert "notes.txt" in page
    assert file.content == b"%PDF-1.7 ..."
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert file["Cache-Control"] == "private, no-cache"


def test_only_who_may_read_the_post_gets_its_file(world):
    post_files(world, ("notes.txt", b"one"))
    address = Attachment.objects.get().get_absolute_url()
    world.workspace.visibility = "private"
    world.workspace.save(update_fields=["visibility"])

    assert world.sign_out().get(address).status_code == 404
    assert world.sign_in(world.carol).get(address).status_code == 404
    assert world.sign_in(world.dora).get(address).status_code == 200
    Post.objects.update(state="hidden")
    assert world.sign_in(world.dora).get(address).status_code == 404


def test_pictures_are_encoded_anew_without_what_the_camera_noted(world):
    exif = Image.Exif()
    exif[0x010E] = "GPS 46.5 N"
    post_files(world, ("photo.jpg", picture(exif=exif, comment=b"secret") + b"<script>trailing"))

    file = world.client.get(Attachment.objects.get().get_absolute_url())

    assert file["Content-Disposition"].startswith("inline")
    assert b"GPS" not in file.content
    assert b"secret" not in file.content
    assert b"script" not in file.content
    assert Image.open(io.BytesIO(file.content)).size == (40, 20)


def test_a_large_picture_is_made_smaller(world):
    post_files(world, ("photo.jpg", picture(size=(4_000, 3_000))))

    file = world.client.get(Attachment.objects.get().get_absolute_url())

    assert Image.open(io.BytesIO(file.content)).size == (2_560, 1_920)


def test_a_file_that_may_not_be_kept_is_refused_with_the_text(world):
    refused = post_files(world, ("report.pdf", b"MZ\x90\x00\x03 a program"), text="My long text")

    assert refused.status_code == 422
    assert "not a kind of file we keep" in refused.content.decode()
    assert "My long text" in refused.content.decode()
    assert not Attachment.objects.exists()
    assert world.thread.posts.count() == 2


def test_a_file_too_large_is_refused_by_its_size(world, settings):
    settings.MAX_FILE_BYTES = 1_000

    refused = post_files(world, ("notes.txt", b"a" * 1_001))

    assert "“notes.txt” has 2 KB; a file may have 1 KB" in refused.content.decode()


def test_more_files_than_a_post_holds_are_refused(world, settings):
    settings.MAX_FILES_PER_POST = 2

    refused = post_files(world, *[(f"{number}.txt", b"a") for number in range(3)])

    assert "a post holds 2 files" in refused.content.decode()


def test_a_name_never_tells_what_a_file_is(world):
    post_files(world, ("../../photo.png", b"%PDF-1.4 x"), ("a\u202etxt.exe.txt", b"plain"))

    assert set(Attachment.objects.values_list("name", "content_type")) == {
        ("photo.png.pdf", "application/pdf"),
        ("atxt.exe.txt", "text/plain"),
    }


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", picture("PNG"), "image/png"),
        ("a.gif", picture("GIF"), "image/gif"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"), filetypes.OOXML + "wordprocessingml.document"),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), filetypes.OOXML + "spreadsheetml.sheet"),
        ("a.zip", archive("readme.txt"), "application/zip"),
        ("a.odt", archive("mimetype", content=ODT), filetypes.ODF + "text"),
        # Of 50 bytes packed so, that say they are few, reading the first 100 would fill the memory.
        ("a.odt", archive("mimetype", content=ODT, packed=zipfile.ZIP_BZIP2), "application/zip"),
        ("a.csv", "ä;b\n1;2".encode("cp1252"), "text/csv"),
        ("a.txt", "ملاحظات".encode(), "text/plain"),
        ("a.txt", "notes".encode("utf-16"), "text/plain"),
        ("a.mp3", b"ID3\x04 sound", "audio/mpeg"),
        ("a.html", b"<script>alert(1)</script>", "text/plain"),
        ("a.svg", b"<svg onload='alert(1)'/>", "text/plain"),
        ("a.exe", b"MZ\x00", ""),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), ""),
        ("a.txt", b"\x00\x01binary", ""),
    ],
)
def test_kinds_are_told_by_bytes(name, content, kind):
    assert filetypes.recognise(name, content) == kind


@pytest.mark.parametrize(
    "content",
    [
        archive("bomb", content=b"\0" * 30_000_000),
        archive(*[f"{number}" for number in range(5_001)]),
        b"PK\x03\x04 cut short",
    ],
)
def test_bombs_and_ruins_are_not_kept(content):
    with pytest.raises(filetypes.Unfit):
        filetypes.recognise("a.zip", content)


def test_a_picture_larger_inside_than_out_is_not_opened():
    bomb = picture("PNG", size=(9_000, 9_000))

    assert len(bomb) < 400_000
    with pytest.raises(filetypes.Unfit):
        filetypes.clean_image(bomb, "image/png")


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/gif", "image/webp"])
def test_half_a_picture_is_not_kept(kind):
    content = picture(filetypes.IMAGES[kind], size=(300, 300))

    with pytest.raises(filetypes.Unfit):
        filetypes.clean_image(content[: len(content) // 2], kind)


def test_a_download_that_broke_off_goes_on(world):
    post_files(world, ("notes.txt", b"0123456789"))
    address = Attachment.objects.get().get_absolute_url()

    whole = world.client.get(address)
    part = world.client.get(address, headers={"Range": "bytes=4-", "If-Range": whole["ETag"]})
    beyond = world.client.get(address, headers={"Range": "bytes=10-"})
    unchanged = world.client.get(address, headers={"If-None-Match": whole["ETag"]})

    assert (part.status_code, part.content, part["Content-Range"]) == (206, b"456789", "bytes 4-9/10")
    assert beyond.status_code == 416
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_of_a_file_without_end_only_the_beginning_is_kept(world, settings):
    settings.MAX_FILE_BYTES = 2_000_000

    refused = post_files(world, ("long.txt", b"a" * 5_000_000), text="My words")

    page = refused.content.decode()
    assert "has 5 MB; a file may have 2 MB" in page
    assert "My words" in page
    assert not Attachment.objects.exists()
