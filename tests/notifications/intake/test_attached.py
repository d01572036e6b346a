"""Files that come with a mail: kept with the answer they stand beside, within limits."""

import base64

from forum.models import Attachment, Post
from forum.services import threads
from notifications import addresses

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def with_files(raw, *files):
    """The mail with files attached: (name, type, bytes)."""
    head, _blank, body = raw.partition(b"\r\n\r\n")
    parts = [b"--X\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body]
    for name, kind, content in files:
        parts.append(
            f'--X\r\nContent-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
            "Content-Transfer-Encoding: base64\r\n\r\n".encode()
            + base64.encodebytes(content)
        )
    head = head.replace(b"text/plain; charset=utf-8", b'multipart/mixed; boundary="X"').replace(b"8bit", b"7bit")
    return head + b"\r\n\r\n" + b"\r\n".join(parts) + b"\r\n--X--\r\n"


def test_a_file_is_saved_with_the_answer_and_one_of_a_wrong_kind_is_named(world, postman, english, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    letter = postman.letter(english, world.answer)
    raw = with_files(
        postman.answer(letter, "See the picture."),
        ("spring.png", "image/png", PNG),
        ("tool.exe", "application/x-msdownload", b"MZ\x90\x00\x03" + bytes(200)),
    )

    arrival = postman.brings(raw, to=addresses.reply(letter.code))

    assert arrival.outcome == "posted"
    post = Post.objects.get(channel="mail")
    assert [attachment.name for attachment in Attachment.objects.filter(post=post)] == ["spring.png"]
    assert "“tool.exe”" in postman.told(english)[0]


def test_a_file_without_words_is_posted_with_its_name(world, postman, english, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    letter = postman.letter(english, world.answer)
    raw = with_files(postman.mail(english, "x", ""), ("table.csv", "text/csv", b"spring,litres\r\none,4\r\n"))

    postman.brings(raw, to=addresses.reply(letter.code))

    post = Post.objects.get(channel="mail")
    assert post.text == "Attached: table.csv"
    assert post.attachments.count() == 1


def test_a_file_behind_a_number_is_its_answer(world, postman, english, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    other = threads.start(author=world.bob, workspace=world.workspace, title="Roads", text="Who has one?")
    issue = postman.issue(english, world.thread, other)
    text = f"Hello,\n\n#{issue.first_item}: We do.\n\n#{issue.last_item}:\n"
    raw = with_files(postman.mail(english, "x", text), ("table.csv", "text/csv", b"spring,litres\r\none,4\r\n"))

    postman.brings(raw, to=addresses.reply(issue.letter.code))

    first, second = Post.objects.filter(channel="mail").order_by("pk")
    assert (first.thread, first.text, first.file_count) == (world.thread, "We do.", 0)
    assert (second.thread, second.text, second.file_count) == (other, "Attached: table.csv", 1)


def test_each_file_that_was_left_out_is_named_though_others_were_before_on_that_day(world, postman, english):
    letter = postman.letter(english, world.answer)
    for name in ("tool.exe", "other.exe", "other.exe"):
        raw = with_files(postman.answer(letter, f"See {name}."), (name, "application/x-msdownload", b"MZ" + bytes(200)))
        postman.brings(raw, to=addresses.reply(letter.code))

    assert ["tool.exe" in told or "other.exe" in told for told in postman.told(english)] == [True, True]
