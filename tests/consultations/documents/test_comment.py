"""Comments and amendments are contributions, pinned to the paragraph of the version they were said of."""

from datetime import timedelta

import pytest

from consultations import texts
from consultations.models import Amendment, Comment, Contribution
from consultations.services import comments, documents
from consultations.services.comments import Proposal
from core.access import Refused
from forum.models import Thread
from forum.services import posts
from journal.verify import verify
from tests.consultations import consulting
from tests.consultations.documents import drafting


def test_a_comment_opens_the_thread_of_its_paragraph_and_is_numbered(world, version):
    paragraph = drafting.paragraph(version, "2(a)")

    first = comments.write(author=world.bob, paragraph=paragraph, text="In cubic metres, please.")
    second = comments.write(author=world.dora, paragraph=paragraph, text="Litres are fine.")

    assert first.thread == second.thread == drafting.paragraph(version, "2(a)").thread
    assert first.contribution.code.endswith("/C1/1")
    assert second.contribution.comment.paragraph == paragraph
    assert paragraph.code.endswith("/C1/D1.1/2(a)")


def test_a_proposal_keeps_its_wording_and_says_it_in_its_post(world, version):
    paragraph = drafting.paragraph(version, "1")
    wording = "States should protect the springs above 2,000 metres."

    post = comments.write(author=world.bob, paragraph=paragraph, text="Softer.", proposal=Proposal("replace", wording))

    amendment = Amendment.objects.get(comment__contribution__post=post)
    assert (amendment.action, amendment.proposed, amendment.state) == ("replace", wording, "proposed")
    assert wording in post.text
    assert "Softer." in post.text


def test_new_paragraphs_are_bis_ter_and_quater_of_the_one_before(world, version):
    paragraph = drafting.paragraph(version, "3")

    for text in ("One.", "Two.", "Three."):
        comments.write(author=world.bob, paragraph=paragraph, proposal=Proposal("insert", text))

    assert list(Amendment.objects.values_list("label", flat=True)) == ["3bis", "3ter", "3quater"]


@pytest.mark.parametrize(
    ("proposal", "said"),
    [
        (Proposal("replace", ""), "Write the wording"),
        (Proposal("replace", "Measurements are published within three months."), "says already"),
        (Proposal("insert", "x" * 20_001), "too long"),
    ],
)
def test_a_proposal_that_proposes_nothing_is_refused_with_its_text(world, version, proposal, said):
    paragraph = drafting.paragraph(version, "3")

    with pytest.raises(Refused, match=said) as refused:
        comments.write(author=world.bob, paragraph=paragraph, text="My reason.", proposal=proposal)

    assert "My reason." in refused.value.text
    assert not Contribution.objects.exists()


def test_after_the_close_a_comment_is_refused_and_leaves_no_thread(world, version):
    paragraph = drafting.paragraph(version, "1")
    consulting.close(version.consultation)

    with pytest.raises(Refused, match="closed on") as refused:
        comments.write(author=world.bob, paragraph=paragraph, text="Too late?")

    assert refused.value.text == "Too late?"
    assert not Thread.objects.filter(kept_by=comments.KEEPER).exists()


def test_before_it_opens_a_text_can_be_read_and_not_commented(world):
    version = drafting.drafted(world, opened=timedelta(days=-1))[1]

    with pytest.raises(Refused, match="opens on"):
        comments.write(author=world.bob, paragraph=drafting.paragraph(version, "1"), text="Early.")

    assert version.is_published


def test_the_version_before_takes_no_more_comments_not_even_in_its_threads(world, version):
    paragraph = drafting.paragraph(version, "1")
    post = comments.write(author=world.bob, paragraph=paragraph, text="First.")
    drafting.again(world, version, drafting.TEXT.replace("shall", "should"))

    with pytest.raises(Refused, match="replaced by version 2"):
        comments.write(author=world.dora, paragraph=paragraph, text="Second.")
    with pytest.raises(Refused, match="replaced by version 2"):
        posts.reply(author=world.dora, thread=post.thread, text="Second.")

    assert Comment.objects.count() == 1


def test_what_a_facilitator_says_for_themselves_is_no_contribution_but_their_proposal_is(world, version):
    paragraph = drafting.paragraph(version, "1")

    said = comments.write(author=world.alice, paragraph=paragraph, text="Mind paragraph 3 as well.")
    proposed = comments.write(author=world.alice, paragraph=paragraph, proposal=Proposal("delete"))

    assert not Contribution.objects.filter(post=said).exists()
    assert proposed.contribution.comment.amendment.action == "delete"


