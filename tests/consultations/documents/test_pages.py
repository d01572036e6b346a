"""Draft texts on the web: uploaded, looked at, published, read a page at a time, commented and compared."""

import brotli
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import Amendment, Comment, Contribution, Document, Version
from consultations.services import comments
from consultations.services.comments import Proposal
from tests.consultations import consulting
from tests.consultations.documents import drafting
from tests.notifications.intake.postman import words


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_alice_uploads_a_text_looks_at_it_and_publishes_it(world, version):
    consultation = version.consultation
    client, home = world.sign_in(world.alice), consultation.get_absolute_url()
    fields = {"title": "Annex", "phase": version.phase.pk, "language": "en"}
    text = "1. One.\n\n2. Two.\n\n4. Four."

    made = client.post(f"{home}documents/prepare/", fields | {"text": text}, follow=True)
    hidden = read(world.sign_in(world.bob), f"{home}D2/", 404)
    world.sign_in(world.alice).post(f"{home}D2.1/publish/")
    shown = read(world.sign_in(world.bob), f"{home}D2/")

    assert "Not in order with its numbers" in made.content.decode()
    assert "Annex" not in hidden
    assert "clean text so far: 100 %" in shown
    assert Document.objects.get(number=2).current.paragraph_count == 3


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("text.pdf", b"%PDF-1.4"), "Save the text as"),
        (SimpleUploadedFile("text.docx", b"PK\x03\x04 no zip"), ""),
        (None, "Paste the text, or choose a file."),
    ],
)
def test_what_cannot_be_read_is_refused_and_what_was_typed_stays(world, version, file, said):
    client = world.sign_in(world.alice)
    fields = {"title": "My title", "phase": version.phase.pk, "language": "en", "text": "  "}

    answer = client.post(
        f"{version.consultation.get_absolute_url()}documents/prepare/", fields | ({"file": file} if file else {})
    )

    assert answer.status_code in (403, 422)
    assert said in answer.content.decode()
    assert "My title" in answer.content.decode()
    assert Version.objects.count() == 1


def test_bob_comments_and_proposes_from_the_page_of_a_paragraph(world, version):
    address = f"{version.get_absolute_url()}2(a)/"
    client = world.sign_in(world.bob)
    form = client.get(address).context["form"]
    begun = {"begun": form.initial["begun"], "key": form.initial["key"]}

    said = client.post(f"{address}comment/", begun | {"kind": "comment", "text": "Cubic?"}, follow=True)
    wording = "the flow in cubic metres per second;"
    proposed = {"kind": "replace", "proposed": wording, "text": "It is the unit."}
    client.post(f"{address}comment/", begun | proposed)
    client.post(f"{address}comment/", begun | proposed)
    page = words(read(client, address))
    text = words(read(client, version.document.get_absolute_url()))

    assert "Received as" in said.content.decode()
    assert Comment.objects.count() == 2
    assert "the flow in <del>litres</del><ins>cubic metres</ins> per second;" in page
    assert "It is the unit." in page
    assert "1 comment · 1 proposal (1 open)" in text
    assert "clean text so far: 71 %" in text  # of seven paragraphs one has brackets, one a proposal


def test_alice_enters_what_a_village_wrote_on_paper_and_prints_the_receipt(world, version):
    sheet = {"name": "Village meeting", "place": "Gurtnellen", "people": "34", "consent": "signed sheet of 3 May"}
    words = {"kind": "replace", "proposed": "the flow in buckets;", "text": "We own no meter.", "language": "en"}
    address = f"{version.get_absolute_url()}2(a)/enter/"

    receipt = world.sign_in(world.alice).post(address, sheet | words | {"key": "sheet-1"}, follow=True)
    refused = world.sign_in(world.bob).post(address, sheet | words | {"key": "sheet-2"})

    contribution = Contribution.objects.get()
    assert contribution.code in receipt.content.decode()
    assert contribution.consent == "signed sheet of 3 May"
    assert contribution.post.author_name == "Village meeting, Gurtnellen (34 people)"
    assert contribution.comment.amendment.proposed == "the flow in buckets;"
    assert refused.status_code == 403


