#!/usr/bin/env python3
"""Check the record of a consultation or of a hearing that was exported by Alphorn. Needs nothing but Python 3.9.

    python3 verify.py [FOLDER-OR-ZIP] [--head 340-7f3a91c2]

It looks into the folder it lies in, unless told otherwise. It prints a line for each thing that holds and exits with 0;
or it names the first thing that does not hold and exits with 1. It exits with 2 when it was asked in a way it does not
understand. It writes nothing, runs nothing that lies beside it, and needs no network.

What is checked, of any record, and by which function:

    files        every file is the one that was exported, none is missing or added;     check_files
                 of a ZIP, every byte
    journal      the journal is one chain: each entry's digest is made from the one     Journal
                 before it, and its data is what was committed to
    ballots      every counted ballot asked what the journal says; its totals, quorum,  check_ballots
                 majority and outcome are those that its votes give
    old mails    with --head, all entries up to a mail that somebody kept are those     check_heads
                 of that day

of a consultation:

    timetable    phases, notices of changes, questions and topic note                   check_timetable
    words        contributions have no gaps; each has the words, and came in the part   check_contributions
                 of the window, that the journal says; the table says the same
    texts        draft texts, statements, recommendations                               check_texts
    citations    the synthesis is the one that was published, and what it cites         check_citations
                 stands in what it cites

of a hearing:

    agenda       its rules, officers, sessions and items                                check_agenda
    speakers     the lists are done again, request by request: each got the place for   Hearing, check_speakers
                 which they asked, or a recorded change with its reason gave it to
                 them; nobody had the floor out of that order, without a session, or
                 while another had it; every clock to the second; their words
    record       its texts are those that were published; the final one is the          check_record
                 provisional one with the corrections that were accepted; times and
                 tallies in it are those above
    motions      each is the one of the journal; the order of a roll call is the one    check_motions
                 that the lot gives; hands were counted by two
    questions    live questions and the answers to them                                 check_live_questions
    transcript   each line is the one that was written down                             check_transcript
    papers       those of the documents desk, with their files                          check_desk

What cannot be checked: whether what happened was written down truly when it happened; what is private, of which only
commitments are here; names of people as they are now, and what the pages show, which only `files` covers. Words that
were taken out, or erased, are not here: the journal says of which entries, by whom, and what they say since, and no
more is known of them. A record that was written anew as a whole is found by --head alone. FORMAT.md, beside this
file, says how entries are chained and what each field means.
"""

import sys

if __name__ == "__main__" and not sys.flags.isolated:
    del sys.path[0]  # what lies in the folder is checked, and never run

import argparse
import csv
import hashlib
import io
import json
import re
import stat
import unicodedata
import zipfile
from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path

FORMAT = 1  # of archives that are understood here
FINISHING = timedelta(minutes=15)  # to finish a form that was opened before the close
LATENCY = timedelta(minutes=1)  # between a moment on a clock and the entry that tells of it
MOST_OPTIONS = 26  # of a ballot: a letter each
MOST_LOOKS = 20_000_000  # at ballots, for an instant-runoff whose ties are followed every way
MOST_BYTES = 64 << 20  # of a file, or of a line, that is read as a whole
MOST_LINES = 1000  # of the transcript in one entry
MOST_TIMES = 200  # a ZIP that unpacks to more than so many times its size is no record
SEAL = b"sha256:"  # what a ZIP ends with, and the SHA-256 of all bytes before
SEALED = len(SEAL) + 64
BLOCK = ("kind", "number", "label", "level", "text")  # of a draft text
OF_CONSULTATION = ("code", "wordings", "sponsor", "participation", "clearing")
OF_HEARING = (  # what entries about a hearing begin with
    *("hearing", "officer", "session", "item", "list", "speaker", "point", "reply", "floor", "speech", "asked"),
    *("desk", "caption", "record", "correction"),
)
RULES = (  # of a hearing
    *("timezone", "place", "is_by_invitation", "confirms", "most_per_organisation", "seconds", "seconds_by_kind"),
    *("most_replies", "replies_at_end_of_day", "needs_second", "holds_questions"),
)
OF_FLOOR = ("speaker", "point", "reply", "floor")  # those that say who stands where
BLANKS = (".erased", ".redacted", "statement.hidden", "caption.removed")  # how verbs end that name what they blanked
CHANGED_BY = {
    "post.opened": "published",
    "post.replied": "published",
    "post.approved": "published",
    "post.restored": "published",
    "post.hidden": "hidden",
    "post.withdrawn": "withdrawn",
    "post.objected": "withdrawn",
    "record.erased": "erased",
}


class Fault(Exception):
    """The first thing that does not hold."""


def hold(condition, message):
    if not condition:
        raise Fault(message)


def several(count, one, many=""):
    """`1 vote`, `2 votes`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def agree(name, row, said, *fields):
    """Does a row of the data say the same as the journal?"""
    for field in fields:
        hold(row[field] == said[field], f"{name} is not the one of the journal: {field}")


def agree_on_moment(what, at, said):
    """Is the moment in the data, or null, that of the entry which tells of it, or None?"""
    hold((at is None) == (said is None), f"{what} is in the data, or left out, and by the journal it is otherwise")
    if said is not None:
        near(what, moment(at), said)


def in_order(what, rows, key):
    """Does everything stand once, and in its order?"""
    keys = [key(row) for row in rows]
    hold(keys == sorted(keys) and len(keys) == len({str(one) for one in keys}), f"{what} stand twice, or not in order")


def taken_from(known, about, name):
    """What the journal says of a thing; what is left of `known` at the end is missing from the data."""
    hold(about in known, f"the journal does not know {name}")
    return known.pop(about)


# -- Files -------------------------------------------------------------------------------------------------


class Folder:
    """The files of an archive that was unpacked. `place`: what is being read, for messages."""

    def __init__(self, path):
        self.path, self.place = path, "the folder"

    def names(self):
        names = set()
        for path in self.path.rglob("*"):
            mode, name = path.lstat().st_mode, path.relative_to(self.path).as_posix()
            hold(stat.S_ISREG(mode) or stat.S_ISDIR(mode), f"{name} is a link or a device, where a file should be")
            if stat.S_ISREG(mode):
                names.add(name)
        return names

    def open(self, name):
        self.place = name
        return (self.path / name).open("rb")


class Zipped:
    """The files of an archive as it came."""

    def __init__(self, path):
        self.path, self.place = path, "the ZIP"
        hold(self._is_sealed(), "the ZIP was changed, or packed anew: if you did that, unpack it and check the folder")
        self.zip = zipfile.ZipFile(path)
        infos = self.zip.infolist()
        ways = {info.compress_type for info in infos}
        hold(ways <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}, "the ZIP is packed in a way that no record is")
        sizes = [(info.file_size, info.compress_size) for info in infos]
        whole = path.stat().st_size
        hold(sum(packed for _size, packed in sizes) <= whole, "files of the ZIP lie one over another")
        hold(sum(size for size, _packed in sizes) <= MOST_TIMES * whole + MOST_BYTES, "the ZIP would fill the disk")

    def _is_sealed(self):
        digest, left = hashlib.sha256(), self.path.stat().st_size - SEALED
        with self.path.open("rb") as file:
            while left > 0:
                chunk = file.read(min(left, 1 << 20))
                left -= len(chunk) or left
                digest.update(chunk)
            return file.read() == SEAL + digest.hexdigest().encode()

    def names(self):
        found = self.zip.namelist()
        hold(len(found) == len(set(found)), "the ZIP holds a file twice")
        return set(found)

    def open(self, name):
        self.place = name
        return self.zip.open(name)


class Row(dict):
    """A JSON object."""

    def __missing__(self, name):
        raise Fault(f"{self.place} lacks “{name}”")


def row_of(place, pairs):
    row = Row(pairs)
    row.place = place
    hold(len(row) == len(pairs), f"{place} says something twice")
    return row


def parsed(raw, place):
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=partial(row_of, place))
    except (ValueError, RecursionError) as error:
        raise Fault(f"{place} was changed or cut short: it is no JSON in UTF-8") from error


def read_json(files, name):
    with files.open(name) as file:
        raw = file.read(MOST_BYTES + 1)
    hold(len(raw) <= MOST_BYTES, f"{name} is too large to be what it says it is")
    return parsed(raw, name)


def read_lines(files, name):
    """The objects of a file with one JSON object a line."""
    with files.open(name) as file:
        for number, line in enumerate(iter(partial(file.readline, MOST_BYTES), b""), 1):
            files.place = f"line {number} of {name}"
            hold(len(line) < MOST_BYTES, f"{files.place} is too long to be what it says it is")
            yield parsed(line, files.place)


def canonical(value):
    """JSON with one possible spelling: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def sha256(raw):
    return hashlib.sha256(raw).hexdigest()


def check_files(files):
    """Every file is the one that was exported; returns {name: SHA-256} and what to say of it."""
    there = files.names()
    hold("manifest.json" in there, "manifest.json is missing from the archive, or this is no archive")
    manifest = read_json(files, "manifest.json")
    is_known = manifest.get("format", FORMAT) == FORMAT
    hold(
        is_known, "this archive is of another version: check it with the verify.py that lies in it, or with a newer one"
    )
    with files.open("manifest.json") as file:
        raw = file.read(MOST_BYTES)
    pretty = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    hold(pretty.encode("utf-8") == raw, "manifest.json was changed")
    listed = set(manifest["files"]) | {"manifest.json"}
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
    return manifest["files"], f"{len(listed)} files are those that were exported"


# -- The journal -------------------------------------------------------------------------------------------


