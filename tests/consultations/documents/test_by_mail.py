"""Draft texts by mail: in the digest, fetched whole or in part, commented and amended a line for each paragraph."""

import pytest

from consultations.models import Amendment, Comment
from consultations.services import comments
from consultations.services.comments import Proposal
from consultations.words import amendments as words
from core.languages import LANGUAGES
from notifications import letters
from notifications.digests import run
from notifications.models import Answer, Issue, Letter
from tests.consultations import consulting
from tests.consultations.documents import drafting
from tests.notifications.intake.postman import words as one_line


def digest(member):
    return Issue.objects.get(pk=run.write_now(member).issue_id)


def said(version):
    rows = Comment.objects.filter(paragraph__version=version).select_related("paragraph", "contribution__post")
    return [(row.paragraph.label, row.kind, row.contribution.post.text) for row in rows.order_by("pk")]


@pytest.fixture
def issue(world, english, version, postman):
    """A digest with a discussion (#11) and the draft text (#12 or so), as the tests write it."""
    return postman.issue(english, world.thread, version.document)


def replies(postman, issue, text):
    return postman.brings(postman.answer(Letter.objects.get(issue=issue), text))


def test_the_digest_tells_of_the_text_and_how_to_comment_and_never_holds_the_whole(world, english, version):
    issue = digest(english)

    text = one_line(issue.text_of(1))
    assert f"Draft text {version.code}. Closes" in text
    assert "7 numbered paragraphs: 1 to 5." in text
    assert f"GET {version.document.code}" in text
    assert '1: replace "old words" by "new words"' in text
    assert "Measurements are published" not in text


def test_one_reply_to_the_digest_speaks_of_several_paragraphs(world, version, postman, issue):
    number = issue.first_item + 1
    lines = f"""#{number}:
1: replace "shall" by "should"
2(a): Why litres?
3: delete
4 bis: The fund reports every year.
99: Who pays?
"""

    replies(postman, issue, lines)

    assert said(version)[1] == ("2(a)", "comment", "Why litres?")
    found = Amendment.objects.order_by("pk").values_list("comment__paragraph__label", "action", "proposed", "label")
    assert list(found) == [
        ("1", "replace", "States should protect the springs above 2,000 metres, as appropriate.", ""),
        ("3", "delete", "", ""),
        ("4", "insert", "The fund reports every year.", "4bis"),
    ]
    [refused] = Answer.objects.filter(state=Answer.State.REFUSED)
    assert refused.text == "99: Who pays?"
    assert f"{version.code} has no paragraph 99. The nearest are: 5, 4, 3, 2, 1." in refused.reason
    assert world.thread.posts.count() == 2


def test_the_same_mail_twice_comments_once(world, version, postman, issue):
    raw = postman.answer(Letter.objects.get(issue=issue), f"#{issue.first_item + 1} 1: Once.")

    postman.brings(raw)
    postman.brings(raw)

    assert said(version) == [("1", "comment", "Once.")]


def test_numbers_of_paragraphs_are_never_taken_for_items(world, english, version, postman):
    issue = postman.issue(english, world.thread, version.document)
    first = issue.first_item
    long = drafting.again(
        world, version, "\n\n".join(f"{n}. Paragraph number {n} of the text." for n in range(1, first + 3))
    )

    replies(postman, issue, f"{first}: One.\n{first + 1}: Two.")
    assert not Comment.objects.exists()
    assert Answer.objects.filter(state=Answer.State.HELD).count() == 1
    replies(postman, issue, f"#{first + 1}\n{first}: One.\n{first + 1}: Two.")

    assert [row[0] for row in said(long)] == [str(first), str(first + 1)]
    assert world.thread.posts.count() == 2


def test_a_text_is_fetched_whole_or_by_paragraph_and_answered(world, english, version, postman):
    proposed = comments.write(
        author=world.bob,
        paragraph=drafting.paragraph(version, "3"),
        proposal=Proposal("replace", "Measurements are published within one month."),
    )
    code = version.document.code

    alone = letters.text_of(fetch(postman, english, f"GET {proposed.contribution.code}"))
    whole = fetch(postman, english, f"GET {code}")
    some = fetch(postman, english, f"GET {code} 2-3")
    one = fetch(postman, english, f"GET {code}/2(b)")
    postman.replies(some, "3: Why so fast?\n2: add after: A new one.")
    postman.replies(one, "Which thermometer?")
    postman.replies(one, "delete")

    assert "5. [The fund is governed" in one_line(letters.text_of(whole))
    assert "A fund pays" not in letters.text_of(some)
    assert "(b) the temperature" in letters.text_of(some)
    assert "within [-three months-] {+one month+}." in one_line(letters.text_of(some))
    assert "within [-three months-] {+one month+}." in one_line(alone)
    assert f"\n{version.code}/3\n" in alone
    assert [row[:2] for row in said(version)] == [
        ("3", "amendment"),
        ("3", "comment"),
        ("2", "amendment"),
        ("2(b)", "comment"),
        ("2(b)", "amendment"),
    ]


