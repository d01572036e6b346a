"""How entries about notes, the record of a hearing and its corrections read in one line."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from consultations.hearings import sayings
from journal import verbs
from members.verbs import who

LINES = {
    "note.written": gettext_noop("%(who)s takes notes on item %(item)s"),
    "note.settled": gettext_noop("%(who)s settled two wordings of a note on item %(item)s"),
    "record.begun": gettext_noop("%(who)s began the record of the hearing"),
    "record.summarised": gettext_noop("%(who)s wrote at the chair’s summary"),
    "record.published": gettext_noop("%(who)s published the provisional record of the hearing"),
    "record.finalised": gettext_noop("The record of the hearing is final"),
    "record.corrected": gettext_noop("%(who)s issued the corrigendum to the record of the hearing"),
    "record.redacted": gettext_noop("%(who)s took words out of the record of the hearing: %(reason)s"),
    **dict.fromkeys(
        sorted(sayings.VERBS - {"asked.redacted"}),
        gettext_noop("%(who)s took words out of what somebody said: %(reason)s"),
    ),
    "correction.asked": gettext_noop("%(who)s asked for a correction of the record"),
    "correction.accepted": gettext_noop("%(who)s accepted a correction of paragraph %(paragraph)s of the record"),
    "correction.declined": gettext_noop("%(who)s declined a correction of the record: %(reason)s"),
}


def register():
    """Called once, when the app is ready."""
    for verb, sentence in LINES.items():
        verbs.register(verb, line=_line(sentence))


def _line(sentence):
    def line(entry):
        data = entry.data or {}
        facts = {name: data.get(name) or "" for name in ("item", "paragraph", "reason")}
        return (_(sentence) % {"who": who(entry.actor), **facts}).rstrip(": ")

    return line