class Journal:
    """The chain, checked while it is read, and what later checks need of it."""

    def __init__(self, files):
        self.name, self.marks = None, []  # of every entry the beginning of its digest
        self.words = {}  # of a post: the SHA-256 of its words, as the journal last said
        self.states = {}  # of a post: what became of it
        self.contributions = {}  # by number: what its entry says
        self.associated = Counter()  # by number
        self.paragraphs = {}  # of a contribution's code: the paragraph it is pinned to
        self.amendments = {}  # likewise: what it proposes, and what was decided
        self.windows, self.kinds = {}, {}  # of a phase: (opens, closes, first close); what is done in it
        self.notices = set()  # (number, what it moves, old and new close, by whose authority, why)
        self.facts, self.questions = {}, {}  # of the consultation, as it last was; of a question: its facts
        self.ballots = {}  # what was said when it opened, and its close as it was extended
        self.counts = {}  # of a ballot: what was recorded when it was counted
        self.annulled = {}  # of a ballot: why it was stopped and is not counted
        self.cast = {}  # of a ballot: those who cast a vote
        self.versions = {}  # of a draft text, by code
        self.motions, self.lots, self.said = {}, {}, {}  # of a motion; what was answered in a roll call, name by name
        self.sheets, self.explained = {}, {}  # hands two officers confirmed; of explanations who wrote what when
        self.statements, self.answers, self.hidden = {}, {}, {}
        self.recommendations = {}
        self.synthesis, self.because = "", ""  # its SHA-256, as its last corrigendum left it; why some cite nothing
        self.corrections = []  # (number, SHA-256, what was corrected)
        self.grace = timedelta(hours=24)
        self.hearing = Hearing()
        self.seq, self.digest = 0, bytes(32)
        self.withheld, self.erased, self.reworded, blanked = 0, 0, 0, set()
        instead = self._said_instead(files)
        for entry in read_lines(files, "record/journal.jsonl"):
            self._link(entry)
            self._notice(entry)
            data = entry["data"]
            if data is None and entry["withheld"]:
                hold(entry["audience"] != "everyone", f"entry {self.seq} is for everyone and its data is left out")
                self.withheld += 1
            elif data is None:
                blanked.add(self.seq)
                data = instead.get(self.seq)
                self.reworded += data is not None
                self.erased += data is None
                self.hearing.is_broken |= data is None and entry["verb"].split(".")[0] in OF_FLOOR
            elif entry["verb"].endswith(BLANKS):
                blanked.difference_update(data.get("seqs", ()))
            kind, _dot, verb = entry["verb"].partition(".")
            take = getattr(self.hearing if kind in OF_HEARING else self, f"_{kind}", None)
            if take and data is not None:
                take(verb, entry["about"], data, entry)
        files.place = "record/journal.jsonl"
        hold(not blanked, f"the data of entry {min(blanked, default=0)} is gone, and no later entry says who erased it")

    @staticmethod
    def _said_instead(files):
        """What entries whose words were taken out say in their place: the entry on that holds it."""
        instead = {}
        for entry in read_lines(files, "record/journal.jsonl"):
            if entry["data"] and entry["verb"].endswith(BLANKS):
                told = entry["data"].get("instead", {})
                instead.update((int(seq), said) for seq, said in told.items() if int(seq) < entry["seq"])
        return instead

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
        self.name = self.name or entry["journal"]
        hold(entry["journal"] == self.name, f"entry {seq} is of another journal")
        self.before = self.digest
        self.seq, self.digest = seq, digest
        self.marks.append(digest.hex()[:8])

    @property
    def mark(self):
        return f"{self.seq}-{self.digest.hex()[:8]}"

    def _notice(self, entry):
        """What an entry tells without its data, which may be private or erased."""
        verb, about = entry["verb"], entry["about"]
        if verb in CHANGED_BY and entry["audience"] == "everyone":
            self.states[about] = CHANGED_BY[verb]
        elif verb == "ballot.voted":
            self.cast.setdefault(about, set()).add(entry["actor"])
        elif verb == "statement.answered":
            self.answers.setdefault(about, set()).add(entry["actor"])
        elif verb in ("asked.put", "asked.held", "correction.asked"):
            self.hearing.askers[about] = entry["actor"]
        elif verb == "session.dropped":
            self.hearing.sessions.pop(about, None)

    def _post(self, verb, about, data, _entry):
        if verb in ("opened", "replied", "edited", "approved", "redacted") and "sha256" in data:
            self.words[about] = data["sha256"]

    def _contribution(self, verb, _about, data, entry):
        if verb == "received":
            self.contributions[data["number"]] = {
                **data, "at": moment(entry["at"]), "actor": entry["actor"], "grace": self.grace
            }  # fmt: skip
        elif verb in ("associated", "dissociated"):
            self.associated[data["code"]] += 1 if verb == "associated" else -1

    def _paragraph(self, _verb, _about, data, _entry):
        self.paragraphs[data["code"]] = data["paragraph"]

    def _amendment(self, verb, about, data, entry):
        self._paragraph(verb, about, data, entry)
        self.amendments.setdefault(data["code"], {}).update(data, state=verb)

    def _version(self, verb, _about, data, _entry):
        if verb == "published":
            self.versions[data["code"]] = data

    def _phase(self, verb, about, data, _entry):
        if verb == "scheduled":
            self.windows[about] = (moment(data["opens"]), moment(data["closes"]), moment(data["closes"]))
            self.kinds[about] = data["kind"]
        elif verb == "dropped":
            self.windows.pop(about, None)
        elif verb == "changed":
            old, new = ({name: moment(window[name]) for name in window} for window in (data["old"], data["new"]))
            opens, closes, first = self.windows.get(about, (None, None, None))
            hold((old["opens"], old["closes"]) == (opens, closes), f"a notice moves a window that {about} did not have")
            self.windows[about] = (new["opens"], new["closes"], first if "notice" in data else new["closes"])
            if "notice" in data:
                act = (data["authority"], data["reason"])
                self.notices.add((data["notice"], about, old["closes"], new["closes"], *act))

    def _consultation(self, _verb, _about, data, _entry):
        now = {name: new for name, (_old, new) in data["changed"].items()} if "changed" in data else data
        self.facts.update((name, now[name]) for name in OF_CONSULTATION if name in now)
        if "grace_hours" in now:
            self.grace = timedelta(hours=now["grace_hours"])

    def _question(self, verb, about, data, _entry):
        if verb == "dropped":
            self.questions.pop(about, None)
        elif "wordings" in data:
            self.questions[about] = (data["wordings"], data["phase"])

    def _ballot(self, verb, about, data, entry):
        if verb == "opened":
            self.ballots[about] = {**data, "closes": moment(data["closes"])}
        elif verb == "extended":
            act = (data["authority"], data["reason"])
            self.notices.add((data["notice"], about, moment(data["old"]), moment(data["new"]), *act))
            self.ballots.setdefault(about, {})["closes"] = moment(data["new"])
        elif verb == "closed":
            self.ballots.setdefault(about, {})["closes"] = moment(data["closes"])
        elif verb == "annulled":
            self.ballots.setdefault(about, {})["closes"] = moment(data["closes"])
            self.annulled[about] = data["reason"]
        elif verb == "counted":
            self.counts[about] = {**data, "at": moment(entry["at"])}

    def _motion(self, verb, about, data, entry):
        at = moment(entry["at"])
        if verb in ("moved", "opened", "seconded", "withdrawn", "ruled_out"):
            known = self.motions.setdefault(about, {"moved": at})
            known.update(data, state=verb)
            known.update({f"{verb}_because": data["reason"]} if "reason" in data else {})
        elif verb == "drawn":
            self.lots[about] = check_lot(about, data, entry["seq"], self.before)
            self.motions[about]["lot"] = {name: data[name] for name in ("seq", "digest", "seed", "drawn")}
        elif verb == "said":
            said = self.said.setdefault(about, {})
            was = said.get(data["who"], {"said": "", "corrections": -1})
            hold(
                data["was"] == was["said"], f"entry {entry['seq']} corrects an answer that {data['name']} did not give"
            )
            said[data["who"]] = {**data, "corrections": was["corrections"] + 1, "at": at}
            self.cast.setdefault(data["ballot"], set()).add(data["who"])
        elif verb == "confirmed":
            is_by_two = data["entered_by"] != data["confirmed_by"] == entry["actor"]
            hold(is_by_two, f"entry {entry['seq']} confirms votes that the same officer entered")
            kept = self.sheets.setdefault(about, {})
            if data["figures"] is not None:  # a recount replaces the hands before it
                kept = self.sheets[about] = {pk: one for pk, one in kept.items() if one["figures"] is None}
            kept[data["sheet"]] = {**data, "at": at}
        elif verb == "explained":
            known = self.explained.setdefault(about, {})
            known[data["explanation"]] = {"organisation": None, **data, "by": entry["actor"], "at": at}

    def _statement(self, verb, about, data, _entry):
        if verb in ("proposed", "shown", "restored"):
            self.statements[data["number"]] = (about, data["text"])
            self.hidden.pop(data["number"], None)
        elif verb == "hidden":
            self.statements[data["number"]] = (about, None)
            self.hidden[data["number"]] = data["reason"]

    def _recommendation(self, verb, _about, data, _entry):
        known = self.recommendations.setdefault(data["number"], {"reply": None, "progress": []})
        if verb == "moved":
            known["progress"].append([data[name] for name in ("step", "on", "note")])
        else:
            known.update((name, data[name]) for name in ("text", "sentences", "reply", "why", "due") if name in data)

    def _synthesis(self, verb, _about, data, _entry):
        if verb in ("published", "corrected"):
            self.synthesis = data["sha256"]
        if verb == "corrected":
            self.corrections.append((data["corrigendum"], data["sha256"], sorted(data["corrections"])))
        elif verb == "published":
            self.because = data["because"]


