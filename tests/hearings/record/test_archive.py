"""The archive of a hearing: who has it follows the order of speakers, every clock, vote and text; forgers are found."""

import json
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from consultations.exporting import verify
from consultations.hearings.exporting import archive
from consultations.hearings.letters import records as letters
from consultations.hearings.letters import takeouts as takeout_letters
from consultations.hearings.models import Caption, Correction, Explanation, LiveQuestion, Motion, Speech, WrittenAnswer
from consultations.hearings.services import records, takeouts
from core.access import Refused
from journal import verbs
from journal import verify as journal
from notifications import letters as letters_of_all
from notifications.models import Letter
from tests.consultations.exporting.records import export, forge, lines, put
from tests.hearings import hearing as scene
from tests.hearings.record import telling


@pytest.fixture
def final(world):
    """The record of a hearing with everything in it, corrected, final, with its corrigendum."""
    hearing, now = telling.told(world, telling.votes_and_papers), timezone.now()
    sent = {"at": now - timedelta(minutes=30)}  # while corrections were taken
    until = {"at": now - timedelta(hours=1), "until": now - timedelta(minutes=5)}
    record = records.publish_provisional(by=world.alice, hearing=hearing, **until)
    [speech], [note, *_] = telling.numbers(record, "speech"), telling.numbers(record, "note")
    asked = records.correct(by=world.bob, record_of=record, paragraph=speech, why="Four.", **sent)
    records.accept(by=world.alice, correction=asked, paragraph=speech, part="text", reads="Four springs.")
    floor = telling.numbers(record, "floor")[0]
    asked = records.correct(by=world.bob, record_of=record, paragraph=floor, why="Robert.", **sent)
    records.accept(by=world.alice, correction=asked, paragraph=floor, part="name", reads="Robert")
    wrong = records.correct(by=world.dora, record_of=record, why="I said more.", **sent)
    records.decline(by=world.alice, correction=wrong, reason="The tape.")
    record = records.finalise(by=world.alice, record_of=record)
    records.issue_corrigendum(by=world.alice, record_of=record, corrections=[(note, "It was warm.")])
    return scene.fresh(hearing)


EARLIER = "2026-01-01T00:00:00Z"
LINES = {
    "data/speakers.jsonl": [
        (lambda rows: rows[0].update(number=9), "journal: number"),
        (lambda rows: rows[0].update(announced_as="Somebody"), "called by another name"),
        (lambda rows: rows[0].update(member="member:999"), "somebody else"),
        (lambda rows: rows[0]["clock"].update(used=60), "time that the journal says: used"),
        (lambda rows: rows[0]["clock"].update(started="2026-01-01T00:00:00Z"), "did not speak when"),
        (lambda rows: rows[0].update(clock=None), "had the floor, or never had it"),
        (lambda rows: rows[0]["speeches"][0].update(text="No springs."), "words of speaker"),
        (lambda rows: rows[0]["speeches"].pop(), "words that were said or shown are left out"),
        (lambda rows: rows[3].update(ruling="overruled"), "journal: ruling"),
        (lambda rows: rows.reverse(), "in another order than that of requests"),
        (lambda rows: rows[0]["speeches"][0].update(written=EARLIER), r"when a text of speaker \d+ was written"),
        (lambda rows: rows.pop(2), "is left out"),
    ],
    "data/questions.jsonl": [
        (lambda rows: rows[0].update(text="Who drinks?"), "words of question 1 were changed"),
        (lambda rows: rows[0].update(state="shown"), "question 1 is shown"),
        (lambda rows: rows[0]["answers"].clear(), "answers to question 1"),
        (lambda rows: rows[0].update(by="member:999"), "question 1 was asked by somebody else"),
        (lambda rows: rows[0].update(item="3"), "question 1 was asked on another item"),
        (lambda rows: rows[1].update(text=None), "question 2 is left out"),
        (lambda rows: rows.pop(0), "question 1 is missing"),
    ],
    "data/transcript.jsonl": [
        (lambda rows: rows[0].update(text="The springs are high."), "line 1 of the transcript is not"),
        (lambda rows: rows.pop(), "line 1 of the transcript is left out"),
    ],
}
DOCUMENTS = {
    "data/hearing.json": [
        (lambda said: said["items"][1].update(label="7"), "journal: label"),
        (lambda said: said["items"].pop(), "is not on the agenda of the journal, or left out"),
        (lambda said: said["sessions"][0].update(ends="2030-01-01T00:00:00Z"), "was not planned"),
        (lambda said: said["sessions"][0].update(closed=None), "was not closed"),
        (lambda said: said["rules"].update(seconds=999), "the hearing is not the one of the journal: seconds"),
        (lambda said: said["rules"].pop("timezone"), "lacks “timezone”"),
        (lambda said: said["items"].reverse(), "the items of the agenda stand twice, or not in order"),
        (lambda said: said["officers"][0].update(role="secretary"), "the officers are not those"),
        (lambda said: said.update(ended=EARLIER), "when the hearing ended and the record say different times"),
        (lambda said: said["record"].update(finalised=EARLIER), "when the record became final"),
        (lambda said: said["record"].update(corrections_until=EARLIER), "taken until another moment"),
        (lambda said: said["record"].update(state="provisional"), "by the journal it is final"),
    ],
    "data/record.json": [
        (lambda said: said["provisional"]["paragraphs"][0].update(at="2026-01-01"), "the provisional record is not"),
        (lambda said: said["final"]["speakers"][0].update(used=1), "the final record is not the text"),
        (lambda said: said["corrections"][0].update(reads="No springs."), "correction 1 is not the one"),
        (lambda said: said["corrections"].pop(), "was decided and is left out"),
        (lambda said: said["corrections"].reverse(), "in another order than they were decided"),
        (lambda said: said["corrections"][0].update(by="member:999"), "was asked for by somebody else"),
        (lambda said: said["corrigendum"].clear(), "the corrigendum is not"),
    ],
    "data/motions.json": [
        (lambda said: said[0]["calls"][0].update(said="no"), "the answer of"),
        (lambda said: said[0]["calls"].reverse(), "in the order of the lot"),
        (lambda said: said[0]["explanations"].clear(), "explanation of vote on motion 1 is left out"),
        (lambda said: said[0]["explanations"][0].update(when="before"), "explanation of vote on motion 1 is not"),
        (lambda said: said[0]["calls"][0].update(at=EARLIER), "when .* answered to motion 1"),
        (lambda said: said[0]["lot"].update(seed="0"), "journal: lot"),
        (lambda said: said[1].update(text="Leave it."), "words of motion 2 were changed"),
        (lambda said: said[1].update(state="decided"), "motion 2 is decided, and not by the journal"),
        (lambda said: said[1].update(moved=EARLIER), "when motion 2 was moved"),
    ],
    "data/desk.json": [
        (lambda said: said[0]["files"][0].update(sha256="0" * 64), "the files of"),
        (lambda said: said[0]["wordings"]["en"].__setitem__(0, "No plan"), "has another title"),
        (lambda said: said[0].update(item="3"), "is on another item"),
        (lambda said: said.pop(), "was on the desk and is left out"),
    ],
}


def test_the_archive_of_a_final_record_holds_and_no_forgery_does(final, tmp_path):
    out = export(final, tmp_path)

    said = "\n".join(verify.check(out))
    assert "4 requests for the floor, given 3 times in the order of the lists with 1 recorded change" in said
    assert "the record is final, with 2 corrections in it and a corrigendum of 1 paragraph" in said
    assert "1 roll call in the order of its lot" in said
    assert list(verify.check(out.parent / "out.zip"))
    with zipfile.ZipFile(out.parent / "out.zip") as packed:
        sent = [info for info in packed.infolist() if info.filename.startswith("files/")]
    assert [info.compress_type for info in sent] == [zipfile.ZIP_STORED]
    page = (out / "record.html").read_text(encoding="utf-8")
    assert "Four springs." in page
    assert "Robert" in page
    assert "<script" not in page
    for name, forgeries in LINES.items():
        original = (out / name).read_bytes()
        for change, said in forgeries:
            forge(out, name, change)
            with pytest.raises(verify.Fault, match=said):
                list(verify.check(out))
            (out / name).write_bytes(original)
        forge(out, name, lambda rows: None)
    for name, forgeries in DOCUMENTS.items():
        original = (out / name).read_text(encoding="utf-8")
        for change, said in forgeries:
            told = json.loads(original)
            change(told)
            put(out, name, json.dumps(told))
            with pytest.raises(verify.Fault, match=said):
                list(verify.check(out))
        put(out, name, original)
    assert list(verify.check(out))


def test_a_hearing_that_goes_on_gives_a_record_without_what_only_officers_read(world, hearing, item, tmp_path):
    telling.notes.write(by=world.alice, item=item, text="Nobody has read this.")
    records.summarise(by=world.alice, hearing=hearing, text="Nobody has read that.", version=0)
    speaker = telling.speakers.request(member=world.bob, item=item)
    telling.speeches.hand_in(by=world.bob, speaker=speaker, text="Not said yet.", language="en")

    out = export(scene.fresh(hearing), tmp_path)

    assert any("still being written" in line for line in verify.check(out))
    assert json.loads((out / "data/hearing.json").read_text())["record"] == {"state": "draft"}
    for path in out.rglob("*.*"):
        assert not [words for words in (b"Nobody has read", b"Not said yet") if words in path.read_bytes()], path
    assert lines(out, "data/speakers.jsonl")[0]["state"] == "listed"
    other = scene.prepared(world, slug="other")
    with pytest.raises(CommandError, match="not published"):
        call_command("export", other.code, str(tmp_path / "other.zip"))
    with (tmp_path / "other.zip").open("w+b") as file:
        archive.write(other, file)
    assert any("the hearing is not published" in line for line in verify.check(tmp_path / "other.zip"))


def replay(*entries):
    """What the checker makes of entries about the floor, told one by one."""
    told = verify.Hearing()
    told.sessions["session:1"] = {"opened": verify.moment("2026-11-21T09:00:00Z"), "closed": None}
    for seq, (verb, about, data) in enumerate(entries, 1):
        kind, _dot, deed = verb.partition(".")
        data = {"item": 1, "queue": "list", "name": about, "priority": 0, "state": "listed"} | data
        at = data.pop("at", "2026-11-21T10:00:00Z")
        getattr(told, f"_{kind}")(deed, about, data, {"seq": seq, "at": at})
    return told


def asks(who, minute, place):
    return "speaker.requested", who, {"requested": f"2026-11-21T08:{minute:02}:00Z", "place": place}


def given(who, place):
    data = {"place": place, "started": "2026-11-21T10:00:00Z", "allotted": 60}
    return "floor.given", who, data


UNTRUE = [
    ([asks("A", 1, 1), asks("B", 0, 2)], "did not get the place"),
    ([asks("A", 0, 1), asks("B", 1, 2), given("B", 2)], "spoke before others"),
    ([asks("A", 0, 1), given("A", 1), asks("B", 1, 1), given("B", 1)], "A had the floor already"),
    (
        [asks("A", 0, 1), asks("B", 1, 2), ("speaker.moved", "B", {"from": 2, "place": 1, "reason": ""})],
        "nobody said why",
    ),
    (
        [asks("A", 0, 1), asks("B", 1, 2), ("speaker.moved", "B", {"from": 1, "place": 1, "reason": "x"})],
        "was not at place 1",
    ),
    ([given("A", 1)], "never asked for the floor"),
]


@pytest.mark.parametrize(("entries", "said"), UNTRUE)
def test_a_journal_that_tells_of_no_order_is_found(entries, said):
    with pytest.raises(verify.Fault, match=said):
        replay(*entries)


def test_a_clock_is_reckoned_again_to_the_second():
    clock = {"started": "2026-11-21T10:00:00Z", "allotted": 60, "stood_still": 0}
    pause = ("floor.paused", "A", clock | {"paused": "2026-11-21T10:00:20Z", "at": "2026-11-21T10:00:20Z"})
    resume = ("floor.resumed", "A", clock | {"stood_still": 30, "at": "2026-11-21T10:00:50Z"})
    last = clock | {"stood_still": 30, "ended": "2026-11-21T10:01:10Z", "at": "2026-11-21T10:01:10Z"}
    entries = [asks("A", 0, 1), given("A", 1), pause, resume]

    assert replay(*entries, ("floor.ended", "A", last | {"used": 40})).speakers["A"]["clock"]["used"] == 40
    with pytest.raises(verify.Fault, match="A spoke for 40 seconds"):
        replay(*entries, ("floor.ended", "A", last | {"used": 70}))


