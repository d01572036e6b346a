"""Commands: one answer says what became of all of them, each slip gets its right form back, and text stays text."""

import pytest

from forum.models import Post, Thread
from forum.services import posts
from notifications import addresses, reading
from notifications.intake import explaining, validity
from notifications.models import Arrival, Letter, MailProfile, Subscription
from tests.notifications.intake.postman import words

HELP = "help@reply.example.org"


def test_several_commands_in_one_mail_are_told_of_in_one(world, postman, english):
    postman.brings(postman.mail(english, HELP, "SET WEEKLY\nSET SIZE 50K\nSET HOUR 25\nLIST", subject=""))

    [told] = postman.told(english)
    assert told.startswith("4 requests: 3 done, 1 not done\n")
    assert "- SET WEEKLY: Mail from all your workspaces: Weekly digest." in words(told)
    assert "- SET HOUR 25: not done. The hour is a number from 0 to 23, in your time zone: SET HOUR 6" in words(told)
    assert "plenary@reply.example.org" in told
    assert (english.mail.size, Subscription.objects.get(member=english).cadence) == (50_000, "weekly")


def test_commands_beside_answers_are_done_and_the_answers_posted(world, postman, english):
    issue = postman.issue(english, world.thread)

    postman.replies(issue.letter, "#11: We do, too.\nSET HOUR 7\nSTATUS")

    assert Post.objects.latest("pk").text == "We do, too."
    [told] = postman.told(english)
    assert MailProfile.objects.get(member=english).hour == 7
    assert "“We do, too.”" in told


@pytest.mark.parametrize("line", ["Stop the lorries at night.", "STOP THE LORRIES", "Get 3 more benches", "GET OUT"])
def test_words_in_an_answer_stay_words(world, postman, english, line):
    postman.replies(postman.letter(english, world.answer), f"I say it plainly:\n{line}")

    assert Post.objects.latest("pk").text.endswith(line)
    assert postman.told(english) == []


WRONG = {
    "SET SIZE huge": "SET SIZE 20K",
    "SET SIZE 900K": "from 10 KB to 100 KB",
    "SET LANGUAGE klingon": "SET LANGUAGE fr",
    "SET": "SET WEEKLY",
    "PAUSE 3 MOONS": "PAUSE 3 WEEKS",
    "PAUSE 30 MONTHS": "at most a year",
    "GET 312 ALL": "GET 312 THREAD",
    "GET": "GET F3 TEXT",
    "FIND": "FIND spring water",
    "JOIN": "JOIN plenary",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_slip_in_a_command_gets_the_right_form_back(world, postman, english, line):
    arrival = postman.replies(postman.letter(english, world.answer), line)

    [told] = postman.told(english)
    assert told.startswith(f"Not done: {line}\n")
    assert WRONG[line] in words(told)
    assert arrival.outcome == "asked"
    assert Post.objects.filter(channel="mail").count() == 0


BEGUN = {  # subject and text: the commands in them
    "GET | GET 11": ["GET 11"],
    "GET | 11": ["GET 11"],
    "GET | GET 11\nSET SIZE huge": ["GET 11", "SET SIZE huge"],
    "SET | SET WEEKLY\n\nRegards, Bob": ["SET WEEKLY"],
    "FIND | spring water": ["FIND spring water"],
    "FIND | spring water\nand more": ["FIND"],
    "GET | Which number?": ["GET"],
    "STATUS | GET 11": ["STATUS", "GET 11"],
}


@pytest.mark.parametrize("mail", BEGUN)
def test_a_subject_that_only_begins_a_command_is_none_beside_the_whole(mail):
    subject, text = mail.split(" | ")

    read = reading.read(f"From: bob@example.org\nSubject: {subject}\n\n{text}\n".encode())

    assert [f"{command.verb} {command.argument}".strip() for command in read.commands] == BEGUN[mail]


LINES = {
    "en": "SET WEEKLY\nSET HOUR 7",
    "fr": "RÉGLER HEBDOMADAIRE\nREGLER HEURE 7",
    "es": "AJUSTAR SEMANAL\nAJUSTAR HORA 7",
    "ar": "اضبط أسبوعي\nاضبط الساعة ٧",
    "zh": "设置每周\n设置时间７",
    "ru": "УСТАНОВИТЬ ЕЖЕНЕДЕЛЬНО\nУСТАНОВИТЬ ЧАС 7",
    "de": "SETZE WÖCHENTLICH\nSETZE STUNDE 7",
}


@pytest.mark.parametrize("language", LINES)
@pytest.mark.parametrize("door", ["line", "subject", "after an answer"])
def test_commands_are_understood_in_each_language_by_line_and_by_subject(world, postman, english, language, door):
    issue = postman.issue(english, world.thread)
    first, second = LINES[language].split("\n")

    if door == "line":
        postman.replies(issue.letter, LINES[language])
    elif door == "subject":
        for subject in (first, second):
            postman.brings(postman.mail(english, HELP, "", subject=subject))
    else:
        postman.replies(issue.letter, f"#11: 7\n\n{LINES[language]}")

    assert Subscription.objects.get(member=english).cadence == "weekly"
    assert MailProfile.objects.get(member=english).hour == 7


def test_small_letters_do_in_a_mail_to_the_help_address(world, postman, english):
    arrival = postman.brings(postman.mail(english, HELP, "set weekly\nstatus\n", subject="hello"))

    assert (arrival.state, arrival.outcome) == (Arrival.State.DONE, "asked")
    assert Subscription.objects.get(member=english).cadence == "weekly"
    assert "Your last answers" in postman.told(english)[0]


def test_small_letters_are_carried_out_once_also_where_only_the_help_address_knows_them(world, postman, english):
    postman.brings(postman.mail(english, HELP, "join plenary", subject="hello"))

    [told] = postman.told(english)
    assert told.count("JOIN plenary") == 1


def test_a_question_to_the_help_address_waits_for_a_person_and_brings_the_instructions(world, postman, english):
    arrival = postman.brings(postman.mail(english, HELP, "Where do I find the minutes?", subject="?"))

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "question")
    [told] = postman.told(english)
    assert "Where do I find the minutes?: A person of the secretariat reads this" in words(told)
    assert "plenary+join@reply.example.org" in told


