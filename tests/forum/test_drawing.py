"""Posts are drawn once per look: whatever shows in them makes another look, for whoever it shows to."""

from forum import drawing
from forum.services import posts


def page(world, who=None, language=None):
    client = world.sign_in(who) if who else world.sign_out()
    headers = {"Accept-Language": language} if language else {}
    return client.get(f"/threads/{world.thread.pk}/", headers=headers).content.decode()


def test_nobody_is_shown_a_post_as_somebody_else_saw_it(world):
    own = f'href="/posts/{world.answer.pk}/edit/"'

    assert own in page(world, world.bob)
    assert own not in page(world, world.alice)
    assert "/reply/?to=" not in page(world, world.carol)
    assert "/members/" not in page(world)


def test_a_changed_word_name_or_state_shows_at_once(world):
    page(world)

    posts.edit(by=world.bob, post=world.answer, text="Three times a year.")
    world.alice.name = "Alice Reymond"
    world.alice.save(update_fields=["name"])
    changed = page(world)
    posts.hide(by=world.alice, post=world.answer, reason="A test")

    assert "Three times a year." in changed
    assert "Alice Reymond" in changed
    assert "Three times a year." not in page(world)


def test_each_reads_in_their_language_and_time(world):
    world.dora.timezone = "Asia/Kathmandu"
    world.dora.save(update_fields=["timezone"])
    post = world.thread.posts.get(number=1)
    posts.Post.objects.filter(pk=post.pk).update(sent_at="2026-05-03T20:00:00Z")

    assert "3 May 2026, 20:00" in page(world)
    assert "4 mai 2026 à 01:45" in page(world, world.dora)


def test_a_second_page_view_draws_nothing_anew(world, monkeypatch):
    first = page(world)

    monkeypatch.setattr(drawing, "render_to_string", None)

    assert page(world).count("<article") == first.count("<article") == 2


def test_only_so_many_looks_are_kept(world, monkeypatch):
    drawing._kept.clear()
    monkeypatch.setattr(drawing, "MOST", 1)

    page(world)

    assert len(drawing._kept) == 1
