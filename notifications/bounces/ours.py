"""What this part registers: the jobs of the worker, the signs of life, and how its verbs read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from journal import verbs
from members.verbs import what, who
from notifications.bounces import hearing, probes, telling
from notifications.tasks import jobs

VERBS = {
    "mail.suspended": gettext_noop("Mail to %(what)s came back too often and is not sent any more"),
    "mail.revived": gettext_noop("Mail is sent to %(what)s again"),
    "mail.probed": gettext_noop("%(who)s had mail to %(what)s tried again"),
    "mail.noted": gettext_noop("%(who)s noted how %(what)s can be reached"),
    "mail.complained": gettext_noop("%(what)s marked our mail as spam, so digests to them have stopped"),
}


def register():
    hearing.register()
    jobs.register("probes", probes.look, every=60)
    jobs.register("unreachable", telling.tell, every=1800)
    for verb, sentence in VERBS.items():
        verbs.register(verb, line=_line(sentence))


def _line(sentence):
    return lambda entry: _(sentence) % {"who": who(entry.actor), "what": what(entry)}
