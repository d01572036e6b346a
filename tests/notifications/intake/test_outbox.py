"""The demo's outbox: every mail that left can be read and answered, by real bytes through the LMTP door."""

import pytest
from django.urls import NoReverseMatch, reverse

from forum.models import Post
from forum.services import threads
from notifications import inbound, mailprogram
from notifications.models import Arrival, Letter
from tests.world import World


@pytest.fixture
def scene(transactional_db, client, settings, door):
    """The world, its outbox and the door."""
    settings.ROOT_URLCONF = "tests.notifications.intake.demo_site"
    settings.LMTP_PORT = door.port
    return World(client)


@pytest.mark.django_db
def test_without_demo_there_is_no_outbox(world):
    for member in (None, world.bob, world.sekou):
        if member:
            world.sign_in(member)
        assert world.client.get("/outbox/").status_code == 404
        assert world.client.get("/outbox/1/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("outbox")


def test_every_mail_is_listed_newest_first_and_by_person(scene, postman):
    postman.letter(scene.dora, scene.answer)
    postman.letter(scene.bob, scene.answer)

    everyone = scene.client.get("/outbox/").content.decode()
    dora = scene.client.get("/outbox/?to=dora@example.org").content.decode()

    assert everyone.index("Bob ·") < everyone.index("Dora ·")
    assert "Bob ·" not in dora
    assert "Dora ·" in dora


@pytest.mark.parametrize("style", ["top", "html"])
def test_an_answer_goes_in_as_real_bytes_and_its_fate_is_shown(scene, postman, style):
    letter = postman.letter(scene.dora, scene.answer)
    fields = {"sender": "dora@example.org", "style": style, "text": "Chez nous aussi,\r\nau printemps <1>."}

    response = scene.client.post(f"/outbox/{letter.pk}/?style={style}", fields)
    inbound.process_due()

    arrival = Arrival.objects.get()
    assert response["Location"] == f"/outbox/arrivals/{arrival.pk}/"
    post = Post.objects.latest("pk")
    assert post.text.split() == "Chez nous aussi, au printemps <1>.".split()
    assert f"/posts/{post.pk}/" in scene.client.get(response["Location"]).content.decode()


def test_an_inline_answer_to_a_digest_finds_its_item(scene, postman):
    other = threads.start(author=scene.alice, workspace=scene.workspace, title="Barley", text="What does it cost?")
    issue = postman.issue(scene.dora, scene.thread, other)
    quoted = mailprogram.quoted(issue.letter)
    box = scene.client.get(f"/outbox/{issue.letter.pk}/?style=inline").content.decode()
    typed = quoted.replace("> End of issue", "\n42 a sack.\n\n> End of issue")

    fields = {"sender": "dora@example.org", "style": "inline", "text": typed}
    scene.client.post(f"/outbox/{issue.letter.pk}/?style=inline", fields)
    inbound.process_due()

    assert "&gt; [#12] Barley" in box
    assert other.posts.latest("number").text == "42 a sack."


def test_a_new_mail_starts_a_thread(scene):
    fields = {
        "sender": "bob@example.org",
        "to": "plenary@reply.example.org",
        "subject": "Snow",
        "text": "It came late.",
    }

    scene.client.post("/outbox/write/", fields)
    inbound.process_due()

    assert Post.objects.latest("pk").thread.title == "Snow"


def test_what_the_door_refuses_is_said_and_the_text_stays(scene):
    fields = {
        "sender": "bob@example.org",
        "to": "nowhere@reply.example.org",
        "subject": "Snow",
        "text": "It came late.",
    }

    page = scene.client.post("/outbox/write/", fields).content.decode()

    assert "550 5.1.1 there is no such address here; for those there are, write HELP to help@ the same domain" in page
    assert "It came late." in page


def test_every_digest_can_be_sent_at_once(scene):
    answer = scene.client.post("/outbox/digests/", follow=True)

    dora = Letter.objects.get(kind=Letter.Kind.ISSUE, member=scene.dora)
    assert "Alphorn" in dora.subject
    assert f"/outbox/{dora.pk}/" in answer.content.decode()
    assert scene.client.get("/outbox/digests/").status_code == 405
