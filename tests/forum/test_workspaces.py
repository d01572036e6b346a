"""Rooms: their list, their page, and how they are opened, changed and closed."""

from forum.models import Thread, Workspace
from forum.services import threads
from members.models import Theme


def room_form(**fields):
    return {
        "name": "Glaciers",
        "slug": "glaciers",
        "visibility": "public",
        "joining": "open",
        "posting": "seated",
        "moderation": "none",
        "languages": ["en", "fr"],
        "moderator": "alice@example.org",
        **fields,
    }


def test_sekou_opens_a_room(world):
    went = world.sign_in(world.sekou).post("/workspaces/new/", room_form(description="**Ice**"))

    room = Workspace.objects.get(slug="glaciers")
    assert went["Location"] == "/workspaces/glaciers/"
    assert "<strong>Ice</strong>" in room.html
    assert room.languages == ["en", "fr"]
    assert room.seat_of(world.alice).moderates


def test_a_room_is_not_called_what_mail_needs(world):
    world.sign_in(world.sekou)

    for slug in ("postmaster", "plenary", "Über uns", "new"):
        assert world.client.post("/workspaces/new/", room_form(slug=slug)).status_code in (403, 422)
    assert Workspace.objects.count() == 1


def test_alice_changes_her_room_and_bob_cannot(world):
    form = room_form(name="Plenary hall", visibility="private")

    refused = world.sign_in(world.bob).post("/workspaces/plenary/change/", form)
    world.sign_in(world.alice).post("/workspaces/plenary/change/", form)

    assert refused.status_code == 403
    room = Workspace.objects.get(slug="plenary")
    assert (room.name, room.visibility) == ("Plenary hall", "private")
    assert world.sign_in(world.carol).get("/workspaces/plenary/").status_code == 404


def test_a_closed_room_is_read_and_not_written(world):
    world.sign_in(world.alice).post("/workspaces/plenary/close/")
    refused = world.sign_in(world.bob).post(f"/threads/{world.thread.pk}/reply/", {"text": "Hello?"})
    world.sign_in(world.alice).post("/workspaces/plenary/reopen/")
    world.sign_in(world.bob).post(f"/threads/{world.thread.pk}/reply/", {"text": "Hello!"})

    assert refused.status_code == 403
    assert world.thread.posts.latest("number").text == "Hello!"


def test_rooms_are_found_by_theme_and_language(world):
    world.room("glaciers", themes=[Theme.objects.create(code="ice", name="Ice")], languages=["fr"])

    by_theme = world.client.get("/workspaces/?theme=ice").content.decode()
    by_language = world.sign_in(world.bob).get("/workspaces/?language=fr").content.decode()
    nothing = world.client.get("/workspaces/?language=ru&theme=none").content.decode()

    assert 'href="/workspaces/glaciers/"' not in world.sign_out().get("/workspaces/").content.decode()
    assert 'href="/workspaces/glaciers/"' in by_language
    assert 'href="/workspaces/plenary/"' not in by_language
    assert 'href="/workspaces/plenary/"' not in by_theme
    assert "No workspace fits" in nothing


def test_threads_are_listed_pinned_first_then_latest_and_leafed_through_by_key(world):
    for number in range(50):
        threads.start(author=world.bob, workspace=world.workspace, title=f"Thread {number}", text="Text")
    world.sign_in(world.alice).post(f"/threads/{world.thread.pk}/pin/")

    first = world.client.get("/workspaces/plenary/")
    shown = [thread.pk for thread in first.context["threads"]]
    second = world.client.get(f"/workspaces/plenary/?after={first.context['more'].pk}")
    rest = [thread.pk for thread in second.context["threads"]]

    assert shown[0] == world.thread.pk
    assert len(shown) == 40
    assert sorted(shown + rest) == sorted(Thread.objects.values_list("pk", flat=True))


def test_a_room_page_makes_as_many_queries_for_40_threads_as_for_one(world, django_assert_num_queries):
    world.sign_in(world.bob)
    world.client.get("/workspaces/plenary/")
    with django_assert_num_queries(9):
        world.client.get("/workspaces/plenary/")
    for number in range(45):
        threads.start(author=world.bob, workspace=world.workspace, title=f"Thread {number}", text="Text")

    with django_assert_num_queries(9):
        world.client.get("/workspaces/plenary/")


def test_alice_closes_and_opens_a_thread(world):
    world.sign_in(world.alice).post(f"/threads/{world.thread.pk}/close/", {"reason": "Done"})
    closed = Thread.objects.get(pk=world.thread.pk)
    world.client.post(f"/threads/{world.thread.pk}/reopen/")

    assert (closed.is_open, closed.closed_reason) == (False, "Done")
    assert Thread.objects.get(pk=world.thread.pk).is_open


def test_a_visitor_chooses_the_language_of_the_pages(world):
    world.client.post("/language/", {"language": "ar", "next": "/"})

    page = world.client.get("/").content.decode()

    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page


def test_the_list_of_rooms_is_leafed_through_though_names_are_alike(world):
    for number in range(60):
        room = world.room(f"room-{number}")
        Workspace.objects.filter(pk=room.pk).update(name="Same name")
    world.sign_in(world.bob)

    first = world.client.get("/workspaces/")
    second = world.client.get(f"/workspaces/?after={first.context['more']}")

    shown = [room.pk for page in (first, second) for room in page.context["workspaces"]]
    assert sorted(shown) == sorted(Workspace.objects.values_list("pk", flat=True))
