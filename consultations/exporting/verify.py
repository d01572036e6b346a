#!/usr/bin/env python3
"""Check the record of a consultation that was exported by Alphorn. Needs Python 3.9 or later and nothing else.

    python3 verify.py [FOLDER-OR-ZIP] [--head 340-7f3a91c2]

It looks into the folder it lies in, unless told otherwise, and does by itself what the system claims to have done:

1. every file is the one that was exported (manifest.json), and none is missing or added;
2. the journal is one chain: each entry's digest is made from the one before it, and its data is what was committed to;
   private parts are left out and stand in the chain by their commitments alone;
3. contributions are numbered without gaps, each says what its entry says, its words are those whose SHA-256 the
   journal holds, and it came in the part of the window it is stamped with, as the notices changed that window;
4. every counted ballot has the totals and the outcome that its votes give, those of a secret one from the published
   list, and the votes are those whose SHA-256 the journal holds;
5. the synthesis is the one whose SHA-256 the journal holds, and the words of every citation in it stand in the
   contribution it cites.

The last digest of the journal is printed, as `record 340-7f3a91c2`: compare it with the one beside the workspace's name
in any digest mail. It prints what it checked and exits with 0, or names the first thing that does not hold and exits
with 1. How entries are chained is described in the file FORMAT.md beside this one.
"""

import argparse
import hashlib
import json
import sys
import unicodedata
import zipfile
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

FINISHING = timedelta(minutes=15)  # to finish a form that was opened before the close
MOST_STATES = 20_000  # of an instant-runoff whose ties are followed every way


class Fault(Exception):
    """The first thing that does not hold."""


def hold(condition, message):
    if not condition:
        raise Fault(message)


# -- Files -------------------------------------------------------------------------------------------------


class Folder:
    """The files of an archive that was unpacked."""

    def __init__(self, path):
        self.path = path

    def names(self):
        found = (path for path in self.path.rglob("*") if path.is_file())
        names = {path.relative_to(self.path).as_posix() for path in found}
        return {name for name in names if "__pycache__/" not in name}

    def open(self, name):
        return (self.path / name).open("rb")


class Zipped:
    """The files of an archive as it came."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)

    def names(self):
        found = self.zip.namelist()
        hold(len(found) == len(set(found)), "the ZIP holds a file twice")
        return set(found)

    def open(self, name):
        return self.zip.open(name)


def read_json(files, name):
    with files.open(name) as file:
        return json.loads(file.read().decode("utf-8"))


def read_lines(files, name):
    """The objects of a file with one JSON object a line."""
    with files.open(name) as file:
        for line in file:
            yield json.loads(line.decode("utf-8"))


def canonical(value):
    """JSON with one possible spelling: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def sha256(raw):
    return hashlib.sha256(raw).hexdigest()


def check_files(files):
    """Every file is the one that was exported."""
    with files.open("manifest.json") as file:
        raw = file.read()
    manifest = json.loads(raw.decode("utf-8"))
    pretty = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    hold(pretty.encode("utf-8") == raw, "manifest.json was changed")
    listed, there = set(manifest["files"]) | {"manifest.json"}, files.names()
    hold(not there - listed, f"{min(there - listed, default='')} was added to the archive")
    hold(not listed - there, f"{min(listed - there, default='')} is missing from the archive")
    for name, expected in sorted(manifest["files"].items()):
        digest = hashlib.sha256()
        with files.open(name) as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        hold(digest.hexdigest() == expected, f"{name} is not the file that was exported")
    whole = sha256(canonical(manifest["files"]))
    hold(whole == manifest["sha256"], "manifest.json does not agree with itself")
    return f"{len(listed)} files are those that were exported"


# -- The journal -------------------------------------------------------------------------------------------


