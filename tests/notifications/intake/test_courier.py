"""Dora has a mailbox; Amina, her neighbour, has none, and Carol has one of her own. Dora carries their words."""

from email import message_from_bytes, policy

import pytest

from core import tokens
from forum.models import Post
from forum.services import seats, threads
from journal.models import Entry
from notifications.couriers import delegations
from notifications.letters import text_of
from notifications.models import Answer, Arrival, Delegation, Letter


def sent_to(address):
    return Letter.objects.filter(recipient=address).order_by("-pk").first()


def test_dora_notes_on_the_web_that_amina_agreed(world):
    client = world.sign_in(world.dora)

    without = client.post("/mail/couriers/", {"name": "Amina Diallo"})
    client.post("/mail/couriers/", {"name": "Amina Diallo", "consent": "à la réunion du 3 mai"})

    assert without.status_code == 422
    delegation = Delegation.objects.get()
    assert (delegation.code, delegation.is_live) == ("P1", True)
    assert Entry.objects.filter(verb="delegation.made", about=delegation.reference).exists()
    assert "à la réunion du 3 mai" in client.get("/mail/couriers/").content.decode()


def test_a_member_is_asked_and_agrees_by_mail(world, postman):
    delegation = delegations.add(by=world.dora, name="Carol", address="carol@example.org")
    assert not delegation.is_live

    asked = Letter.objects.get(member=world.carol)
    postman.replies(asked, "Yes, gladly")

    delegation.refresh_from_db()
    assert delegation.is_live
    assert delegation.consent == "by their own mail"


def test_a_member_says_no_and_dora_hears_of_it(world, postman):
    delegation = delegations.add(by=world.dora, name="Carol", address="carol@example.org")

    postman.replies(Letter.objects.get(member=world.carol), "No.")

    delegation.refresh_from_db()
    assert (delegation.is_live, delegation.objected_at is not None) == (False, True)
    assert "Carol" in Letter.objects.filter(member=world.dora).latest("pk").subject


def test_dora_cannot_agree_for_carol(world, postman):
    delegation = delegations.add(by=world.dora, name="Carol", address="carol@example.org")

    world.sign_in(world.dora).post(f"/mail/couriers/{delegation.pk}/agree/")
    assert not Delegation.objects.get().is_live

    world.sign_in(world.carol).post(f"/mail/couriers/{delegation.pk}/agree/")
    assert Delegation.objects.get().is_live


def test_the_secretariat_notes_an_objection_of_somebody_without_a_line(world):
    delegation = delegations.add(by=world.bob, name="Amina", consent="on 3 May")

    refused = world.sign_in(world.bob).post(f"/mail/couriers/{delegation.pk}/object/", follow=True)
    assert "or the secretariat for them, can object" in refused.content.decode()
    assert Delegation.objects.get().objected_at is None

    noted = world.sign_in(world.sekou).post(f"/mail/couriers/{delegation.pk}/object/", follow=True)

    assert "there was no post to take back" in noted.content.decode()
    assert Delegation.objects.get().objected_at
    assert Entry.objects.get(verb="delegation.objected").actor == world.sekou.reference


def test_the_link_in_the_mail_needs_no_account_and_cannot_be_made_up(world):
    delegation = delegations.add(by=world.dora, name="Amina", consent="on 3 May", address="amina@village.example")
    path = f"/mail/object/{tokens.sign('object', delegation.pk)}/"

    assert "carried these words" in world.client.get(path).content.decode()
    assert Delegation.objects.get().objected_at is None  # looking changes nothing
    world.client.post(path)

    assert Delegation.objects.get().objected_at
    assert world.client.post(f"/mail/object/{tokens.sign('confirm', delegation.pk)}/").status_code == 404


# -- FOR: in a mail ----------------------------------------------------------------------------------------


@pytest.fixture
def amina(world):
    """Dora carries for Amina, who has an address but is no member."""
    return delegations.add(
        by=world.dora, name="Amina Diallo", consent="à la réunion du 3 mai", address="amina@village.example"
    )


