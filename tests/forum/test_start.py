"""Start a thread."""

from forum.models import Thread


def test_bob_starts_a_thread(world):
    world.sign_in(world.bob)

    went = world.client.post(
        "/workspaces/plenary/start/", {"title": "Snow \u202ecover", "text": "How much?", "language": "fr"}
    )

    thread = Thread.objects.latest("pk")
    assert (thread.title, thread.language, thread.post_count) == ("Snow cover", "fr", 1)
    assert went["Location"] == f"/threads/{thread.pk}/"


def test_a_thread_needs_a_title_and_the_text_stays(world):
    world.sign_in(world.bob)

    refused = world.client.post("/workspaces/plenary/start/", {"title": " ", "text": "How much snow?"})

    assert "A thread needs a title" in refused.content.decode()
    assert "How much snow?" in refused.content.decode()
    assert Thread.objects.count() == 1


def test_sent_twice_it_is_one_thread(world):
    world.sign_in(world.bob)
    form = {"title": "Snow", "text": "How much?", "key": "abc"}

    first = world.client.post("/workspaces/plenary/start/", form)
    second = world.client.post("/workspaces/plenary/start/", form)

    assert Thread.objects.filter(title="Snow").count() == 1
    assert first["Location"] == second["Location"]


def test_where_only_moderators_start_bob_is_refused(world):
    world.workspace.posting = "moderators"
    world.workspace.save(update_fields=["posting"])

    refused = world.sign_in(world.bob).post("/workspaces/plenary/start/", {"title": "Snow", "text": "Long text"})
    world.sign_in(world.alice).post("/workspaces/plenary/start/", {"title": "Ice", "text": "Text"})

    assert refused.status_code == 403
    assert "Long text" in refused.content.decode()
    assert set(Thread.objects.values_list("title", flat=True)) == {"Water above 3,000 m", "Ice"}


def test_a_thread_that_waits_is_its_authors_and_the_moderators(world):
    world.workspace.moderation = "all"
    world.workspace.save(update_fields=["moderation"])

    page = world.sign_in(world.bob).post("/workspaces/plenary/start/", {"title": "S", "text": "T"}, follow=True)
    thread = Thread.objects.latest("pk")

    assert "waits for a moderator" in page.content.decode()
    assert world.sign_in(world.alice).get(f"/threads/{thread.pk}/").status_code == 200
    assert world.sign_in(world.dora).get(f"/threads/{thread.pk}/").status_code == 404
