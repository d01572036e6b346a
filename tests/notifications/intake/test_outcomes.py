"""What every mail gets: the table of EMAIL.md section 4, row by row, and how often the sender hears of it."""

import base64
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from forum.models import Attachment, Post, Seat, Thread
from forum.services import posts, threads
from notifications import addresses, inbound
from notifications.intake import decisions, explaining, handling, outcomes
from notifications.models import Answer, Arrival, Letter, Subscription

OURS = "mx.example.org"


@pytest.fixture
def three(world):
    """Three threads of the workspace."""
    return [
        threads.start(author=world.alice, workspace=world.workspace, title=f"Thread {name}", text="What do you think?")
        for name in ("one", "two", "three")
    ]


@pytest.fixture
def english(world):
    """Dora, who reads English in these tests."""
    world.dora.language = "en"
    world.dora.save()
    return world.dora


def words(text):
    return " ".join(text.split())


# -- Nothing new, no number, wrong numbers ------------------------------------------------------------------


def test_a_mail_without_new_text_is_explained_once_a_day(world, postman, english):
    letter = postman.letter(english, world.answer)

    first = postman.replies(letter, "")
    postman.replies(letter, "-- \nDora")

    assert (first.state, first.outcome) == (Arrival.State.DONE, "no_text")
    [told] = postman.told(english)
    assert "#312: my answer" in words(told)
    assert Post.objects.filter(author=english).count() == 0


def test_free_text_for_several_items_is_held_and_its_number_alone_posts_it(world, postman, english, three):
    issue = postman.issue(english, *three)

    arrival = postman.replies(issue.letter, "We measured the springs in May.")

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "unassigned")
    assert Post.objects.filter(author=english).count() == 0
    [told] = postman.told(english)
    assert told.startswith("To which item does this belong?")
    assert "> We measured the springs in May." in told
    assert "[#12] Thread two" in told

    question = Letter.objects.get(kind=Letter.Kind.ANSWER)
    postman.replies(question, "#12")

    assert three[1].posts.latest("number").text == "We measured the springs in May."
    assert Arrival.objects.get(pk=arrival.pk).outcome == "settled"


def test_an_unknown_number_is_named_with_the_open_ones_and_the_others_are_taken(world, postman, english, three):
    issue = postman.issue(english, *three)

    arrival = postman.replies(issue.letter, "#11: One.\n#99: Lost.")

    assert three[0].posts.latest("number").text == "One."
    assert "unknown_item" in arrival.problems
    [told] = postman.told(english)
    assert "Number 99: not posted." in told
    assert "> Lost." in told
    assert "[#13] Thread three" in told


def test_another_members_number_is_unknown(world, postman, english, three):
    issue = postman.issue(english, three[0])
    postman.issue(world.bob, *three)

    postman.replies(issue.letter, "#13: Lost.")

    assert three[2].posts.count() == 1


def test_a_greeting_before_the_answers_is_nobodys_question(world, postman, english, three):
    issue = postman.issue(english, *three)

    arrival = postman.replies(issue.letter, "Hello,\n\n#11: One.\n#12: Two.")

    assert arrival.outcome == "posted"
    assert postman.told(english) == []


def test_a_letter_to_no_discussion_keeps_the_text_for_a_person(world, postman, english):
    letter = postman.letter(english, world.answer, kind=Letter.Kind.NOTICE)
    Letter.objects.filter(pk=letter.pk).update(about="")

    arrival = postman.replies(Letter.objects.get(pk=letter.pk), "Who are you?")

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "not_answerable")
    assert "> Who are you?" in postman.told(english)[0]


def test_a_letter_older_than_180_days_is_explained(world, postman, english):
    letter = postman.letter(english, world.answer)
    Letter.objects.filter(pk=letter.pk).update(created_at=timezone.now() - timedelta(days=181))

    arrival = postman.replies(Letter.objects.get(pk=letter.pk), "Late, but here.")

    assert arrival.outcome == "expired"
    assert "> Late, but here." in postman.told(english)[0]
    assert Post.objects.filter(author=english).count() == 0


# -- Who sent it --------------------------------------------------------------------------------------------