# -- What the journal tells of a hearing -------------------------------------------------------------------


class Hearing:
    """Agenda, sessions, lists of speakers and the floor, done again entry by entry: every place that an entry names
    must be the one that the entries before it give.
    """

    def __init__(self):
        self.facts, self.sessions, self.items = {}, {}, {}
        self.published, self.ended = None, None
        self.officers = {}  # of a member the role
        self.askers = {}  # of a question, or a correction, whose it is
        self.speakers, self.queues, self.having = {}, {}, set()  # who asked; who waits, in order; who has the floor
        self.floors = self.moves = 0
        self.speeches, self.questions = {}, {}
        self.papers, self.titles = {}, {}  # of the desk, by symbol; the wordings of each document
        self.record, self.corrections = {}, {}
        self.lines, self.is_transcribed_since = {}, False  # of the transcript: the digest of each, by number
        self.is_broken = False  # an entry about speakers was erased, so the order cannot be followed

    def _hearing(self, verb, _about, data, entry):
        if verb == "changed":
            self.facts.update((name, new) for name, (_old, new) in data["changed"].items())
        elif verb in ("prepared", "published"):
            self.published = moment(entry["at"]) if verb == "published" else None
            self.facts.update(data)
            self.items.update((about, {**item, "state": "coming"}) for about, item in data.get("agenda", ()))
        elif verb == "ended":
            self.ended = moment(entry["at"])

    def _officer(self, verb, _about, data, _entry):
        if verb == "appointed":
            self.officers[f"member:{data['member']}"] = data["role"]
        elif verb == "dismissed":
            self.officers.pop(f"member:{data['member']}", None)

    def _list(self, verb, about, data, _entry):
        self.items[about]["list_closed"] = moment(data["moment"]) if verb == "closed" else None

    def _session(self, verb, about, data, entry):
        at = moment(entry["at"])
        if verb in ("scheduled", "rescheduled"):
            self.sessions.setdefault(about, {"opened": None, "closed": None}).update(data.get("new", data))
        elif verb == "cancelled":
            self.sessions[about]["cancelled"] = at
        elif verb == "opened":
            self.sessions[about].update(opened=self.sessions[about]["opened"] or at, closed=None)
        elif verb == "closed":
            self.sessions[about]["closed"] = at

    def _item(self, verb, about, data, _entry):
        if verb in ("added", "changed"):
            self.items.setdefault(about, {"state": "coming"}).update(data)
        elif verb == "moved":
            for other, label in data["labels"].items():
                self.items[other]["label"] = label
        elif verb in ("opened", "closed"):
            self.items[about]["state"] = "open" if verb == "opened" else "closed"

    def _speech(self, verb, about, data, entry):
        if verb == "redacted":
            return
        known = self.speeches.setdefault(about, {"shown": None})
        known.update(data, **{"shown" if verb == "shown" else "written": moment(entry["at"])})

    def _asked(self, verb, about, data, _entry):
        if not about.startswith("live_question:") or verb == "redacted":
            return  # how often questions are endorsed is told of all at once
        row = self.questions.setdefault(about, {"answers": {}, "state": "shown"})
        row.update((name, data[name]) for name in ("number", "organisation", "into") if name in data)
        if "sha256" in data and "answer" not in data:
            row["item"] = self._labelled(data["item"])
        if verb == "answered" and "answer" in data:
            row["answers"][data["answer"]] = data["sha256"]
        elif "sha256" in data:
            row["sha256"] = data["sha256"]
        state = {"put": "shown", "unshortlisted": "shown", "unmerged": "shown"}.get(verb, verb)
        if state in ("shown", "shortlisted", "taken", "answered", "merged", "declined", "withdrawn"):
            row["state"] = state

    def _labelled(self, label):
        """Which item has this number now; it may have another one later."""
        return next((about for about, item in self.items.items() if item["label"] == label), None)

    def _desk(self, verb, about, data, entry):
        if verb != "withdrawn":
            self.titles[about] = data["wordings"]
        if verb == "published":
            item = self._labelled(data["item"])
            kept = {"document": about, "item": item, "published": moment(entry["at"]), "withdrawn": None}
            self.papers[data["symbol"]] = {**data, **kept}
        elif verb == "withdrawn":
            self.papers[data["symbol"]]["withdrawn"] = data["reason"]

    def _caption(self, verb, _about, data, _entry):
        if verb == "said":
            unknown = [None] * min(data["last"] - data["first"] + 1, MOST_LINES)
            self.lines.update(enumerate(data.get("lines", unknown), data["first"]))
        elif verb == "corrected":
            self.lines[data["number"]] = data["sha256"]
        elif verb == "removed":
            self.lines.pop(data["number"], None)
        self.is_transcribed_since = bool(self.record) and verb != "redacted"

    def _record(self, verb, about, data, entry):
        if verb in ("published", "finalised", "corrected"):
            self.record[verb] = {**data, "about": about, "at": moment(entry["at"])}

    def _correction(self, verb, about, data, _entry):
        if verb in ("accepted", "declined"):
            self.corrections[about] = {**data, "state": verb}

    def label_of(self, about):
        """The number that an item has now."""
        return self.items[about]["label"] if about else None

    # Who stands where

    def _speaker(self, verb, about, data, entry):
        if self.is_broken:
            return
        if verb == "requested":
            return self._enter(about, data)
        row = self._known(about, entry)
        was = self._rank(about)
        if verb == "confirmed":
            row["state"] = "listed"
        elif verb == "moved":
            self._move(about, row, data, was, entry)
        elif verb == "relisted":
            self._leave(about, "listed", back=True)
        elif verb == "absent":
            hold(data["from"] == was, f"entry {entry['seq']}: {row['name']} was not at place {data['from']}")
            self._leave(about, "listed" if data["relisted"] else "absent", back=data["relisted"])
            row["clock"] = None
        elif verb == "changed":
            row.update((name, value) for name, value in data.items() if name not in ("state", "place", "requested"))
        self._stands(about, data, entry)
        if verb == "withdrawn":
            self._leave(about, "withdrawn")

    def _reply(self, verb, about, data, _entry):
        if verb == "requested" and not self.is_broken:
            self._enter(about, data)

    def _point(self, verb, about, data, entry):
        if self.is_broken:
            return
        if verb == "raised":
            self._enter(about, data)
        elif verb == "ruled":
            row = self._known(about, entry)
            row.update(ruling=data["ruling"], ruling_reason=data["reason"])
            self._leave(about, "spoke")

    def _known(self, about, entry):
        hold(about in self.speakers, f"entry {entry['seq']} is about {about}, who never asked for the floor")
        return self.speakers[about]

    def _enter(self, about, data):
        """A request goes behind everybody who asked no later and has no lower priority."""
        row = self.speakers[about] = {**data, "requested": moment(data["requested"]), "clock": None}
        row.setdefault("point", "")
        row.update(ruling="", ruling_reason="")
        self._behind(about)
        hold(self._rank(about) == data["place"], f"{row['name']} asked for the floor and did not get the place for it")

    def _behind(self, about):
        row, queue = self.speakers[about], self._queue(about)
        place = len(queue)
        while place:
            other = self.speakers[queue[place - 1]]
            if other["priority"] > row["priority"]:
                break
            if other["priority"] == row["priority"] and other["requested"] <= row["requested"]:
                break
            place -= 1
        queue.insert(place, about)

    def _queue(self, about):
        row = self.speakers[about]
        return self.queues.setdefault((row["item"], row["queue"]), [])

    def _rank(self, about):
        """Their place among those who wait; None for who does not, or has not confirmed."""
        if self.speakers[about]["state"] != "listed":
            return None
        queue = self._queue(about)
        return sum(self.speakers[one]["state"] == "listed" for one in queue[: queue.index(about) + 1])

    def _stands(self, about, data, entry):
        place = self._rank(about)
        hold(data["place"] == place, f"entry {entry['seq']}: {self.speakers[about]['name']} stood at place {place}")

    def _leave(self, about, state, back=False):
        queue = self._queue(about)
        if about in queue:
            queue.remove(about)
        if back:
            queue.append(about)
        self.having.discard(about)
        self.speakers[about]["state"] = state

    def _move(self, about, row, data, was, entry):
        """Somebody got another place: by the chair, with a reason, or with another priority."""
        hold(data["reason"], f"entry {entry['seq']} moves {row['name']}, and nobody said why")
        hold(data["from"] == was, f"entry {entry['seq']}: {row['name']} was not at place {data['from']}")
        self.moves += 1
        queue = self._queue(about)
        queue.remove(about)
        if "priority" in data:
            row["priority"] = data["priority"][1]
            self._behind(about)
            return
        waiting = [one for one in queue if self.speakers[one]["state"] == "listed"]
        to = data["place"]
        queue.insert(queue.index(waiting[to - 1]) if to <= len(waiting) else len(queue), about)

    # Who has the floor, and how long

    def _floor(self, verb, about, data, entry):
        if self.is_broken:
            return
        row, at, name = self._known(about, entry), moment(entry["at"]), f"entry {entry['seq']}"
        if verb == "given":
            self._give(about, row, data, at, name)
            return
        clock = row["clock"]
        hold(clock is not None, f"{name}: {row['name']} does not have the floor")
        if verb == "corrected":
            hold(data["was"] == clock["used"], f"{name} corrects what was not the time of {row['name']}")
            clock.update(used=data["seconds"], corrected=True)
            return
        hold(moment(data["started"]) == clock["started"], f"{name}: {row['name']} began at another time")
        stood = data["stood_still"]
        if verb == "resumed":
            hold(clock["paused"] is not None, f"{name}: the clock of {row['name']} did not stand still")
            near(f"{name}: the clock of {row['name']}", clock["paused"] + timedelta(seconds=stood - clock["stood"]), at)
            clock.update(stood=stood, paused=None)
        hold(stood == clock["stood"], f"{name}: the clock of {row['name']} stood still for another time")
        if verb == "extended":
            clock["allotted"] += data["extended"]
        hold(data["allotted"] == clock["allotted"], f"{name}: {row['name']} had another time to speak")
        if verb == "paused":
            clock["paused"] = moment(data["paused"])
            near(f"{name}: the clock of {row['name']}", clock["paused"], at)
        elif verb == "ended":
            self._end(about, row, data, at, name)

    def _give(self, about, row, data, at, name):
        hold(any(one["opened"] and not one["closed"] for one in self.sessions.values()), f"{name}: no session was open")
        hold(row["state"] == "listed", f"{name} gives the floor to {row['name']}, who does not wait for it")
        hold(self._rank(about) == data["place"], f"{name}: {row['name']} stood at place {self._rank(about)}")
        is_first = data["queue"] != "list" or data["place"] == 1
        hold(is_first, f"{name}: {row['name']} spoke before others, and no entry changed the order")
        for other in self.having:
            waits = data["queue"] == "point" and self.speakers[other]["clock"]["paused"]
            hold(waits, f"{name}: {self.speakers[other]['name']} had the floor already")
        started = moment(data["started"])
        near(f"{name}: the clock of {row['name']}", started, at)
        row["clock"] = {
            "started": started, "allotted": data["allotted"], "stood": 0, "paused": None, "ended": None, "used": None,
            "corrected": False,
        }  # fmt: skip
        self._leave(about, "speaking")
        self.having.add(about)
        self.floors += 1

    def _end(self, about, row, data, at, name):
        clock, ended = row["clock"], moment(data["ended"])
        if clock["paused"]:
            hold(ended == clock["paused"], f"{name}: the clock of {row['name']} stood still already")
        else:
            near(f"{name}: the clock of {row['name']}", ended, at)
        used = max(0, int((ended - clock["started"]).total_seconds()) - clock["stood"])
        hold(data["used"] == used, f"{name}: {row['name']} spoke for {used} seconds")
        clock.update(ended=ended, used=used, paused=None)
        self._leave(about, "spoke")


