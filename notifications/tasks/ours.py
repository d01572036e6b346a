"""What this app registers for outgoing mail: sources of digests, verbs, and the jobs of the worker.

Urgent mail is looked for often; digests are due by the hour, so a few seconds are early.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from journal import verbs
from members.services import members
from members.verbs import who
from notifications import each, notices, outbox, subscriptions
from notifications.digests import erasing, sources, threads
from notifications.digests import run as digests
from notifications.intake import receipts
from notifications.tasks import jobs


def register():
    sources.register_source("threads", sources.Source(threads.gather, threads.items, threads.news))
    for verb, sentence in VERBS.items():
        verbs.register(verb, line=_line(sentence))
    members.register_change(subscriptions.keep_the_hour)
    jobs.register("notices", notices.write_due, every=1)
    jobs.register("letters", each.write_due, every=1)
    jobs.register("receipts at once", receipts.write_due, every=2)
    jobs.register("digests", digests.write_due, every=5)
    jobs.register("erasing", erasing.erase_due, every=60)
    jobs.register("outbox", outbox.send_due, every=settings.WAKE_SECONDS, close=outbox.close)


VERBS = {
    "mail.followed": gettext_noop("%(who)s chose how often mail comes"),
    "mail.changed": gettext_noop("%(who)s changed their mail settings"),
    "mail.paused": gettext_noop("%(who)s paused their mail"),
    "mail.resumed": gettext_noop("%(who)s ended the pause of their mail"),
    "mail.addresses_revoked": gettext_noop("%(who)s made earlier answer addresses useless"),
    "mail.stopped": gettext_noop("%(who)s turned digests off"),
    "sending.paused": gettext_noop("%(who)s paused sending"),
    "sending.resumed": gettext_noop("%(who)s let mail leave again"),
    "letter.repeated": gettext_noop("%(who)s sends a letter again of which nobody knows whether it arrived"),
}


def _line(sentence):
    return lambda entry: _(sentence) % {"who": who(entry.actor)}