@pytest.fixture
def two(world):
    return [
        threads.start(author=world.alice, workspace=world.workspace, title=f"Thread {name}", text="What do you think?")
        for name in ("one", "two")
    ]


def newest(thread):
    return thread.posts.order_by("-number").first()


def test_a_block_is_posted_in_the_persons_name_and_the_rest_in_doras(world, postman, amina):
    letter = postman.letter(world.dora, world.answer)

    arrival = postman.replies(letter, "Chez moi aussi.\n\nFOR: Amina Diallo\nNotre source est sèche.")

    theirs = Post.objects.get(byline="Amina Diallo")
    own = Post.objects.get(author=world.dora)
    assert (theirs.text, theirs.carried_by) == ("Notre source est sèche.", world.dora)
    assert (own.text, own.carried_by) == ("Chez moi aussi.", None)
    assert arrival.outcome == "posted"
    assert Answer.objects.get(result=theirs.reference).delegation == amina


def test_two_people_say_the_same_and_both_count(world, postman, amina, two):
    delegations.add(by=world.dora, name="Binta Sow", consent="à la réunion du 3 mai")
    issue = postman.issue(world.dora, *two)

    postman.replies(issue.letter, "FOR: P1\n#11: oui\n#12: non\n\nFOR: P2\n#11: oui\n\nFOR: ME\n#11: oui")

    said = list(two[0].posts.filter(number__gt=1).order_by("number").values_list("byline", "text"))
    assert sorted(said) == [("", "oui"), ("Amina Diallo", "oui"), ("Binta Sow", "oui")]
    assert newest(two[1]).byline == "Amina Diallo"


def test_nobody_is_spoken_for_before_the_courier_says_how_they_agreed(world, postman, two):
    issue = postman.issue(world.dora, *two)

    asked = postman.replies(issue.letter, "FOR: Fatou Ba\n#11: Le puits est loin.\n\nFOR: ME\n#12: Oui")

    assert two[0].posts.count() == 1
    assert newest(two[1]).author == world.dora
    [question] = postman.told(world.dora)
    assert "Fatou Ba" in question
    assert "Le puits est loin." in question

    consent = Letter.objects.filter(member=world.dora, about=asked.reference).get()
    postman.replies(consent, "OUI, elle me l'a demandé dimanche")

    assert (newest(two[0]).byline, newest(two[0]).text) == ("Fatou Ba", "Le puits est loin.")
    fatou = Delegation.objects.get(name="Fatou Ba")
    assert (fatou.consent, fatou.is_live) == ("elle me l'a demandé dimanche", True)
    assert f"FOR: {fatou.code}" in postman.told(world.dora)[-1]
    assert not Answer.objects.filter(state=Answer.State.HELD).exists()


def test_an_answer_that_is_no_yes_posts_nothing(world, postman, two):
    issue = postman.issue(world.dora, *two)
    asked = postman.replies(issue.letter, "FOR: Fatou Ba\n#11: Le puits est loin.")

    postman.replies(Letter.objects.filter(member=world.dora, about=asked.reference).get(), "Non, pas encore")

    assert two[0].posts.count() == 1
    assert not Delegation.objects.exists()
    assert Answer.objects.filter(on_behalf="Fatou Ba", state=Answer.State.HELD).exists()


def test_the_same_mail_brought_twice_posts_once(world, postman, amina):
    letter = postman.letter(world.dora, world.answer)
    raw = postman.answer(letter, "FOR: P1\nNotre source est sèche.")

    postman.brings(raw)
    postman.brings(raw)

    assert Post.objects.filter(byline="Amina Diallo").count() == 1


def test_amina_answers_no_from_her_own_address_and_it_is_taken_back(world, postman, amina):
    postman.replies(postman.letter(world.dora, world.answer), "FOR: P1\nNotre source est sèche.")
    told = sent_to("amina@village.example")

    postman.replies(told, "NON", sender="somebody@else.example")
    assert Post.objects.get(byline="Amina Diallo").state == "published"
    arrival = postman.replies(told, "NON", sender="amina@village.example")

    assert arrival.outcome == "objected"
    assert Post.objects.get(byline="Amina Diallo").state == "withdrawn"
    assert "Amina" in Letter.objects.filter(member=world.dora).latest("pk").subject
    noted = text_of(sent_to("amina@village.example"))
    assert "> Notre source est sèche." in noted
    assert "NON" not in noted  # it asks nothing more of her
    postman.replies(postman.letter(world.dora, world.answer), "FOR: P1\nEncore une chose.")
    assert Post.objects.filter(byline="Amina Diallo").count() == 1  # no more in her name


