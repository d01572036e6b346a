"""What couriers register: how people answer being carried, and how its journal entries read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from journal import verbs
from members.verbs import who
from notifications.couriers import answering
from notifications.models import Delegation

VERBS = {
    "delegation.asked": gettext_noop("%(who)s asked %(name)s to carry their words"),
    "delegation.made": gettext_noop("%(name)s agreed to be carried: noted by %(who)s"),
    "delegation.ended": gettext_noop("%(who)s ended carrying for %(name)s"),
    "delegation.objected": gettext_noop("%(name)s objected to what was carried in their name"),
}


def register():
    answering.register()
    for verb, sentence in VERBS.items():
        verbs.register(verb, line=_line(sentence))


def _line(sentence):
    return lambda entry: _(sentence) % {"who": who(entry.actor), "name": _name(entry)}


def _name(entry):
    return Delegation.objects.filter(pk=entry.about_id).values_list("name", flat=True).first() or ""
