"""One room of the demo world, played through the services of the house in the order of its days.

What happens is queued by its time, and a deed may queue another: a post that waits is approved a minute later.
"""

import heapq
from datetime import timedelta
from itertools import count

from config.demo import script
from consultations.clock import SETTLING
from consultations.services import ballots, voting
from forum.models import Attachment, ReadMark
from forum.models.posts import State
from forum.services import posts, seats, threads, workspaces
from forum.services.attachments import Upload

A_MINUTE = timedelta(minutes=1)
SETTLING_IN = 30 * 24 * 60  # minutes within which members take their seats in a new room
LATEST_VISITS = {"alice": 1, "bob": 70, "samira": 3, "dora": 150}  # hours since they last read; others by chance
AWAY_AT_MOST = 12 * 24  # hours


class Play:
    """Plays one room; `perform` is all there is to call."""

    def __init__(self, loader, room):
        self.loader, self.room = loader, room
        self.members, self.now = loader.members, loader.now
        self.secretariat = loader.secretariat
        self.queue, self.tick = [], count()
        self.threads, self.posts = {}, {}

    def perform(self):
        self.open()
        for key in self.seated():
            joined_at = self.room.opened_at + timedelta(
                minutes=script.chance(self.room.slug, key, "seat", below=SETTLING_IN)
            )
            self.then(joined_at, self.seat, key)
        for talk in self.room.talks:
            self.plan(talk)
        for ballot in self.room.ballots:
            self.then(self.now - script.span(ballot["age"]), self.open_ballot, ballot)
        while self.queue:
            at, _order, deed, arguments = heapq.heappop(self.queue)
            deed(*arguments, at=at)
        for key, text in self.room.requests:
            seats.request_seat(member=self.members[key], workspace=self.workspace, text=text)
        self.mark_as_read()
        lines = sum(len(talk.lines) for talk in self.room.talks)
        self.loader.added["posts"] += lines
        self.loader.added["threads"] += len(self.room.talks)
        self.loader.say(f"{self.room.slug}: {len(self.room.talks)} threads, {lines} posts")

    def then(self, at, deed, *arguments):
        heapq.heappush(self.queue, (at, next(self.tick), deed, arguments))

    def open(self):
        fields = dict(self.room.fields)
        themes = [self.loader.themes[key] for key in fields.pop("themes")]
        regions = [self.loader.regions[key] for key in fields.pop("regions")]
        fields["description"] = fields["description"].strip()
        self.workspace = workspaces.create(
            by=self.secretariat,
            slug=self.room.slug,
            themes=themes,
            regions=regions,
            moderators=[self.members[key] for key in self.room.moderators],
            at=self.room.opened_at,
            **fields,
        )
        self.loader.added["workspaces"] += 1

    def seated(self):
        """Who takes a seat besides the moderators."""
        folk = self.loader.folk.values()
        keys = [*self.room.authors, *self.room.members]
        if self.room.everyone:
            keys += [person.key for person in folk if not person.is_outside]
        if self.room.focal_points:
            keys += [person.key for person in folk if person.focal]
        return [key for key in dict.fromkeys(keys) if key not in self.room.moderators]

    def plan(self, talk):
        for place, line in enumerate(talk.lines):
            self.then(line.at, self.speak, talk, place)
        opened_at = talk.lines[0].at
        if talk.is_pinned:
            self.then(opened_at + 2 * A_MINUTE, self.pin, talk)
        if talk.closed:
            self.then(talk.closed_at, self.close, talk)

    def moderator_for(self, key):
        """A moderator of the room who is not this person."""
        return self.members[next((name for name in self.room.moderators if name != key), self.room.moderators[0])]

    # Deeds

    def seat(self, key, at):
        seats.give(by=self.secretariat, workspace=self.workspace, member=self.members[key], at=at)

    def speak(self, talk, place, at):
        line = talk.lines[place]
        extras, person = line.extras, self.loader.folk[line.author]
        author = self.members[line.author]
        edited = extras.get("edited")
        fields = {
            "author": author,
            "text": edited["was"] if edited else line.text,
            "language": extras.get("language", person.language),
            "channel": "mail" if person.mail else "web",
            "files": [Upload(extras["file"], script.content(extras["file"]))] if "file" in extras else [],
            "organisation": self.loader.organisations[person.organisation] if extras.get("speaks") else None,
            "sent_at": at,
            "at": at,
        }
        if place == 0:
            thread = threads.start(workspace=self.workspace, title=talk.title, **fields)
            thread.language = talk.language
            thread.save(update_fields=["language"])
            self.threads[id(talk)] = thread
            post = thread.posts.get()
        else:
            parent = self.posts[id(talk), line.answers] if line.answers is not None else None
            post = posts.reply(thread=self.threads[id(talk)], parent=parent, **fields)
        self.posts[id(talk), place] = post
        if fields["files"]:
            Attachment.objects.filter(post=post).update(created_at=at)
        self.plan_what_follows(talk, place, post, at)

    def plan_what_follows(self, talk, place, post, at):
        """What the script says becomes of a post: approved, edited, withdrawn, hidden."""
        line = talk.lines[place]
        extras = line.extras
        shown_at = at
        if post.state == State.PENDING and not extras.get("pending"):
            shown_at = at + A_MINUTE
            self.then(shown_at, self.approve, talk, place)
        if edited := extras.get("edited"):
            self.then(at + script.span(edited["after"]), self.edit, talk, place)
        for name, deed in (("withdrawn", self.withdraw), ("hidden", self.hide)):
            if what := extras.get(name):
                age = what["age"] if isinstance(what, dict) else what
                self.then(max(self.now - script.span(age), shown_at + 30 * A_MINUTE), deed, talk, place)

    def approve(self, talk, place, at):
        post = self.posts[id(talk), place]
        self.posts[id(talk), place] = posts.approve(by=self.moderator_for(talk.lines[place].author), post=post, at=at)

    def edit(self, talk, place, at):
        line = talk.lines[place]
        reason = line.extras["edited"].get("reason", "")
        posts.edit(by=self.members[line.author], post=self.posts[id(talk), place], text=line.text, reason=reason, at=at)

    def withdraw(self, talk, place, at):
        post = self.posts[id(talk), place]
        self.posts[id(talk), place] = posts.withdraw(by=post.author, post=post, at=at)

    def hide(self, talk, place, at):
        hidden = talk.lines[place].extras["hidden"]
        post = self.posts[id(talk), place]
        posts.hide(by=self.members[hidden["by"]], post=post, reason=hidden["reason"], at=at)

    def pin(self, talk, at):
        threads.pin(by=self.moderator_for(None), thread=self.threads[id(talk)], at=at)

    def close(self, talk, at):
        closed = talk.closed
        threads.close(by=self.members[closed["by"]], thread=self.threads[id(talk)], reason=closed["reason"], at=at)

    # Ballots

    def open_ballot(self, written, at):
        """A ballot opens, those who are in the script vote while it is open, and one that has closed is counted."""
        closes_at = (self.now - script.span(written["closes"])).replace(minute=0, second=0, microsecond=0)
        ballot = ballots.open_ballot(
            by=self.members[written["by"]],
            workspace=self.workspace,
            title=written["title"],
            text=written["text"].strip(),
            kind=written["kind"],
            options=written.get("options", ()),
            closes_at=closes_at,
            at=at,
            **written.get("rules", {}),
        )
        self.loader.added["ballots"] += 1
        for key, text, age in written["votes"]:
            self.then(max(self.now - script.span(age), at + A_MINUTE), self.vote, ballot, key, text)
        if closes_at < self.now:
            self.then(closes_at + SETTLING, self.count, ballot)

    def vote(self, ballot, key, text, at):
        channel = "mail" if self.loader.folk[key].mail else "web"
        voting.vote(member=self.members[key], ballot=ballot, text=text, channel=channel, at=at)

    def count(self, ballot, at):
        ballots.count(ballot, at=at)

    # What people have read

    def mark_as_read(self):
        """Each seated member has read what stood there at their last visit, and what they wrote themselves."""
        marks = []
        seated = list(self.workspace.seats.values_list("member_id", flat=True))
        keys = {member.pk: key for key, member in self.members.items() if member.pk in set(seated)}
        for talk in self.room.talks:
            thread = self.threads[id(talk)]
            numbers = [(post.number, post.sent_at, post.author_id) for post in thread.posts.order_by("number")]
            for pk, key in keys.items():
                visit = self.now - timedelta(hours=hours_away(key))
                read_to = max((number for number, at, author in numbers if at <= visit or author == pk), default=0)
                if key in talk.unread:
                    read_to = len(numbers) - talk.unread[key]
                if read_to:
                    marks.append(ReadMark(member_id=pk, thread=thread, number=read_to, at=visit))
        ReadMark.objects.bulk_create(marks, batch_size=500)


def hours_away(key):
    """How long ago someone last read, in hours."""
    return LATEST_VISITS.get(key, script.chance(key, "visit", below=AWAY_AT_MOST))
