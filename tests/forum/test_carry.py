"""Bob carries Amina's words into a thread: her name stands at the post, his beside it, and she can take it back."""

import pytest

from core.access import Refused
from forum.models import Post
from forum.services import posts, seats, workspaces
from forum.services.voices import Voice
from journal.models import Entry


def carry(world, text="Our spring is dry.", name="Amina Diallo", member=None):
    return posts.reply(author=world.bob, thread=world.thread, text=text, voice=Voice(name, member))


def read(world, who):
    client = world.sign_in(who) if who else world.sign_out()
    return client.get(f"/threads/{world.thread.pk}/").content.decode()


def test_the_page_names_the_person_and_who_carried(world):
    carry(world)

    page = read(world, None)
    assert "<bdi>Amina Diallo</bdi>" in page
    assert "carried by Bob" in page
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.actor) == ("post.replied", world.bob.reference)
    assert entry.data["voice"] == "Amina Diallo"


def test_a_member_who_may_not_write_there_is_not_carried_there_either(world):
    with pytest.raises(Refused, match="no seat"):
        carry(world, name="Carol", member=world.carol)

    seats.give(by=world.sekou, workspace=world.workspace, member=world.carol)
    post = carry(world, name="Carol", member=world.carol)
    assert (post.author, post.carried_by) == (world.carol, world.bob)


def test_amina_objects_and_the_post_is_taken_back(world):
    post = carry(world)

    posts.object_to(post=post)
    posts.object_to(post=post)

    assert "Our spring is dry" not in read(world, None)
    assert "Its author withdrew this post." in read(world, None)
    assert Entry.objects.filter(verb="post.objected", about=post.reference).count() == 1
    assert Post.objects.get(pk=post.pk).thread.post_count == 2


def test_nobody_objects_to_what_nobody_carried(world):
    with pytest.raises(Refused, match="Nobody carried"):
        posts.object_to(post=world.answer)


def test_bob_withdraws_what_he_brought_and_cannot_reword_it(world):
    post = carry(world)
    world.sign_in(world.bob)

    assert world.client.post(f"/posts/{post.pk}/edit/", {"text": "She said no."}).status_code == 403
    world.client.post(f"/posts/{post.pk}/withdraw/")

    assert Post.objects.get(pk=post.pk).state == "withdrawn"


def test_carried_words_wait_for_a_moderator_like_his_own(world):
    workspaces.change(by=world.alice, workspace=world.workspace, moderation="all")
    post = carry(world)

    assert post.state == "pending"
    assert "Our spring is dry" in read(world, world.bob)
    assert "Our spring is dry" not in read(world, None)
    posts.decline(by=world.alice, post=post, reason="Twice the same")
    assert Entry.objects.latest("pk").audience == world.bob.reference