class Journal:
    """The chain, checked while it is read, and what later checks need of it."""

    def __init__(self, files):
        self.words = {}  # of a post: the SHA-256 of its words, as the journal last said
        self.contributions = {}  # by number: what its entry says
        self.windows = {}  # of a phase: (opens, closes, first close)
        self.counts = {}  # of a ballot: what was recorded when it was counted
        self.synthesis = ""  # the SHA-256 of the published synthesis, as its last corrigendum left it
        self.grace = timedelta(hours=24)
        self.published = False
        self.seq, self.digest = 0, bytes(32)
        self.withheld, blanked = 0, set()
        for entry in read_lines(files, "record/journal.jsonl"):
            self._link(entry)
            if entry["data"] is None:
                if entry["withheld"]:
                    hold(entry["audience"] != "everyone", f"entry {self.seq} is for everyone and its data is left out")
                    self.withheld += 1
                else:
                    blanked.add(self.seq)
                continue
            if entry["verb"] == "record.erased":
                blanked.difference_update(entry["data"]["seqs"])
            self._take(entry)
        hold(not blanked, f"the data of entry {min(blanked, default=0)} is gone, and no later entry says who erased it")

    def _link(self, entry):
        seq = entry["seq"]
        hold(seq == self.seq + 1, f"entry {self.seq + 1} of the journal is missing")
        fields = [entry[name] for name in ("journal", "seq", "verb", "actor", "about", "audience", "at")]
        commitment = bytes.fromhex(entry["commitment"])
        digest = hashlib.sha256(self.digest + canonical(fields) + commitment).digest()
        hold(digest.hex() == entry["digest"], f"entry {seq} of the journal, or one before it, was changed")
        if entry["data"] is not None:
            said = hashlib.sha256(bytes.fromhex(entry["salt"]) + canonical(entry["data"])).digest()
            hold(said == commitment, f"the data of entry {seq} is not what was committed to")
        self.seq, self.digest = seq, digest

    @property
    def mark(self):
        return f"{self.seq}-{self.digest.hex()[:8]}"

    def _take(self, entry):
        verb, data, about = entry["verb"], entry["data"], entry["about"]
        if (
            verb in ("post.opened", "post.replied", "post.edited", "post.approved", "post.redacted")
            and "sha256" in data
        ):
            self.words[about] = data["sha256"]
        elif verb == "contribution.received":
            self.contributions[data["number"]] = {**data, "at": moment(entry["at"]), "grace": self.grace}
        elif verb == "phase.scheduled":
            self.windows[about] = (moment(data["opens"]), moment(data["closes"]), moment(data["closes"]))
        elif verb == "phase.changed":
            self._change(about, data)
        elif verb == "phase.dropped":
            self.windows.pop(about, None)
        elif verb == "consultation.published":
            self.published = True
        elif verb == "ballot.counted":
            self.counts[about] = data
        elif verb in ("synthesis.published", "synthesis.corrected"):
            self.synthesis = data["sha256"]
        if verb.startswith("consultation.") and "grace_hours" in data:
            self.grace = timedelta(hours=data["grace_hours"])
        elif verb == "consultation.changed" and "grace_hours" in data.get("changed", {}):
            self.grace = timedelta(hours=data["changed"]["grace_hours"][1])

    def _change(self, about, data):
        old, new = ({name: moment(window[name]) for name in window} for window in (data["old"], data["new"]))
        opens, closes, first = self.windows.get(about, (None, None, None))
        hold((old["opens"], old["closes"]) == (opens, closes), f"a notice changes a window that {about} did not have")
        self.windows[about] = (new["opens"], new["closes"], first if "notice" in data else new["closes"])