def test_a_member_is_not_carried_where_they_have_no_seat(world, postman):
    delegation = delegations.add(by=world.dora, name="Carol", address="carol@example.org")
    delegations.agree(by=world.carol, delegation=delegation)
    letter = postman.letter(world.dora, world.answer)

    arrival = postman.replies(letter, "FOR: Carol\nI agree.")
    assert arrival.answers.get().state == Answer.State.REFUSED

    seats.give(by=world.sekou, workspace=world.workspace, member=world.carol)
    postman.replies(postman.letter(world.dora, world.answer), "FOR: Carol\nI do agree.")
    post = Post.objects.get(author=world.carol)
    assert (post.text, post.carried_by) == ("I do agree.", world.dora)

    postman.replies(Letter.objects.get(about=f"carried:{post.pk}"), "NO")
    assert Post.objects.get(pk=post.pk).state == "withdrawn"


def test_the_sheet_has_every_open_item_and_a_place_for_each_person(world, postman, amina, two):
    issue = postman.issue(world.dora, *two)
    threads.close(by=world.alice, thread=two[1])

    page = world.sign_in(world.dora).get(f"/mail/sheet/{issue.number}/").content.decode()

    assert "<b>P1</b> <bdi>Amina Diallo</bdi>" in page
    assert "#11" in page
    assert "#12" not in page
    assert Arrival.objects.count() == 0


def test_the_sheet_comes_by_mail_as_a_file_to_print(world, postman, amina, two):
    issue = postman.issue(world.dora, *two)

    postman.replies(issue.letter, "SHEET")

    letter = Letter.objects.filter(member=world.dora).latest("pk")
    mail = message_from_bytes(bytes(letter.raw), policy=policy.default)
    [file] = mail.iter_attachments()
    assert file.get_filename() == f"issue-{issue.number}.html"
    assert "<b>P1</b> <bdi>Amina Diallo</bdi>" in file.get_content()
    assert "@page" in file.get_content()
    assert "#12" in file.get_content()
    assert len(letter.raw) < 10_000


def test_a_mail_to_a_workspace_starts_a_thread_in_the_persons_name(world, postman, amina):
    to = "plenary@reply.example.org"

    arrival = postman.brings(postman.mail(world.dora, to, "FOR: P1\nLe puits est loin.", subject="Le puits"), to=to)

    post = Post.objects.get(byline="Amina Diallo")
    assert (post.thread.title, post.number, post.carried_by) == ("Le puits", 1, world.dora)
    assert arrival.outcome == "posted"


def test_the_example_of_a_consent_may_be_copied(world, postman, two):
    issue = postman.issue(world.dora, *two)
    asked = postman.replies(issue.letter, "FOR: Fatou Ba\n#11: Le puits est loin.")
    question = Letter.objects.filter(member=world.dora, about=asked.reference).get()
    [example] = [line.strip() for line in text_of(question).split("\n") if line.strip().startswith(("OUI,", "YES,"))]

    postman.replies(question, example)

    assert newest(two[0]).byline == "Fatou Ba"


def test_words_for_somebody_in_a_question_to_help_are_kept(world, postman):
    to = "help@reply.example.org"

    arrival = postman.brings(postman.mail(world.dora, to, "FOR: Amina\nHow can she get paper?"), to=to)

    assert arrival.outcome == "question"


def test_an_arabic_page_keeps_the_couriers_words_in_their_own_direction(world, amina):
    world.dora.language = "ar"
    world.dora.save()

    page = world.sign_in(world.dora).get("/mail/couriers/").content.decode()

    assert f"\u2068{amina.consent}\u2069" in page
