"""How entries of the site's own journal read in one line."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from journal import verbs
from members.models import Mandate, Member, Organisation


def who(reference):
    """The name behind an actor's reference; the system's when a command did it or the person is gone."""
    kind, _colon, pk = reference.partition(":")
    member = Member.objects.filter(pk=pk).first() if kind == "member" else None
    return member.shown_name if member else _("The system")


def what(entry):
    """The name of what an entry is about."""
    if entry.about.startswith("organisation:"):
        return Organisation.objects.filter(pk=entry.about_id).values_list("name", flat=True).first() or ""
    if entry.about.startswith("mandate:"):
        return str(Mandate.objects.filter(pk=entry.about_id).select_related("member", "organisation").first() or "")
    return who(entry.about)


def register():
    """Called once, when the app is ready."""
    for verb, sentence in SENTENCES.items():
        verbs.register(verb, line=_sentence(sentence))


def _sentence(sentence):
    return lambda entry: _(sentence) % {"who": who(entry.actor), "what": what(entry)}


SENTENCES = {
    "member.joined": gettext_noop("%(what)s joined"),
    "member.changed": gettext_noop("%(who)s changed the profile of %(what)s"),
    "member.address_added": gettext_noop("%(what)s added an address they write from"),
    "member.deactivated": gettext_noop("%(who)s closed the account of %(what)s"),
    "member.reactivated": gettext_noop("%(who)s opened the account of %(what)s again"),
    "key.made": gettext_noop("%(who)s made an access key"),
    "key.withdrawn": gettext_noop("%(who)s withdrew an access key"),
    "organisation.admitted": gettext_noop("%(who)s admitted %(what)s"),
    "mandate.requested": gettext_noop("%(who)s asked for a mandate"),
    "mandate.given": gettext_noop("%(who)s gave a mandate: %(what)s"),
    "mandate.declined": gettext_noop("%(who)s declined a request for a mandate"),
    "mandate.ended": gettext_noop("%(who)s ended a mandate: %(what)s"),
}
