"""What this app registers for incoming mail: what can be answered, and the jobs of the worker."""

from django.conf import settings

from notifications import answers, inbound, moderating
from notifications.intake import decisions, relay
from notifications.tasks import jobs

EVERY_DECISION = 5  # seconds between two looks for decisions of moderators


def register():
    answers.register_forum()
    moderating.register()
    relay.register()
    jobs.register("arrivals", lambda should_stop: inbound.process_due(), every=settings.WAKE_SECONDS)
    jobs.register("decisions", lambda should_stop: decisions.tell(), every=EVERY_DECISION)
    jobs.register("untold", lambda should_stop: decisions.tell_untold(), every=600)