def near(what, here, there):
    """The same moment, but for the time that a deed takes until it is written down."""
    hold(abs(here - there) <= LATENCY, f"{what} and the record say different times")


def moment(text):
    """A moment as JSON has it; `Z` too, which Python before 3.11 does not read."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def check_journal(files, consultation):
    journal = Journal(files)
    head = consultation["journal"]
    is_whole = (journal.name, journal.seq, journal.digest.hex()) == (head["name"], head["seq"], head["digest"])
    hold(is_whole, "the journal ends where it did not end")
    left_out = f", {journal.withheld} of them private and left out" if journal.withheld else ""
    left_out += f", {journal.erased} with their data erased" if journal.erased else ""
    left_out += f", {journal.reworded} with words taken out" if journal.reworded else ""
    return journal, f"{journal.seq} entries of the journal are one chain{left_out}"


def check_timetable(files, consultation, journal):
    """Phases, notices, questions and the topic note are what the journal says."""
    files.place = "data/consultation.json"
    for name, said in journal.facts.items():
        hold(consultation[name] == said, f"the consultation is not the one of the journal: {name}")
    hold(journal.grace == timedelta(hours=consultation["grace_hours"]), "the grace is not the one of the journal")
    phases = {f"phase:{row['id']}": row for row in consultation["phases"]}
    hold(set(phases) == set(journal.windows), "the phases are not those of the journal")
    for name, row in phases.items():
        window = tuple(moment(row[edge]) for edge in ("opens", "closes", "first_closes"))
        hold(window == journal.windows[name], f"{name} is not open when the journal says")
        hold(row["kind"] == journal.kinds[name], f"{name} is not of the kind that the journal says")
    notices = set()
    for notice in consultation["notices"]:
        for row in (notice, *notice["also"]):
            what = f"phase:{row['phase']}" if row["phase"] else f"ballot:{row['ballot']}"
            closes = (moment(row["old_closes"]), moment(row["new_closes"]))
            notices.add((notice["number"], what, *closes, notice["authority"], notice["reason"]))
    differ = sorted(notices ^ journal.notices)
    hold(not differ, f"notice {differ[0][0] if differ else ''} is not the one of the journal")
    questions = {f"question:{row['id']}": (row["wordings"], row["phase"]) for row in consultation["questions"]}
    for name in sorted(set(questions) | set(journal.questions)):
        hold(questions.get(name) == journal.questions.get(name), f"{name} does not ask what the journal says")
    return f"{len(phases)} phases, {len(notices)} notices and {len(questions)} questions are those of the journal"


# -- Contributions -----------------------------------------------------------------------------------------


def check_contributions(files, consultation, journal, digests):
    count = shown = 0
    with files.open("data/contributions.csv") as raw:
        csv.field_size_limit(MOST_BYTES)
        table = csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""))
        for row in read_lines(files, "data/contributions.jsonl"):
            count += 1
            hold(row["number"] == count, f"contribution {count} is missing")
            entry = journal.contributions.get(count)
            if row["text"] is None and entry is None:
                hold(row["state"] == "never shown", f"the journal does not know contribution {count}")
                continue  # it was never shown to everyone: a number, and a commitment in the chain
            hold(entry is not None, f"the journal does not know contribution {count}")
            check_facts(count, row, entry, journal)
            check_window(count, entry, journal)
            if row["text"] is not None:
                shown += 1
                known = journal.words.get(f"post:{row['post']}")
                hold(sha256(row["text"].encode("utf-8")) == known, f"the words of contribution {count} were changed")
                for file in row["files"]:
                    is_there = digests.get(f"files/{file['sha256']}") == file["sha256"]
                    hold(is_there, f"a file of contribution {count} is missing, or another")
                check_table(count, row, next(table, {}))
        hold(next(table, None) is None, "contributions.csv has more rows than there are contributions")
    hold(count == consultation["contributions"], f"contribution {count + 1} is missing")
    missing = min(set(journal.contributions) - set(range(1, count + 1)), default=None)
    hold(missing is None, f"contribution {missing} stands in the journal and not in the data")
    return f"{count} contributions are numbered without gaps, {shown} of them shown; each came in the window it says"


def check_facts(number, row, entry, journal):
    """Does a contribution say what the journal says of it?"""
    name = f"contribution {number}"
    for field in ("code", "post", "phase", "question", "organisation", "stamp", "moment", "came", "accepted_because"):
        hold(same(row[field], entry[field]), f"{name} does not say what the journal says: {field}")
    hold(row.get("by", entry["actor"]) == entry["actor"], f"{name} does not say what the journal says: by")
    state = journal.states.get(f"post:{row['post']}")
    hold(row["state"] == state, f"{name} is {row['state']}, and by the journal it is {state}")
    hold((row["text"] is not None) == (state == "published"), f"{name} is {state}, and its words do not agree with it")
    if row["text"] is not None:
        pinned = journal.paragraphs.get(row["code"])
        hold(row["paragraph"] == pinned or pinned is None, f"{name} is pinned to another paragraph")
        check_amendment(name, row["amendment"], journal.amendments.get(row["code"], {}))
        others = journal.associated[row["code"]]
        hold(len(row["associated"]) == others, f"{others} organisations stand beside {name} in the journal")
    earlier = journal.contributions.get(row["supersedes"]) if row["supersedes"] is not None else None
    if row["supersedes"] is not None:
        is_own = earlier and row["supersedes"] < number
        is_own = is_own and all(earlier[field] == entry[field] for field in ("organisation", "question"))
        hold(is_own, f"{name} supersedes what is no earlier position of its organisation")


def check_amendment(name, row, entry):
    """Does it propose what the journal says? A redaction takes that out of the journal."""
    hold(row or "proposed_sha256" not in entry, f"{name} proposes a wording, and that is left out")
    if row:
        same_words = sha256(row["proposed"].encode("utf-8")) == entry.get("proposed_sha256")
        hold(same_words or "proposed_sha256" not in entry, f"the wording that {name} proposes was changed")
        for field in ("action", "label", "state", "reason"):
            hold(row[field] == entry.get(field, row[field]), f"{name} does not say what the journal says: {field}")


def check_table(number, row, cells):
    """Does the row of the table say the same? A cell that a spreadsheet would run begins with an apostrophe."""
    for name, cell in cells.items():
        value = "" if row[name] is None else str(row[name]).replace("\0", "")
        hold(cell in (value, f"'{value}"), f"contributions.csv has another {name} for contribution {number}")
    hold("text" in cells, f"contributions.csv lacks contribution {number}")


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
    counted, uncounted, ballots = 0, [], read_json(files, "data/ballots.json")
    in_order("the ballots", ballots, lambda ballot: ballot["id"])
    for ballot in ballots:
        about = f"ballot:{ballot['id']}"
        name, recorded, opened = f"ballot {ballot['id']}", journal.counts.pop(about, None), journal.ballots.get(about)
        hold(len(ballot["options"]) <= MOST_OPTIONS, f"{name} has more options than there are letters")
        check_question(name, ballot, opened or {}, journal)
        is_same = ballot.get("annulled") == journal.annulled.get(about)
        hold(is_same, f"{name} was annulled, or not, and not by the journal")
        hold(
            about not in journal.annulled or (recorded, ballot["votes"]) == (None, None),
            f"{name} was annulled, and counted",
        )
        if ballot["votes"] is None:
            hold(recorded is None, f"{name} was counted, and its votes are left out")
            continue
        counted += 1
        hold(recorded is not None, f"the journal does not know that {name} was counted")
        hold(recorded["kind"] == ballot["kind"], f"{name} is not of the kind that was counted")
        is_closed = recorded["at"] >= moment(ballot["closes"]) or recorded["kind"] == "silence"
        hold(is_closed, f"{name} was counted before it closed")
        listed = "".join(f"{who} {value}\n" for who, value in ballot["votes"])
        hold(sha256(listed.encode("utf-8")) == recorded["list_sha256"], f"the votes of {name} were changed")
        people = [who for who, _value in ballot["votes"]]
        hold(len(people) == len(set(people)), f"somebody stands twice in {name}")
        hands = check_hall(name, ballot.get("hall"), recorded)
        given = len(people) + len(hands)
        hold(given == recorded["votes"] <= recorded["roll"], f"{name} has more or fewer votes than were counted")
        cast = journal.cast.get(about, set())
        absent = [who for who in people if who.startswith("member:") and who not in cast]
        hold(not absent, f"the journal does not know that {min(absent, default='')} voted in {name}")
        values = [value for _who, value in ballot["votes"]] + hands
        if not check_outcome(name, ballot, values, recorded, opened):
            uncounted.append(name)
    hold(not journal.counts, f"{min(journal.counts, default='')} was counted and is left out")
    but = f"; {', '.join(uncounted)} has more ties than are followed here" if uncounted else ""
    return f"{several(counted, 'ballot')} with the totals and the outcome that the votes give{but}"


def check_hall(name, hall, recorded):
    """The votes of the hands that were counted in the hall, one by one."""
    hold((hall or None) == recorded.get("hall"), f"the hands of the hall in {name} are not those that were counted")
    numbers = list((hall or {}).values())
    hold(all(type(number) is int and number >= 0 for number in numbers), f"{name} has hands that are no number")
    hold(sum(numbers) <= recorded["votes"], f"{name} has more hands in the hall than votes")
    return [value for value, number in (hall or {}).items() for _hand in range(number)]


def check_question(name, ballot, opened, journal):
    """Did the ballot ask, of its options, what the journal said when it opened?"""
    asked = {"labels": "options", "kind": "kind", "is_secret": "is_secret", **{rule: rule for rule in ballot["rules"]}}
    for here, there in asked.items():
        said = ballot["rules"][here] if here in ballot["rules"] else ballot[here]
        hold(said == opened.get(there, said), f"{name} does not say what the journal says: {here}")
    if "words_sha256" in opened:
        words = sha256(f"{ballot['title']}\n\n{ballot['text']}".encode())
        hold(words == opened["words_sha256"], f"{name} does not ask what it asked when it opened")
    phase = journal.windows.get(f"phase:{ballot['phase']}")
    hold(phase or ballot["phase"] is None, f"{name} is of a phase that was never scheduled")
    if not phase and "opens" in opened:
        hold(same(ballot["opens"], opened["opens"]), f"{name} did not open when the journal says")
    closes = phase[1] if ballot["phase"] else opened.get("closes")
    hold(closes in (None, moment(ballot["closes"])), f"{name} does not close when the journal says")


def check_outcome(name, ballot, values, recorded, opened=None):
    """Count anew and compare with what was recorded; what too few were there to open was not counted. Returns whether
    it could be counted: the ways through the ties of an instant-runoff may be too many.
    """
    opened = opened or {}
    for which, rule in (("quorum", "quorum"), ("opening", "opening_quorum")):
        check_quorum(name, recorded, recorded[which], opened.get(rule))
    if recorded["opening"] and not recorded["opening"]["met"]:
        hold(not values and not recorded["adopted"], f"{name} never opened")
        return True
    is_quorate = recorded["quorum"] is None or recorded["quorum"]["met"]
    kind, options = recorded["kind"], ballot["options"]
    check_papers(name, kind, options, values, opened.get("most"))
    if kind == "ranking":
        return check_ranking(name, options, values, recorded, is_quorate)
    counted = totals(kind, options, values)
    hold(dict(map(tuple, recorded["order"])) == counted, f"the totals of {name} are {counted}")
    adopted = None
    if kind in ("consent", "silence"):
        refused = counted.get("objection", 0) + counted.get("amendment", 0)
        adopted = not refused and (kind == "silence" or bool(values)) and is_quorate
    elif "needed" in recorded or opened.get("majority"):
        adopted = is_enough(name, counted, bool(options), recorded, opened) and is_quorate
    if adopted is not None:
        hold(adopted == recorded["adopted"], f"{name} was {'adopted' if adopted else 'not adopted'}")
    if options:
        best = max(counted.values(), default=0)
        winners = {option for option in options if counted[option] == best}
        winners = winners if values and is_quorate and adopted is not False else set()
        hold(winners == set(recorded["winners"]), f"{name} was won by {winners or 'nobody'}")
    return True


def check_quorum(name, recorded, quorum, rule):
    hold(bool(quorum) == bool(rule) or rule is None, f"the quorum of {name} is not the one it opened with")
    if quorum:
        hold(quorum["of"] == recorded["roll"], f"the quorum of {name} is not of its roll")
        hold(quorum["present"] == recorded["present"] >= recorded["votes"], f"{name} does not say how many were there")
        if rule:
            share = Fraction(1, 2) if rule == "majority" else Fraction(rule)
            least = share * quorum["of"]
            needed = least // 1 + 1 if rule == "majority" else -(-least // 1)
            hold(quorum["needed"] == needed, f"the quorum of {name} is {needed}")
        hold(quorum["met"] == (quorum["present"] >= quorum["needed"]), f"the quorum of {name} is not what it says")


def check_papers(name, kind, options, values, most):
    """Could each vote be cast?"""
    for value in values:
        parts = {"ranking": value.split(">"), "approval": value.split(","), "score": value.split(",")}.get(
            kind, [value]
        )
        chosen = [part.partition("=")[0] for part in parts]
        known = set(options or ANSWERS[kind])
        is_vote = known.issuperset(chosen) and len(chosen) == len(set(chosen))
        if kind == "score":
            points = [part.partition("=")[2] for part in parts]
            is_vote = is_vote and all(re.fullmatch("[0-9]{1,3}", one) and int(one) <= (most or 100) for one in points)
        elif kind == "approval":
            is_vote = is_vote and len(chosen) <= (most or len(options))
        hold(is_vote, f"nobody could vote {value!r} in {name}")


# -- Motions of a hearing ----------------------------------------------------------------------------------


def check_motions(files, journal):
    """Each motion is what the journal says; the order of each roll call is the one the lot gives, and its answers are
    those that were entered; hands were counted by two.
    """
    ballots = {row["id"]: row for row in read_json(files, "data/ballots.json")}
    known, called, hands = dict(journal.motions), 0, 0
    for number, motion in enumerate(read_json(files, "data/motions.json"), 1):
        about, name = f"motion:{motion['id']}", f"motion {motion['number']}"
        hold(motion["number"] == number, f"motion {number} is missing")
        said = taken_from(known, about, name)
        agree(name, motion, said, "number", "item", "form", "manner", "title", "mover", "seconder")
        for field, unsaid in (("amends", None), ("lot", None), ("withdrawn_because", ""), ("ruled_out_because", "")):
            hold(motion[field] == said.get(field, unsaid), f"{name} is not the one of the journal: {field}")
        agree_on_moment(f"when {name} was moved", motion["moved"], said["moved"])
        is_same = (motion["ballot"] and f"ballot:{motion['ballot']}") == said.get("ballot")
        hold(is_same, f"{name} has another ballot")
        ballot = ballots.get(motion["ballot"])
        hold(motion["state"] in states_of(said, ballot), f"{name} is {motion['state']}, and not by the journal")
        if ballot:
            hold((ballot["title"], ballot["text"]) == (motion["title"], motion["text"]), f"{name} asked something else")
            hold(ballot["is_secret"] == (motion["manner"] == "secret"), f"{name} was voted on in another manner")
        elif said.get("text_sha256"):
            hold(sha256(motion["text"].encode("utf-8")) == said["text_sha256"], f"the words of {name} were changed")
        called += check_calls(name, motion, ballot, journal.lots.get(about), journal.said.get(about, {}))
        hands += check_hands(name, motion, ballot, journal.sheets.get(about, {}))
        explained = dict(journal.explained.get(about, {}))
        for one in motion["explanations"]:
            kept = explained.pop(one["id"], {"sha256": None})
            is_same = sha256(one["text"].encode("utf-8")) == kept["sha256"]
            hold(is_same, f"an explanation of vote on {name} was changed")
            agree(f"an explanation of vote on {name}", one, kept, "when", "by", "organisation")
            agree_on_moment(f"when an explanation of vote on {name} was written", one["written"], kept["at"])
        hold(motion["state"] != "decided" or not explained, f"an explanation of vote on {name} is left out")
    hold(not known, f"{min(known, default='')} is left out")
    told = f"{several(called, 'roll call')} in the order of its lot, {several(hands, 'count')} of hands by two officers"
    return f"{several(len(journal.motions), 'motion')} as the journal has them; {told}"


def states_of(said, ballot):
    """Where a motion may stand by what the journal says of it, and by its ballot."""
    if said["state"] in ("withdrawn", "ruled_out"):
        return (said["state"],)
    if ballot is None:
        return ("moved",)
    if ballot["annulled"] is not None:
        return ("annulled",)
    return ("open", "closed") if ballot["votes"] is None else ("decided",)


def check_lot(about, data, seq, digest):
    """The lot of a roll call, drawn again; returns [[who, name], ...] in the order of the call."""
    names = data["names"]
    plain = [(unaccented(name), name) for _who, name in names]
    hold(plain == sorted(plain), f"the names of the roll call on {about} are not in alphabetical order")
    is_last = (data["seq"], data["digest"]) == (seq - 1, digest.hex())
    hold(is_last, f"the lot of {about} was not drawn from the entry before it")
    seed = sha256(f"{data['digest']} {about}".encode())
    drawn = int(seed, 16) % len(names)
    hold((seed, drawn) == (data["seed"], data["drawn"]), f"the lot of {about} gives place {drawn}")
    return [*names[drawn:], *names[:drawn]]


def unaccented(name):
    return "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))


def check_calls(name, motion, ballot, order, said):
    """Were the names called in the order of the lot, and is each vote the last answer? Returns how many roll calls."""
    if motion["manner"] != "roll_call" or ballot is None:
        hold(not motion["calls"], f"{name} was not put to a roll call")
        return 0
    hold(order is not None, f"the journal does not know how the roll call of {name} was drawn")
    listed = [[call["who"], call["name"]] for call in motion["calls"]]
    hold(listed == order, f"the names of {name} were not called in the order of the lot")
    for place, call in enumerate(motion["calls"], 1):
        last = said.get(call["who"], {"said": "", "corrections": 0, "sent": False, "at": None})
        is_same = call["place"] == place and all(
            call[field] == last[field] for field in ("said", "corrections", "sent")
        )
        hold(is_same, f"the answer of {call['name']} to {name} is not the one that was entered")
        agree_on_moment(f"when {call['name']} answered to {name}", call["at"], last["at"])
    if ballot["votes"]:
        votes = {call["who"]: call["said"] for call in motion["calls"] if call["said"] not in ("", "absent", "passed")}
        hold(dict(map(tuple, ballot["votes"])) == votes, f"the votes of {name} are not those that were called")
    return 1


def check_hands(name, motion, ballot, confirmed):
    """Are the hands those that two officers confirmed? Returns how many counts there were."""
    listed = {sheet["id"]: sheet for sheet in motion["sheets"]}
    hold(set(listed) == set(confirmed), f"the votes that officers entered on {name} are not those they confirmed")
    for pk, sheet in listed.items():
        agree(f"a sheet of votes on {name}", sheet, confirmed[pk], "figures", "entered_by", "confirmed_by")
        agree_on_moment(f"when votes on {name} were confirmed", sheet["confirmed"], confirmed[pk]["at"])
    hands = [sheet["figures"] for sheet in listed.values() if sheet["figures"] is not None]
    hall = ballot["hall"] if ballot else None
    hold(
        hands == ([] if hall is None else [hall]), f"the hands of the hall on {name} are not those that were confirmed"
    )
    return len(hands)


ANSWERS = {
    "yes_no": ("yes", "no", "abstain"),
    "consent": ("consent", "reservation", "objection"),
    "silence": ("objection", "amendment"),
}


def totals(kind, options, values):
    """{option or answer: votes, or points}."""
    counted = dict.fromkeys(ANSWERS.get(kind, options), 0)
    for value in values:
        for part in value.split(",") if kind in ("approval", "score") else [value]:
            option, _equals, points = part.partition("=")
            counted[option] += int(points or 1)
    return counted


def is_enough(name, counted, is_election, recorded, opened):
    """Do the votes reach the majority, in integers?"""
    hold(recorded["majority"] == opened.get("majority", recorded["majority"]), f"{name} needed another majority")
    of = "roll" if recorded["majority"] == "absolute" else opened.get("base", recorded["of"])
    hold(recorded["of"] == of, f"the majority of {name} is one of another number")
    given = max(counted.values(), default=0) if is_election else counted["yes"]
    tied = list(counted.values()).count(given) > 1 if is_election else counted["yes"] == counted["no"]
    voting = recorded["votes"] if is_election else counted["yes"] + counted["no"]
    base = {"voting": voting, "present": recorded["present"], "roll": recorded["roll"]}[of]
    words = recorded["majority"]
    if words in ("simple", "absolute"):
        needed = base // 2 + 1
    else:
        share = Fraction(2, 3) if words == "two_thirds" else Fraction(words)
        needed = max(1, -(-base * share.numerator // share.denominator))
    hold((given, base, needed) == (recorded["for"], recorded["base"], recorded["needed"]), f"{name} needed {needed}")
    return given >= needed and not tied


def check_ranking(name, options, values, recorded, is_quorate):
    """Are the winners of a ranking those of its votes? False where the ties are too many to follow."""
    if not recorded["is_complete"]:
        hold(not recorded["winners"], f"{name} has more ties than were followed, and a winner all the same")
        return True
    winners = set()
    if values:
        winners = (runoff if recorded["method"] == "irv" else beatpath)(options, [value.split(">") for value in values])
        if winners is None:
            return False
    winners = set(winners) if is_quorate else set()
    hold(winners == set(recorded["winners"]), f"{name} was won by {winners or 'nobody'}")
    return True


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
    """The winners by instant-runoff; a tie for last is followed every way. None where the ways are too many."""
    alike = Counter(map(tuple, ranked))
    seen, looks = {}, 0

    def winners(left):
        nonlocal looks
        if left not in seen:
            looks += len(alike)
            if looks > MOST_LOOKS:
                return left
            votes = dict.fromkeys(left, 0)
            for ballot, count in alike.items():
                if first := next((option for option in ballot if option in left), None):
                    votes[first] += count
            fewest = min(votes.values())
            last = [option for option in left if votes[option] == fewest]
            if len(left) == 1 or (not fewest and len(last) == len(left)):
                seen[left] = left
            elif not fewest:
                seen[left] = winners(left.difference(last))
            else:
                seen[left] = frozenset().union(*(winners(left - {option}) for option in last))
        return seen[left]

    found = winners(frozenset(options))
    return found if looks <= MOST_LOOKS else None


# -- Draft texts, statements, recommendations --------------------------------------------------------------


def check_texts(files, journal):
    """The paragraphs of draft texts, the statements and the recommendations are those of the journal."""
    there, checked = files.names(), []
    documents = read_json(files, "data/documents.json") if "data/documents.json" in there else []
    for version in documents:
        known = taken_from(journal.versions, version["code"], f"the version {version['code']}")
        said = sha256_of_text(version["paragraphs"])
        hold(said == known.get("text_sha256", said), f"the text of version {version['code']} was changed")
    hold(not journal.versions, f"the version {min(journal.versions, default='')} is left out")
    checked.append(f"{len(documents)} versions of draft texts")
    statements = read_json(files, "data/statements.json")
    for row in statements:
        about, text = journal.statements.get(row["number"], ("", None))
        hold(row["text"] == text, f"statement {row['number']} is not the one of the journal")
        why = journal.hidden.get(row["number"])
        hold(row.get("hidden") == why, f"statement {row['number']} is taken down for another reason in the journal")
        people, answers = len(journal.answers.get(about, ())), sum(row["answers"].values())
        hold(answers <= people, f"statement {row['number']} has {answers} answers, and {people} people gave one")
        for group in ("by_region", "by_category"):
            for answer, count in row["answers"].items():
                told = sum(cells[answer] or 0 for cells in row[group].values())
                hold(told <= count, f"statement {row['number']} has more who {answer} {group} than there are")
    checked.append(f"{len(statements)} statements")
    known, rows = journal.recommendations, []
    if known or "data/recommendations.json" in there:
        hold("data/recommendations.json" in there, "the recommendations are left out")
        rows = read_json(files, "data/recommendations.json")
        hold([row["number"] for row in rows] == sorted(known), "the recommendations are not those of the journal")
    for row in rows:
        entry, name = known[row["number"]], f"recommendation {row['number']}"
        for field in ("text", "sentences", "reply", "why", "due"):
            hold(row[field] == entry.get(field, row[field]), f"{name} does not say what the journal says: {field}")
        steps = [[one[field] for field in ("step", "on", "note")] for one in row["progress"]]
        hold(sorted(steps) == sorted(entry["progress"]), f"{name} does not say where it stood")
    checked.append(f"{len(rows)} recommendations")
    return f"{', '.join(checked)} are those of the journal"


def sha256_of_text(paragraphs):
    """Of a version of a draft text: what each of its blocks says, in order."""
    return sha256(canonical([[row[name] for name in BLOCK] for row in paragraphs]))


# -- Citations ---------------------------------------------------------------------------------------------


def check_citations(files, journal):
    if "data/synthesis.json" not in files.names():
        hold(not journal.synthesis, "the synthesis that was published is left out")
        return "there is no synthesis"
    synthesis = read_json(files, "data/synthesis.json")
    said = sha256_of_synthesis(synthesis["title"], synthesis["sentences"])
    hold(said == journal.synthesis, "the synthesis is not the one whose SHA-256 the journal holds")
    hold(synthesis["sha256"] == said, "the synthesis has another SHA-256 than it says")
    hold(synthesis["because"] == journal.because, "why some sentences cite nothing is not what the journal says")
    corrections = []
    for one in synthesis["corrigenda"]:
        rows = sorted([row[name] for name in ("sentence", "was", "reads")] for row in one["corrections"])
        corrections.append((one["number"], one["sha256"], rows))
    hold(corrections == journal.corrections, "the corrigenda are not those of the journal")
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


# -- Hearings ----------------------------------------------------------------------------------------------


def check_agenda(files, hearing, journal):
    """The hearing, its rules, sessions and agenda are those of the journal."""
    files.place, told = "data/hearing.json", journal.hearing
    agree_on_moment("when the hearing was published", hearing["published"], told.published)
    agree_on_moment("when the hearing ended", hearing["ended"], told.ended)
    officers = sorted((row["member"], row["role"]) for row in hearing["officers"])
    hold(officers == sorted(told.officers.items()), "the officers are not those of the journal")
    if not told.published:
        return "the hearing is not published, so its rules and agenda are private, and are not checked"
    rules = {name: hearing["rules"][name] for name in RULES}
    for name, value in {**rules, "code": hearing["code"], "wordings": hearing["wordings"]}.items():
        hold(value == told.facts.get(name), f"the hearing is not the one of the journal: {name}")
    in_order("the sessions", hearing["sessions"], lambda row: row["number"])
    sessions = {f"session:{row['id']}": row for row in hearing["sessions"]}
    missing = set(sessions) ^ set(told.sessions)
    hold(not missing, f"{min(missing, default='')} is not in the journal, or left out")
    for about, row in sessions.items():
        known = told.sessions[about]
        agree(about, row, known, "number", "title")
        for name in ("starts", "ends"):
            hold(same(row[name], known[name]), f"{about} was not planned as the journal says: {name}")
        for name in ("opened", "closed"):
            hold(bool(row[name]) == bool(known[name]), f"{about} was not {name} as the journal says")
            if row[name]:
                near(f"{about}", moment(row[name]), known[name])
        agree_on_moment(f"when {about} was cancelled", row["cancelled"], known.get("cancelled"))
    items = {f"item:{row['id']}": row for row in hearing["items"]}
    missing = set(items) ^ set(told.items)
    hold(not missing, f"{min(missing, default='')} is not on the agenda of the journal, or left out")
    for about, row in items.items():
        for name in ("label", "wordings", "minutes", "state"):
            hold(row[name] == told.items[about].get(name), f"{about} is not the one of the journal: {name}")
        closed = told.items[about].get("list_closed")
        agree_on_moment(f"when the list of speakers on {about} was closed", row["list_closed"], closed)
    in_order("the items of the agenda", hearing["items"], lambda row: places(row["label"]))
    return f"{several(len(sessions), 'session')} and {several(len(items), 'item')} of the agenda, as the journal says"


def places(label):
    """The number of an item as numbers: `10.2` stands behind `9`."""
    return [int(part) for part in label.split(".")]


def check_speakers(files, journal):
    """Everybody who asked for the floor, what became of it, how long they spoke, and their words."""
    told = journal.hearing
    known, speeches, before = dict(told.speakers), dict(told.speeches), ([], 0)
    for row in read_lines(files, "data/speakers.jsonl"):
        about, name = f"speaker:{row['id']}", f"speaker {row['id']}"
        label = told.items.get(f"item:{row['item']}", row)["label"]
        hold(row["label"] == label, f"{name} is not the one of the journal: label")
        place = (places(label), row["number"])
        hold(before < place, f"{name} stands twice, or in another order than that of requests")
        before = place
        said = known.pop(about, None)
        if not told.is_broken:
            hold(said is not None, f"the journal does not know {name}")
            check_speaker(name, row, said)
        for speech in row["speeches"]:
            kept = speeches.pop(f"speech:{speech['id']}", None)
            hold(kept is not None and kept["speaker"] == row["id"], f"the journal does not know words of {name}")
            is_same = sha256(speech["text"].encode("utf-8")) == kept["sha256"]
            hold(is_same, f"the words of {name} are not those whose SHA-256 the journal holds")
            agree(f"a text of {name}", speech, kept, "stage", "language")
            for field in ("shown", "written"):
                agree_on_moment(f"when a text of {name} was {field}", speech[field], kept[field])
    hold(not known or told.is_broken, f"{min(known, default='')} asked for the floor and is left out")
    shown = [about for about, one in speeches.items() if one["shown"] or is_said(told, one)]
    hold(not shown, f"words that were said or shown are left out: {min(shown, default='')}")
    hold(not told.having or not told.ended, "somebody still has the floor, and the hearing is over")
    words = f"{several(len(told.speeches), 'text')} of speakers as they were handed in or written down"
    if told.is_broken:
        return f"{words}; entries about the lists were erased, so the order of speakers is not followed"
    asked, given = several(len(told.speakers), "request"), several(told.floors, "time")
    changes = several(told.moves, "recorded change")
    return f"{asked} for the floor, given {given} in the order of the lists with {changes} to it; {words}"


def is_said(told, speech):
    speaker = told.speakers.get(f"speaker:{speech['speaker']}")
    return speech["stage"] == "delivered" or (speaker is not None and speaker["state"] == "spoke")


def check_speaker(name, row, said):
    """Does a speaker stand in the data as in the journal? Names of people and organisations are as they are now."""
    fields = ("item", "queue", "number", "category", "region", "country", "first_time", "priority", "state", "point")
    agree(name, row, said, *fields, "channel", "organisation_id", "ruling", "ruling_reason")
    if row["announced_as"]:
        hold(row["announced_as"] == row["name"] == said["name"], f"{name} was called by another name")
    member = f"member:{said['member']}" if said["member"] else None
    hold(row["member"] == member, f"{name} is somebody else")
    hold(same(row["requested"], said["requested"].isoformat()), f"{name} asked for the floor at another time")
    clock, kept = row["clock"], said["clock"]
    hold((clock is None) == (kept is None), f"{name} had the floor, or never had it, and not by the journal")
    if clock:
        fields = (("allotted", "allotted"), ("stood_still", "stood"), ("used", "used"), ("corrected", "corrected"))
        for field, there in fields:
            hold(clock[field] == kept[there], f"{name} did not have the time that the journal says: {field}")
        for field in ("started", "ended"):
            at = kept[field].isoformat() if kept[field] else None
            hold(same(clock[field], at), f"{name} did not speak when the journal says: {field}")


def check_live_questions(files, journal):
    """Live questions are numbered without gaps, and say what the journal says."""
    known, count, shown = dict(journal.hearing.questions), 0, 0
    for row in read_lines(files, "data/questions.jsonl"):
        count += 1
        name = f"question {row['number']}"
        hold(row["number"] == count, f"question {count} is missing")
        said = known.pop(f"live_question:{row['id']}", None)
        if row["text"] is None:
            state = (said or {}).get("state")
            is_gone = state in (None, "declined", "withdrawn") or row["state"] == "erased"
            hold(is_gone, f"{name} is left out, and by the journal it is {state}")
            continue
        shown += 1
        hold(said is not None, f"the journal does not know {name}")
        hold(row["state"] == said["state"], f"{name} is {row['state']}, and by the journal it is {said['state']}")
        hold(sha256(row["text"].encode("utf-8")) == said["sha256"], f"the words of {name} were changed")
        answers = [(one["number"], sha256(one["text"].encode("utf-8"))) for one in row["answers"]]
        hold(answers == sorted(said["answers"].items()), f"the answers to {name} are not those of the journal")
        into = said["into"] if row["state"] == "merged" else None
        hold(row["merged_into"] == into, f"{name} was merged into another question")
        asker = journal.hearing.askers.get(f"live_question:{row['id']}")
        hold(row["by"] == asker, f"{name} was asked by somebody else")
        hold(row["organisation"] == said["organisation"], f"{name} was asked on behalf of another organisation")
        hold(row["item"] == journal.hearing.label_of(said["item"]), f"{name} was asked on another item")
    hold(not known, f"{min(known, default='')} was asked and is left out")
    return f"{several(count, 'live question')}, numbered without gaps, {shown} of them shown"


def check_transcript(files, hearing, journal):
    """The lines of the transcript are those of the journal, and those that the record had as its annex."""
    told, whole, count = journal.hearing, hashlib.sha256(), 0
    known = dict(told.lines)
    for line in read_lines(files, "data/transcript.jsonl"):
        count += 1
        name = f"line {line['number']} of the transcript"
        hold(line["number"] in known, f"the journal does not know {name}, or says that it was taken out")
        said = canonical([line[field] for field in ("number", "at", "name", "language", "text")])
        digest = known.pop(line["number"])  # None, where the entry is older than digests of lines
        hold(digest in (None, sha256(said)), f"{name} is not the one whose SHA-256 the journal holds")
        whole.update(canonical(line) + b"\n")
    hold(not known, f"line {min(known, default=0)} of the transcript is left out")
    if hearing["record"]["state"] != "draft" and not told.is_transcribed_since:
        annex = read_json(files, "data/record.json")["provisional"]["transcript"]
        hold(annex["sha256"] == whole.hexdigest(), "the transcript is not the one that the record had as its annex")
    return f"{several(count, 'line')} of the transcript as they were written down"


def check_desk(files, journal, digests):
    """The papers of the desk, and their files, are those of the journal."""
    told = journal.hearing
    known = dict(told.papers)
    for row in read_json(files, "data/desk.json"):
        said = taken_from(known, row["symbol"], row["symbol"])
        agree(row["symbol"], row, said, "change")
        hold(f"desk_document:{row['document']}" == said["document"], f"{row['symbol']} is of another document")
        hold(row["item"] == told.label_of(said["item"]), f"{row['symbol']} is on another item")
        agree_on_moment(f"when {row['symbol']} was published", row["published"], said["published"])
        titles = {language: wording[0] for language, wording in told.titles[said["document"]].items()}
        is_same = {language: wording[0] for language, wording in row["wordings"].items()} == titles
        hold(is_same, f"{row['symbol']} has another title")
        hold(row["withdrawn"] == said["withdrawn"], f"{row['symbol']} was withdrawn, or not, and not by the journal")
        files_said, here = (
            sorted([one["name"], one["sha256"], one["language"]] for one in rows)
            for rows in (said["files"] if row["withdrawn"] is None else [], row["files"])
        )
        hold(here == files_said, f"the files of {row['symbol']} are not those of the journal")
        for name, digest, _language in here:
            hold(digests.get(f"files/{digest}") == digest, f"the file {name} of {row['symbol']} is missing, or another")
    hold(not known, f"{min(known, default='')} was on the desk and is left out")
    return f"{several(len(journal.hearing.papers), 'paper')} of the documents desk, with their files"


# -- The record of a hearing -------------------------------------------------------------------------------


def check_record(files, hearing, journal):
    """The texts of the record are those whose SHA-256 the journal holds; the final one is the provisional one with the
    corrections that were accepted; times and tallies in it are those of the journal.
    """
    told, state = journal.hearing, hearing["record"]["state"]
    expected = "final" if "finalised" in told.record else "provisional" if "published" in told.record else "draft"
    hold(state == expected, f"the record is {state}, and by the journal it is {expected}")
    if state == "draft":
        return "the record of the hearing is still being written, so there is no text of it to check"
    texts = read_json(files, "data/record.json")
    provisional, final = texts["provisional"], texts["final"]
    is_that = sha256(canonical(provisional)) == told.record["published"]["sha256"]
    hold(is_that, "the provisional record is not the text whose SHA-256 the journal holds")
    published, issued = told.record["published"], told.record.get("corrected", {"at": None, "sha256": None})
    said = {"provisional_sha256": published["sha256"], "corrigendum_sha256": issued["sha256"]}
    agree("the record", hearing["record"], said, *said)
    hold(f"record:{hearing['record']['id']}" == published["about"], "the record is not the one of the journal: id")
    agree_on_moment("when the record was published", hearing["record"]["published"], published["at"])
    agree_on_moment("when the corrigendum was issued", hearing["record"]["corrigendum_issued"], issued["at"])
    is_same = same(hearing["record"]["corrections_until"], published["until"])
    hold(is_same, "corrections of the record were taken until another moment")
    known = dict(told.corrections)
    decided = [f"correction:{row['id']}" for row in texts["corrections"]]
    is_same = decided == [about for about in known if about in decided]
    hold(is_same, "the corrections stand twice, or in another order than they were decided")
    for row in texts["corrections"]:
        name = f"correction {row['id']}"
        said = taken_from(known, f"correction:{row['id']}", name)
        agree(name, row, said, "state", "paragraph", "part", "was", "reads", "why", "reason")
        hold(row["by"] == told.askers.get(f"correction:{row['id']}"), f"{name} was asked for by somebody else")
    hold(not known, f"{min(known, default='')} was decided and is left out")
    check_minutes(files, provisional, journal)
    if state == "provisional":
        hold(final is None, "the record has a final text, and by the journal it is not final")
        return f"the record is provisional, and {several(len(told.corrections), 'correction')} decided so far"
    is_that = sha256(canonical(final)) == told.record["finalised"]["sha256"]
    hold(is_that, "the final record is not the text whose SHA-256 the journal holds")
    accepted = [one for one in told.corrections.values() if one["state"] == "accepted"]
    agree("the record", hearing["record"], {"final_sha256": told.record["finalised"]["sha256"]}, "final_sha256")
    agree_on_moment("when the record became final", hearing["record"]["finalised"], told.record["finalised"]["at"])
    is_that = final == corrected(provisional, accepted)
    hold(is_that, "the final record is not the provisional one with the corrections that were accepted")
    corrigendum = told.record.get("corrected", {}).get("corrigendum", [])
    hold(texts["corrigendum"] == corrigendum, "the corrigendum is not the one of the journal")
    after = f"a corrigendum of {several(len(corrigendum), 'paragraph')}" if corrigendum else "no corrigendum"
    return f"the record is final, with {several(len(accepted), 'correction')} in it and {after}"


def corrected(text, corrections):
    """The text of a record with corrections in it: a name wherever the one of this name is named."""
    text = json.loads(canonical(text))
    for one in corrections:
        row = text["paragraphs"][one["paragraph"] - 1]
        hold(
            row[one["part"]] == one["was"],
            f"paragraph {one['paragraph']} of the record did not read as it was corrected",
        )
        whose = (row.get("name"), row.get("organisation", ""))
        row[one["part"]] = one["reads"]
        for other in (*text["paragraphs"], *text["speakers"]) if one["part"] == "name" else ():
            if (other.get("name"), other.get("organisation", "")) == whose:
                other["name"] = one["reads"]
    return text


def check_minutes(files, text, journal):
    """Do the times and the tallies of the record say what the journal says?"""
    told = journal.hearing
    for row in () if told.is_broken else text["speakers"]:
        clock = told.speakers[f"speaker:{row['speaker']}"]["clock"] or {"allotted": None, "used": None}
        for field in ("allotted", "used"):
            hold(row[field] == clock[field], f"the record gives speaker {row['speaker']} another time: {field}")
    ballots = {row["number"]: row["ballot"] for row in read_json(files, "data/motions.json")}
    for row in text["paragraphs"]:
        if "outcome" in row:
            counted = journal.counts.get(f"ballot:{ballots.get(row['motion'])}", {})
            is_same = all(counted.get(name) == value for name, value in row["outcome"].items())
            hold(is_same, f"the record gives motion {row['motion']} another outcome")


# -- The whole ---------------------------------------------------------------------------------------------


def check_heads(heads, journal):
    """Yield a line for each head that a mail witnessed and that the record has."""
    for head in heads:
        found = re.fullmatch(r"\s*(?:\S+\s+)*([0-9]{1,12})-([0-9a-fA-F]{8,64})\s*", head)
        hold(found, f"{head!r} is no head of a record; one looks like 340-7f3a91c2")
        number, digest = int(found[1]), found[2][:8].lower()
        hold(1 <= number <= journal.seq, f"the record ends at {journal.mark}, and the mail says {head}")
        is_same = journal.marks[number - 1] == digest
        here = f"{number}-{journal.marks[number - 1]}"
        hold(is_same, f"entries up to {number} are not those of that day: the record says {here}, the mail says {head}")
        yield f"the first {number} entries are those that the mail with {head} witnessed"


def verify(files, heads=()):
    """Yield a line for each thing that holds; raises Fault at the first that does not."""
    digests, said = check_files(files)
    yield said
    is_hearing = "data/hearing.json" in digests
    about = read_json(files, "data/hearing.json" if is_hearing else "data/consultation.json")
    journal, said = check_journal(files, about)
    yield said
    if is_hearing:
        yield from verify_hearing(files, about, journal, digests)
    else:
        yield check_timetable(files, about, journal)
        yield check_contributions(files, about, journal, digests)
        yield check_ballots(files, journal)
        yield check_texts(files, journal)
        yield check_citations(files, journal)
    yield from check_heads(heads, journal)
    if not heads:
        yield "no head from a mail was given (--head): a record that was written anew as a whole would not be found"
    yield f"record {journal.mark}"


def verify_hearing(files, hearing, journal, digests):
    yield check_agenda(files, hearing, journal)
    yield check_speakers(files, journal)
    yield check_record(files, hearing, journal)
    yield check_ballots(files, journal)
    yield check_motions(files, journal)
    yield check_live_questions(files, journal)
    yield check_transcript(files, hearing, journal)
    yield check_desk(files, journal, digests)


def check(path, heads=()):
    """Yield as `verify` does for a folder or a ZIP; whatever is wrong with it comes as a Fault."""
    files = None
    try:
        hold(path.exists(), f"there is nothing at {path}")
        hold(path.is_dir() or zipfile.is_zipfile(path), f"{path.name} is neither a folder nor a ZIP")
        files = Folder(path) if path.is_dir() else Zipped(path)
        yield from verify(files, heads)
        itself = Path(__file__).resolve()
        if files.path.resolve() == itself.parent:  # a second time, for what is changed here may be the check above
            listed = read_json(files, "manifest.json")["files"]["verify.py"]
            hold(sha256(itself.read_bytes()) == listed, "verify.py is not the file that was exported")
    except Fault:
        raise
    except Exception as error:  # of whatever kind: bytes that were changed at random break in every way there is
        place = files.place if files else path.name
        raise Fault(f"{place} cannot be read as FORMAT.md describes it ({type(error).__name__}: {error})") from error


def plain(text):
    """On one line, of a length one reads, and without signs that command a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[:500]


def main():
    parser = argparse.ArgumentParser(description="Check the exported record of a consultation or of a hearing.")
    parser.add_argument("archive", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    told = "the record as a digest mail prints it, for example 340-7f3a91c2; an old one too, and several"
    parser.add_argument("--head", action="append", default=[], metavar="HEAD", help=told)
    given = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        for line in check(given.archive, given.head):
            sys.stdout.write(f"{plain(line)}\n")
    except Fault as fault:
        return f"DOES NOT HOLD: {plain(str(fault))}"
    return 0


if not __name__.endswith("verify"):
    sys.exit(main())
