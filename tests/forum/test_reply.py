"""Reply: a text becomes a post once, in its place, or comes back with the reason."""

from django.test import Client

from forum.models import Post
from forum.services import threads
from members.models import Mandate, Organisation


def address(world, query=""):
    return f"/threads/{world.thread.pk}/reply/{query}"


def test_bob_replies_to_an_open_thread(world):
    world.sign_in(world.bob)

    went = world.client.post(address(world), {"text": "I **agree**"})

    post = world.thread.posts.latest("number")
    assert "<strong>agree</strong>" in post.html
    assert post.parent is None
    assert went["Location"] == f"/threads/{world.thread.pk}/?at=3#p3"


def test_dora_replies_to_one_post(world):
    world.sign_in(world.dora)

    form = world.client.get(address(world, "?to=2")).content.decode()
    world.client.post(address(world, "?to=2"), {"text": "Which month?"})

    assert "twice a year" in form
    assert world.thread.posts.latest("number").parent == world.answer


def test_a_quotation_is_ready_to_be_answered(world):
    world.sign_in(world.dora)

    form = world.client.get(address(world, "?to=2&quote=1")).content.decode()

    assert "&gt; We do, twice a year." in form


def test_carol_is_refused_and_keeps_her_text(world):
    world.sign_in(world.carol)

    refused = world.client.post(address(world), {"text": "From <outside>"})

    assert refused.status_code == 403
    assert "You have no seat" in refused.content.decode()
    assert "From &lt;outside&gt;" in refused.content.decode()
    assert world.thread.posts.count() == 2


def test_a_thread_that_closed_meanwhile_gives_the_text_back(world):
    threads.close(by=world.alice, thread=world.thread)
    world.sign_in(world.bob)

    refused = world.client.post(address(world), {"text": "Too late?"})

    assert refused.status_code == 403
    assert "so your reply was not posted" in refused.content.decode()
    assert "Too late?" in refused.content.decode()


def test_the_same_form_sent_twice_is_one_post(world):
    world.sign_in(world.bob)
    form = {"text": "Once.", "key": "abc"}

    first = world.client.post(address(world), form)
    second = world.client.post(address(world), form)

    assert world.thread.posts.filter(text="Once.").count() == 1
    assert first["Location"] == second["Location"]


def test_two_texts_from_one_old_page_are_two_posts(world):
    world.sign_in(world.bob)

    world.client.post(address(world), {"text": "One.", "key": "abc"})
    world.client.post(address(world), {"text": "Two.", "key": "abc"})
    world.client.post(address(world, "?to=2"), {"text": "Two.", "key": "abc"})

    assert world.thread.posts.count() == 5


def test_ones_key_tells_nothing_of_what_others_posted(world):
    form = {"text": "Mine.", "key": "abc"}
    world.sign_in(world.bob).post(address(world), form)

    world.sign_in(world.dora).post(address(world), form)

    assert set(Post.objects.filter(text="Mine.").values_list("author__name", flat=True)) == {"Bob", "Dora"}


def test_an_empty_text_is_not_posted(world):
    world.sign_in(world.bob)

    refused = world.client.post(address(world), {"text": " \n "})

    assert "There was no text to post" in refused.content.decode()
    assert world.thread.posts.count() == 2


def test_a_post_that_waits_is_announced_as_such(world):
    world.workspace.moderation = "all"
    world.workspace.save(update_fields=["moderation"])
    world.sign_in(world.bob)

    page = world.client.post(address(world), {"text": "Hm."}, follow=True).content.decode()

    assert "waits for a moderator" in page


def test_bob_speaks_for_his_organisation_and_for_no_other(world):
    own = Organisation.objects.create(name="Spring Watch", category="ngo")
    other = Organisation.objects.create(name="Water Board", category="government")
    Mandate.objects.create(member=world.bob, organisation=own)
    world.sign_in(world.bob)

    world.client.post(address(world), {"text": "As an organisation.", "organisation": own.pk})
    refused = world.client.post(address(world), {"text": "As another.", "organisation": other.pk})

    post = world.thread.posts.latest("number")
    assert (post.text, post.organisation, post.category) == ("As an organisation.", own, "ngo")
    assert refused.status_code == 422
    assert "As another." in refused.content.decode()


def test_who_signs_in_first_finds_the_text_again(world):
    sent = world.client.post(address(world, "?to=2"), {"text": "Written before signing in."})
    world.sign_in(world.bob)
    form = world.client.get(address(world, "?to=2")).content.decode()
    later = world.client.get(address(world, "?to=2")).content.decode()

    assert sent["Location"].startswith("/account/")
    assert "Written before signing in." in form
    assert "Written before signing in." not in later
    assert world.thread.posts.count() == 2


def test_a_page_from_before_a_sign_in_gives_the_text_back(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.bob, backend="allauth.account.auth_backends.AuthenticationBackend")

    ours = client.post(
        address(world), {"text": "Kept <safe>", "key": "k"}, headers={"Sec-Fetch-Site": "same-origin"}
    ).content.decode()
    foreign = client.post(address(world), {"text": "Forged"}, headers={"Sec-Fetch-Site": "cross-site"}).content.decode()

    assert "Kept &lt;safe&gt;" in ours
    assert "Send it again" in ours
    assert "Forged" in foreign
    assert "Send it again" not in foreign
    assert world.thread.posts.count() == 2


def test_what_is_given_back_can_be_sent_again(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.bob, backend="allauth.account.auth_backends.AuthenticationBackend")
    same = {"Sec-Fetch-Site": "same-origin"}
    page = client.post(address(world, "?to=2"), {"text": "Again", "key": "k"}, headers=same)

    token = page.context["csrf_token"]
    again = {"text": "Again", "key": "k", "csrfmiddlewaretoken": str(token)}
    client.post(address(world, "?to=2"), again, headers=same)

    assert world.thread.posts.latest("number").parent == world.answer


def test_a_hidden_post_cannot_be_answered(world):
    Post.objects.filter(pk=world.answer.pk).update(state="hidden")

    assert world.sign_in(world.dora).get(address(world, "?to=2")).status_code == 404
    refused = world.sign_in(world.alice).post(address(world, "?to=2"), {"text": "Anyway"})
    assert "not in this thread any more" in refused.content.decode()
