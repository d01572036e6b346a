"""`manage.py sending`: how sending goes, and the switch that pauses it, at the console."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.live import Live
from rich.table import Table

from core.access import Refused
from members.models import Member
from notifications.outbox import destinations, pauses, progress

WATCH_SECONDS = 2


class Command(BaseCommand):
    help = "Show how sending goes, pause it, let it go on, or send to a held domain again."

    def add_arguments(self, parser):
        deeds = parser.add_subparsers(dest="deed", required=True)
        status = deeds.add_parser("status", help="letters by urgency and state, rate, held domains")
        status.add_argument("--watch", action="store_true", help="show it anew every two seconds, until Ctrl-C")
        pause = deeds.add_parser("pause", help="let no mail leave but sign-in codes")
        pause.add_argument("reason", help="why, for whoever looks")
        resume = deeds.add_parser("resume", help="let mail leave again")
        release = deeds.add_parser("release", help="send to a domain again before its pause ends")
        release.add_argument("domain")
        for parser in (pause, resume, release):
            parser.add_argument("--by", metavar="EMAIL", help="the member of the secretariat on whose behalf you do it")

    def handle(self, *, deed, **options):
        try:
            getattr(self, deed)(**options)
        except Refused as refusal:
            raise CommandError(str(refusal.reason)) from refusal

    def status(self, *, watch, **options):
        console = Console(file=self.stdout, no_color=options["no_color"])
        if not watch:
            console.print(*_shown(progress.look()), sep="\n")
            return
        with Live(console=console, auto_refresh=False) as live:
            try:
                while True:
                    live.update(_page(progress.look()), refresh=True)
                    time.sleep(WATCH_SECONDS)
            except KeyboardInterrupt:
                return

    def pause(self, *, reason, by, **options):
        pauses.pause(by=_member(by), reason=reason)
        self.stdout.write("Sending is paused; each worker obeys within one batch. Sign-in codes still leave.")

    def resume(self, *, by, **options):
        pauses.resume(by=_member(by))
        self.stdout.write("Mail leaves again.")

    def release(self, *, domain, by, **options):
        destinations.release(domain.lower(), by=_member(by))
        self.stdout.write(f"Letters to {domain.lower()} leave again.")


def _member(address):
    if address is None:
        return None
    found = Member.objects.by_address(address)
    if found is None:
        raise CommandError(f"No active member has the confirmed address {address}.")
    return found


def _page(seen):
    page = Table.grid()
    for part in _shown(seen):
        page.add_row(part)
    return page


def _shown(seen):
    """What is printed, part by part."""
    if seen.pause:
        yield f"PAUSED since {_time(seen.pause.began_at)}: {seen.pause.reason}. Only sign-in codes leave."
    yield _letters(seen)
    yield f"{seen.rate:.1f} letters/s over the last {progress.LATELY.seconds // 60} minutes"
    if seen.oldest:
        yield f"due longest: since {_time(seen.oldest)}"
    if seen.problem:
        since = f"Nothing has left since {_time(seen.last_sent_at)}" if seen.last_sent_at else "Nothing has left yet"
        yield f"{since}. The last error: {seen.problem}"
    if seen.ends_at:
        yield f"all will have left: {_time(seen.ends_at)}"
    yield f"digests: {seen.digests_due} to be written, {seen.digests_waiting} written and not left yet"
    if seen.warms_up_until:
        yield f"warm-up: digests to each domain have a cap a day until {seen.warms_up_until:%Y-%m-%d}"
    for place in seen.held:
        yield f"{place.domain} is held until {_time(place.held_until)}: {place.last_error}"
    if seen.has_more_held:
        yield "More domains are held."


def _letters(seen):
    table = Table()
    for name in ("urgency", "due", "due later", "being sent", "sent lately", "failed"):
        table.add_column(name, justify="left" if name == "urgency" else "right")
    for line in (*seen.lines, seen.total):
        counts = (line.waiting, line.later, line.sending, line.sent, line.failed)
        table.add_row(str(line.name) or "all", *(str(count) for count in counts))
    return table


def _time(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S %Z")