def test_another_sender_is_held_and_only_the_member_hears_of_it(world, postman, english, client):
    letter = postman.letter(english, world.answer)
    arrival = postman.replies(letter, "Me too!", sender="cousin@example.net")

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "wrong_sender")
    assert Post.objects.filter(channel="mail").count() == 0
    assert set(Letter.objects.filter(kind="answer").values_list("recipient", flat=True)) == {"dora@example.org"}
    link = re.search(r"http://localhost:8000(/mail/confirm/\S+)", postman.told(english)[0])[1]

    shown = client.get(link)
    assert "Me too!" in shown.content.decode()
    assert Post.objects.filter(channel="mail").count() == 0

    client.post(link, {"answer": "yes"})
    client.post(link, {"answer": "yes"})
    assert Post.objects.get(channel="mail").author == english


def test_the_member_may_say_that_a_mail_is_not_theirs(world, postman, english, client):
    letter = postman.letter(english, world.answer)
    arrival = postman.replies(letter, "Buy this!", sender="cousin@example.net")
    link = re.search(r"(/mail/confirm/\S+)", postman.told(english)[0])[1]

    client.post(link, {"answer": "no"})
    client.post(link, {"answer": "yes"})

    assert Arrival.objects.get(pk=arrival.pk).outcome == "disowned"
    assert Post.objects.filter(channel="mail").count() == 0


def test_yes_by_mail_confirms_too(world, postman, english):
    letter = postman.letter(english, world.answer)
    postman.replies(letter, "Me too!", sender="cousin@example.net")
    question = Letter.objects.get(kind=Letter.Kind.ANSWER)

    stranger = postman.replies(question, "yes", sender="cousin@example.net")
    assert stranger.outcome == "wrong_sender"
    postman.replies(question, "Yes, it was me")
    inbound.process_due()

    assert Post.objects.get(channel="mail").text == "Me too!"


def test_a_confirmed_alias_is_the_members_own_address(world, postman, english):
    english.emailaddress_set.create(email="dora@village.example", verified=True)
    english.emailaddress_set.create(email="dora@claimed.example", verified=False)
    letter = postman.letter(english, world.answer)

    own = postman.replies(letter, "From the village", sender="Dora@Village.example")
    claimed = postman.replies(letter, "From elsewhere", sender="dora@claimed.example")

    assert own.outcome == "posted"
    assert claimed.outcome == "wrong_sender"


