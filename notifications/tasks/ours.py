"""The jobs of this app. Urgent mail is looked for often; digests are due by the hour, so a few seconds are early."""

from django.conf import settings

from notifications import outbox
from notifications.tasks import jobs


def register():
    jobs.register("outbox", outbox.send_due, every=settings.WAKE_SECONDS, close=outbox.close)
