"""Brings the demo world in through the services of the house: people first, then each room, then their mail.

What exists already (a member by address, an organisation by name, a room by slug) is left as it is, so a second run
changes nothing and a world that grew a new file gains just that. Each room is one transaction.
"""

from collections import Counter
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from config.demo import script
from config.demo.consult import Consult
from config.demo.hear import Hear
from config.demo.mailboxes import Mailboxes
from config.demo.play import Play
from forum.models import Workspace
from journal.services import record
from members.models import Organisation, Region, Theme
from members.services import mandates

FOUNDED = timedelta(days=400)
JOINING = 60 * 24 * 60  # minutes within which the members of the partnership came in


class Loader:
    """Loads one world; `say` is told what is being done. `added` counts what was made."""

    def __init__(self, say=lambda line: None):
        self.say = say
        self.now = timezone.now()
        self.added = Counter()
        self.folk = script.people()

    def load(self):
        with transaction.atomic():
            self.load_topics()
            self.load_people()
        for room in script.rooms(self.now, self.folk):
            if not Workspace.objects.filter(slug=room.slug).exists():
                with transaction.atomic():
                    Play(self, room).perform()
        for written in script.consultations():
            if not Workspace.objects.filter(slug=written["slug"]).exists():
                with transaction.atomic():
                    Consult(self, written).perform()
        for written in script.hearings():
            if not Workspace.objects.filter(slug=written["slug"]).exists():
                with transaction.atomic():
                    hearing = Hear(written, self.members, self.now).perform()
                self.added["hearings"] += 1
                self.say(f"{written['slug']}: {hearing.code}")
        with transaction.atomic():
            Mailboxes(self).set_up()

    def load_topics(self):
        self.themes = {}
        for position, row in enumerate(script.themes()):
            names, lines = row["name"], row["line"]
            self.themes[row["key"]] = self._made(
                Theme,
                code=row["key"],
                defaults={
                    "name": names["en"],
                    "names": names,
                    "description": lines["en"],
                    "descriptions": lines,
                    "position": position,
                },
            )
        self.regions = {}
        for position, row in enumerate(script.regions()):
            names = row["name"]
            self.regions[row["key"]] = self._made(
                Region, code=row["key"], defaults={"name": names["en"], "names": names, "position": position}
            )

    def load_people(self):
        """The secretariat comes first; it admits the organisations and gives everyone their mandate."""
        addresses = [person.email for person in self.folk.values()]
        known = {member.email: member for member in get_user_model().objects.filter(email__in=addresses)}
        order = sorted((not person.secretariat, self.joined_at(key), key) for key, person in self.folk.items())
        self.members = {}
        for _order, joined_at, key in order:
            person = self.folk[key]
            member = self.members[key] = known.get(person.email) or self._join(person, joined_at)
            if person.secretariat:
                self.secretariat = member
                self.load_organisations()
            if person.email not in known:
                self._mandate(person, joined_at)
        self.say(f"{len(self.members)} people in {len(self.organisations)} organisations")

    def load_organisations(self):
        known = Organisation.objects.in_bulk(field_name="name")
        self.organisations = {}
        for row in script.organisations():
            self.organisations[row["key"]] = known.get(row["name"]) or self._admit(row)

    def joined_at(self, key):
        if self.folk[key].secretariat:
            return self.now - FOUNDED
        return self.now - FOUNDED + timedelta(minutes=60 + script.chance(key, "joined", below=JOINING))

    def _join(self, person, joined_at):
        self.added["members"] += 1
        member = get_user_model().objects.create_user(
            person.email,
            name=person.name,
            language=person.language,
            timezone=person.timezone,
            country=person.country,
            about=person.about,
            is_secretariat=person.secretariat,
            joined_at=joined_at,
        )
        record("member.joined", actor=member, about=member, at=joined_at)
        return member

    def _mandate(self, person, joined_at):
        mandates.give(
            by=self.secretariat,
            member=self.members[person.key],
            organisation=self.organisations[person.organisation],
            is_focal_point=person.focal,
            at=joined_at,
        )

    def _admit(self, row):
        self.added["organisations"] += 1
        organisation = mandates.admit(
            by=self.secretariat,
            name=row["name"],
            category=row["category"],
            country=row["country"],
            region=self.regions[row["region"]],
            website=f"https://{row['key']}.example.org/",
            description=row["about"],
            at=self.now - FOUNDED,
        )
        organisation.themes.set(self.themes[key] for key in row["themes"])
        return organisation

    def _made(self, model, **lookup):
        thing, is_new = model.objects.get_or_create(**lookup)
        self.added[model._meta.verbose_name_plural] += is_new
        return thing
