"""Answers by mail become posts: to a letter about one post, and several to a digest."""

from django.core.management import call_command

from forum.models import Post
from forum.services import posts, seats, threads
from notifications import addresses
from notifications.intake import decisions
from notifications.models import Answer, Arrival, Issue, MailProfile


def test_dora_answers_a_letter_and_her_words_alone_become_a_post(world, postman):
    letter = postman.letter(world.dora, world.answer)

    arrival = postman.replies(letter, "Chez nous aussi, au printemps.\n\n-- \nDora")

    post = Post.objects.latest("pk")
    assert (post.text, post.author, post.parent, post.channel) == (
        "Chez nous aussi, au printemps.",
        world.dora,
        world.answer,
        "mail",
    )
    assert (arrival.state, arrival.outcome, arrival.klass) == (Arrival.State.DONE, "posted", "accept")
    assert arrival.answers.get().result == post.reference
    assert postman.told(world.dora) == []  # the receipt rides in the next issue


def test_three_answers_in_one_reply_each_land_in_their_own_thread(world, postman, three):
    issue = postman.issue(world.dora, *three)

    arrival = postman.replies(issue.letter, "#13: Trois\n#11: Un\n#12: Deux en deux lignes.")

    assert [thread.posts.get(number=2).text for thread in three] == ["Un", "Deux en deux lignes.", "Trois"]
    assert arrival.answers.filter(state=Answer.State.TAKEN, told_at=None, told_in=None).count() == 3


def test_an_answer_below_the_quoted_item_needs_no_number(world, postman, three):
    issue = postman.issue(world.dora, *three)
    quoted = [f"> {line}" for line in issue.text.split("\n")]
    at = quoted.index("> [#12] Thread two") + 2

    body = "\n".join(["On Monday, Alphorn wrote:", *quoted[:at], "", "Je suis pour.", "", *quoted[at:]])
    postman.brings(postman.mail(world.dora, addresses.reply(issue.letter.code), body))

    assert three[1].posts.latest("number").text == "Je suis pour."
    assert Post.objects.filter(author=world.dora).count() == 1


def test_an_answer_to_an_older_issue_still_finds_its_item(world, postman, three):
    postman.issue(world.dora, three[0])
    newer = postman.issue(world.dora, three[1], three[2])

    postman.replies(newer.letter, "#11 Better late than never.\n#12: And this.")

    assert three[0].posts.latest("number").text == "Better late than never."
    assert three[1].posts.latest("number").text == "And this."


def test_a_number_inside_a_sentence_is_text(world, postman, three):
    postman.issue(world.dora, three[0], three[1])
    letter = postman.letter(world.dora, three[2])

    postman.replies(letter, "As I said in #11, no.")

    assert three[2].posts.latest("number").text == "As I said in #11, no."


def test_free_text_belongs_to_the_only_open_item(world, postman, three):
    issue = postman.issue(world.dora, *three)
    for thread in three[:2]:
        threads.close(by=world.alice, thread=thread)

    postman.replies(issue.letter, "Je suis pour.")

    assert three[2].posts.latest("number").text == "Je suis pour."


def test_a_member_who_wants_receipts_gets_one_for_each_mail(world, postman, three):
    issue = postman.issue(world.dora, *three)
    MailProfile.objects.filter(member=world.dora).update(receipts_at_once=True)

    arrival = postman.replies(issue.letter, "#11: Un\n#12: Deux")

    [receipt] = postman.told(world.dora)
    assert "#11 Thread one" in receipt
    assert "#12 Thread two" in receipt
    assert not arrival.answers.filter(told_at=None).exists()


def test_without_a_seat_the_reason_and_the_text_come_back(world, postman, three):
    world.dora.language = "en"
    world.dora.save()
    issue = postman.issue(world.dora, *three)
    seats.leave(member=world.dora, workspace=world.workspace)

    arrival = postman.replies(issue.letter, "#12: I still have something to say.")

    assert three[1].posts.count() == 1
    assert arrival.outcome == "refused"
    [told] = postman.told(world.dora)
    assert "You have no seat in “Plenary”" in " ".join(told.split())
    assert "> I still have something to say." in told


def test_what_is_not_seen_any_more_is_refused_without_saying_more(world, postman, three):
    issue = postman.issue(world.dora, three[0])
    world.workspace.visibility = "private"
    world.workspace.save()
    seats.leave(member=world.dora, workspace=world.workspace)

    arrival = postman.replies(issue.letter, "Bonjour à toutes")

    assert arrival.answers.get().state == Answer.State.REFUSED
    assert "> Bonjour à toutes" in postman.told(world.dora)[0]


def test_a_reply_to_a_closed_thread_is_refused_and_the_others_are_taken(world, postman, three):
    issue = postman.issue(world.dora, *three)
    threads.close(by=world.alice, thread=three[0])

    arrival = postman.replies(issue.letter, "#11: Trop tard ?\n#12: À temps.")

    assert three[0].posts.count() == 1
    assert three[1].posts.latest("number").text == "À temps."
    assert arrival.outcome == "posted"
    [told] = postman.told(world.dora)
    assert "> Trop tard ?" in told
    assert "[#13]" in told  # what is open is named
    assert "[#11]" not in told


def test_a_waiting_post_is_told_and_so_is_the_decision(world, postman):
    world.workspace.moderation = "all"
    world.workspace.save()
    letter = postman.letter(world.dora, world.answer)
    arrival = postman.replies(letter, "Première")
    post = Post.objects.latest("pk")
    assert arrival.answers.get().state == Answer.State.WAITING

    posts.decline(by=world.alice, post=post, reason="Off the subject")
    decisions.tell()
    decisions.tell()

    waiting, decision = postman.told(world.dora)
    assert "Première" not in waiting
    assert "Off the subject" in decision
    assert arrival.answers.get().state == Answer.State.REFUSED


def test_what_a_letter_told_does_not_ride_in_the_next_issue_again(world, postman, three):
    world.dora.language = "en"
    world.dora.save()
    issue = postman.issue(world.dora, *three)
    threads.close(by=world.alice, thread=three[0])
    postman.replies(issue.letter, "#11: Too late?\n#12: In time.")
    postman.replies(issue.letter, "#13: Another one.")

    threads.start(author=world.bob, workspace=world.workspace, title="Snow", text="It came late.")
    call_command("send_digests", member="dora@example.org", verbosity=0)

    text = Issue.objects.filter(member=world.dora).latest("number").text
    assert "1 answer received: #13." in text
    assert "#11" not in text
