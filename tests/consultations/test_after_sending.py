"""What was sent: who changes it and until when, and which position of an organisation stands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import glance
from consultations.letters import consultations as letters_of_consultations
from consultations.letters import contributions as letters_of_contributions
from consultations.models import Contribution, Draft
from consultations.services import comments, entries, phases, positions
from core.access import Refused
from forum.models import Post, Workspace
from forum.services import posts
from members.models import Mandate
from notifications import letters, notices
from notifications.models import Letter
from tests.consultations import consulting
from tests.consultations.documents import drafting


@pytest.fixture
def asked(world):
    """A question to organisations; Bob and Dora speak for Alpine Springs."""
    consultation = consulting.running(world, participation="organisations")
    question = consultation.questions.get(number=1)
    question.springs = consulting.organisation(world, "Alpine Springs", world.bob, world.dora)
    return question


def answered(world, question, text="In July.", by=None):
    return consulting.answer(by or world.bob, question, text, organisation=question.springs)


def edited(world, member, post):
    return world.sign_in(member).post(f"/posts/{post.pk}/edit/", {"text": "In May."}).status_code


def waiting(question):
    Workspace.objects.filter(pk=question.consultation.workspace_id).update(moderation="all")
    question.thread.workspace.refresh_from_db()


def standing(question):
    return list(Contribution.objects.standing().values_list("number", flat=True))


def test_a_position_is_changed_by_who_speaks_for_the_organisation_still(world, asked):
    sent = answered(world, asked)

    changed = edited(world, world.bob, sent.post)
    Mandate.objects.filter(member=world.bob).update(ended_at=timezone.now())
    refused = edited(world, world.bob, sent.post)

    assert (changed, refused) == (302, 403)


def test_words_that_colleagues_agreed_to_are_not_changed_by_one_of_them(world, asked):
    sent = answered(world, asked)
    asked.consultation.clearing = "colleague"
    asked.consultation.save()

    assert edited(world, world.bob, sent.post) == 403
    assert Post.objects.get(pk=sent.post_id).text == "In July."


def test_a_facilitator_who_spoke_for_an_organisation_changes_nothing_after_the_close(world, asked):
    oasis = consulting.organisation(world, "Oasis", world.alice)
    sent = consulting.answer(world.alice, asked, "In July.", organisation=oasis)

    changed = edited(world, world.alice, sent.post)
    consulting.close(asked.consultation)
    refused = edited(world, world.alice, sent.post)

    assert (changed, refused) == (302, 403)


def test_a_position_that_waits_takes_nobodys_place_and_one_that_is_declined_never_did(world, asked):
    answered(world, asked)
    waiting(asked)
    second = answered(world, asked, "In June.")

    before = standing(asked)
    totals = glance.totals(asked.consultation)["received"]
    posts.decline(by=world.alice, post=second.post, reason="It answers another question.")

    assert (before, totals) == ([1], 1)
    assert standing(asked) == [1]


def test_positions_that_waited_stand_in_the_order_in_which_they_came(world, asked):
    answered(world, asked)
    waiting(asked)
    second, third = answered(world, asked, "In June."), answered(world, asked, "In May.", by=world.dora)

    posts.approve(by=world.alice, post=third.post)
    after_one = standing(asked)
    posts.approve(by=world.alice, post=second.post)

    first, second, third = Contribution.objects.order_by("number")
    assert after_one == standing(asked) == [3]
    assert (first.superseded_by, second.superseded_by, third.superseded_by) == (second, third, None)
    assert all(row.is_position for row in (first, second, third))


def test_a_hidden_position_gives_its_place_back_and_its_organisation_is_told(world, asked):
    first, second = answered(world, asked), answered(world, asked, "In June, you fools.", by=world.dora)

    posts.hide(by=world.alice, post=second.post, reason="It insults.")
    letters_of_contributions.write_due()
    notices.write_due()
    hidden = standing(asked)
    told = {letter.member: letters.text_of(letter) for letter in Letter.objects.filter(about=first.reference)}
    third = answered(world, asked, "In May.")
    posts.restore(by=world.alice, post=second.post)

    assert hidden == [1]
    assert told.keys() == {world.bob, world.dora}
    assert "ALP" in told[world.dora]
    assert second.code in told[world.bob]
    assert "It insults." in told[world.bob]
    assert "It insults." in letters.text_of(Letter.objects.get(key__startswith="notice:", member=world.dora))
    assert standing(asked) == [3]
    assert [row.superseded_by for row in Contribution.objects.order_by("number")] == [second, third, None]


def test_a_focal_point_does_not_get_round_colleagues_by_paper(world, asked):
    Mandate.objects.update(is_focal_point=True)
    asked.consultation.clearing = "colleague"
    asked.consultation.save()
    sheet = {"question": asked, "origin": entries.Origin("The board"), "text": "In July.", "consent": "Signed."}

    with pytest.raises(Refused, match="a colleague has to agree first"):
        entries.enter(by=world.bob, organisation=asked.springs, **sheet)
    entered = entries.enter(by=world.alice, organisation=asked.springs, **sheet)

    assert entered.is_position


def test_comments_on_a_text_go_at_once_where_positions_are_cleared(world):
    consultation, version = drafting.drafted(world, participation="organisations", clearing="colleague")
    springs = consulting.organisation(world, "Alpine Springs", world.bob, world.dora)

    post = comments.write(
        author=world.bob, paragraph=drafting.paragraph(version, "1"), text="Who pays?", organisation=springs
    )

    page = world.sign_in(world.bob).get(consultation.get_absolute_url()).content.decode()
    assert post.contribution.organisation == springs
    assert "What is said of a paragraph of a draft text counts at once." in page


def test_what_waits_is_counted_in_no_list_and_in_no_letter(world, asked):
    answered(world, asked)
    waiting(asked)
    answered(world, asked, "In June.", by=world.dora)

    listed = world.sign_in(world.carol).get("/consultations/").content.decode()
    _subject, lines = letters_of_consultations.closed(None, asked.consultation.timetable[0])

    assert "1 contribution<" in listed
    assert "It received 1 contribution." in lines[0]


def test_colleagues_are_not_asked_without_end(world, asked, monkeypatch):
    monkeypatch.setattr(positions, "MOST_A_DAY", 2)
    asked.consultation.clearing = "colleague"
    asked.consultation.save()
    for text in ("In May.", "In June."):
        positions.write(by=world.bob, question=asked, organisation=asked.springs, text=text)

    with pytest.raises(Refused, match="very often today") as refused:
        positions.write(by=world.bob, question=asked, organisation=asked.springs, text="In July.")

    assert refused.value.text == "In July."
    assert Draft.objects.get().text == "In June."


def test_no_phase_is_put_into_the_past_of_a_published_consultation(world, consultation):
    now, day = timezone.now(), timedelta(days=1)

    with pytest.raises(Refused, match="a time that has passed"):
        phases.schedule(
            by=world.alice, consultation=consultation, kind="questions", opens_at=now - 9 * day, closes_at=now - 8 * day
        )
    made = phases.schedule(
        by=world.alice, consultation=consultation, kind="questions", opens_at=now + 8 * day, closes_at=now + 9 * day
    )

    assert made.state == "coming"
