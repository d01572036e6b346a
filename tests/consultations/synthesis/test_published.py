"""A published synthesis: what it needs, what everyone reads, the notice to those it cites, and the corrigendum."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations import paper, synthesis_paper
from consultations.exporting import verify
from consultations.letters import syntheses as letters
from consultations.models import Citation, Objection, Sentence, Synthesis
from consultations.rules import syntheses as rules
from consultations.services import margins, objections, phases, syntheses
from consultations.words import misrepresentations as words
from core.access import Refused
from forum.models import Post
from forum.services import posts, redactions
from notifications import letters as all_letters
from notifications.models import Letter
from tests.consultations import consulting


def address(synthesis, name=""):
    return f"{synthesis.consultation.get_absolute_url()}synthesis/{name}"


def mail_to(member, about=""):
    return Letter.objects.filter(member=member, subject__contains=about).order_by("pk").last()


def text_of(letter):
    return " ".join(all_letters.text_of(letter).split())


def fresh(synthesis):
    return Synthesis.objects.select_related("consultation__workspace__journal").get(pk=synthesis.pk)


def checked(path):
    """What the checker says of the citations. `consulting.close` moves time behind the journal's back, so that of the
    timetable it would say something else.
    """
    files = verify.Zipped(path)
    verify.check_files(files)
    return verify.check_citations(files, verify.Journal(files))


# -- Publication -------------------------------------------------------------------------------------------


def test_a_sentence_without_evidence_needs_a_reason_that_everyone_reads(world, synthesis):
    client = world.sign_in(world.alice)

    refused = client.post(address(synthesis, "publish/"), {"days": 7})
    client.post(address(synthesis, "publish/"), {"days": 7, "because": "From the price list."})

    assert refused.status_code == 403
    assert "1 sentence cites no contribution" in refused.content.decode()
    page = world.sign_in(world.carol).get(address(synthesis)).content.decode()
    assert "From the price list." in page
    assert "Springs run dry in July." in page
    entry = synthesis.journal.entries.get(verb="synthesis.published")
    assert entry.data["sha256"] == fresh(synthesis).sha256


def test_it_waits_for_its_phase(world, synthesis):
    now = timezone.now()
    phases.schedule(
        by=world.alice,
        consultation=synthesis.consultation,
        kind="synthesis",
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=9),
    )

    with pytest.raises(Refused, match="The phase of the synthesis opens on"):
        syntheses.publish(by=world.alice, synthesis=fresh(synthesis), because="None.")


def test_what_is_published_is_not_written_at_any_more(world, published):
    client = world.sign_in(world.alice)

    assert client.get(address(published, "write/")).status_code == 403
    assert client.post(address(published, "write/"), {"text": "More.", "base": ""}).status_code == 403


def test_pages_of_consultation_and_contribution_lead_to_it(world, published):
    client, base = world.sign_in(world.dora), published.consultation.get_absolute_url()

    assert "What came of it" in client.get(base).content.decode() or "Dry valleys" in client.get(base).content.decode()
    contribution = client.get(f"{base}1/").content.decode()
    assert "sentence 1" in contribution or "phrase 1" in contribution


def test_papers_hold_numbered_paragraphs_and_the_words_that_are_cited(world, published):
    page = b"".join(
        world.client.get(f"{published.consultation.get_absolute_url()}papers/synthesis.html").streaming_content
    )
    file = io.BytesIO()

    paper.write(synthesis_paper.document(published, language="ar"), "docx", file)

    assert "“in July”" in page.decode()
    assert "“Water in dry valleys”</p>" in page.decode()
    assert "contributions" not in page.decode().split("<h1")[0]
    assert 'dir="ltr"' in page.decode()
    with zipfile.ZipFile(file) as docx:
        assert "Springs run dry in July." in docx.read("word/document.xml").decode()


def test_the_archive_holds_it_and_an_outsider_checks_it(world, published, tmp_path):
    call_command("export", published.consultation.code, str(tmp_path / "out.zip"), verbosity=0)

    assert checked(tmp_path / "out.zip") == "2 citations of 3 sentences stand in what they cite"
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        synthesis = json.loads(archive.read("data/synthesis.json"))
        assert synthesis["sentences"][0]["citations"][0]["words"] == "in July"
        assert 'href="proceedings.html#c1"' in archive.read("synthesis.html").decode()
    changed = [synthesis["sentences"][0] | {"text": "Springs run dry in May."}, *synthesis["sentences"][1:]]
    assert verify.sha256_of_synthesis(synthesis["title"], changed) != published.sha256


# -- Those it cites ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        ("MISREPRESENTED 12: I said June.", 12, "I said June"),
        ("Misrepresented. We never said so.", None, "We never said so."),
        ("misrepresented 3,000 m is wrong", None, "3,000 m is wrong"),
        ("Mal représentée n° 3 : j’ai dit juin", 3, "j’ai dit juin"),
        ("tergiversado\n\nNunca", None, "Nunca"),
        ("تحريف ٤: لم أقل ذلك", 4, "لم أقل ذلك"),
        ("歪曲 2：我没有这么说", 2, "我没有这么说"),
        ("Искажено 5. Мы этого не говорили", 5, "Мы этого не говорили"),
    ],
)
def test_the_word_is_known_in_six_languages(text, number, why):
    assert words.read(text) == (number, why)


@pytest.mark.parametrize("text", ["Thanks, all is well.", "I am not misrepresented", ""])
def test_what_is_no_objection_is_none(text):
    with pytest.raises(words.Unclear):
        words.read(text)


def test_bob_is_told_what_cites_him_and_objects_in_one_mail(world, published, postman):
    letters.write_due()
    letter = mail_to(world.bob, "cited")
    assert "1. Springs run dry in July. Your words in ALP" in text_of(letter)
    assert "in July" in text_of(letter)
    assert mail_to(world.carol) is None

    postman.replies(letter, "MISREPRESENTED 1: It was June, then July.")

    [made] = Objection.objects.all()
    assert (made.member, made.sentence.number, made.why) == (world.bob, 1, "It was June, then July")
    letters.write_due()
    assert "misrepresents them" in text_of(mail_to(world.alice))


def test_a_mail_without_the_word_is_told_how(world, published, postman):
    letters.write_due()

    postman.replies(mail_to(world.bob, "cited"), "That is not what I meant.")

    assert not Objection.objects.exists()
    assert "write MISREPRESENTED" in " ".join(postman.told(world.bob)[-1].split())


def test_a_focal_point_is_told_for_the_organisation_in_their_language(world, published):
    world.dora.mandates.update(is_focal_point=True)

    letters.write_due()

    assert "ALP/" in text_of(mail_to(world.dora))
    assert Letter.objects.filter(member=world.dora, key__startswith="cited").count() == 1


def test_dora_objects_on_the_web_and_carol_and_latecomers_do_not(world, published):
    url = address(published, "misrepresented/")

    done = world.sign_in(world.dora).post(url, {"why": "The goats matter."})
    refused = world.sign_in(world.carol).post(url, {"why": "Me too."})
    Synthesis.objects.update(published_at=timezone.now() - timedelta(days=8))
    late = world.sign_in(world.bob).post(url, {"why": "Too late."})

    assert (done.status_code, refused.status_code, late.status_code) == (302, 403, 403)
    assert "Too late." in late.content.decode()
    assert Objection.objects.get().why == "The goats matter."


# -- The corrigendum ---------------------------------------------------------------------------------------


@pytest.fixture
def objection(world, published):
    return objections.misrepresented(by=world.bob, synthesis=published, why="It was June.")


def test_accepted_corrections_become_one_corrigendum(world, published, objection, tmp_path):
    sentence = Sentence.objects.get(number=1)
    client = world.sign_in(world.alice)
    form = client.get(address(published, f"objections/{objection.pk}/accept/?sentence=1")).context["form"]
    assert form.initial["corrected"] == 'Springs run dry in July. [1 "in July"]'

    client.post(
        address(published, f"objections/{objection.pk}/accept/"),
        {"sentence": sentence.pk, "corrected": "Some springs run dry in July [1]."},
    )
    letters.write_due()
    before = Sentence.objects.get(number=1).text
    Letter.objects.filter(key__startswith="cited", member=world.dora).delete()
    client.post(address(published, "correct/"))
    letters.write_due()

    assert Letter.objects.filter(key__startswith="cited").count() == 2  # one each, and who was not told yet is
    assert "accepted" in mail_to(world.bob, "objection").subject
    assert "Corrigendum 1" in mail_to(world.bob).subject
    assert before == "Springs run dry in July."
    assert Sentence.objects.get(number=1).text == "Some springs run dry in July."
    page = client.get(address(published)).content.decode()
    assert "Corrigendum 1" in page
    assert "<del>Springs run dry in July." in page
    call_command("export", published.consultation.code, str(tmp_path / "out.zip"), verbosity=0)
    assert checked(tmp_path / "out.zip")


def test_a_corrected_sentence_still_says_what_it_rests_on(world, published, objection):
    sentence = Sentence.objects.get(number=1)

    with pytest.raises(Refused, match="cites nothing"):
        objections.accept(by=world.alice, objection=objection, sentence=sentence, corrected="Some springs dry.")


def test_a_declined_objection_comes_back_with_the_reason_and_stands_below(world, published, objection):
    client = world.sign_in(world.alice)

    silent = client.post(address(published, f"objections/{objection.pk}/decline/"), {"reason": ""})
    client.post(address(published, f"objections/{objection.pk}/decline/"), {"reason": "It says July in your text."})
    letters.write_due()

    assert silent.status_code == 403
    assert "It says July in your text." in text_of(mail_to(world.bob))
    assert "It says July in your text." in client.get(address(published)).content.decode()


def test_time_publishes_the_corrigendum_when_nothing_waits(world, published, objection):
    other = objections.misrepresented(by=world.dora, synthesis=published, why="Goats first.")
    sentence = Sentence.objects.get(number=1)
    objections.accept(by=world.alice, objection=objection, sentence=sentence, corrected="Some dry in July [1].")
    over = published.objections_until

    early = objections.correct_due(now=over - timedelta(minutes=1))
    waiting = objections.correct_due(now=over)
    objections.decline(by=world.alice, objection=other, reason="They are named.")
    done = objections.correct_due(now=over)

    assert (early, waiting, done) == (0, 0, 1)
    assert objections.correct_due(now=over) == 0
    assert fresh(published).corrigenda.get().published_by is None


def test_whom_a_corrigendum_cites_after_the_days_are_over_has_as_many_from_then_on(world, synthesis):
    Citation.objects.filter(contribution__number=2).delete()  # nothing cites Dora
    published = syntheses.publish(by=world.alice, synthesis=synthesis, because="From the price list.")
    objection = objections.misrepresented(by=world.bob, synthesis=published, why="Dora said that too.")
    sentence, now = Sentence.objects.get(number=1), timezone.now()
    objections.accept(by=world.alice, objection=objection, sentence=sentence, corrected="Dry in July [1] [2].")
    Synthesis.objects.update(published_at=now - timedelta(days=8))
    letters.write_due()
    objections.correct_due()
    letters.write_due()

    pages = [world.sign_in(member).get(address(published)).content.decode() for member in (world.dora, world.bob)]
    form = world.sign_in(world.dora).get(address(published, "misrepresented/"))
    again = objections.misrepresented(by=world.dora, synthesis=fresh(published), why="Not in July.")
    with pytest.raises(Refused, match="could be made until"):
        objections.misrepresented(by=world.bob, synthesis=fresh(published), why="Once more.")
    objections.accept(by=world.alice, objection=again, sentence=sentence, corrected="Some in July [1] [2].")

    assert ["/synthesis/misrepresented/" in page for page in pages] == [True, False]
    assert form.status_code == 200
    assert Letter.objects.get(member=world.dora, key__startswith="cited").key == f"cited:{published.pk}:{world.dora.pk}"
    assert objections.correct_due(now=now + timedelta(days=6)) == 0
    assert objections.correct_due(now=now + timedelta(days=8)) == 1
    assert rules.last_until(fresh(published)) < now + timedelta(days=8)


def test_words_of_a_contribution_that_is_hidden_are_shown_nowhere(world, published, tmp_path):
    post = Sentence.objects.get(number=1).citations.get().contribution.post
    posts.hide(by=world.alice, post=post, reason="A private address.")

    page = world.sign_in(world.carol).get(address(published)).content.decode()
    call_command("export", published.consultation.code, str(tmp_path / "out.zip"), verbosity=0)

    assert 'title="in July"' not in page
    assert checked(tmp_path / "out.zip")
    assert consulting.fresh(published.consultation)


def test_words_that_are_erased_are_gone_from_all_that_cites_them_and_the_record_still_holds(world, published, tmp_path):
    sentence = Sentence.objects.get(number=1)
    post = sentence.citations.get().contribution.post

    posts.erase(by=world.sekou, post=post)
    call_command("export", published.consultation.code, str(tmp_path / "out.zip"), verbosity=0)

    assert sentence.citations.get().words == ""
    assert [wording.said for wording in sentence.wordings.all()] == ["Springs run dry in July. [1]"]
    assert checked(tmp_path / "out.zip")


def test_words_that_are_redacted_go_from_what_cites_them_and_others_stay(world, published):
    sentence = Sentence.objects.get(number=1)
    post = sentence.citations.get().contribution.post

    redactions.redact(by=world.alice, post=post, passage="Gurtnellen", reason="A private address.")
    kept = sentence.citations.get().words
    redactions.redact(by=world.alice, post=Post.objects.get(pk=post.pk), passage="in July", reason="Private.")

    assert kept == "in July"
    assert sentence.citations.get().words == ""
    assert [wording.said for wording in sentence.wordings.all()] == ["Springs run dry in July. [1]"]


def test_remarks_on_a_published_sentence_stay_with_those_who_wrote_it(world, synthesis):
    sentence = synthesis.sentences.standing().filter(kind="sentence").first()
    margins.remark(by=world.alice, sentence=sentence, text="Is that so?")
    published = syntheses.publish(by=world.alice, synthesis=synthesis, because="From the price list.")
    place = address(published, f"sentences/{sentence.pk}/")
    client = world.sign_in(world.bob)

    answers = [client.post(place, fields) for fields in ({}, {"text": "Mine."})]
    assert {answer.status_code for answer in answers} == {403}
    assert not any("Is that so" in answer.content.decode() for answer in answers)
    assert "Is that so" in world.sign_in(world.alice).get(place).content.decode()