@pytest.mark.parametrize(
    ("lines", "is_taken"),
    [
        ([f"{OURS}; spf=pass; dmarc=pass header.from=example.org"], True),
        ([f"{OURS}; dmarc=fail (p=reject) header.from=example.org"], False),
        ([f"{OURS} 1; dkim=none;\r\n dmarc=fail"], False),
        (["elsewhere.example; dmarc=fail"], True),
        ([f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"], False),  # the sender's own line stands below ours
        ([f"{OURS}; dkim=pass", f"{OURS}; dmarc=fail"], False),
        ([f"{OURS}; dmarc=none"], True),
        ([f"(dmarc=fail) {OURS}; spf=pass (dmarc=fail)"], True),
        ([], True),
    ],
)
def test_our_mail_server_decides_whether_a_mail_is_forged(world, postman, settings, lines, is_taken):
    settings.AUTHSERV_ID = OURS
    letter = postman.letter(world.dora, world.answer)
    headers = "".join(f"Authentication-Results: {line}\r\n" for line in lines).encode()

    arrival = postman.brings(headers + postman.answer(letter, "Chez nous aussi"), to=addresses.reply(letter.code))

    assert (arrival.outcome == "posted") is is_taken
    assert Post.objects.filter(channel="mail").exists() is is_taken


def test_two_from_fields_are_nobody(world, postman):
    letter = postman.letter(world.dora, world.answer)
    raw = b"From: dora@example.org\r\n" + postman.answer(letter, "Moi ?", sender="cousin@example.net")

    assert postman.brings(raw, to=addresses.reply(letter.code)).outcome == "wrong_sender"


def test_a_stranger_at_a_workspace_hears_nothing(world, postman):
    arrival = postman.brings(postman.mail("stranger@example.net", "plenary@reply.example.org", "Hi", subject="Hi"))

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "unknown_sender")
    assert not Letter.objects.exists()
    assert Thread.objects.count() == 1


# -- Machines -----------------------------------------------------------------------------------------------

MACHINES = [
    [("Auto-Submitted", "auto-replied")],
    [("Precedence", "bulk")],
    [("List-Id", "<list.example.org>")],
    [("X-Autoreply", "yes")],
    [("X-Alphorn-Loop", "reply.example.org")],
]


@pytest.mark.parametrize("headers", MACHINES)
def test_machines_are_counted_never_posted_and_never_answered(world, postman, headers):
    letter = postman.letter(world.dora, world.answer)

    arrival = postman.replies(letter, "I am away until Monday.", headers=headers)

    assert (arrival.state, arrival.outcome) == (Arrival.State.DONE, "automatic")
    assert Letter.objects.count() == 1
    assert Post.objects.filter(channel="mail").count() == 0


def test_a_mail_with_an_empty_return_path_is_a_machines(world, postman):
    letter = postman.letter(world.dora, world.answer)

    arrival = postman.brings(postman.answer(letter, "Away"), to=addresses.reply(letter.code), sender="")

    assert arrival.outcome == "automatic"


def test_a_bounce_is_kept_on_the_letter_that_came_back(world, postman):
    letter = postman.letter(world.dora, world.answer)
    report = (
        "This is the mail system.\n\n--b\nContent-Type: text/plain\n\nNo such user.\n\n--b\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        "Final-Recipient: rfc822; dora@example.org\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    raw = postman.mail(
        "MAILER-DAEMON@example.org",
        letter.sender,
        "",
        subject="Undelivered Mail Returned to Sender",
    )
    kind = b'multipart/report; report-type=delivery-status; boundary="b"'
    raw = raw.replace(b"text/plain; charset=utf-8", kind) + report.replace("\n", "\r\n").encode()

    arrival = postman.brings(raw, to=letter.sender, sender="")

    assert (arrival.outcome, arrival.letter, arrival.problems) == ("bounce", letter, ["hard", "5.1.1"])
    assert "5.1.1" in Letter.objects.get().last_error
    assert Letter.objects.count() == 1


def test_nothing_sent_to_a_bounce_address_is_answered(world, postman):
    letter = postman.letter(world.dora, world.answer)

    arrival = postman.brings(postman.mail(world.dora, letter.sender, "What is this address?"))

    assert arrival.outcome == "automatic"
    assert Letter.objects.count() == 1


# -- What cannot be read ------------------------------------------------------------------------------------


def test_an_encrypted_mail_is_held_and_plain_text_asked_for(world, postman, english):
    letter = postman.letter(english, world.answer)
    body = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"

    arrival = postman.brings(postman.mail(english, "x", body), to=addresses.reply(letter.code))

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "encrypted")
    assert "without encryption" in words(postman.told(english)[0])


def test_pictures_alone_are_held_and_text_asked_for(world, postman, english):
    letter = postman.letter(english, world.answer)
    raw = postman.mail(english, "x", "").replace(b"text/plain; charset=utf-8", b'image/png; name="scan.png"')
    raw = raw.replace(b"8bit", b"base64") + base64.b64encode(PNG)

    arrival = postman.brings(raw, to=addresses.reply(letter.code))

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "picture_only")
    assert "pictures" in postman.told(english)[0]


HOSTILE = {
    "empty": b"",
    "one null": b"\0",
    "noise": bytes(range(256)) * 200,
    "no header": b"\r\n\r\njust text\r\n",
    "only line ends": b"\r\n" * 50_000,
    "long header": b"Subject: " + b"x" * 3_000_000 + b"\r\n\r\ntext",
    "many headers": b"X-A: b\r\n" * 200_000 + b"\r\ntext",
    "deep": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level) for level in range(2_000)
    ),
    "many parts": b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\na\r\n" * 50_000,
    "html nested": b"Content-Type: text/html\r\n\r\n" + b"<div><blockquote>" * 100_000,
    "bad base64": b"Content-Transfer-Encoding: base64\r\n\r\n" + b"\xff=" * 100_000,
    "unknown charset": b"Content-Type: text/plain; charset=\xff\xfe\x00klingon\r\n\r\n\xff\xfetext",
    "quotes": b"\r\n" + b">" * 500_000,
    "tags": b"\r\n" + b"#11: a\r\n" * 50_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("has_sender", [True, False])
