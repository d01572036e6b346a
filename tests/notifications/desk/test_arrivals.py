"""The mail desk, incoming: what the secretariat does with mail that was held or failed, and what its sender hears."""

import pytest

from forum.models import Post
from forum.services import seats
from journal.models import Entry
from notifications import addresses, inbound
from notifications.models import Answer, Arrival, Letter

PEOPLE_WITHOUT_DESK = ("alice", "bob", "carol")


@pytest.fixture
def held(world, postman):
    """A mail of a stranger's in answer to Dora's letter: held, for it may be anybody's."""
    letter = postman.letter(world.dora, world.answer)
    return postman.replies(letter, "We measure in May.", sender="dora.private@example.net")


def do(world, arrival, deed, **fields):
    return world.client.post(f"/mail/desk/arrivals/{arrival.pk}/{deed}/", fields)


def again(arrival):
    return Arrival.objects.get(pk=arrival.pk)


def verbs(arrival):
    return list(Entry.objects.filter(about=arrival.reference).order_by("seq").values_list("verb", flat=True))


def test_sekou_sees_what_waits_and_why_and_nobody_else_does(world, held):
    for name in PEOPLE_WITHOUT_DESK:
        assert world.sign_in(getattr(world, name)).get("/mail/desk/").status_code == 403
        assert world.client.get(f"/mail/desk/arrivals/{held.pk}/").status_code == 403

    page = world.sign_in(world.sekou).get("/mail/desk/").content.decode()
    one = world.client.get(f"/mail/desk/arrivals/{held.pk}/").content.decode()

    assert "dora.private@example.net" in page
    assert "the member was asked" in page
    assert "We measure in May." in one
    assert "Message-ID: &lt;mail." in one


def test_a_mail_is_shown_as_text_and_its_bytes_are_saved(world, postman):
    raw = postman.mail("stranger@example.net", "help@localhost", "<script>alert(1)</script>")
    arrival = postman.brings(raw, to=addresses.help_address())

    world.sign_in(world.sekou)
    page = world.client.get(f"/mail/desk/arrivals/{arrival.pk}/").content.decode()
    source = world.client.get(f"/mail/desk/arrivals/{arrival.pk}/source/")

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert source.content == raw
    assert source["Content-Disposition"].startswith("attachment")


# -- Assign ----------------------------------------------------------------------------------------------------


def test_an_assigned_mail_is_posted_once_in_the_members_name_and_they_hear_of_it(world, postman, english):
    raw = postman.mail("dora.private@example.net", "x", "We measure in May.")
    stray = postman.brings(raw, to=addresses.help_address())
    world.sign_in(world.sekou)

    fields = {"member": "dora@example.org", "place": world.thread.reference}
    answer = do(world, stray, "assign", **fields)
    twice = do(world, stray, "assign", **fields)

    assert (answer.status_code, twice.status_code) == (302, 422)
    post = Post.objects.get(author=english)
    assert (post.text, post.thread) == ("We measure in May.", world.thread)
    assert (again(stray).state, again(stray).outcome) == (Arrival.State.DONE, "assigned")
    [told] = postman.told(english)
    assert "is posted in your name" in " ".join(told.split())
    assert "> We measure in May." in told
    assert verbs(stray) == ["mail.desk.assigned"]


def test_what_the_member_may_not_post_is_not_posted_by_assigning_it(world, postman):
    stray = postman.brings(postman.mail(world.carol, "x", "Let me in."), to="nobody-here@localhost")
    world.sign_in(world.sekou)

    refused = do(world, stray, "assign", member="carol@example.org", to=f"/threads/{world.thread.pk}/")

    assert refused.status_code == 422
    assert "no seat" in refused.content.decode()
    assert Post.objects.filter(author=world.carol).count() == 0
    assert Answer.objects.count() == 0
    assert again(stray).state == Arrival.State.HELD
    assert postman.told(world.carol) == []


def test_a_text_that_was_asked_about_goes_to_the_item_by_its_number(world, postman, english):
    other = world.room("valley")
    issue = postman.issue(english, world.thread, other)
    asked = postman.replies(issue.letter, "We measured the springs in May.")
    assert asked.outcome == "unassigned"

    world.sign_in(world.sekou)
    unknown = do(world, asked, "assign", member=english.email, to="#99")
    done = do(world, asked, "assign", member=english.email, to="#11")

    assert (unknown.status_code, done.status_code) == (422, 302)
    assert world.thread.posts.latest("number").text == "We measured the springs in May."
    assert again(asked).answers.get().state == Answer.State.TAKEN


