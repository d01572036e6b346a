"""The archive: what is in it, that an outsider's check holds, and that one changed byte makes it fail."""

import hashlib
import json
import random
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations import tally
from consultations.exporting import verify
from consultations.models import Amendment
from consultations.services import ballots, comments, phases, voting
from forum.keepers import Attempt
from forum.models import Post
from forum.models.workspaces import Moderation
from forum.services import posts, redactions
from tests.consultations import consulting
from tests.consultations.documents import drafting


@pytest.fixture
def told(world, consultation, question):
    """The consultation with answers of all stamps, a position, an extension, and something private."""
    club = consulting.organisation(world, "Alpine Springs", world.dora)
    consulting.answer(world.bob, question, "The spring at Gurtnellen, in July.")
    consulting.answer(world.dora, question, "=SUM(A1) is no formula, it’s the fourth spring.", organisation=club)
    phase, hour = consultation.timetable[0], timedelta(hours=1)
    first = phase.closes_at
    phases.schedule(
        by=world.alice, consultation=consultation, kind="results", opens_at=first, closes_at=first + 9 * hour
    )
    change = {"authority": "Chairs", "reason": "Floods.", "move_later": True}  # of two phases
    phases.change_window(by=world.alice, phase=phase, closes_at=first + hour, **change)
    for came, proven in ((first + hour / 2, None), (first + 2 * hour, first)):
        attempt = Attempt(at=came, proven_at=proven)
        posts.reply(author=world.bob, thread=question.thread, text=f"At {came}.", attempt=attempt, at=came + hour / 60)
    room = consultation.workspace
    room.moderation = Moderation.ALL
    room.save()
    consulting.answer(world.dora, question, "Nobody let this appear.")
    return consulting.fresh(consultation)


@pytest.fixture
def out(told, tmp_path):
    """The folder of the unpacked archive."""
    call_command("export", told.code, str(tmp_path / "out.zip"), verbosity=0)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "out")
    return tmp_path / "out"


