"""A forger mends the manifest too: then the journal says otherwise, and of a forged journal a mail that was kept."""

import hashlib
import json
from datetime import timedelta

import pytest

from consultations.exporting import verify
from consultations.models import Amendment
from consultations.services import comments
from forum.models import Post
from forum.services import posts, redactions
from tests.consultations.documents import drafting
from tests.consultations.exporting import records
from tests.consultations.exporting.records import forge, lines, put

FORGERIES = {
    "words": (lambda rows: rows[0].update(text="Nothing ever dries up."), "words of contribution 1 were changed"),
    "stamp": (lambda rows: rows[2].update(stamp="original"), "contribution 3 does not say what the journal says"),
    "removed": (lambda rows: rows.pop(1), "contribution 2 is missing"),
    "hidden": (lambda rows: rows.pop(), "contribution 5 is missing"),
    "organisation": (lambda rows: rows[1].update(organisation=None), "organisation"),
    "by another": (
        lambda rows: rows[0].update(by="member:999"),
        "contribution 1 does not say what the journal says: by",
    ),
    "taken back": (lambda rows: rows[0].update(text=None, state="withdrawn"), "by the journal it is published"),
    "table": (lambda rows: rows[0].update(author="Somebody"), "another author for contribution 1"),
    "associated": (lambda rows: rows[0].update(associated=["Club"]), "0 organisations stand beside contribution 1"),
}


def test_a_forger_who_mends_the_manifest_is_found_by_the_journal(out):
    name = "data/contributions.jsonl"
    original = (out / name).read_bytes()
    for change, said in FORGERIES.values():
        forge(out, name, change)
        with pytest.raises(verify.Fault, match=said):
            list(verify.check(out))
        (out / name).write_bytes(original)


JOURNAL_FORGERIES = (
    (lambda rows: rows[3].update(actor="member:999"), "entry 4 of the journal, or one before it, was changed"),
    (lambda rows: rows.pop(3), "entry 4 of the journal is missing"),
    (lambda rows: rows.insert(4, rows.pop(3)), "entry 4 of the journal is missing"),
    (lambda rows: rows.pop(), "ends where it did not end"),
    (lambda rows: rows[3].update(data=None), "the data of entry 4 is gone"),
)


def test_a_forged_journal_does_not_chain(out):
    name = "record/journal.jsonl"
    original = (out / name).read_bytes()
    for change, said in JOURNAL_FORGERIES:
        forge(out, name, change)
        with pytest.raises(verify.Fault, match=said):
            list(verify.check(out))
        (out / name).write_bytes(original)


def test_a_record_that_was_written_anew_as_a_whole_is_found_by_an_old_mail(told, out):
    def write_anew(rows):
        digest = bytes(32)
        rows[3]["actor"] = "member:999"
        for row in rows:
            fields = [row[name] for name in ("journal", "seq", "verb", "actor", "about", "audience", "at")]
            digest = hashlib.sha256(digest + verify.canonical(fields) + bytes.fromhex(row["commitment"])).digest()
            row["digest"] = digest.hex()
        said = json.loads((out / "data/consultation.json").read_text(encoding="utf-8"))
        said["journal"]["digest"] = digest.hex()
        put(out, "data/consultation.json", json.dumps(said))

    forge(out, "record/journal.jsonl", write_anew)

    assert "no head from a mail was given" in list(verify.check(out))[-2]
    with pytest.raises(verify.Fault, match="are not those of that day"):
        list(verify.check(out, [f"7-{bytes(told.journal.entries.get(seq=7).digest).hex()[:8]}"]))


def test_a_contribution_that_came_after_the_close_is_found(told, out):
    journal = verify.Journal(verify.Folder(out))
    entry = journal.contributions[4]
    closes = journal.windows[f"phase:{entry['phase']}"][1]

    verify.check_window(4, entry, journal)
    for came, counts in ((25, -1), (1, 1)):
        moments = {"came": closes + timedelta(hours=came), "moment": closes + timedelta(hours=counts)}
        forged = entry | {name: at.isoformat() for name, at in moments.items()} | {"at": moments["came"]}
        with pytest.raises(verify.Fault):
            verify.check_window(4, forged, journal)


