"""A whole partnership from four files of JSON lines: workspaces, members with their seats, threads, posts.

The neutral form in which the same data goes into several systems, to compare them. Its ids are the files' own: what is
here already is known by its mail name (workspace), address (member) or Message-ID (post), and is left as it is.
"""

import itertools
import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from core import languages
from core import text as texts
from forum.models import Workspace
from forum.services import imports
from forum.services.writing import MAX_CHARACTERS
from journal.services import Draft, record_all, site_journal
from members.models import Member
from members.models.members import normalise_address
from notifications import subscriptions
from notifications.archives import heads, subjects
from notifications.models import ImportedMail, MailProfile, Subscription
from notifications.models.subscriptions import Cadence

CADENCES = {"immediate": Cadence.EACH, "daily": Cadence.DAILY, "weekly": Cadence.WEEKLY, "none": Cadence.NONE}
CHUNK = 500
BATCH_POSTS = 400
FILES = ("workspaces", "members", "threads", "posts")


class Malformed(Exception):
    """A file is missing, or a line of it cannot be used; the text says which and why."""


class Loader:
    """One run. `progress(stage, done, total)` is told how far it is; `added` and `known` count what was met."""

    def __init__(self, folder, *, progress=lambda *_: None):
        self.folder, self.progress = Path(folder), progress
        self.added, self.known, self.refused = defaultdict(int), defaultdict(int), []
        missing = [name for name in FILES if not (self.folder / f"{name}.jsonl").is_file()]
        if missing:
            raise Malformed(f"{self.folder} has no {missing[0]}.jsonl")
        self.rooms, self.members, self.groups, self.posts = {}, {}, {}, {}

    def load(self):
        """Load everything; raises Malformed at the first line that cannot be read."""
        self._load_rooms()
        self._load_members()
        for row in self._rows("threads"):
            self.groups[row["id"]] = imports.Group(title=row["title"], language=_language(row.get("lang")))
        self._load_posts()
        self._subscribe()

    def _rows(self, name):
        with (self.folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise Malformed(f"{name}.jsonl, line {number}: {error}") from error

    def _load_rooms(self):
        for row in self._rows("workspaces"):
            room = Workspace.objects.filter(slug=row["slug"]).select_related("journal").first()
            self.known["workspaces"] += room is not None
            if room is None:
                language = _language(row.get("lang"))
                room = imports.open_workspace(
                    slug=row["slug"], name=row["name"], description=row.get("description", ""), language=language
                )
                self.added["workspaces"] += 1
            self.rooms[row["id"]] = room

    # -- Members, seats and what mail they get ---------------------------------------------------------------

    def _load_members(self):
        self.seats, self.cadences = defaultdict(list), {}
        for rows in _chunks(self._rows("members")):
            self._load_some_members(rows)
            self.progress("members", len(self.members), None)
        for room, members in self.seats.items():
            added = imports.seat(self.rooms[room], members)
            self.added["seats"] += added
            self.known["seats"] += len(members) - added

    def _load_some_members(self, rows):
        by_address = {normalise_address(row["email"]): row for row in rows}
        with transaction.atomic():
            here = Member.objects.by_addresses(list(by_address))
            here |= dict(Member.objects.filter(email__in=by_address).values_list("email", "pk"))
            new = [_member(address, row) for address, row in by_address.items() if address not in here]
            Member.objects.bulk_create(new, batch_size=CHUNK)
            EmailAddress.objects.bulk_create(
                [EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in new],
                batch_size=CHUNK,
            )
            record_all(site_journal(), [Draft(verb="member.joined", actor=member, about=member) for member in new])
        here |= {member.email: member.pk for member in new}
        self.added["members"] += len(new)
        self.known["members"] += len(rows) - len(new)
        for address, row in by_address.items():
            member = self.members[row["id"]] = here[address]
            self.cadences[member] = CADENCES.get(row.get("digest"), Cadence.DAILY)
            for room in row.get("workspaces", ()):
                self.seats[room].append(member)

    def _subscribe(self):
        """Mail as each member chose it, from the end of what was loaded: nobody is sent the past."""
        now, zone_of = timezone.now(), dict(Member.objects.values_list("pk", "timezone"))
        for room, members in self.seats.items():
            workspace = Workspace.objects.select_related("journal").get(pk=self.rooms[room].pk)
            rows = [
                Subscription(
                    member_id=member,
                    workspace=workspace,
                    cadence=self.cadences[member],
                    cursor=workspace.journal.seq,
                    changed_at=now,
                )
                for member in members
            ]
            Subscription.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
        for members in _chunks(iter(self.cadences)):
            profiles = []
            for pk in members:
                profile = MailProfile(member_id=pk)
                profile.next_issue_at = subscriptions.next_issue_at(profile, Member(pk=pk, timezone=zone_of[pk]))
                profiles.append(profile)
            MailProfile.objects.bulk_create(profiles, batch_size=CHUNK, ignore_conflicts=True)

    # -- Posts -----------------------------------------------------------------------------------------------

    def _load_posts(self):
        known = {
            (row[0], bytes(row[1])): row[2:]
            for row in ImportedMail.objects.filter(workspace__in=self.rooms.values())
            .exclude(post=None)
            .values_list("workspace", "key", "post", "post__thread")
            .iterator(chunk_size=2000)
        }
        waiting = defaultdict(list)
        for done, row in enumerate(self._rows("posts"), 1):
            room = self.rooms[row["workspace"]]
            if there := known.get((room.pk, heads.digest(row["message_id"]))):
                self.posts[row["id"]], self.groups[row["thread"]].thread = there
                self.known["posts"] += 1
                continue
            waiting[room.pk].append(row)
            if len(waiting[room.pk]) >= BATCH_POSTS:
                self._write(room, waiting.pop(room.pk))
            self.progress("posts", done, None)
        for room in self.rooms.values():
            if room.pk in waiting:
                self._write(room, waiting.pop(room.pk))

    def _write(self, room, rows):
        drafts = {row["id"]: draft for row in rows if (draft := self._draft(row))}
        for row in rows:
            if (draft := drafts.get(row["id"])) and row["parent"]:
                draft.parent = drafts.get(row["parent"]) or self.posts.get(row["parent"])
        with transaction.atomic():
            imports.add(room, list(drafts.values()))
            mails = [_mail(room, row, drafts[row["id"]].post) for row in rows if row["id"] in drafts]
            ImportedMail.objects.bulk_create(mails, batch_size=CHUNK)
        self.posts |= {row: draft.post.pk for row, draft in drafts.items()}
        self.added["posts"] += len(drafts)

    def _draft(self, row):
        text = texts.clean_text(row["body"]).strip("\n")
        if not text.strip() or len(text) > MAX_CHARACTERS:
            self.refused.append((row["id"], "it has no text" if not text.strip() else "its text is too long"))
            return None
        return imports.Imported(
            text=text,
            html=texts.render(text),
            html_version=texts.RENDERER_VERSION,
            sent_at=_moment(row["created"]),
            group=self.groups[row["thread"]],
            author=self.members[row["author"]],
            language=_language(row.get("lang")),
        )


def _member(address, row):
    try:
        validate_email(address)
    except ValidationError as error:
        raise Malformed(f"members.jsonl, id {row['id']}: {address!r} is no email address") from error
    member = Member(
        email=address,
        name=texts.clean_line(row["name"], 120),
        language=_language(row.get("lang")) or "en",
        joined_at=_moment(row["joined"]) if row.get("joined") else timezone.now(),
    )
    member.set_unusable_password()
    return member


def _mail(room, row, post):
    likeness = subjects.likeness(row["subject"])
    text = row["body"]
    return ImportedMail(
        workspace=room,
        key=heads.digest(row["message_id"]),
        message_id=row["message_id"],
        body=heads.digest(text.strip()),
        words=heads.digest("".join(text.split())),
        subject=heads.digest(likeness) if likeness else b"",
        is_reply=subjects.bare(row["subject"])[1],
        post=post,
        source="posts.jsonl",
    )


def _moment(value):
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _language(code):
    return code if code in languages.LANGUAGES else ""


def _chunks(rows):
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk
