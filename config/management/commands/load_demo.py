"""`manage.py load_demo`: the demo world, written in config/demo, comes into the database.

Run again it changes nothing. It invents people, so it goes only where there are none of their own.
"""

import time

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from config.demo.loader import Loader


class Command(BaseCommand):
    help = "Load the demo world: a made-up mountain partnership. Running it again changes nothing."

    def handle(self, **options):
        began = time.monotonic()
        loader = Loader(say=self.say)
        self.refuse_among_real_people(loader)
        loader.load()
        made = ", ".join(f"{number} {what}" for what, number in loader.added.items() if number)
        self.say(f"Loaded in {time.monotonic() - began:.0f} s: {made}." if made else "Everything was there already.")
        self.introduce(loader)

    def refuse_among_real_people(self, loader):
        members = get_user_model().objects.all()
        invented = [person.email for person in loader.folk.values()]
        if members.exists() and not members.filter(email__in=invented).exists():
            raise CommandError(
                "This site has members of its own, and the demo world invents people. Load it into an empty database:"
                " set DATA or DATABASE_URL to another place, or use `make demo`."
            )

    def introduce(self, loader):
        """Who the cast are, and what to look at first."""
        cast = [person for person in loader.folk.values() if person.cast]
        width = max(len(person.email) for person in cast)
        lines = ["", "Sign in with one of these addresses; the code comes by mail:"]
        lines += [f"  {person.email:<{width}}  {person.name}, {person.cast}" for person in cast]
        lines += [
            "",
            "To look at first: a thread of 48 posts with 12 new ones for Bob in /workspaces/hazards/, six languages in",
            "one thread in cooperatives, a post that waits for Alice in plenary, Carol's request for a seat in water,",
            "ballots of every kind in hazards, plenary, water, cooperatives and focal-points, three consultations, one",
            "hearing with its record and one that `manage.py play_hearing passes` plays in ten minutes, and Dora's",
            "weekly digest, which is due now and asks her to vote.",
        ]
        for line in lines:
            self.say(line)

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()