def test_a_question_beside_a_command_is_not_passed_over_in_silence(world, postman, english):
    arrival = postman.brings(postman.mail(english, HELP, "STATUS\nWhere do I find the minutes?", subject="hello"))

    assert (arrival.state, arrival.outcome) == (Arrival.State.HELD, "question")
    [told] = postman.told(english)
    assert "Where do I find the minutes?: A person of the secretariat reads this" in words(told)
    assert "Your last answers" in told


def test_a_cadence_can_be_set_for_one_workspace(world, postman, english):
    water = world.room("water")

    postman.replies(postman.letter(english, world.answer), "SET MONTHLY water")

    assert [row.workspace for row in Subscription.objects.filter(member=english, cadence="monthly")] == [water]


def test_each_address_of_a_workspace_does_its_deed_also_with_a_command_in_it(world, postman, english):
    for word in ("each", "daily", "weekly", "monthly", "none"):
        postman.brings(postman.mail(english, f"plenary+{word}@reply.example.org", "", subject="LIST"))
        assert Subscription.objects.get(member=english).cadence == word

    assert "2 requests: all done" in postman.told(english)[0]


def test_without_a_seat_a_cadence_is_refused_with_the_next_step(world, postman):
    world.carol.language = "en"
    world.carol.save()

    postman.brings(postman.mail(world.carol, HELP, "SET WEEKLY", subject=""))

    assert "LIST brings those that are open to you" in words(postman.told(world.carol)[0])
    assert not Subscription.objects.filter(member=world.carol).exists()


def test_the_language_changes_before_anything_is_said(world, postman):
    postman.replies(postman.letter(world.dora, world.answer), "SET HOUR 99\nSET LANGUAGE EN")

    [told] = postman.told(world.dora)
    assert told.startswith("2 requests: 1 done, 1 not done")


def test_the_same_mail_twice_is_answered_once(world, postman, english):
    letter = postman.letter(english, world.answer)
    raw = postman.answer(letter, f"STATUS\nGET P{world.answer.pk}")

    for _time in range(2):
        postman.brings(raw, to=addresses.reply(letter.code))

    assert len(postman.told(english)) == 2


def test_thanks_for_an_answer_to_a_command_is_not_posted_anywhere(world, postman, english):
    postman.replies(postman.letter(english, world.answer), "STATUS")
    answer = Letter.objects.get(member=english, kind=Letter.Kind.ANSWER)

    postman.replies(answer, "Thank you, that is all I wanted to know.")

    assert Post.objects.filter(channel="mail").count() == 0
    assert Thread.objects.count() == 1


def test_a_long_answer_is_parted_to_keep_to_the_size(world, postman, english):
    for number in range(60):
        world.room(f"a-workspace-with-a-rather-long-name-{number}")
    MailProfile.objects.update_or_create(member=english, defaults={"size": 10_000})

    postman.brings(postman.mail(english, HELP, "LIST", subject=""))

    mails = Letter.objects.filter(member=english, kind=Letter.Kind.ANSWER).order_by("pk")
    assert len(mails) > 1
    assert max(len(mail.raw) for mail in mails) <= 10_000
    assert mails[0].subject.endswith(f"(1/{len(mails)})")


def test_when_the_answers_of_a_day_are_used_up_the_last_one_says_so(world, postman, english, monkeypatch):
    monkeypatch.setattr(explaining, "MOST_ASKED_A_DAY", 3)
    asked = f"GET P{world.answer.pk}\nGET P{world.post.pk}\nGET P{world.answer.pk} THREAD"

    postman.brings(postman.mail(english, HELP, asked, subject=""))

    told = postman.told(english)
    assert len(told) == 3
    assert "please ask again tomorrow" in words(told[-1])


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


def test_revoke_makes_earlier_mails_unanswerable_and_its_answer_is_a_new_one(world, postman, english):
    old = postman.letter(english, world.answer)

    postman.brings(postman.mail(english, HELP, "REVOKE", subject=""))

    assert validity.of_letter(Letter.objects.get(pk=old.pk)) == validity.REVOKED
    told = Letter.objects.filter(member=english, kind=Letter.Kind.ANSWER).get()
    assert validity.of_letter(told) == validity.VALID


def test_a_pause_is_told_with_its_day_and_ended(world, postman, english):
    postman.brings(postman.mail(english, HELP, "PAUSE 3 WEEKS", subject=""))
    postman.brings(postman.mail(english, HELP, "RESUME", subject=""))
    postman.brings(postman.mail(english, HELP, "RESUME", subject="again"))

    paused, resumed, nothing = map(words, postman.told(english))
    assert "No digests until" in paused
    assert "The pause has ended" in resumed
    assert "Your digests are not paused" in nothing
