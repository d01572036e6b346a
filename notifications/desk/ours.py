"""What this part registers: the job that lets bytes go, and how the desk's deeds read in the journal."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from journal import verbs
from members.verbs import who
from notifications.desk import retention
from notifications.tasks import jobs

VERBS = {
    "mail.desk.retried": gettext_noop("%(who)s had mail %(number)s tried again"),
    "mail.desk.accepted": gettext_noop("%(who)s took mail %(number)s as a member's own"),
    "mail.desk.assigned": gettext_noop("%(who)s put mail %(number)s where it belongs"),
    "mail.desk.answered": gettext_noop("%(who)s answered mail %(number)s"),
    "mail.desk.set_aside": gettext_noop("%(who)s set mail %(number)s aside"),
    "mail.desk.erased": gettext_noop("%(who)s erased what mail %(number)s said"),
    "mail.desk.resent": gettext_noop("%(who)s sent letter %(number)s again"),
    "mail.desk.withdrawn": gettext_noop("%(who)s took letter %(number)s back"),
}


def register():
    jobs.register("retention", retention.let_go, every=3600)
    for verb, sentence in VERBS.items():
        verbs.register(verb, line=_line(sentence))


def _line(sentence):
    return lambda entry: _(sentence) % {"who": who(entry.actor), "number": entry.about_id}
