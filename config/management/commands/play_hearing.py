"""`manage.py play_hearing HEARING`: the script of a hearing of the demo world, played while people look on.

It calls the services of the house as the members of the demo would press their buttons, one line after the other, over
so many minutes. Stopped, it goes on with the next line when it is started again. What the house refuses, because
somebody who tries out the demo has acted meanwhile, is said and left out.
"""

import logging
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from config.demo import stage
from config.demo.hear import SOON
from config.demo.sitting import Sitting
from consultations.hearings.models import Hearing
from consultations.hearings.services import sessions
from core.access import Refused

log = logging.getLogger(__name__)
BEFORE = 60  # seconds before a hearing begins anew, in which one finds its page
BETWEEN = 300  # seconds after one that is over
ROUNDS = 6  # hearings until it is left at that: each has a room and a record of its own
A_DAY = 24 * 3600


class Command(BaseCommand):
    help = "Play a hearing of the demo world: speakers, questions and a vote, while people look on."

    def add_arguments(self, parser):
        parser.add_argument("hearing", help="its reference (ALP/2026/H2) or the mail name of its room (passes)")
        parser.add_argument("--minutes", type=float, default=10, help="how long it takes, 10 unless told")
        parser.add_argument(
            "--again", action="store_true", help="as `make demo` does: when it is over, hold it anew after a while"
        )

    def handle(self, hearing, minutes, again, **options):
        if minutes < 0:
            raise CommandError("A hearing takes no less than no minutes.")
        try:
            if again:
                self.play_again_and_again(hearing, minutes)
            else:
                self.play(*self.found(hearing), minutes)
        except KeyboardInterrupt:
            self.say("Stopped. The same command goes on with the next line.")

    def found(self, name):
        """The hearing of this name, with the script it has in the demo world."""
        hearing = Hearing.objects.named(name)
        if hearing is None:
            raise CommandError(f"There is no hearing {name}. Is the demo world loaded (manage.py load_demo)?")
        written = stage.script_of(hearing)
        if written is None:
            raise CommandError(f"{hearing.code} has no script: only hearings of the demo world are played.")
        return hearing, written

    # One hearing

    def play(self, hearing, written, minutes):
        """Play a hearing from where it is to its end."""
        sitting = Sitting(hearing, written)
        lines, first = sitting.lines, sitting.played
        if first == len(lines):
            raise CommandError(f"{hearing.code} is over. Its record is at {hearing.get_absolute_url()}.")
        sitting.pace = minutes * 60 / lines[-1].seconds
        if first == 0:
            self.come_to_its_day(sitting)
        self.say(f"{hearing.code} {'begins' if first == 0 else 'goes on'}; {minutes:g} minutes in all.")
        begun = time.monotonic() - lines[first].seconds * sitting.pace
        for number in range(first, len(lines)):
            line = lines[number]
            time.sleep(max(0, begun + line.seconds * sitting.pace - time.monotonic()))
            refused = self.perform(sitting, number)
            self.say(f"{timezone.now():%H:%M:%S} {line}" + (f" (left out: {refused})" if refused else ""))

    def perform(self, sitting, number):
        """Play one line, again where the database was busy; returns what went wrong, for the hearing goes on."""
        for pause in (1, 2, 4, 8, None):
            try:
                return sitting.play(number)
            except DatabaseError:
                if pause is None:
                    raise
                connection.close()
                time.sleep(pause)
            except Exception as error:
                log.exception("A line of the script could not be played.")
                sitting.skip(number)
                return repr(error)

    def come_to_its_day(self, sitting):
        """Put off a session that was planned for another day."""
        session, now = sitting.session(), timezone.now()
        if session.opened_at or abs((session.starts_at - now).total_seconds()) < A_DAY / 2:
            return
        starts_at = now.replace(second=0, microsecond=0) + SOON
        try:
            sessions.reschedule(
                by=sitting.chair,
                session=session,
                starts_at=starts_at,
                ends_at=starts_at + (session.ends_at - session.starts_at),
                reason="Fog: the interpreters could not come up.",
            )
        except Refused as refused:
            self.say(str(refused.reason))

    # As the demo does

    def play_again_and_again(self, name, minutes):
        """Play the newest hearing of this script; when it is over hold it anew, some times, then rest."""
        _hearing, written = self.found(name)
        for round_number in range(ROUNDS):
            if round_number:
                time.sleep(BETWEEN)
            hearing = stage.ready(written)
            time.sleep(min(BEFORE, minutes * 6))
            self.play(hearing, written, minutes)
        self.say(f"That was it. `manage.py play_hearing {name} --again` goes on.")
        while True:
            time.sleep(A_DAY)

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()
