"""What this part registers: the job that lets bytes go, and how the desk's deeds read in the journal."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from journal import verbs
from members.verbs import who
from notifications.desk import retention
from notifications.tasks import jobs

VERBS = {
    "mail.desk.retried": noop("%(who)s had mail %(number)s tried again"),
    "mail.desk.accepted": noop("%(who)s took mail %(number)s as a member's own"),
    "mail.desk.assigned": noop("%(who)s put mail %(number)s where it belongs"),
    "mail.desk.answered": noop("%(who)s answered mail %(number)s"),
    "mail.desk.set_aside": noop("%(who)s set mail %(number)s aside"),
    "mail.desk.erased": noop("%(who)s erased what mail %(number)s said"),
    "mail.desk.resent": noop("%(who)s sent letter %(number)s again"),
    "mail.desk.withdrawn": noop("%(who)s took letter %(number)s back"),
}


def register():
    jobs.register("retention", retention.let_go, every=3600)
    for verb, sentence in VERBS.items():
        verbs.register(verb, line=_line(sentence))


def _line(sentence):
    return lambda entry: _(sentence) % {"who": who(entry.actor), "number": entry.about_id}