def fetch(postman, member, command):
    postman.brings(postman.mail(member, "help@reply.example.org", command, subject=""))
    return Letter.objects.filter(member=member).latest("pk")


def test_words_that_do_not_stand_there_come_back_with_how_to_fetch_the_paragraph(world, version, postman, issue):
    replies(postman, issue, f'#{issue.first_item + 1} 1: replace "must" by "should"')

    [refused] = Answer.objects.filter(state=Answer.State.REFUSED)
    assert "“must” do not stand in paragraph 1" in refused.reason
    assert refused.text == '1: replace "must" by "should"'
    assert not Comment.objects.exists()


def test_after_the_close_the_lines_come_back(world, version, postman, issue):
    consulting.close(version.consultation)

    replies(postman, issue, f"#{issue.first_item + 1}\n1: Too late?\n2: And this?")

    refused = Answer.objects.filter(state=Answer.State.REFUSED).order_by("pk")
    assert [row.text for row in refused] == ["1: Too late?", "2: And this?"]
    assert not Comment.objects.exists()


def test_a_late_line_is_accepted_for_a_reason_and_stamped(world, version, postman, issue):
    consultation = consulting.close(version.consultation)
    replies(postman, issue, f'#{issue.first_item + 1}\n1: replace "shall" by "should"\n2: And this?')
    base = f"/consultations/{consultation.year}/C{consultation.number}/late/"

    listed = world.sign_in(world.alice).get(base).content.decode()
    first = Answer.objects.get(text__startswith="1:")
    world.client.post(f"{base}{first.pk}/accept/", {"because": "The line was down in the valley."})

    comment = Comment.objects.get()
    assert "And this?" in listed
    assert comment.amendment.proposed.startswith("States should protect")
    assert (comment.contribution.stamp, comment.contribution.accepted_by) == ("late", world.alice)
    assert Answer.objects.filter(state=Answer.State.REFUSED).count() == 1


def test_what_others_said_and_what_was_decided_stand_in_the_next_digest(world, english, version):
    digest(english)
    paragraph = drafting.paragraph(version, "3")
    comments.write(author=world.bob, paragraph=paragraph, text="Why three?")
    comments.write(author=english, paragraph=paragraph, proposal=Proposal("delete"))
    comments.decide(by=world.alice, amendment=Amendment.objects.get(), taken=False, reason="It is needed.")

    issue = digest(english)

    text = one_line(issue.text_of(1))
    assert f"{version.code}: 1 new comment, on 3. To read them: GET {version.code} 3" in text
    assert f"on {paragraph.code} was declined: It is needed." in text
    assert "Why three?" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_every_language_are_understood(language):
    read = [words.read(example) for example in words.EXAMPLES[language]]

    assert [(one.action, bool(one.old), bool(one.new)) for one in read] == [
        ("replace", True, True),
        ("replace", False, True),
        ("delete", False, False),
        ("insert", False, True),
    ]


@pytest.mark.parametrize(
    ("text", "label", "action"),
    [
        ("12: replace", "12", ""),
        ("12: add more on gender", "12", ""),
        ("12: delete the second sentence", "12", ""),
        ("12: change is needed", "12", ""),
        ("12: Removal costs money", "12", ""),
        ("第12段：删除", "12", "delete"),
        ("12（一）：将“应”改为“应当”", "12(一)", "replace"),
        ("١٢: تحذف", "12", "delete"),
        ("пункт 12 бис: исключить", "12bis", "delete"),
        ("§ 12 (a) (ii): supprimer", "12(a)(ii)", "delete"),
        ("[12]: удалить", "12", "delete"),
        ("12:30 we meet", "", ""),
        ("https://example.org/12: no", "", ""),
    ],
)
def test_only_what_is_certain_is_a_proposal(text, label, action):
    [part] = words.split(text)

    assert part.label == label
    assert words.read(part.text).action == action
