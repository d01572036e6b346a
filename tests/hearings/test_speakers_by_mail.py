"""Whoever has only email speaks as others do: asks, confirms, hands in a text, and hears when it is their turn."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from consultations.hearings import files
from consultations.hearings.letters import speakers as speaker_letters
from consultations.hearings.models import Session, Speaker, Speech
from consultations.hearings.services import agenda, floor, lists, points, speakers
from core.access import Refused
from forum.services import posts
from notifications import addresses, letters
from notifications.models import Answer, Letter
from tests.consultations import consulting
from tests.hearings import hearing as scene
from tests.notifications.intake.postman import Postman


@pytest.fixture
def postman(world):
    world.dora.language = "en"
    world.dora.save()
    return Postman()


def told(member):
    """What the letters about their turn said, oldest first."""
    while speaker_letters.write_due():
        pass
    rows = Letter.objects.filter(member=member, about__startswith="speaker:").order_by("pk")
    return [(letter.subject, " ".join(letters.text_of(letter).split())) for letter in rows]


def test_dora_asks_hands_in_her_text_and_corrects_it_by_mail(world, hearing, item, postman):
    alps = consulting.organisation(world, "Alpine Springs", world.dora)
    issue = postman.issue(world.dora, item)
    mail = (
        f"#{issue.first_item}: SPEAK for Alpine Springs as Jane Doe, Minister\nEarly, please\nTEXT: We measure\ntwice."
    )
    postman.replies(Letter.objects.get(issue=issue), mail)

    said = Answer.objects.get()
    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.organisation, speaker.note) == ("Jane Doe, Minister", alps, "Early, please")
    assert "you are number 1 on the list of item 2, at about" in said.reason
    assert "is kept until you have spoken" in said.reason
    assert Speech.objects.visible_to(world.bob).count() == 0
    [(subject, text)] = told(world.dora)
    assert "You speak for Alpine Springs. You are number 1" in text
    postman.replies(Letter.objects.get(subject=subject), "Thank you!")
    assert "was not understood" in Answer.objects.latest("pk").reason
    file = ("X-File", "none")
    postman.replies(Letter.objects.get(subject=subject), "TEXT:\n\nWe measure once.", headers=[file])
    assert [speech.text for speech in Speech.objects.all()] == ["We measure once."]
    floor.give(by=world.alice, hearing=hearing)
    floor.end(by=world.alice, speaker=speaker)
    postman.replies(Letter.objects.get(subject=subject), "TEXT: We measure daily.")
    assert Speech.objects.get(stage="delivered").text == "We measure daily."


def test_words_without_an_order_are_for_the_discussion(world, item, postman):
    letter = postman.letter(world.dora, item)
    postman.replies(letter, "Speak up for the springs!\nSPEAK")
    postman.replies(postman.letter(world.dora, item.thread), "SPEAK for the trees")
    postman.replies(letter, "CONFIRM")

    assert item.thread.posts.latest("pk").text.startswith("Speak up")
    assert Speaker.objects.count() == 0
    reasons = list(Answer.objects.order_by("pk").values_list("reason", flat=True))
    assert "no mandate" in reasons[1]
    assert "To be on it, answer SPEAK" in reasons[2]
    postman.replies(letter, "Dear Chair,\nwe wish to be heard.\n\nSPEAK 2")
    assert Speaker.objects.get().item == item
    assert "not posted: “we wish to be heard.”" in Answer.objects.latest("pk").reason


def test_each_order_of_a_mail_is_taken_by_itself_and_a_letter_is_about_its_own_request(world, hearing, item, postman):
    postman.replies(postman.letter(world.dora, hearing), "SPEAK 2\nRIGHT OF REPLY\nSPEAK 9\nSPEAK\nENDORSE Q9")
    [told_at_once] = postman.told(world.dora)
    speaker, reply = Speaker.objects.order_by("pk")
    for about in (reply, item):
        postman.replies(postman.letter(world.dora, about), "TEXT: Four springs.")

    assert told_at_once.startswith("Not everything you sent could be taken")
    assert " ".join(told_at_once.split()).count("The agenda has no item 9. > SPEAK 9 > SPEAK") == 1
    assert (speaker.item, reply.queue) == (item, Speaker.Queue.REPLY)
    assert [speech.speaker for speech in Speech.objects.order_by("pk")] == [reply, speaker]


def test_an_answer_to_a_post_on_the_item_may_ask_for_the_floor(world, item, postman):
    post = posts.reply(author=world.bob, thread=item.thread, text="Who measures?")
    postman.replies(postman.letter(world.dora, post), "SPEAK")

    assert Speaker.objects.get().member == world.dora
    assert "you are number 1" in Answer.objects.get().reason


def test_in_two_steps_a_plain_yes_confirms_and_the_close_reminds(world, postman):
    hearing = scene.running(world, confirms=True)
    item = scene.item(hearing)
    postman.replies(postman.letter(world.dora, hearing), "SPEAK 2\nPlease")
    [(subject, text)] = told(world.dora)
    assert subject == "Please confirm that you will speak: item 2 (The state of the springs)"
    assert "You speak for yourself, and for no organisation." in text
    lists.close(by=world.alice, item=item)
    told(world.dora)

    assert Letter.objects.filter(member=world.dora, subject__startswith="Please confirm").count() == 2
    postman.replies(Letter.objects.filter(about__startswith="speaker:").earliest("pk"), "Yes, I will.")
    speaker = Speaker.objects.get()
    assert (speaker.state, speaker.note) == ("listed", "Please")
    assert "You are number 1" in told(world.dora)[-1][1]
    postman.replies(Letter.objects.filter(member=world.dora).latest("pk"), "WITHDRAW\nI am ill")
    assert Speaker.objects.get().state == "withdrawn"


def test_letters_follow_the_list_and_are_bounded(world, hearing, item, postman):
    others = [speakers.enter(by=world.alice, item=item, announced_as=f"Guest {number}") for number in range(9)]
    dora = speakers.request(member=world.dora, item=item, channel="mail")
    assert "You are number 10" in told(world.dora)[0][1]
    Session.objects.update(ends_at=timezone.now() + timedelta(hours=9))
    for other in others[:7]:
        floor.give(by=world.alice, hearing=hearing)
        floor.end(by=world.alice, speaker=other)
    found = told(world.dora)
    postman.replies(postman.letter(world.dora, item), f"GET {hearing.code} 2")
    assert "Speakers: 1. Guest 7, about " in " ".join(postman.told(world.dora)[-1].split())

    assert (len(found), found[1][0][:14]) == (2, "Soon your turn")
    speakers.move(by=world.alice, speaker=dora, to=1, reason="Her train leaves")
    assert "Reason: Her train leaves" in told(world.dora)[2][1]
    Speaker.objects.filter(pk=dora.pk).update(letter_count=speaker_letters.MOST)
    speakers.move(by=world.alice, speaker=dora, to=2, reason="It does not")
    assert len(told(world.dora)) == 3


def test_who_was_not_heard_is_told_and_may_still_hand_in_a_text(world, hearing, item, postman):
    speakers.request(member=world.dora, item=item)
    points.request_reply(member=world.bob, item=item)
    agenda.close(by=world.alice, item=item)

    assert all("concluded before it was your turn" in told(member)[-1][1] for member in (world.dora, world.bob))
    postman.replies(Letter.objects.filter(member=world.dora).latest("pk"), "TEXT: We measure.")
    assert "submitted, not delivered" in Answer.objects.latest("pk").reason
    assert Speech.objects.visible_to(world.bob).get().shown_at


def test_a_text_comes_as_a_file_beside_the_word(world, item, postman):
    issue = postman.issue(world.dora, item)
    mail = EmailMessage()
    mail["From"], mail["To"] = "dora@example.org", addresses.reply(issue.letter.code)
    mail["Subject"], mail["Message-ID"] = "Re: Issue", "<speech@example.org>"
    mail.set_content(f"#{issue.first_item}: SPEAK\n")
    mail.add_attachment("We measure.", filename="speech.txt")
    postman.brings(mail.as_bytes(), to=addresses.reply(issue.letter.code))

    assert Speech.objects.get().text == "We measure."
    postman.replies(postman.letter(world.dora, item), "TEXT")
    assert "There is no text in it" in Answer.objects.latest("pk").reason


def test_a_text_is_read_from_a_file():
    assert files.text_of("Speech.TXT", "Wir messen – täglich.".encode("cp1252")) == "Wir messen – täglich."
    with pytest.raises(Refused, match="docx"):
        files.text_of("speech.pdf", b"%PDF")
    with pytest.raises(Refused):
        files.text_of("speech.docx", b"not a zip")


def test_dora_hears_the_ruling_on_her_point_of_order_and_appeals_against_it(world, hearing, item, postman):
    postman.replies(postman.letter(world.dora, item), "APPEAL")
    refused = Answer.objects.latest("pk")
    postman.replies(postman.letter(world.dora, item), "POINT OF ORDER: There is no quorum")
    point = Speaker.objects.get(queue="point")
    points.rule(by=world.alice, speaker=point, ruling="overruled", reason="We are enough.")

    [(subject, text)] = told(world.dora)
    postman.replies(Letter.objects.get(about=point.reference), "APPEAL")

    assert "The chair has not ruled on this yet." in refused.reason
    assert subject == "The ruling on your point of order: item 2 (The state of the springs)"
    assert "point of order of Dora: not upheld. We are enough." in text
    assert "answer APPEAL while the item is before the hearing" in text
    assert Speaker.objects.get(pk=point.pk).appealed_at
    assert points.put_appeal(by=world.alice, speaker=point).title.startswith("Appeal")