def test_carol_without_a_seat_does_not_comment(world, version):
    with pytest.raises(Refused, match="seat"):
        comments.write(author=world.carol, paragraph=drafting.paragraph(version, "1"), text="Hello.")

    assert not Contribution.objects.exists()


def test_the_room_lists_no_threads_of_paragraphs_and_a_reply_in_one_is_a_comment(world, version):
    post = comments.write(author=world.bob, paragraph=drafting.paragraph(version, "1"), text="Where is the map?")
    room = version.consultation.workspace

    page = world.sign_in(world.dora).get(f"/workspaces/{room.slug}/").content.decode()
    world.client.post(f"/threads/{post.thread_id}/reply/", {"text": "In the annex."})

    assert "D1.1/1" not in page
    assert Comment.objects.filter(paragraph__label="1").count() == 2


def test_facilitators_take_and_decline_proposals_with_a_reason(world, version):
    paragraph = drafting.paragraph(version, "1")
    for action in ("delete", "insert"):
        comments.write(author=world.bob, paragraph=paragraph, proposal=Proposal(action, "New words."))
    first, second = Amendment.objects.all()

    with pytest.raises(Refused, match="Only a moderator"):
        comments.decide(by=world.bob, amendment=first, taken=True)
    with pytest.raises(Refused, match="Say why"):
        comments.decide(by=world.alice, amendment=first, taken=False)
    comments.decide(by=world.alice, amendment=first, taken=False, reason="It is the heart of the text.")
    comments.decide(by=world.alice, amendment=second, taken=True)

    assert list(Amendment.objects.values_list("state", flat=True)) == ["declined", "taken"]
    verbs = version.journal.entries.filter(verb__startswith="amendment.").values_list("verb", flat=True)
    assert list(verbs) == ["amendment.proposed", "amendment.proposed", "amendment.declined", "amendment.taken"]


def test_a_proposal_is_not_edited_and_its_words_are_erased_with_its_post(world, version):
    paragraph = drafting.paragraph(version, "1")
    post = comments.write(
        author=world.bob, paragraph=paragraph, text="A secret.", proposal=Proposal("replace", "Secret words.")
    )

    with pytest.raises(Refused, match="Withdraw it"):
        posts.edit(by=world.bob, post=post, text="Other words.")
    posts.erase(by=world.sekou, post=post)

    amendment = Amendment.objects.get()
    assert (amendment.proposed, amendment.why) == ("", "")
    assert "Secret" not in str(list(version.journal.entries.values_list("data", flat=True)))


def test_what_was_withdrawn_is_not_counted(world, version):
    paragraph = drafting.paragraph(version, "1")
    post = comments.write(author=world.bob, paragraph=paragraph, proposal=Proposal("delete"))
    posts.withdraw(by=world.bob, post=post)

    assert not Comment.objects.shown().exists()
    assert texts.clean(version) == (6, 7)


def test_only_facilitators_upload_and_nothing_without_numbers_is_published(world, version):
    with pytest.raises(Refused, match="Only a moderator"):
        documents.prepare(
            by=world.bob, phase=version.phase, source=documents.pasted("1. One."), language="en", title="Mine"
        )
    plain = drafting.upload(world, version.phase, "Some words.\n\nOther words.", title="No numbers")

    assert plain.problems
    with pytest.raises(Refused, match="No numbered paragraph"):
        documents.publish(by=world.alice, version=plain)


def test_words_taken_out_of_a_proposal_stand_neither_in_its_wording_nor_in_its_reason(world, version):
    paragraph = drafting.paragraph(version, "3")
    proposal = Proposal("replace", "Measurements go to Beat Muster.\n\nWithin a month.")
    post = comments.write(author=world.bob, paragraph=paragraph, text="Call him: 041 555.", proposal=proposal)
    client = world.sign_in(world.alice)

    client.post(f"/posts/{post.pk}/redact/", {"passage": "Beat Muster", "reason": "A name."})
    client.post(f"/posts/{post.pk}/redact/", {"passage": "a month.\n\nCall him: 041 555.", "reason": "A number."})

    page = client.get(paragraph.get_absolute_url()).content.decode()
    assert "Muster" not in page
    assert "041 555" not in page
    assert "▮▮▮" in page
    posts.erase(by=world.sekou, post=post)
    journal = type(post.thread.journal).objects.get(pk=post.thread.journal.pk)
    assert not journal.entries.filter(about=Comment.objects.get().reference).exclude(data=None).exists()
    assert verify(journal) is None
