"""One hearing of the demo world, made ready through the services of the house: announced, with agenda, papers and list.

A file of `hearings/` tells it. One that is over (`held`) is played to its end at once, at its own moments; the others
wait for `manage.py play_hearing`.
"""

from datetime import timedelta

from config.demo import script
from config.demo.sitting import Sitting, seat
from consultations.hearings.models import Hearing
from consultations.hearings.services import agenda, bulletins, desk, hearings, invitations, sessions, speakers, speeches
from forum.models import Attachment
from forum.models.workspaces import Visibility
from forum.services.attachments import Upload
from members.models import Organisation, Region, Theme

SOON = timedelta(minutes=5)  # in which a hearing that is not over is going to begin


class Hear:
    """Makes one hearing ready; `perform` is all there is to call, and returns it."""

    def __init__(self, written, members, now):
        self.written, self.members, self.now = written, members, now
        self.secretariat = next(member for member in members.values() if member.is_secretariat)
        self.chair = members[written["chair"]]
        self.folk = script.people()

    def perform(self, slug=None):
        hearing = self.prepare(slug or self.written["slug"])
        self.publish(hearing)
        self.register(hearing)
        if "held" in self.written:
            sitting = Sitting(hearing, self.written)
            for number, line in enumerate(sitting.lines):
                refused = sitting.play(number, at=self.begins_at + timedelta(seconds=line.seconds))
                if refused:
                    raise ValueError(f"{hearing.code}: “{line}” was refused: {refused}")
                if closing := hearing.journal.entries.filter(verb="item.closed").order_by("seq").last():
                    bulletins.write(closing, at=closing.at)  # once, behind the line that concluded the item
        return hearing

    def at(self, age):
        return self.now - script.span(age)

    @property
    def begins_at(self):
        return self.at(self.written["held"]) if "held" in self.written else self.now + SOON

    def prepare(self, slug):
        written, at = self.written, self.at(self.written["prepared"])
        organisations = {row["key"]: row["name"] for row in script.organisations()}
        named = [organisations[key] for key in written["invited"]]
        hearing = hearings.prepare(
            by=self.secretariat,
            slug=slug,
            wordings=_wordings(written["wordings"]),
            chairs=[self.chair],
            secretaries=[self.members[written["secretary"]]],
            note_takers=[self.members[written["note_taker"]]],
            visibility=Visibility.PUBLIC,
            room={
                "themes": list(Theme.objects.filter(code__in=written["themes"])),
                "regions": list(Region.objects.filter(code__in=written["regions"])),
            },
            at=at,
            **{name: written[name] for name in ("timezone", "place", "seconds")},
            **{name: written[name] for name in ("seconds_by_kind", "is_by_invitation") if name in written},
        )
        ends_at = self.begins_at + script.span(written["lasts"])
        sessions.schedule(by=self.chair, hearing=hearing, starts_at=self.begins_at, ends_at=ends_at, at=at)
        session = hearing.sessions.get()
        for row in written["items"]:
            fields = {name: row[name] for name in ("minutes", "takes_speakers") if name in row}
            agenda.add(
                by=self.chair, hearing=hearing, wordings=_wordings(row["wordings"]), session=session, at=at, **fields
            )
        invitations.invite(
            by=self.chair, hearing=hearing, organisations=Organisation.objects.filter(name__in=named), at=at
        )
        return fresh(hearing)

    def publish(self, hearing):
        at = self.at(self.written["published"])
        hearings.publish(by=self.chair, hearing=hearing, at=at)
        there = {*_named(self.written["day"]["script"]), *self.written.get("seated", ())}
        for person in sorted(key for key in there if key in self.members):
            seat(self.secretariat, hearing, self.members[person], at)
        for place, row in enumerate(self.written.get("papers", ()), 1):
            moment = at + timedelta(days=2, minutes=7 * place)
            desk.publish(
                by=self.chair,
                hearing=fresh(hearing),
                item=hearing.items.get(label=row["item"]),
                wordings={row["language"]: (row["title"], row["text"])},
                files={row["language"]: Upload(row["file"], script.content(row["file"]))},
                series=row["series"],
                at=moment,
            )
            files = Attachment.objects.filter(post__thread__workspace=hearing.workspace_id, created_at__gt=moment)
            files.update(created_at=moment)

    def register(self, hearing):
        """Who asks for the floor ahead, and the texts they hand in."""
        sitting = Sitting(fresh(hearing), self.written)
        begun = self.at(self.written["published"]) + timedelta(days=3)
        for place, (key, label, text) in enumerate(self.written["day"]["speakers"]):
            at = begun + timedelta(hours=place * 5, minutes=script.chance(key, label, below=50))
            channel = "mail" if self.folk[key].mail else "web"
            speaker = speakers.request(
                member=self.members[key],
                item=sitting.item(label),
                organisation=sitting.organisation(key),
                channel=channel,
                language=self.folk[key].language,
                came_at=at,
                at=at,
            )
            speeches.hand_in(
                by=self.members[key],
                speaker=speaker,
                text=text,
                language=self.folk[key].language,
                at=at + timedelta(minutes=20),
            )


def fresh(hearing):
    """The row as it is now, with nothing remembered."""
    return Hearing.objects.select_related("workspace__journal").get(pk=hearing.pk)


def _wordings(written):
    """{language: (title, text)}, the first written one first."""
    return {code: (title, text.strip()) for code, (title, text) in written.items()}


def _named(rows):
    """All words and names of a script, among them the keys of its people."""
    for _clock, _deed, *arguments in rows:
        for one in arguments:
            yield from one if isinstance(one, (list, dict)) else [one]
