"""How entries about what facilitators do at their desk read in one line; they are told to facilitators alone."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from consultations.models import Contribution
from journal import verbs
from members.verbs import who

CODES = {
    "code.made": gettext_noop("%(who)s added the code “%(name)s”"),
    "code.dropped": gettext_noop("%(who)s removed the code “%(name)s”"),
}


def register():
    """Called once, when the app is ready."""
    for verb, sentence in CODES.items():
        verbs.register(verb, line=_code(sentence))
    verbs.register("contribution.coded", line=coded)
    verbs.register("consultation.reminded", line=reminded)
    verbs.register("consultation.imported", line=imported)


def _code(sentence):
    return lambda entry: _(sentence) % {"who": who(entry.actor), "name": (entry.data or {}).get("name", "")}


def coded(entry):
    found = Contribution.objects.select_related("consultation").filter(pk=entry.about_id).first()
    return _("%(who)s coded %(about)s") % {"who": who(entry.actor), "about": found or ""}


def reminded(entry):
    """How many organisations were reminded, by whom."""
    count = len((entry.data or {}).get("organisations", ()))
    facts = {"who": who(entry.actor), "count": count}
    return (
        ngettext(
            "%(who)s reminded %(count)s silent organisation",
            "%(who)s reminded %(count)s silent organisations",
            count,
        )
        % facts
    )


def imported(entry):
    """Which file, by whom; the counts stand in the record."""
    return _("%(who)s imported “%(name)s”") % {"who": who(entry.actor), "name": (entry.data or {}).get("name", "")}
