"""The mail desk, outgoing: letters by state, one person's mail, what may be read, sent again and taken back."""

import re

from forum.services import posts
from journal.models import Entry
from notifications import letters, subscriptions
from notifications.digests import run
from notifications.models import Letter, Subscription


def do(world, letter, deed):
    return world.client.post(f"/mail/desk/letters/{letter.pk}/{deed}/")


def test_failed_letters_are_listed_with_the_reason_and_sent_again(world, postman):
    letter = postman.letter(world.dora, world.post)
    Letter.objects.filter(pk=letter.pk).update(state="failed", last_error="550 no such user")
    assert world.sign_in(world.alice).get("/mail/desk/letters/").status_code == 403
    world.sign_in(world.sekou)

    listed = world.client.get("/mail/desk/letters/").content.decode()
    page = world.client.get(f"/mail/desk/letters/{letter.pk}/").content.decode()
    first, second = do(world, letter, "resend"), do(world, letter, "resend")

    assert "550 no such user" in listed
    assert "We do, twice a year." in page
    assert (first.status_code, second.status_code) == (302, 403)
    assert Letter.objects.get(pk=letter.pk).state == "queued"
    assert Entry.objects.get(verb="mail.desk.resent").about == letter.reference


def test_a_sign_in_code_is_read_by_nobody(world, client):
    client.post("/account/login/code/", {"email": "dora@example.org"})
    code = Letter.objects.get(recipient="dora@example.org")

    page = world.sign_in(world.sekou).get(f"/mail/desk/letters/{code.pk}/").content.decode()
    page += world.client.get("/mail/desk/letters/?state=queued&words=dora@example.org").content.decode()

    [typed] = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", letters.text_of(code))
    assert typed not in page
    assert "nobody but its reader" in page


def test_a_withdrawn_digest_is_told_in_the_next(world):
    subscriptions.open_for_new_seats()
    posts.reply(author=world.bob, thread=world.thread, text="To be told later.")
    issue = run.write_now(world.alice)
    before = Subscription.objects.get(member=world.alice).cursor
    world.sign_in(world.sekou)

    assert do(world, issue, "withdraw").status_code == 302
    assert do(world, issue, "withdraw").status_code == 403

    assert Letter.objects.get(pk=issue.pk).state == "withdrawn"
    assert Subscription.objects.get(member=world.alice).cursor < before
    assert "To be told later." in letters.text_of(run.write_now(world.alice))


def test_one_persons_mail_both_ways_is_on_one_page(world, postman):
    letter = postman.letter(world.dora, world.post)
    postman.replies(letter, "Chez nous aussi.")
    postman.letter(world.bob, world.answer)
    address = f"/mail/desk/people/{world.dora.pk}/"
    assert world.sign_in(world.bob).get(address).status_code == 403

    page = world.sign_in(world.sekou).get(address)

    assert [bool(piece.arrival) for piece in page.context["pieces"]] == [True, False]
    assert "dora@example.org" in page.content.decode()


def test_a_person_is_found_by_name_or_address(world, postman):
    arrival = postman.brings(postman.mail("dora.private@example.net", "x", "Hello."), to="help@localhost")
    Letter.objects.filter(pk=postman.letter(world.dora, world.post).pk).update(state="failed")
    Letter.objects.filter(pk=postman.letter(world.bob, world.post).pk).update(state="failed")
    world.sign_in(world.sekou)

    by_name = world.client.get("/mail/desk/letters/?state=failed&words=dor").context["letters"]
    by_address = world.client.get("/mail/desk/?words=private").context["arrivals"]

    assert [letter.recipient for letter in by_name] == ["dora@example.org"]
    assert [found.pk for found in by_address] == [arrival.pk]


def test_lists_cost_the_same_for_many(world, postman, django_assert_max_num_queries):
    world.sign_in(world.sekou)

    def queries(address):
        with django_assert_max_num_queries(40) as counted:
            assert world.client.get(address).status_code == 200
        return len(counted)

    places = ("/mail/desk/", "/mail/desk/letters/?state=queued", f"/mail/desk/people/{world.dora.pk}/")

    def bring(count):
        for _number in range(count):
            postman.letter(world.dora, world.post)
            postman.brings(postman.mail(world.dora, "x", "Bonjour."), to="help@localhost")

    bring(3)
    few = [queries(place) for place in places]
    bring(20)

    assert [queries(place) for place in places] == few