TIMETABLE_FORGERIES = (
    (lambda said: said["phases"][0].update(first_closes=said["phases"][0]["closes"]), "is not open when"),
    (lambda said: said["notices"].clear(), "notice 1 is not the one of the journal"),
    (lambda said: said["questions"][0]["wordings"]["en"].__setitem__(0, "What else?"), "does not ask what"),
    (lambda said: said["wordings"]["en"].__setitem__(1, "All is well."), "journal: wordings"),
    (lambda said: said["notices"][0].update(reason="Sunshine."), "notice 1 is not the one of the journal"),
    (lambda said: said.update(grace_hours=99), "the grace"),
)


def test_a_forged_timetable_or_question_is_found(out):
    original = (out / "data/consultation.json").read_text(encoding="utf-8")
    for change, said in TIMETABLE_FORGERIES:
        told = json.loads(original)
        change(told)
        put(out, "data/consultation.json", json.dumps(told))
        with pytest.raises(verify.Fault, match=said):
            list(verify.check(out))


@pytest.fixture
def charter(world, tmp_path):
    """The folder of an archive with a draft text, proposals on it, statements, and what was taken out of them."""
    consultation, version = drafting.drafted(world)
    text = "The spring of Ms Regli at Gurtnellen"
    paragraph, other = drafting.paragraph(version, "3"), drafting.paragraph(version, "2")
    post = comments.write(
        author=world.bob, paragraph=paragraph, text=text, proposal=comments.Proposal("replace", "Within a week.")
    )
    comments.write(author=world.dora, paragraph=other, text="=1+1", proposal=comments.Proposal("delete"))
    drafting.again(world, version, drafting.TEXT.replace("three months", "one month"))
    amendment = Amendment.objects.get(comment__contribution__post=post)
    comments.decide(by=world.alice, amendment=amendment, taken=False, reason="Too soon.")
    redactions.redact(by=world.alice, post=post, passage="Ms Regli", reason="A name.")
    posts.hide(by=world.alice, post=post, reason="Abuse.")
    posts.restore(by=world.alice, post=Post.objects.get(pk=post.pk))
    return records.export(consultation, tmp_path)


def test_draft_texts_and_what_was_proposed_are_in_the_record_and_hold(charter):
    said = list(verify.check(charter))

    assert any("2 versions of draft texts" in line for line in said)
    assert "Measurements are published within one month." in (charter / "texts.html").read_text(encoding="utf-8")
    first, second = lines(charter, "data/contributions.jsonl")
    assert first["amendment"]["state"] == "declined"
    assert first["amendment"]["proposed"] == "Within a week."
    assert second["amendment"]["action"] == "delete"
    assert not [path for path in charter.rglob("*.*") if b"Regli" in path.read_bytes()]


def test_a_forged_text_or_proposal_is_found(charter):
    documents = json.loads((charter / "data/documents.json").read_text(encoding="utf-8"))
    original = (charter / "data/contributions.jsonl").read_bytes()
    for change, said in (
        (lambda rows: rows[1].update(paragraph="ALP/2026/C1/D1.1/4"), "is pinned to another paragraph"),
        (lambda rows: rows[1]["amendment"].update(action="replace"), "does not say what the journal says: action"),
        (lambda rows: rows[1]["amendment"].update(proposed="More."), "that contribution 2 proposes was changed"),
        (lambda rows: rows[0]["amendment"].update(state="taken"), "does not say what the journal says: state"),
    ):
        forge(charter, "data/contributions.jsonl", change)
        with pytest.raises(verify.Fault, match=said):
            list(verify.check(charter))
        (charter / "data/contributions.jsonl").write_bytes(original)
    forge(charter, "data/contributions.jsonl", lambda rows: None)
    documents[0]["paragraphs"][4]["text"] = "States may protect springs."
    put(charter, "data/documents.json", json.dumps(documents))

    with pytest.raises(verify.Fault, match=r"the text of version \S+ was changed"):
        list(verify.check(charter))