def moment(text):
    """A moment as JSON has it; `Z` too, which Python before 3.11 does not read."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def check_journal(files, consultation):
    journal = Journal(files)
    head = consultation["journal"]
    hold((journal.seq, journal.digest.hex()) == (head["seq"], head["digest"]), "the journal ends where it did not end")
    left_out = f", {journal.withheld} of them private and left out" if journal.withheld else ""
    return journal, f"{journal.seq} entries of the journal are one chain{left_out}"


# -- Contributions -----------------------------------------------------------------------------------------


def check_contributions(files, consultation, journal):
    count = shown = 0
    for row in read_lines(files, "data/contributions.jsonl"):
        count += 1
        hold(row["number"] == count, f"contribution {count} is missing")
        entry = journal.contributions.get(count)
        if row["text"] is None and entry is None:
            continue  # it was never shown to everyone: a number, and a commitment in the chain
        hold(entry is not None, f"the journal does not know contribution {count}")
        for name in ("code", "phase", "question", "organisation", "stamp", "moment", "came", "accepted_because"):
            hold(same(row[name], entry[name]), f"contribution {count} does not say what the journal says: {name}")
        check_window(count, entry, journal)
        if row["text"] is not None:
            shown += 1
            known = journal.words.get(f"post:{row['post']}")
            hold(sha256(row["text"].encode("utf-8")) == known, f"the words of contribution {count} were changed")
    hold(count == consultation["contributions"], f"contribution {count + 1} is missing")
    missing = min(set(journal.contributions) - set(range(1, count + 1)), default=None)
    hold(missing is None, f"contribution {missing} stands in the journal and not in the data")
    return f"{count} contributions are numbered without gaps, {shown} of them shown; each came in the window it says"


def same(here, there):
    """Equal; two moments may be spelled differently."""
    if here == there:
        return True
    try:
        return moment(here) == moment(there)
    except (AttributeError, TypeError, ValueError):
        return False


def check_window(number, entry, journal):
    """Did it come in the part of the window that it is stamped with?"""
    name = f"contribution {number}"
    came, counts, stamp = moment(entry["came"]), moment(entry["moment"]), entry["stamp"]
    hold(came <= entry["at"], f"{name} was recorded before it came")
    window = journal.windows.get(f"phase:{entry['phase']}")
    hold(window is not None, f"{name} came in a phase that was never scheduled")
    opens, closes, first = window
    if stamp == "original":
        hold(counts == came and opens <= came < first, f"{name} did not come in the original period")
    elif stamp == "extended":
        hold(counts == came and first <= came < closes, f"{name} did not come in the extended period")
    elif stamp == "grace":
        hold(counts < closes <= came, f"{name} needed no grace, or was not sent before the close")
        hold(came < closes + max(entry["grace"], FINISHING), f"{name} came after the grace")
    else:
        hold(stamp == "late" and entry["accepted_because"], f"{name} is late, and nobody said why it was accepted")


# -- Ballots -----------------------------------------------------------------------------------------------


def check_ballots(files, journal):
    counted = 0
    for ballot in read_json(files, "data/ballots.json"):
        name, recorded = f"ballot {ballot['id']}", journal.counts.pop(f"ballot:{ballot['id']}", None)
        if ballot["votes"] is None:
            hold(recorded is None, f"{name} was counted, and its votes are left out")
            continue
        counted += 1
        hold(recorded is not None, f"the journal does not know that {name} was counted")
        listed = "".join(f"{who} {value}\n" for who, value in ballot["votes"])
        hold(sha256(listed.encode("utf-8")) == recorded["list_sha256"], f"the votes of {name} were changed")
        people = [who for who, _value in ballot["votes"]]
        hold(len(people) == len(set(people)), f"somebody stands twice in {name}")
        hold(len(people) == recorded["votes"] <= recorded["roll"], f"{name} has more or fewer votes than were counted")
        check_outcome(name, ballot, [value for _who, value in ballot["votes"]], recorded)
    hold(not journal.counts, f"{min(journal.counts, default='')} was counted and is left out")
    return f"{counted} ballots have the totals and the outcome that their votes give"


def check_outcome(name, ballot, values, recorded):
    """Count anew and compare with what was recorded; what too few were there to open was not counted."""
    if recorded["opening"] and not recorded["opening"]["met"]:
        return hold(not is_quorum(name, recorded["opening"]) and not recorded["adopted"], f"{name} never opened")
    numbers, kind, options = dict(map(tuple, recorded["order"])), recorded["kind"], ballot["options"]
    if kind == "ranking":
        ranked = [value.split(">") for value in values]
        winners = set((runoff if recorded["method"] == "irv" else beatpath)(options, ranked)) if values else set()
        hold(not recorded["is_complete"] or winners == set(recorded["winners"]), f"{name} was won by {winners}")
        return
    counted = totals(kind, options, values)
    hold(numbers == counted, f"the totals of {name} are {counted}")
    if options:
        best = max(counted.values(), default=0)
        winners = {option for option in options if counted[option] == best} if values else set()
        hold(winners == set(recorded["winners"]), f"{name} was won by {winners}")
    if kind in ("consent", "silence"):
        refused = counted.get("objection", 0) + counted.get("amendment", 0)
        adopted = not refused and (kind == "silence" or bool(values))
    elif "needed" in recorded:
        adopted = is_enough(name, counted, bool(options), recorded)
    else:
        return
    adopted = adopted and (recorded["quorum"] is None or is_quorum(name, recorded["quorum"]))
    hold(adopted == recorded["adopted"], f"{name} was {'adopted' if adopted else 'not adopted'}")


def totals(kind, options, values):
    """{option or answer: votes, or points}."""
    answers = {
        "yes_no": ("yes", "no", "abstain"),
        "consent": ("consent", "reservation", "objection"),
        "silence": ("objection", "amendment"),
    }
    counted = dict.fromkeys(answers.get(kind, options), 0)
    for value in values:
        for part in value.split(",") if kind in ("approval", "score") else [value]:
            option, _equals, points = part.partition("=")
            counted[option] += int(points or 1)
    return counted


def is_enough(name, counted, is_election, recorded):
    """Do the votes reach the majority, in integers?"""
    given = max(counted.values(), default=0) if is_election else counted["yes"]
    tied = list(counted.values()).count(given) > 1 if is_election else counted["yes"] == counted["no"]
    voting = recorded["votes"] if is_election else counted["yes"] + counted["no"]
    base = {"voting": voting, "present": recorded["present"], "roll": recorded["roll"]}[recorded["of"]]
    words = recorded["majority"]
    if words in ("simple", "absolute"):
        needed = base // 2 + 1
    else:
        share = Fraction(2, 3) if words == "two_thirds" else Fraction(words)
        needed = max(1, -(-base * share.numerator // share.denominator))
    hold((given, base, needed) == (recorded["for"], recorded["base"], recorded["needed"]), f"{name} needed {needed}")
    return given >= needed and not tied


def is_quorum(name, quorum):
    hold(quorum["met"] == (quorum["present"] >= quorum["needed"]), f"the quorum of {name} is not what it says")
    return quorum["met"]


def beatpath(options, ranked):
    """The winners by Schulze's method: those whom nobody has a stronger path to than they have back."""
    last, strong = len(options), {}
    places = [{option: place for place, option in enumerate(ballot)} for ballot in ranked]
    for one in options:
        for other in options:
            above = sum(place.get(one, last) < place.get(other, last) for place in places)
            below = sum(place.get(other, last) < place.get(one, last) for place in places)
            strong[one, other] = above if above > below else 0
    for middle in options:
        for one in options:
            for other in options:
                way = min(strong[one, middle], strong[middle, other])
                strong[one, other] = max(strong[one, other], way)
    return [one for one in options if all(strong[one, other] >= strong[other, one] for other in options)]