# -- Accept ----------------------------------------------------------------------------------------------------


def test_an_accepted_sender_is_believed_this_once(world, postman, held, english):
    world.sign_in(world.sekou)

    do(world, held, "accept", member="dora@example.org")

    assert again(held).outcome == "posted"
    assert Post.objects.get(author=english).text == "We measure in May."
    assert not english.owns("dora.private@example.net")
    assert "not known as yours" in " ".join(postman.told(english)[-1].split())


def test_an_accepted_address_becomes_theirs_and_they_are_told(world, postman, held, english):
    world.sign_in(world.sekou)

    do(world, held, "accept", member="dora@example.org", alias="1")
    later = postman.replies(postman.letter(english, world.post), "And in June.", sender="dora.private@example.net")

    assert english.owns("dora.private@example.net")
    assert later.outcome == "posted"
    assert "sign in with that address" in " ".join(postman.told(english)[-1].split())


def test_an_address_of_somebody_elses_is_not_given_away(world, postman):
    letter = postman.letter(world.dora, world.answer)
    held = postman.replies(letter, "Mine.", sender=world.bob)
    world.sign_in(world.sekou)

    taken = do(world, held, "accept", member="dora@example.org", alias="1")
    others = do(world, held, "accept", member="bob@example.org")

    assert (taken.status_code, others.status_code) == (422, 422)
    assert again(held).state == Arrival.State.HELD
    assert world.bob.owns("bob@example.org")
    assert Post.objects.filter(channel="mail").count() == 0


def test_a_mail_from_nobody_we_know_is_taken_as_a_members(world, postman):
    raw = postman.mail("bob.new@example.net", "plenary@localhost", "A new question.", subject="Dams")
    stray = postman.brings(raw, to=addresses.of_workspace("plenary"))
    assert stray.outcome == "unknown_sender"

    world.sign_in(world.sekou)
    do(world, stray, "accept", member="bob@example.org")

    assert world.workspace.threads.latest("pk").title == "Dams"


def test_of_somebody_unknown_the_name_they_write_under_is_shown(world, postman):
    raw = postman.mail("Bob Kiprono <bob.new@example.net>", "plenary@localhost", "A new question.", subject="Dams")
    stray = postman.brings(raw, to=addresses.of_workspace("plenary"))

    page = world.sign_in(world.sekou).get(f"/mail/desk/arrivals/{stray.pk}/").content.decode()

    assert "<bdi>Bob Kiprono</bdi>" in page
    assert "The number of an item, or the address of a thread" in page  # for there is no list of places above it


# -- Answer, set aside, retry ----------------------------------------------------------------------------------


def test_an_answer_goes_to_the_member_and_to_a_stranger_only_on_purpose(world, postman, english):
    mine = postman.brings(postman.mail(english, "x", "When does it close?"), to=addresses.help_address())
    strange = postman.brings(postman.mail("s@example.net", "x", "Who are you?"), to=addresses.help_address())
    world.sign_in(world.sekou)

    to_member = do(world, mine, "answer", text="On Friday.")
    refused = do(world, strange, "answer", text="A forum.")
    kept = refused.content.decode()
    on_purpose = do(world, strange, "answer", text="A forum.", to_stranger="1")

    assert [to_member.status_code, refused.status_code, on_purpose.status_code] == [302, 422, 302]
    assert "A forum." in kept
    assert list(
        Letter.objects.filter(about__startswith="desk:").order_by("pk").values_list("recipient", flat=True)
    ) == [
        "dora@example.org",
        "s@example.net",
    ]


def test_who_presses_answer_twice_writes_one_letter_and_is_told_so(world, postman, english):
    mine = postman.brings(postman.mail(english, "x", "When does it close?"), to=addresses.help_address())
    world.sign_in(world.sekou)

    do(world, mine, "answer", text="On Friday.")
    do(world, mine, "answer", text="On Friday.\r\n")
    page = world.client.get(f"/mail/desk/arrivals/{mine.pk}/").content.decode()
    do(world, mine, "answer", text="On Friday, at noon.")

    told = Letter.objects.filter(about=f"desk:{mine.pk}")
    assert "were written to dora@example.org already" in page
    assert told.count() == 2
    assert verbs(mine) == ["mail.desk.answered"] * 2


