"""Files never ride along: digests and letters name them with their size, and how to get each."""

import pytest
from django.core.management import call_command

from forum.models import Attachment
from forum.services import posts
from forum.services.attachments import Upload
from notifications import each, letters, subscriptions
from notifications.models import Issue, Letter


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def english(world):
    """Dora, who reads English in these tests."""
    world.dora.language = "en"
    world.dora.save()
    return world.dora


def posted_with_a_file(world):
    file = Upload("springs.csv", b"spring,litres\r\n" * 900)
    posts.reply(author=world.bob, thread=world.thread, text="The table is attached.", files=[file])
    return Attachment.objects.get()


def test_a_digest_names_the_file_and_the_line_that_brings_it(world, english):
    file = posted_with_a_file(world)

    call_command("send_digests", member=english.email, verbosity=0)

    text = Issue.objects.filter(member=english).latest("number").text
    assert f"The table is attached.\nFile springs.csv, 14 KB: GET F{file.pk}" in text


def test_a_letter_about_a_post_does_too(world, english):
    each.write_due()
    subscriptions.follow(member=english, workspace=world.workspace, cadence="each")
    file = posted_with_a_file(world)

    each.write_due()

    letter = Letter.objects.filter(member=english, kind=Letter.Kind.POST).latest("pk")
    assert f"File springs.csv, 14 KB: GET F{file.pk}" in letters.text_of(letter)