def test_hostile_bytes_get_an_outcome_and_are_kept(world, postman, three, kind, has_sender):
    issue = postman.issue(world.dora, *three)
    head = b"From: dora@example.org\r\nDate: Mon, 2 Mar 2026 07:00:00 +0000\r\n" if has_sender else b""
    raw = head + HOSTILE[kind]

    arrival = postman.brings(raw, to=addresses.reply(issue.letter.code), sender="dora@example.org")

    assert arrival.state in (Arrival.State.DONE, Arrival.State.HELD)
    assert arrival.error == ""
    assert bytes(Arrival.objects.get().raw) == raw
    told_or_posted = Letter.objects.filter(kind="answer", member=world.dora).exists() or Post.objects.filter(
        channel="mail"
    )
    assert told_or_posted


def test_bytes_that_are_no_mail_wait_for_a_person_and_the_member_is_told(world, postman, english):
    letter = postman.letter(english, world.answer)

    arrival = postman.brings(b"\0\xff\xfe", to=addresses.reply(letter.code), sender="dora@example.org")

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "unreadable")
    assert "a person will look at it" in words(postman.told(english)[0])


def test_a_very_long_text_is_cut_and_the_sender_told(world, postman, english):
    letter = postman.letter(english, world.answer)

    arrival = postman.replies(letter, "Line after line.\n" * 10_000)

    assert arrival.outcome == "posted"
    assert "64 KB" in postman.told(english)[0]


def test_what_cannot_be_handled_is_tried_again_then_left_to_a_person(world, postman, english, monkeypatch):
    letter = postman.letter(english, world.answer)
    raw = postman.answer(letter, "Chez nous aussi")
    with monkeypatch.context() as broken:
        broken.setattr(posts, "append", lambda *args, **kwargs: 1 / 0)
        arrival = postman.brings(raw, to=addresses.reply(letter.code), sender="dora@example.org")
        assert (arrival.state, arrival.attempts) == (Arrival.State.READ, 1)
        assert arrival.claimed_until > timezone.now()
        for _attempt in range(3):
            inbound.process(arrival)
    failed = Arrival.objects.get()
    assert (failed.state, failed.attempts) == (Arrival.State.FAILED, 4)
    assert "ZeroDivisionError" in failed.error
    assert "a person will look at it" in words(postman.told(english)[0])

    world.sign_in(world.sekou).post(f"/mail/desk/arrivals/{failed.pk}/retry/")

    assert Arrival.objects.get().outcome == "posted"
    assert Post.objects.get(channel="mail").text == "Chez nous aussi"