def test_an_answer_that_was_taken_back_can_be_written_again(world, postman, english):
    mine = postman.brings(postman.mail(english, "x", "When does it close?"), to=addresses.help_address())
    world.sign_in(world.sekou)
    do(world, mine, "answer", text="On Friday.")
    letter = Letter.objects.get(about=f"desk:{mine.pk}")
    world.client.post(f"/mail/desk/letters/{letter.pk}/withdraw/")

    do(world, mine, "answer", text="On Friday.")

    states = Letter.objects.filter(about=f"desk:{mine.pk}").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "queued"]


def test_the_answer_to_a_desk_letter_comes_to_the_desk(world, postman, english):
    mine = postman.brings(postman.mail(english, "x", "When does it close?"), to=addresses.help_address())
    do_it = world.sign_in(world.sekou)
    do_it.post(f"/mail/desk/arrivals/{mine.pk}/answer/", {"text": "Which thread do you mean?"})

    back = postman.replies(Letter.objects.get(about=f"desk:{mine.pk}"), "The one on water.")

    assert back.state == Arrival.State.HELD
    assert Post.objects.filter(channel="mail").count() == 0


def test_a_mail_set_aside_needs_a_reason_and_can_be_taken_up_again(world, postman, held, english):
    world.sign_in(world.sekou)

    assert do(world, held, "set_aside", reason=" ").status_code == 422
    assert do(world, held, "set_aside", reason="An advertisement.", tell="1").status_code == 302

    assert (again(held).state, again(held).outcome) == (Arrival.State.DONE, "set_aside")
    assert "An advertisement." in postman.told(english)[-1]
    assert Entry.objects.get(verb="mail.desk.set_aside").data["reason"] == "An advertisement."
    assert do(world, held, "accept", member="dora@example.org").status_code == 422
    assert do(world, held, "assign", member="dora@example.org", place=world.thread.reference).status_code == 302


def test_a_retried_mail_goes_through_the_rules_of_now(world, postman):
    first = postman.replies(postman.letter(world.carol, world.answer), "We do too.")
    assert first.outcome == "refused"
    Arrival.objects.filter(pk=first.pk).update(state=Arrival.State.FAILED, outcome="failed")
    seats.give(by=world.sekou, workspace=world.workspace, member=world.carol)

    world.sign_in(world.sekou)
    do(world, first, "retry")

    assert again(first).outcome == "posted"
    assert Post.objects.get(author=world.carol).text == "We do too."
    assert verbs(first) == ["mail.desk.retried"]


def test_all_that_failed_for_one_reason_is_tried_again_at_once(world, postman, english):
    failed = [
        postman.replies(postman.letter(world.carol, world.answer), f"We do too, says {number}.") for number in range(3)
    ]
    Arrival.objects.update(state=Arrival.State.FAILED, outcome="failed")
    held = postman.brings(postman.mail("s@example.net", "x", "Hello."), to=addresses.help_address())
    seats.give(by=world.sekou, workspace=world.workspace, member=world.carol)
    assert world.sign_in(world.bob).post("/mail/desk/retry/", {"outcome": "failed"}).status_code == 403

    world.sign_in(world.sekou).post("/mail/desk/retry/", {"outcome": "failed"})
    inbound.process_due()

    assert {again(arrival).outcome for arrival in failed} == {"posted"}
    assert again(held).state == Arrival.State.HELD
    assert Post.objects.filter(author=world.carol).count() == 3


def test_what_is_done_is_left_alone(world, postman, english):
    done = postman.replies(postman.letter(english, world.answer), "Yes.")
    world.sign_in(world.sekou)

    answers = [do(world, done, deed, member=english.email, reason="x", text="x") for deed in ("retry", "set_aside")]

    assert {answer.status_code for answer in answers} == {422}
    assert Post.objects.filter(author=english).count() == 1


# -- Erase -----------------------------------------------------------------------------------------------------


def test_what_a_mail_said_is_erased_and_that_it_came_stays(world, postman, english):
    done = postman.replies(postman.letter(english, world.answer), "My telephone is 555-0100.")
    post = Post.objects.get(author=english)
    copy = postman.letter(world.alice, post, text="My telephone is 555-0100.")
    world.sign_in(world.sekou)

    do(world, done, "erase")

    erased = again(done)
    assert (bytes(erased.raw), erased.subject, erased.outcome) == (b"", "", "posted")
    assert erased.sha256
    assert erased.answers.get().result == post.reference
    assert b"555-0100" not in b"".join(bytes(letter.raw) for letter in Letter.objects.filter(about=post.reference))
    assert Letter.objects.get(pk=copy.pk).state == Letter.State.WITHDRAWN
    page = world.client.get(f"/mail/desk/arrivals/{done.pk}/")
    assert (page.status_code, "kept no longer" in page.content.decode()) == (200, True)
