"""Words are taken out of a post: a mark and the reason stay, its author gets the words, nobody else sees them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.access import Refused
from forum.models import Redaction, Workspace
from forum.services import posts, redactions
from journal.verify import verify
from notifications import each, notices, outbox, subscriptions
from notifications.digests import erasing
from notifications.letters import text_of
from notifications.models import Edition, Letter, Subscription
from notifications.outbox.transports import Memory


def page(world, member=None):
    client = world.sign_in(member) if member else world.sign_out()
    return client.get(f"/threads/{world.thread.pk}/").content.decode()


def test_alice_takes_words_out_and_everybody_sees_why(world):
    posts.edit(by=world.bob, post=world.answer, text="We do, ring +41 79 000, twice a year.")
    posts.edit(by=world.bob, post=world.answer, text="We do, ring +41 79 000, each May.")

    data = {"passage": "ring +41 79 000", "reason": "A private number"}
    world.sign_in(world.alice).post(f"/posts/{world.answer.pk}/redact/", data)

    assert "▮▮▮ (A private number) ▮▮▮" in page(world)
    assert "+41" not in page(world) + page(world, world.bob)
    assert "+41" not in world.client.get(f"/posts/{world.answer.pk}/revisions/").content.decode()
    assert Redaction.objects.get().passage == "ring +41 79 000"


def test_bob_gets_his_words_back_by_mail(world):
    redactions.redact(by=world.alice, post=world.answer, passage="twice a year", reason="Not for all")

    notices.write_due()

    text = bytes(Letter.objects.get(member=world.bob, subject__contains="taken out").raw).decode()
    assert "twice a year" in text
    assert "Not for all" in text


def test_kept_digests_lose_the_words_as_well(world):
    call_command("send_digests", now=timezone.now() + timedelta(days=1), verbosity=0)
    assert Edition.objects.filter(text__contains="twice a year").exists()

    redactions.redact(by=world.alice, post=world.answer, passage="twice a year", reason="Not for all")
    erasing.erase_due()

    assert not Edition.objects.filter(text__contains="twice a year").exists()


def test_a_letter_that_waits_leaves_without_the_words_and_no_digest_of_them_stays(world):
    subscriptions.open_for_new_seats()
    Subscription.objects.filter(member=world.dora).update(cadence="each")
    answer = posts.reply(author=world.bob, thread=world.thread, text="Ring Resi, 41 79, each May.")
    each.write_due()
    Memory.sent.clear()

    redactions.redact(by=world.alice, post=answer, passage="41 79", reason="A private number")
    outbox.Outbox(transport=Memory()).send_due()
    early = len(Memory.sent)
    erasing.erase_due()
    outbox.Outbox(transport=Memory()).send_due()

    letters = Letter.objects.filter(about=answer.reference)
    [(_sender, to, _raw)] = [mail for mail in Memory.sent if mail[1] == world.dora.email]
    [kept] = [text_of(letter) for letter in letters if letter.stored]
    assert (early, to) == (0, world.dora.email)
    assert "(A private number)" in kept
    assert not [letter for letter in letters if b"41 79" in bytes(letter.stored)]
    assert [entry.data for entry in world.workspace.journal.entries.filter(about=answer.reference)][:-1] == [None]
    assert verify(Workspace.objects.get(pk=world.workspace.pk).journal) is None


@pytest.mark.parametrize(
    ("passage", "reason", "said"),
    [("twice a year", " ", "Say why"), ("three times", "Because", "do not stand"), ("", "Because", "do not stand")],
)
def test_without_a_reason_or_the_exact_words_nothing_is_taken_out(world, passage, reason, said):
    with pytest.raises(Refused, match=said):
        redactions.redact(by=world.alice, post=world.answer, passage=passage, reason=reason)

    assert not Redaction.objects.exists()


def test_a_reason_cannot_bring_markup_of_its_own(world):
    redactions.redact(by=world.alice, post=world.answer, passage="twice a year", reason="x) [y](https://z.example)")

    assert 'z.example"' not in page(world)


def test_bob_takes_nothing_out_of_what_alice_wrote(world):
    refused = world.sign_in(world.bob).post(f"/posts/{world.post.pk}/redact/", {"passage": "springs", "reason": "Hm"})

    assert refused.status_code == 403
    assert "springs" in page(world)
