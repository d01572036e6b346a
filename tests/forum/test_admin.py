"""The administration of the forum: looked at by the secretariat, changed by nobody."""

import pytest

MODELS = ("workspace", "seat", "joinrequest", "invitation", "thread", "post", "attachment")


@pytest.mark.parametrize("model", MODELS)
def test_sekou_looks_things_up_and_changes_nothing(world, model):
    world.sign_in(world.sekou)

    assert world.client.get(f"/admin/forum/{model}/?q=a").status_code == 200
    assert world.client.get(f"/admin/forum/{model}/add/").status_code == 403


def test_a_post_is_shown_with_its_wordings_and_not_changed(world):
    world.sign_in(world.bob).post(f"/posts/{world.answer.pk}/edit/", {"text": "Changed."})
    world.sign_in(world.sekou)

    page = world.client.get(f"/admin/forum/post/{world.answer.pk}/change/")
    refused = world.client.post(f"/admin/forum/post/{world.answer.pk}/change/", {"text": "Forged"})

    assert "We do, twice a year." in page.content.decode()
    assert refused.status_code == 403
    world.answer.refresh_from_db()
    assert world.answer.text == "Changed."


def test_alice_moderates_and_is_not_of_the_secretariat(world):
    assert world.sign_in(world.alice).get("/admin/forum/post/").status_code == 302