def test_words_that_are_taken_out_are_in_no_file_and_the_record_still_holds(world, final, tmp_path):
    with pytest.raises(Refused, match="do not stand"):
        takeouts.redact_everywhere(by=world.alice, hearing=final, passage="Rain", reason="A name.")
    motion = Motion.objects.get(ballot=None)
    for passage in ("springs", "It was warm", "hall* was", "hears", "Dam it"):
        takeouts.redact_everywhere(by=world.alice, hearing=final, passage=passage, reason="A name.")
    takeouts.redact(by=world.alice, thing=LiveQuestion.objects.get(number=1), passage="Who pays", reason="A name.")
    answer, speech, explained, line = WrittenAnswer.objects.get(), Speech.objects.last(), Explanation.objects.get(), 1
    with pytest.raises(Refused):
        takeouts.erase(by=world.alice, thing=speech)
    with pytest.raises(Refused):
        takeouts.redact(by=world.bob, thing=answer, passage="canton", reason="Mine.")
    accepted = Correction.objects.get(state="accepted", part="text")
    takeouts.redact(by=world.alice, thing=accepted, passage="Four", reason="A number.")
    for thing in (answer, speech, explained, Caption.objects.get(number=line), accepted):
        takeouts.erase(by=world.sekou, thing=thing, reason="Asked for.")

    out = export(scene.fresh(final), tmp_path)

    said = list(verify.check(out))
    assert any("the record is final, with 2 corrections" in line for line in said)
    assert any("with words taken out" in line for line in said)
    assert motion.title != Motion.objects.get(pk=motion.pk).title
    assert journal.verify(scene.fresh(final).journal) is None
    gone = (
        "hree springs",
        "our springs",
        "It was warm",
        "hall* was",
        "Nobody hears",
        "Who pays",
        "and a well",
        "canton",
        "is dry",
        "Dam it",
    )
    for path in out.rglob("*.*"):
        raw = path.read_text(encoding="utf-8") if path.suffix != ".py" else ""
        assert not [words for words in gone if words in raw], path
    assert "(A name.)" in (out / "record.html").read_text(encoding="utf-8")


def test_bob_gets_his_words_back_and_letters_with_them_are_let_go_of(world, told):
    record = telling.provisional(world, told)
    letters.write_due()
    waiting = Letter.objects.get(member=world.bob, about=record.reference)
    speech = Speech.objects.get(stage="delivered")

    takeouts.redact(by=world.alice, thing=speech, passage="and a well", reason="A private well.")
    takeout_letters.write_due()

    waiting.refresh_from_db()
    assert (waiting.state, bytes(waiting.stored)) == ("withdrawn", b"")
    again = Letter.objects.get(member=world.bob, about=record.reference, state="queued")
    assert "A private well." in letters_of_all.text_of(again)
    assert "and a well" in letters_of_all.text_of(Letter.objects.get(member=world.bob, about=told.reference))
    assert Speech.objects.get(stage="ahead").text == "Three springs."
    entry = told.journal.entries.get(verb="speech.delivered")
    assert entry.data is None
    assert verbs.line(entry).startswith("The words of Bob on item 2")


def test_what_was_asked_for_by_mail_leaves_without_words_that_were_taken_out_meanwhile(world, postman):
    hearing = telling.told(world, telling.votes_and_papers)
    record, code = telling.provisional(world, hearing), hearing.code
    for asked in (f"GET {code}/R", f"GET {code}/Q1", f"MISSED {code}", f"GET {code}/Q2"):
        postman.brings(postman.mail(world.dora, "help@reply.example.org", asked))
    had = list(Letter.objects.filter(member=world.dora).order_by("pk"))
    motion, speech, answer = Motion.objects.get(ballot=None), Speech.objects.last(), WrittenAnswer.objects.get()
    for thing, passage in ((speech, "a well"), (motion, "Dam it"), (answer, "The canton")):
        assert any(passage in letters_of_all.text_of(letter) for letter in had)
        takeouts.redact(by=world.alice, thing=thing, passage=passage, reason="A name.")
    takeout_letters.write_due()

    [anew] = Letter.objects.filter(member=world.dora, about=record.reference, state="queued")
    had = [Letter.objects.get(pk=letter.pk) for letter in had]
    assert [letter.state for letter in had] == ["withdrawn", "queued", "queued", "queued"]
    for letter in (anew, *had[1:3]):
        assert "▮▮▮ (A name.) ▮▮▮" in " ".join(letters_of_all.text_of(letter).split())
        assert not [words for words in ("a well", "Dam it", "The canton") if words in letters_of_all.text_of(letter)]
    Letter.objects.filter(pk=had[1].pk).update(state="sent")
    takeouts.erase(by=world.sekou, thing=answer, reason="Asked for.")
    takeout_letters.write_due()
    assert not Letter.objects.get(pk=had[1].pk).stored
    assert Letter.objects.filter(member=world.dora, about=record.reference, state="queued").exists()


def test_how_often_questions_are_endorsed_is_told_of_no_single_one():
    told = verify.Hearing()

    told._asked("counted", "hearing:1", {"counts": {"1": 2}}, {})

    assert not told.questions
