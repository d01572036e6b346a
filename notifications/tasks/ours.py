"""The jobs of this app. Urgent mail is looked for often; digests are due by the hour, so a few seconds are early."""

from django.conf import settings

from notifications import each, outbox
from notifications.digests import run as digests
from notifications.digests import sources, threads
from notifications.tasks import jobs


def register():
    sources.register_source("threads", sources.Source(threads.gather, threads.items, threads.news))
    jobs.register("letters", each.write_due, every=1)
    jobs.register("digests", digests.write_due, every=5)
    jobs.register("outbox", outbox.send_due, every=settings.WAKE_SECONDS, close=outbox.close)