def check(folder, *arguments):
    """Run the checker as an outsider does: alone, with nothing of the house."""
    command = [sys.executable, "-I", str(folder / "verify.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def lines(out, name):
    return [json.loads(line) for line in (out / name).read_text(encoding="utf-8").splitlines()]


def test_the_checker_finds_nothing_wrong_and_says_what_it_checked(told, out):
    old = told.journal.entries.get(seq=5)
    result = check(out, "--head", told.journal.mark, "--head", f"record 5-{bytes(old.digest).hex()[:8].upper()}")

    assert result.returncode == 0, result.stderr
    assert "the first 5 entries are those that the mail" in result.stdout
    assert "5 contributions are numbered without gaps, 4 of them shown" in result.stdout
    assert f"record {told.journal.mark}" in result.stdout


def test_it_checks_the_zip_as_it_is(out):
    assert check(out, str(out.parent / "out.zip")).returncode == 0


def test_exported_again_it_is_the_same_bytes(told, out):
    call_command("export", told.code, str(out.parent / "again.zip"), verbosity=0)

    assert (out.parent / "again.zip").read_bytes() == (out.parent / "out.zip").read_bytes()


def test_another_head_in_a_mail_is_told(out):
    for head in ("9-00000000", "900-00000000", "nine"):
        result = check(out, "--head", head)
        assert result.returncode == 1
        assert head in result.stderr


def test_words_stamps_and_windows_stand_in_the_data(told, out):
    rows = lines(out, "data/contributions.jsonl")

    assert [row["stamp"] for row in rows] == ["original", "original", "extended", "grace", None]
    assert rows[1]["organisation_name"] == "Alpine Springs"
    assert [row["state"] for row in rows][3:] == ["published", "never shown"]
    assert rows[4]["text"] is rows[4]["author"] is None


def test_what_is_private_is_left_out_of_every_file(out):
    for path in out.rglob("*"):
        if path.is_file():
            assert b"Nobody let this appear" not in path.read_bytes()
    withheld = [entry for entry in lines(out, "record/journal.jsonl") if entry["withheld"]]
    assert withheld
    assert all(entry["data"] is None and entry["salt"] is None for entry in withheld)


def test_a_table_opens_without_running_a_formula(out):
    table = (out / "data/contributions.csv").read_text(encoding="utf-8-sig")

    assert "\"'=SUM(A1) is no formula" in table


def test_the_pages_open_without_a_server(out):
    page = (out / "proceedings.html").read_text(encoding="utf-8")

    assert "The spring at Gurtnellen" in page
    assert "What dries up first?" in page
    assert "<script" not in page
    assert "http-equiv" in page
    assert (out / "index.html").read_text(encoding="utf-8").count("verify.py")


def test_one_changed_byte_anywhere_makes_it_fail(out):
    chance = random.Random(7)
    for path in [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "verify.py"]:
        original = path.read_bytes()
        for place in {0, len(original) - 1, *(chance.randrange(len(original)) for _ in range(3))}:
            changed = bytearray(original)
            changed[place] ^= 1
            path.write_bytes(changed)
            with pytest.raises(verify.Fault):
                list(verify.check(out))
        path.write_bytes(original)

    assert len(list(verify.check(out))) == 9


def test_one_changed_byte_of_the_zip_makes_it_fail(out):
    archive, chance = out.parent / "out.zip", random.Random(7)
    original = archive.read_bytes()
    for place in (0, len(original) - 1, len(original) - 72, *(chance.randrange(len(original)) for _ in range(20))):
        changed = bytearray(original)
        changed[place] ^= 1
        archive.write_bytes(changed)
        with pytest.raises(verify.Fault):
            list(verify.check(archive))
    archive.write_bytes(original[:-1])

    with pytest.raises(verify.Fault, match="changed, or packed anew"):
        list(verify.check(archive))


def test_whatever_is_put_into_it_is_told_and_never_breaks_the_checker(out):
    def told_of():
        with pytest.raises(verify.Fault) as fault:
            list(verify.check(out))
        return str(fault.value)

    for name, what in (
        ("data/consultation.json", "[" * 50_000),
        ("data/consultation.json", '{"code": 1, "code": 2}'),
        ("data/consultation.json", "{}"),
        ("record/journal.jsonl", "null\n"),
        ("data/ballots.json", '[{"id": 1, "options": 7}]'),
    ):
        original = (out / name).read_bytes()
        put(out, name, what)
        assert name in told_of()
        put(out, name, original.decode())
    (out / "data" / "passwords").symlink_to("/etc/passwd")

    assert told_of() == "data/passwords is a link or a device, where a file should be"


def test_nothing_that_lies_in_the_archive_is_run(out):
    (out / "json.py").write_text("raise SystemExit(0)")

    result = subprocess.run([sys.executable, str(out / "verify.py")], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stderr) == (1, "DOES NOT HOLD: json.py was added to the archive\n")


def test_a_file_that_is_gone_or_added_is_told(out):
    for name in ("data/contributions.jsonl", "verify.py", "index.html"):
        (out / name).rename(out / "elsewhere.txt")
        with pytest.raises(verify.Fault, match=r"elsewhere\.txt was added"):
            list(verify.check(out))
        (out / "elsewhere.txt").rename(out / name)
    (out / "index.html").unlink()

    with pytest.raises(verify.Fault, match=r"index\.html is missing"):
        list(verify.check(out))


def forge(out, name, change):
    """Change a file and make the manifest agree again, as a forger would."""
    rows = lines(out, name)
    change(rows)
    put(out, name, "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows))


def put(out, name, text):
    """Another text in a file, and a manifest that agrees with it."""
    (out / name).write_text(text, encoding="utf-8", newline="")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = verify.sha256((out / name).read_bytes())
    manifest["sha256"] = verify.sha256(verify.canonical(manifest["files"]))
    text = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")


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


# -- Ballots -----------------------------------------------------------------------------------------------

ranking = st.permutations("ABCD").flatmap(lambda one: st.integers(1, 4).map(lambda length: list(one)[:length]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ranking, min_size=1, max_size=9))
def test_the_checker_and_the_house_count_rankings_alike(ranked):
    papers = [(1, tuple((letter,) for letter in ballot)) for ballot in ranked]

    assert set(verify.beatpath("ABCD", ranked)) == set(tally.schulze("ABCD", papers).winners)
    assert set(verify.runoff("ABCD", ranked)) == set(tally.irv("ABCD", papers).winners)


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


KINDS = {
    "no quorum": {"kind": "choice", "options": ["May", "June"], "quorum": "1/1"},
    "no majority": {"kind": "choice", "options": ["May", "June"], "majority": "two_thirds"},
    "two thirds": {"kind": "yes_no", "majority": "two_thirds", "quorum": "1/2"},
    "secret": {"kind": "choice", "options": ["May", "June"], "is_secret": True},
    "several": {"kind": "approval", "options": ["May", "June"], "most": 2},
    "ranking": {"kind": "ranking", "options": ["May", "June", "July"], "method": "irv"},
    "score": {"kind": "score", "options": ["May", "June"], "most": 5},
}
VOTES = {"yes_no": ("yes", "no"), "choice": ("A", "B"), "approval": ("A, B", "B"), "ranking": ("C>A", "A>B"),
         "score": ("A=5 B=1", "A=2 B=3")}  # fmt: skip


@pytest.fixture
def counted(world, consultation, tmp_path):
    """The folder of an archive with one ballot of each kind, counted."""
    for fields in KINDS.values():
        closes_at = timezone.now() + timedelta(hours=1)
        ballot = ballots.open_ballot(
            by=world.alice, workspace=consultation.workspace, title=f"When? {fields}", closes_at=closes_at, **fields
        )
        for member, said in zip((world.bob, world.dora), VOTES[fields["kind"]], strict=True):
            voting.vote(member=member, ballot=ballot, text=said)
        ballots.count(ballot, at=closes_at)
    call_command("export", consultation.code, str(tmp_path / "out.zip"), verbosity=0)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "out")
    return tmp_path / "out"


def test_ballots_of_every_kind_are_counted_anew(counted):
    result = check(counted)

    assert result.returncode == 0, result.stderr
    page = (counted / "ballots.html").read_text(encoding="utf-8")
    assert "Quorum 3 of 3: not met by 2." in page
    assert "Dora" in page
    assert "7 ballots have the totals and the outcome" in result.stdout


def test_a_changed_vote_is_found(counted):
    journal = verify.Journal(verify.Folder(counted))
    for ballot in json.loads((counted / "data/ballots.json").read_text(encoding="utf-8")):
        about = f"ballot:{ballot['id']}"
        recorded, opened = journal.counts[about], journal.ballots[about]
        values = [value for _who, value in ballot["votes"]]

        assert verify.check_outcome("it", ballot, values, recorded, opened)

        for forged in ([values[0], values[0]], ["Z", values[1]]):
            # Where the quorum is missed nobody wins, whatever a ranking holds; the totals tell the rest.
            with pytest.raises(verify.Fault):
                verify.check_outcome("it", ballot, forged, recorded, opened)


def test_what_a_ballot_asked_cannot_be_changed_afterwards(counted):
    original = (counted / "data/ballots.json").read_text(encoding="utf-8")
    for change, said in (
        (lambda ballot: ballot["labels"].reverse(), "does not say what the journal says: labels"),
        (lambda ballot: ballot["rules"].update(quorum=""), "does not say what the journal says: quorum"),
        (lambda ballot: ballot.update(title="Never?"), "does not ask what it asked"),
        (lambda ballot: ballot.update(closes="2099-01-01T00:00:00Z"), "does not close when"),
        (lambda ballot: ballot["votes"].pop(), "votes of ballot"),
        (lambda ballot: ballot["votes"].append(["AAAA-BBBB-CCCC", "A"]), "votes of ballot"),
    ):
        told = json.loads(original)
        change(told[0])
        put(counted, "data/ballots.json", json.dumps(told))
        with pytest.raises(verify.Fault, match=said):
            list(verify.check(counted))


def test_an_instant_runoff_with_more_ties_than_can_be_followed_holds():
    letters = [chr(65 + place) for place in range(26)]
    ballot, votes = {"options": letters}, [f"{one}>{other}" for one, other in zip(letters, letters[::-1], strict=True)]
    recorded = dict.fromkeys(("quorum", "opening"))
    recorded |= {"kind": "ranking", "method": "irv", "is_complete": False, "winners": []}

    assert verify.check_outcome("it", ballot, votes, recorded)

    with pytest.raises(verify.Fault, match="and a winner all the same"):
        verify.check_outcome("it", ballot, votes, recorded | {"winners": ["A"]})


# -- Draft texts -------------------------------------------------------------------------------------------


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
    call_command("export", consultation.code, str(tmp_path / "out.zip"), verbosity=0)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "out")
    return tmp_path / "out"


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


# -- The command -------------------------------------------------------------------------------------------


def test_an_unknown_or_unpublished_consultation_is_refused_with_what_to_do(world, tmp_path):
    hidden = consulting.prepared(world)

    with pytest.raises(CommandError, match="Use its reference"):
        call_command("export", "ALP/1999/C1", str(tmp_path / "out.zip"))
    with pytest.raises(CommandError, match="not published yet"):
        call_command("export", hidden.code, str(tmp_path / "out.zip"))
    with pytest.raises(CommandError, match="no folder"):
        consulting.running(world, slug="other")
        call_command("export", "other", str(tmp_path / "nowhere" / "out.zip"))

    assert not list(tmp_path.iterdir())