def test_a_changed_wording_sent_as_a_comment_comes_back_with_everything(world, version):
    address = f"{version.get_absolute_url()}1/comment/"

    answer = world.sign_in(world.bob).post(
        address, {"kind": "comment", "text": "Why?", "proposed": "States should act."}
    )

    assert answer.status_code == 422
    assert "You changed the wording." in answer.content.decode()
    assert "States should act." in answer.content.decode()
    assert not Comment.objects.exists()


def test_after_the_close_the_text_of_a_comment_comes_back(world, version):
    consulting.close(version.consultation)

    answer = world.sign_in(world.bob).post(
        f"{version.get_absolute_url()}1/comment/", {"kind": "comment", "text": "Too late, then?"}
    )

    assert answer.status_code == 403
    assert "closed on" in answer.content.decode()
    assert "Too late, then?" in answer.content.decode()


def test_new_paragraphs_stand_in_brackets_in_the_text(world, version):
    paragraph = drafting.paragraph(version, "3")
    comments.write(author=world.bob, paragraph=paragraph, proposal=Proposal("insert", "Data is free for all."))

    page = words(read(world.sign_out(), version.document.get_absolute_url()))

    assert 'class="alternative"' in page
    assert ">3 bis</a>. Data is free for all.]" in page


def test_what_waits_for_a_facilitator_is_shown_to_them_and_its_author(world, version):
    room = version.consultation.workspace
    room.moderation = "all"
    room.save()
    comments.write(author=world.bob, paragraph=drafting.paragraph(version, "1"), text="A waiting word.")
    address = f"{version.get_absolute_url()}1/"

    seen = {who: "A waiting word." in read(world.sign_in(who), address) for who in (world.alice, world.bob, world.dora)}

    assert list(seen.values()) == [True, True, False]
    assert "comment ·" not in read(world.client, version.get_absolute_url())


def test_the_drafters_look_through_proposals_and_decide(world, version):
    for label, action in (("1", "delete"), ("3", "insert")):
        comments.write(
            author=world.bob, paragraph=drafting.paragraph(version, label), proposal=Proposal(action, "Other words.")
        )
    comments.write(author=world.dora, paragraph=drafting.paragraph(version, "1"), text="A comment.")
    first = Amendment.objects.first()
    listed = f"{version.document.get_absolute_url()}comments/"

    refused = world.sign_in(world.bob).post(f"/amendments/{first.pk}/decline/", {"reason": "No."})
    world.sign_in(world.alice).post(f"/amendments/{first.pk}/decline/", {"reason": "It is needed."})
    declined = read(world.client, f"{listed}?kind=declined")
    opened = read(world.client, f"{listed}?kind=open")
    on_first = read(world.client, f"{listed}?paragraph=1")

    assert refused.status_code == 403
    assert "It is needed." in declined
    assert "1 found" in declined
    assert "Other words." in opened
    assert "2 found" in on_first
    assert "A comment." in on_first


