"""The main job, end to end: web, digest, one mail with three answers, open pages, the next issue.

Real processes: Daphne, Chromium, the LMTP door; real bytes: the letter as it left, the answer as a mail program
writes it. Journeys 1 and 2 of the design.
"""

import re
from email import message_from_bytes, policy

import pytest
from django.core.management import call_command

from forum.models import Post
from forum.services import posts, threads
from notifications.models import Answer, Issue, Letter
from tests.notifications.intake.postman import Door, Postman
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(live, settings):
    """The world with two more threads, seen by the live server."""
    settings.EMAIL_BACKEND = "notifications.outbox.EmailBackend"
    settings.EMAIL_URL = "memory:"
    world = World()
    for title in ("Barley prices", "The bridge at Tso"):
        threads.start(author=world.alice, workspace=world.workspace, title=title, text=f"What do you know of {title}?")
    return world


def issue_of(member):
    """The member's newest issue, as text, with the numbers of its items by title."""
    letter = Issue.objects.filter(member=member).latest("number").letter
    text = message_from_bytes(bytes(letter.raw), policy=policy.default).get_body(("plain",)).get_content()
    numbers = {title.strip(): number for number, title in re.findall(r"^\[#(\d+)\] (.+)$", text, re.MULTILINE)}
    return letter, text, numbers


def test_a_post_on_the_web_is_answered_from_a_mailbox_and_seen_at_once(scene, live, new_page):
    bob = new_page()
    live.sign_in(bob, scene.bob)
    bob.goto(f"{live.url}/threads/{scene.thread.pk}/")
    bob.get_by_role("link", name="Reply").first.click()
    bob.locator("textarea[name=text]").fill("The spring of *Naldera* fell dry in May.")
    bob.get_by_role("button", name=re.compile("Post|Reply|Send")).click()
    bob.wait_for_selector("text=fell dry in May")

    call_command("send_digests", member="dora@example.org", verbosity=0)
    call_command("work", once=True, verbosity=0)
    letter, text, numbers = issue_of(scene.dora)
    assert letter.state == Letter.State.SENT
    assert "Naldera" in text

    alice = new_page()
    live.sign_in(alice, scene.alice)
    alice.goto(f"{live.url}/threads/{scene.thread.pk}/")
    water, barley, bridge = (numbers[title] for title in ("Water above 3,000 m", "Barley prices", "The bridge at Tso"))
    answers = f"#{water}: Ours too, since April.\n#{barley}: 42 a sack.\n#{bridge}: It holds.\n"
    with Door() as door:
        mail = Postman().answer(letter, answers)
        assert door.sends(mail, letter_address(letter)) == {}
        assert door.sends(mail, letter_address(letter)) == {}
    call_command("work", once=True, verbosity=0)

    alice.wait_for_selector("article >> text=Ours too, since April.")
    assert "Dora" in alice.locator("article", has_text="Ours too, since April.").inner_text()
    posted = Post.objects.filter(author=scene.dora).order_by("pk").values_list("thread__title", "text", "channel")
    assert list(posted) == [
        ("Water above 3,000 m", "Ours too, since April.", "mail"),
        ("Barley prices", "42 a sack.", "mail"),
        ("The bridge at Tso", "It holds.", "mail"),
    ]
    assert Answer.objects.filter(member=scene.dora, state=Answer.State.TAKEN).count() == 3

    threads.start(author=scene.bob, workspace=scene.workspace, title="Snow", text="It came late.")
    call_command("send_digests", member="dora@example.org", verbosity=0)
    _letter, text, _numbers = issue_of(scene.dora)
    for number in (water, barley, bridge):
        assert f"#{number}" in text
    assert "It came late." in text
    assert "Ours too, since April." not in text


def letter_address(letter):
    return message_from_bytes(bytes(letter.raw), policy=policy.default)["Reply-To"].addresses[0].addr_spec


def test_without_javascript_the_same_page_shows_it_after_a_reload(scene, live, new_page):
    alice = new_page(java_script_enabled=False)
    live.sign_in(alice, scene.alice)
    alice.goto(f"{live.url}/threads/{scene.thread.pk}/")

    posts.reply(author=scene.bob, thread=scene.thread, text="Said without a script")
    alice.reload()

    assert alice.locator("article", has_text="Said without a script").count() == 1
