"""The votes of a hearing in its record: whoever has it draws the lot again, and finds every answer and every hand."""

import json

import pytest

from consultations.exporting import data, verify
from consultations.hearings.exporting import motions as exporting
from consultations.hearings.services import calls, explanations, motions, proposals, sheets, votes
from consultations.services import ballots
from core.access import Refused
from journal.models import Entry
from tests.hearings import hearing as scene
from tests.hearings import voting


@pytest.fixture
def archive(world, hearing, item, tmp_path):
    """A roll call with a correction, hands counted anew and a vote by phone, a straw poll; withdrawn, annulled."""
    nadia = voting.note_taker(world, hearing)
    call = voting.put(world, item, manner="roll_call", mover="Bob", seconder="Dora")
    for row, said in zip(call.calls.all(), ("yes", "no", "absent"), strict=True):
        calls.say(by=world.alice, motion=call, call=row, said=said)
    calls.say(by=nadia, motion=call, call=call.calls.get(place=2), said="abstain", seen="no")
    ballots.vote(member=call.calls.get(place=3).elector.member, ballot=call.ballot, text="no")
    explanations.explain(by=world.dora, motion=call, text="In May it is dry.")
    votes.close(by=world.alice, motion=call)
    hall = voting.put(world, item, manner="hall")
    for yes in (1, 2):
        sheet = sheets.count_hall(by=nadia, motion=hall, figures={"yes": yes})
        sheets.confirm(by=world.alice, sheet=sheet, figures={"yes": yes})
    sheet = sheets.phone(by=nadia, motion=hall, elector=hall.ballot.electors.get(member=world.dora), value="no")
    sheets.confirm(by=world.alice, sheet=sheet, value="no")
    votes.close(by=world.alice, motion=hall)
    poll = voting.put(world, item, form="straw")
    with pytest.raises(Refused):
        motions.withdraw(by=world.alice, motion=poll)
    votes.close(by=world.alice, motion=poll)
    motions.withdraw(by=world.alice, motion=voting.moved(world, item), reason="Settled")
    wrong = voting.put(world, item)
    ballots.vote(member=world.bob, ballot=wrong.ballot, text="yes")
    votes.annul(by=world.alice, motion=wrong, reason="It said “thrice”")
    theirs = proposals.propose(member=world.bob, item=item, title="That we rest", amends=voting.moved(world, item))
    proposals.rule_out(by=world.alice, motion=theirs, reason="Not today")
    return written(scene.fresh(hearing), tmp_path)


def written(hearing, folder):
    for name in ("data", "record"):
        (folder / name).mkdir()
    (folder / "data/ballots.json").write_text(json.dumps(data.ballots(hearing)))
    (folder / "data/motions.json").write_text(json.dumps(exporting.of_hearing(hearing)))
    (folder / "record/journal.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in data.entries(hearing)))
    return folder


def checked(folder):
    files = verify.Folder(folder)
    journal = verify.Journal(files)
    return [verify.check_ballots(files, journal), verify.check_motions(files, journal)]


CHANGES = (
    (lambda rows: rows[0]["calls"].reverse(), "not called in the order of the lot"),
    (lambda rows: rows[0]["calls"][1].update(said="no"), "is not the one that was entered"),
    (lambda rows: rows[0]["calls"][1].update(corrections=0), "is not the one that was entered"),
    (lambda rows: rows[0]["explanations"][0].update(text="In June"), "an explanation of vote on motion 1 was changed"),
    (lambda rows: rows[1]["sheets"][0]["figures"].update(yes=1), "a sheet of votes on motion 2"),
    (lambda rows: rows[1]["sheets"][0].update(confirmed_by="member:1"), "a sheet of votes on motion 2"),
    (lambda rows: rows[1]["sheets"].pop(), "not those they confirmed"),
    (lambda rows: rows[2].update(form="formal"), "motion 3 is not the one of the journal: form"),
    (lambda rows: rows[3].update(state="moved"), "motion 4 is moved"),
    (lambda rows: rows[4].update(state="closed"), "motion 5 is closed, and not by the journal"),
    (lambda rows: rows[6].update(state="moved"), "motion 7 is moved"),
    (lambda rows: rows[6].update(amends=None), "not the one of the journal: amends"),
    (lambda rows: rows.pop(), "is left out"),
    (lambda rows: rows.pop(0), "motion 1 is missing"),
    (lambda rows: rows[0].update(ballot=None), "has another ballot"),
)


def test_the_votes_of_a_hearing_can_be_checked_by_whoever_has_its_record(archive):
    path = archive / "data/motions.json"
    told, kept = checked(archive), path.read_text()

    assert told[0] == "3 ballots with the totals and the outcome that the votes give"
    told_of_calls = "1 roll call in the order of its lot, 1 count of hands by two officers"
    assert told[1] == f"7 motions as the journal has them; {told_of_calls}"
    for change, fault in CHANGES:
        rows = json.loads(kept)
        change(rows)
        path.write_text(json.dumps(rows))
        with pytest.raises(verify.Fault, match=fault):
            checked(archive)


def test_a_lot_that_nobody_drew_is_found(world, item):
    voting.put(world, item, manner="roll_call")
    drawn = Entry.objects.get(verb="motion.drawn")
    before = bytes(Entry.objects.get(journal=drawn.journal, seq=drawn.seq - 1).digest)
    about, facts = drawn.about, drawn.data
    other = facts | {"drawn": (facts["drawn"] + 1) % 3}

    assert verify.check_lot(about, facts, drawn.seq, before)
    for wrong, fault in (
        (other, "gives place"),
        (facts | {"names": facts["names"][::-1]}, "alphabetical order"),
        (facts | {"digest": "00" * 32}, "not drawn from the entry before it"),
    ):
        with pytest.raises(verify.Fault, match=fault):
            verify.check_lot(about, wrong, drawn.seq, before)
