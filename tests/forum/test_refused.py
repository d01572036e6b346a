"""The page of a refused deed: the reason, and all that its writer wrote, to copy it."""

from django.http import QueryDict

from core import deeds, middleware


def test_bob_who_may_not_change_the_room_gets_back_all_he_wrote_and_nothing_else(world):
    wrote = {
        "name": "Springs <b>",
        "description": "One.\n\nTwo.",
        "visibility": "private",
        "csrfmiddlewaretoken": "a b",
    }
    address = f"/workspaces/{world.workspace.slug}/change/"

    refused = world.sign_in(world.bob).post(address, wrote)

    page = refused.content.decode()
    assert (refused.status_code, refused.headers["Cache-Control"]) == (403, "private, no-store")
    assert refused.templates[0].name == "core/refused.html"
    assert "Only a moderator" in page
    assert page.count("<textarea") == 2
    assert ">\nSprings &lt;b&gt;</textarea>" in page
    assert ">\nOne.\n\nTwo.</textarea>" in page
    assert '<label for="kept-1">Name</label>' in page


def test_of_a_form_nobody_looked_at_words_come_back_and_no_secrets():
    sent = QueryDict(mutable=True)
    sent.update({"text": "x", "reason": "two words", "kind": "yes_no", "password": "my pass", "code": "a b"})

    assert middleware.words_in(sent) == [("", "x"), ("", "two words")]
    assert middleware.bounded([("Text", "y" * 200_000), ("More", "z")]) == [("Text", "y" * 120_000)]
    assert middleware.bounded([("Text", " ")]) == []


def test_a_deed_done_too_often_says_when_to_come_back(rf):
    request = rf.post("/")
    request.csp_nonce = ""

    refused = middleware.RefusedMiddleware(None).process_exception(request, deeds.TooOften(20))

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "20")