def test_the_next_version_begins_with_what_was_taken_and_tells_what_became_of_the_one_before(world, version):
    paragraph = drafting.paragraph(version, "1")
    comments.write(author=world.bob, paragraph=paragraph, proposal=Proposal("replace", "States should act at once."))
    comments.write(author=world.bob, paragraph=drafting.paragraph(version, "3"), text="Why three?")
    comments.decide(by=world.alice, amendment=Amendment.objects.get(), taken=True)
    home, client = version.document.get_absolute_url(), world.sign_in(world.alice)

    begun = client.get(f"{home}prepare/?begin=1").context["form"].initial["text"]
    text = begun.replace("3. Measurements are published within three months.\n\n", "")
    text = text.replace("4. A fund", "3. A fund").replace("5. [", "4. [")
    client.post(f"{home}prepare/", {"phase": version.phase.pk, "language": "en", "text": text}, follow=True)
    client.post(f"{home[:-1]}.2/publish/")
    report = words(read(world.sign_in(world.bob), f"{home[:-1]}.2/report/"))
    compared = words(read(world.client, f"{home}compare/?from=1&to=2"))
    elsewhere = read(world.client, f"{home[:-1]}.2/3/")

    assert "1. States should act at once." in begun
    assert "<td>gone</td>" in report
    assert "unchanged, with another number" in report
    assert "<td>1</td>" in report  # what was said of paragraph 3
    assert "<ins>should act at once</ins>" in compared
    assert "D1.1/4" in elsewhere


def test_a_reference_is_an_address_and_unknown_ones_do_not_exist(world, version):
    client, home = world.sign_out(), version.get_absolute_url()

    cited = client.get(f"/{drafting.paragraph(version, '2(b)').code}")
    typed = client.get(f"{home}2 (B)/")

    assert cited.status_code in (301, 302)
    assert client.get(cited.url).status_code == 200
    assert typed.url.endswith("/2(b)/")
    for label in ("99", "2(c)", "prepare"):
        read(client, f"{home}{label}/", 404)
    assert client.get(f"{home}?at=3").url.endswith("?page=1#3")
    assert "This text has no such paragraph." in read(client, f"{home}?at=99")


LONG = {
    "en": "Every partner measures the springs above {} metres twice a year, and reports the flow, the temperature and "
    "the names of those who drink from number {} before the winter closes the roads to village {}.",
    "zh": "各伙伴每年对海拔{}米以上的泉水进行两次测量，并在冬季封路之前报告第{}号泉水的流量、温度"
    "以及饮用者的情况，供第{}次会议审议。",
    "ar": "يقيس كل شريك الينابيع الواقعة فوق {} متر مرتين في السنة ويبلغ عن التدفق ودرجة الحرارة للينبوع رقم {} "
    "قبل الشتاء {}.",
}


@pytest.mark.parametrize("language", LONG)
def test_a_text_of_300_paragraphs_comes_in_pages_that_arrive_at_once(world, version, language):
    numbered = (f"{n}. " + LONG[language].format(n * 37 % 4000, n * 7919 % 9973, n * 31) for n in range(1, 301))
    made = drafting.upload(world, version.phase, "\n\n".join(numbered), title="Long")
    Version.objects.filter(pk=made.pk).update(language=language, published_at=made.prepared_at)
    Document.objects.filter(pk=made.document_id).update(current=made)

    client, sheets = world.sign_out(), b""
    address = made.document.get_absolute_url()
    sizes = []
    for page in ("", "?page=2", "?page=5"):
        answer = client.get(address + page, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200
        sizes.append(len(answer.content))
    for name in ("site.css", "texts.css"):
        sheets += brotli.compress((settings.BASE_DIR / "static" / name).read_bytes())

    assert made.paragraph_count == 300
    assert max(sizes) + len(sheets) + 3 * 900 <= 14_600, (sizes, len(sheets))
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 16


@pytest.mark.parametrize("path", ["D1/", "D1.1/1/", "D1/comments/", "documents/", ""])
def test_pages_ask_no_more_for_many_comments_than_for_few(world, version, path):
    address = f"{version.consultation.get_absolute_url()}{path}"
    paragraph = drafting.paragraph(version, "1")
    made = []

    for count in (3, 15):
        for number in range(count):
            proposal = Proposal("insert", f"New {number}.") if number % 2 else None
            comments.write(author=world.bob, paragraph=paragraph, text=f"Said {number}.", proposal=proposal)
        world.sign_in(world.alice).get(address)
        with CaptureQueriesContext(connection) as queries:
            read(world.client, address)
        made.append(len(queries))

    assert made[0] == made[1] <= 30, made