def runoff(options, ranked):
    """The winners by instant-runoff; a tie for last is followed every way."""
    seen = {}

    def winners(left):
        if left not in seen:
            hold(len(seen) < MOST_STATES, "an instant-runoff has more ties than can be followed here")
            votes = dict.fromkeys(left, 0)
            for ballot in ranked:
                if first := next((option for option in ballot if option in left), None):
                    votes[first] += 1
            fewest = min(votes.values())
            last = [option for option in left if votes[option] == fewest]
            if len(left) == 1 or (not fewest and len(last) == len(left)):
                seen[left] = left
            elif not fewest:
                seen[left] = winners(left.difference(last))
            else:
                seen[left] = frozenset().union(*(winners(left - {option}) for option in last))
        return seen[left]

    return winners(frozenset(options))


# -- Citations ---------------------------------------------------------------------------------------------


def check_citations(files, journal):
    if "data/synthesis.json" not in files.names():
        hold(not journal.synthesis, "the synthesis that was published is left out")
        return "there is no synthesis"
    synthesis = read_json(files, "data/synthesis.json")
    said = sha256_of_synthesis(synthesis["title"], synthesis["sentences"])
    hold(said == journal.synthesis, "the synthesis is not the one whose SHA-256 the journal holds")
    wanted = {}
    for sentence in synthesis["sentences"]:
        for citation in sentence["citations"]:
            if citation["words"]:
                is_same = sha256(citation["words"].encode("utf-8")) == citation["words_sha256"]
                hold(is_same, f"the words that sentence {sentence['number']} cites were changed")
            wanted.setdefault(citation["contribution"], []).append((sentence["number"], citation["words"]))
    cited = 0
    for row in read_lines(files, "data/contributions.jsonl"):
        for number, words in wanted.pop(row["number"], ()):
            cited += 1
            if words:
                hold(row["text"] is not None, f"sentence {number} cites contribution {row['number']}, not shown")
                there = folded(words) in folded(row["text"])
                hold(there, f"sentence {number} cites words that contribution {row['number']} does not have")
    missing = min(wanted, default=None)
    hold(missing is None, f"the synthesis cites contribution {missing}, which does not exist")
    return f"{cited} citations of {len(synthesis['sentences'])} sentences stand in what they cite"


def sha256_of_synthesis(title, sentences):
    """Of its title, its sentences, and what they cite: the words of a citation by their SHA-256 alone."""
    rows = [
        [
            *(sentence[name] for name in ("number", "paragraph", "heading", "text")),
            [[citation["contribution"], citation["words_sha256"]] for citation in sentence["citations"]],
        ]
        for sentence in sentences
    ]
    return sha256(canonical([title, rows]))


def folded(text):
    """Words in one spelling: white space and composed letters as they may come."""
    return " ".join(unicodedata.normalize("NFC", text).split())


# -- The whole ---------------------------------------------------------------------------------------------


def verify(files, head=""):
    """Yield a line for each thing that holds; raises Fault at the first that does not."""
    yield check_files(files)
    consultation = read_json(files, "data/consultation.json")
    journal, said = check_journal(files, consultation)
    yield said
    yield check_contributions(files, consultation, journal)
    yield check_ballots(files, journal)
    yield check_citations(files, journal)
    if head:
        hold(head == journal.mark, f"the record is {journal.mark}, and the mail says {head}")
    yield f"record {journal.mark}"


def main():
    parser = argparse.ArgumentParser(description="Check the exported record of a consultation.")
    parser.add_argument("archive", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--head", default="", help="the record as a digest mail prints it, for example 340-7f3a91c2")
    given = parser.parse_args()
    try:
        for line in verify(Folder(given.archive) if given.archive.is_dir() else Zipped(given.archive), given.head):
            sys.stdout.write(f"{line}\n")
    except Fault as fault:
        return f"DOES NOT HOLD: {fault}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        return f"DOES NOT HOLD: the record cannot be read ({type(error).__name__}: {error})"
    return 0


if __name__ == "__main__":
    sys.exit(main())