# -- Files --------------------------------------------------------------------------------------------------

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def with_files(raw, *files):
    """The mail with files attached: (name, type, bytes)."""
    head, _blank, body = raw.partition(b"\r\n\r\n")
    parts = [b"--X\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body]
    for name, kind, content in files:
        parts.append(
            f'--X\r\nContent-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
            "Content-Transfer-Encoding: base64\r\n\r\n".encode()
            + base64.encodebytes(content)
        )
    head = head.replace(b"text/plain; charset=utf-8", b'multipart/mixed; boundary="X"').replace(b"8bit", b"7bit")
    return head + b"\r\n\r\n" + b"\r\n".join(parts) + b"\r\n--X--\r\n"


def test_a_file_is_saved_with_the_answer_and_one_of_a_wrong_kind_is_named(world, postman, english, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    letter = postman.letter(english, world.answer)
    raw = with_files(
        postman.answer(letter, "See the picture."),
        ("spring.png", "image/png", PNG),
        ("tool.exe", "application/x-msdownload", b"MZ\x90\x00\x03" + bytes(200)),
    )

    arrival = postman.brings(raw, to=addresses.reply(letter.code))

    assert arrival.outcome == "posted"
    post = Post.objects.get(channel="mail")
    assert [attachment.name for attachment in Attachment.objects.filter(post=post)] == ["spring.png"]
    assert "“tool.exe”" in postman.told(english)[0]


def test_a_file_without_words_is_posted_with_its_name(world, postman, english, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    letter = postman.letter(english, world.answer)
    raw = with_files(postman.mail(english, "x", ""), ("table.csv", "text/csv", b"spring,litres\r\none,4\r\n"))

    postman.brings(raw, to=addresses.reply(letter.code))

    post = Post.objects.get(channel="mail")
    assert post.text == "Attached: table.csv"
    assert post.attachments.count() == 1


# -- How much we write --------------------------------------------------------------------------------------


def test_no_more_than_ten_explanations_a_day_and_the_rest_is_told_later(world, postman, english):
    for number in range(12):
        thread = threads.start(author=world.alice, workspace=world.workspace, title=f"Closed {number}", text="Text")
        threads.close(by=world.alice, thread=thread)
        postman.replies(postman.letter(english, thread), f"Answer {number}")

    assert len(postman.told(english)) == explaining.MOST_A_DAY
    untold = Answer.objects.filter(told_at=None)
    assert untold.count() == 2

    untold.update(created_at=timezone.now() - timedelta(hours=25))
    Letter.objects.update(created_at=timezone.now() - timedelta(days=1))
    decisions.tell_untold()

    assert "> Answer 10" in postman.told(english)[-1]
    assert "> Answer 11" in postman.told(english)[-1]
    assert not Answer.objects.filter(told_at=None).exists()


def test_the_same_mail_by_two_addresses_is_one_post(world, postman, three):
    letters = [postman.letter(world.dora, three[0]), postman.letter(world.dora, three[0].posts.get())]
    raw = postman.answer(letters[0], "Une fois")

    outcomes = [postman.brings(raw, to=addresses.reply(letter.code)).outcome for letter in letters]

    assert outcomes == ["posted", "repeated"]
    assert three[0].posts.filter(channel="mail").count() == 1


# -- Workspaces, help, commands -----------------------------------------------------------------------------


def test_a_mail_to_a_workspace_starts_a_thread(world, postman):
    postman.brings(postman.mail(world.bob, "plenary@reply.example.org", "It came late.", subject="Snow in the passes"))

    thread = Thread.objects.latest("pk")
    assert (thread.title, thread.author, thread.posts.get().text) == ("Snow in the passes", world.bob, "It came late.")


def test_carol_cannot_start_a_thread_where_she_has_no_seat(world, postman):
    arrival = postman.brings(postman.mail(world.carol, "plenary@reply.example.org", "Let me in.", subject="Hello"))

    assert arrival.outcome == "refused"
    assert "> Let me in." in postman.told(world.carol)[0]
    assert Thread.objects.count() == 1


def test_a_reply_to_all_is_a_reply_and_no_new_thread(world, postman):
    letter = postman.letter(world.bob, world.answer)
    both = f"{addresses.reply(letter.code)}, plenary@reply.example.org"
    raw = postman.mail(world.bob, both, "Yes.", subject="Re: A post")

    for to in (addresses.reply(letter.code), "plenary@reply.example.org"):
        postman.brings(raw, to=to)

    assert Thread.objects.count() == 1
    assert Post.objects.filter(channel="mail").count() == 1


def test_an_answer_sent_to_the_workspace_instead_is_a_reply_too(world, postman):
    letter = postman.letter(world.bob, world.answer)

    postman.brings(
        postman.mail(world.bob, "plenary@reply.example.org", "Yes.", headers=[("In-Reply-To", letter.message_id)])
    )

    assert Post.objects.get(channel="mail").parent == world.answer


def test_carol_joins_and_leaves_by_mail(world, postman):
    world.workspace.joining = "open"
    world.workspace.save()

    postman.brings(postman.mail(world.carol, "plenary+join@reply.example.org", ""))
    assert Seat.objects.filter(member=world.carol).exists()
    postman.brings(postman.mail(world.carol, "plenary+leave@reply.example.org", ""))

    assert not Seat.objects.filter(member=world.carol).exists()
    assert len(postman.told(world.carol)) == 2


def test_carol_asks_for_a_seat_where_moderators_decide(world, postman):
    postman.brings(postman.mail(world.carol, "plenary+join@reply.example.org", "I measure springs."))

    assert world.workspace.join_requests.get().text == "I measure springs."
    assert "have been asked" in words(postman.told(world.carol)[0])


def test_a_cadence_is_chosen_by_mail_and_refused_without_a_seat(world, postman):
    postman.brings(postman.mail(world.bob, "plenary+weekly@reply.example.org", ""))
    refused = postman.brings(postman.mail(world.carol, "plenary+weekly@reply.example.org", ""))

    assert Subscription.objects.get(member=world.bob).cadence == "weekly"
    assert refused.outcome == "refused"
    assert not Subscription.objects.filter(member=world.carol).exists()


def test_a_message_to_the_moderators_can_be_answered_and_shows_no_address(world, postman):
    postman.brings(
        postman.mail(world.bob, "plenary+moderators@reply.example.org", "Please look at #2.", subject="Tone")
    )
    [note] = Letter.objects.filter(member=world.alice)
    assert b"bob@example.org" not in bytes(note.raw)

    postman.replies(note, "I have.")

    [back] = Letter.objects.filter(member=world.bob)
    assert b"I have." in bytes(back.raw)
    assert b"alice@example.org" not in bytes(back.raw)
    assert not Post.objects.filter(channel="mail").exists()


def test_help_explains_itself_and_a_question_waits_for_a_person(world, postman, english):
    asked = postman.brings(postman.mail(english, "help@reply.example.org", "HELP", subject=""))
    question = postman.brings(
        postman.mail(english, "help@reply.example.org", "Where is the minutes file?", subject="?")
    )

    assert asked.state == Arrival.State.DONE
    assert (question.state, question.outcome) == (Arrival.State.HELD, "question")
    assert "plenary@reply.example.org" in postman.told(english)[0]


def test_get_brings_the_whole_post_and_only_to_those_who_may_read_it(world, postman, english):
    issue = postman.issue(english, world.answer, world.thread)

    postman.replies(issue.letter, "GET 11")
    postman.replies(issue.letter, "GET 12 THREAD")
    posts.hide(by=world.alice, post=world.answer, reason="Tone")
    postman.replies(issue.letter, "GET 11")

    first, second, third = postman.told(english)
    assert "We do, twice a year." in first
    assert "Who measures the springs?" in second
    assert "We do, twice a year." not in third


def test_commands_change_settings(world, postman, english):
    issue = postman.issue(english, world.thread)

    postman.replies(issue.letter, "SET WEEKLY\nSET SIZE 50K\nSET HOUR 7\nSET LANGUAGE es")
    english.refresh_from_db()

    assert Subscription.objects.get(member=english).cadence == "weekly"
    assert (english.language, english.mail.size, english.mail.hour) == ("es", 50_000, 7)


def test_stop_and_status_and_list_are_answered(world, postman, english):
    issue = postman.issue(english, world.thread)
    world.room("hidden", visibility="private")

    for command in ("STOP", "STATUS", "LIST", "PAUSE 2 WEEKS", "FIND springs"):
        postman.replies(issue.letter, command)

    told = postman.told(english)
    assert len(told) == 5
    assert "plenary@reply.example.org" in told[2]
    assert "GET P" in told[4]


def test_a_subject_that_looks_like_a_command_still_starts_a_thread(world, postman):
    postman.brings(postman.mail(world.bob, "plenary@reply.example.org", "The bridge is gone.", subject="Help"))

    assert Thread.objects.latest("pk").title == "Help"
    assert postman.told(world.bob) == []


def test_every_outcome_has_its_words():
    folder = Path(handling.__file__).parent
    source = "".join(path.read_text() for path in folder.glob("*.py"))
    used = set(re.findall(r'(?:Outcome|held)\(\s*"(\w+)"', source)) | set(re.findall(r'outcome="(\w+)"', source))

    assert used <= set(outcomes.WORDS)


def test_each_member_is_told_in_their_own_language(world, postman):
    for member in (world.alice, world.dora):
        postman.replies(postman.letter(member, world.answer), "")

    assert postman.told(world.alice)[0].startswith("We found no new text in your mail")
    assert postman.told(world.dora)[0].startswith("Nous n’avons trouvé aucun nouveau texte")
