"""How the journal entries about ballots read in one line."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from consultations.models import Ballot
from consultations.models.ballots import Kind
from consultations.wording.times import moment
from journal import verbs
from members.verbs import who

BALLOTS = {
    "ballot.prepared": gettext_noop("%(who)s prepared the ballot “%(ballot)s”"),
    "ballot.voted": gettext_noop("%(who)s voted in “%(ballot)s”"),
    "ballot.attended": gettext_noop("%(who)s is there for “%(ballot)s”"),
    "ballot.closed": gettext_noop("%(who)s closed the ballot “%(ballot)s”"),
    "ballot.annulled": gettext_noop("%(who)s annulled the vote “%(ballot)s”: %(reason)s"),
    "ballot.dropped": gettext_noop("%(who)s took back the ballot “%(ballot)s”"),
}


def register():
    """Called once, when the app is ready."""
    for verb, sentence in BALLOTS.items():
        verbs.register(verb, line=_line(sentence))
    verbs.register("ballot.opened", line=opened)
    verbs.register("ballot.extended", line=extended)
    verbs.register("ballot.counted", line=counted)


def opened(entry):
    """Who opened it; nobody, when it opened by itself."""
    if entry.actor:
        return _line(gettext_noop("%(who)s opened the ballot “%(ballot)s”"))(entry)
    return _("The ballot “%(ballot)s” opened") % {"ballot": _title(entry)}


def extended(entry):
    """Notice 3: the ballot “X” closes on ... instead of ..."""
    data = entry.data or {}
    facts = {name: moment(parse_datetime(data[name])) for name in ("old", "new") if data.get(name)}
    return _("Notice %(number)s: the ballot “%(ballot)s” closes on %(new)s instead of %(old)s") % {
        "number": data.get("notice", ""),
        "ballot": _title(entry),
        "old": facts.get("old", ""),
        "new": facts.get("new", ""),
    }


def counted(entry):
    """What came out; a silence procedure has nothing to count."""
    data = entry.data or {}
    if data.get("kind") != Kind.SILENCE:
        return _line(gettext_noop("The votes in “%(ballot)s” were counted"))(entry)
    if data.get("adopted"):
        return _line(gettext_noop("Nobody objected to “%(ballot)s”, so it is adopted"))(entry)
    return _line(gettext_noop("The silence on “%(ballot)s” was broken"))(entry)


def _line(sentence):
    return lambda entry: (
        _(sentence) % {"who": who(entry.actor), "ballot": _title(entry), "reason": (entry.data or {}).get("reason", "")}
    )


def _title(entry):
    title = Ballot.objects.filter(pk=entry.about_id).values_list("title", flat=True).first()
    return title or (entry.data or {}).get("title") or _("a ballot")
