"""What may happen to a post after it was written: edit, withdraw, hide, restore, approve, decline, erase."""

from forum.models import Post
from forum.services import posts, workspaces


def do(world, who, verb, post=None, **data):
    return world.sign_in(who).post(f"/posts/{(post or world.answer).pk}/{verb}/", data)


def state(world):
    return Post.objects.get(pk=world.answer.pk).state


def read(world, who, path=None):
    client = world.sign_in(who) if who else world.sign_out()
    return client.get(path or f"/threads/{world.thread.pk}/").content.decode()


def test_bob_edits_his_post_and_the_earlier_wording_stays_readable(world):
    do(world, world.bob, "edit", text="We do, three times a year.", reason="Autumn was added")

    assert "three times" in read(world, None)
    assert f'href="/posts/{world.answer.pk}/revisions/"' in read(world, None)
    wordings = read(world, None, f"/posts/{world.answer.pk}/revisions/")
    assert "twice a year" in wordings
    assert "Autumn was added" in wordings
    assert "Changed by Bob" in wordings


def test_alice_cannot_edit_bobs_post_though_she_moderates(world):
    refused = do(world, world.alice, "edit", text="Never.")

    assert refused.status_code == 403
    assert "Never." in refused.content.decode()
    assert "twice" in read(world, None)


def test_bob_withdraws_his_post(world):
    do(world, world.bob, "withdraw")

    assert "Its author withdrew this post." in read(world, None)
    assert "twice a year" not in read(world, None)
    assert world.sign_in(world.carol).get(f"/posts/{world.answer.pk}/revisions/").status_code == 404


def test_alice_hides_with_a_reason_and_shows_again(world):
    without = do(world, world.alice, "hide", reason="")
    do(world, world.alice, "hide", reason="Names a child")
    hidden = read(world, None)
    do(world, world.alice, "restore")

    assert "Say why the post is hidden" in without.content.decode()
    assert "Names a child" in hidden
    assert "twice a year" not in hidden
    assert "twice a year" in read(world, None)


def test_alice_lets_a_waiting_post_appear(world):
    world.workspace.moderation = "all"
    world.workspace.save(update_fields=["moderation"])
    world.sign_in(world.bob).post(f"/threads/{world.thread.pk}/reply/", {"text": "Please <wait>"})
    post = Post.objects.latest("pk")

    queue = read(world, world.alice, "/workspaces/plenary/pending/")
    do(world, world.alice, "approve", post)

    assert "Please &lt;wait&gt;" in queue
    assert "1 post waits" in read(world, world.alice, "/workspaces/plenary/") or "Nothing" in read(
        world, world.alice, "/workspaces/plenary/pending/"
    )
    assert "Please &lt;wait&gt;" in read(world, None)


def test_alice_declines_with_a_reason_and_bob_keeps_his_text(world):
    world.workspace.moderation = "all"
    world.workspace.save(update_fields=["moderation"])
    world.sign_in(world.bob).post(f"/threads/{world.thread.pk}/reply/", {"text": "Buy my skis"})
    post = Post.objects.latest("pk")

    do(world, world.alice, "decline", post, reason="Advertising")

    assert "Buy my skis" not in read(world, world.dora)
    for_bob = read(world, world.bob)
    assert "Buy my skis" in for_bob
    assert "Advertising" in for_bob


def test_sekou_erases_for_good(world):
    do(world, world.bob, "edit", text="A secret, changed.")

    do(world, world.sekou, "erase")

    assert state(world) == "erased"
    page = read(world, world.sekou)
    assert "This post was erased." in page
    assert "secret" not in page


def test_the_page_of_a_post_offers_what_one_may_do(world):
    address = f"/posts/{world.answer.pk}/"

    for_bob, for_alice, for_carol = (read(world, who, address) for who in (world.bob, world.alice, world.carol))

    assert f"{address}edit/" in for_bob
    assert f"{address}hide/" not in for_bob
    assert f"{address}hide/" in for_alice
    assert f"{address}edit/" not in for_alice
    assert "/reply/" not in for_carol


def test_a_post_that_was_never_shown_leaves_no_trace_for_others(world):
    workspaces.change(by=world.alice, workspace=world.workspace, moderation="all")
    waiting = posts.reply(author=world.bob, thread=world.thread, text="Too early")
    posts.withdraw(by=world.bob, post=waiting)

    world.sign_in(world.dora)
    page = world.client.get(f"/threads/{world.thread.pk}/").content.decode()
    entry = world.workspace.journal.entries.latest("seq")

    assert 'id="p3"' not in page
    assert (entry.verb, entry.audience) == ("post.withdrawn", "moderators")


def test_a_post_that_was_shown_keeps_its_place_when_it_is_withdrawn(world):
    shown = posts.reply(author=world.bob, thread=world.thread, text="Too much")
    posts.withdraw(by=world.bob, post=shown)

    world.sign_in(world.dora)

    assert 'id="p3"' in world.client.get(f"/threads/{world.thread.pk}/").content.decode()
