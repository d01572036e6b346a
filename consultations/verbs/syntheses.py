"""How entries about a synthesis, objections to it and recommendations read in one line."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from journal import verbs
from members.verbs import who

LINES = {
    "synthesis.begun": gettext_noop("%(who)s began the synthesis"),
    "synthesis.written": gettext_noop("%(who)s wrote at the synthesis"),
    "synthesis.remarked": gettext_noop("%(who)s remarked on a sentence of the synthesis"),
    "synthesis.settled": gettext_noop("%(who)s settled a remark on the synthesis"),
    "synthesis.published": gettext_noop("%(who)s published the synthesis “%(title)s”"),
    "synthesis.translated": gettext_noop("%(who)s translated the synthesis: “%(title)s”"),
    "synthesis.objected": gettext_noop("%(who)s says that the synthesis misrepresents them"),
    "objection.accepted": gettext_noop("%(who)s accepted an objection to sentence %(sentence)s of the synthesis"),
    "objection.declined": gettext_noop("%(who)s declined an objection to the synthesis: %(reason)s"),
    "recommendation.made": gettext_noop("%(who)s added recommendation %(number)s"),
    "recommendation.changed": gettext_noop("%(who)s changed recommendation %(number)s"),
    "recommendation.answered": gettext_noop("%(who)s answered recommendation %(number)s"),
    "recommendation.moved": gettext_noop("%(who)s noted where recommendation %(number)s stands"),
}


def register():
    """Called once, when the app is ready."""
    for verb, sentence in LINES.items():
        verbs.register(verb, line=_line(sentence))
    verbs.register("synthesis.corrected", line=corrected)


def corrected(entry):
    """A facilitator publishes a corrigendum, or time does when the days for objections are over."""
    facts = {"number": (entry.data or {}).get("corrigendum", "")}
    if entry.actor:
        return _("%(who)s published corrigendum %(number)s to the synthesis") % {"who": who(entry.actor), **facts}
    return _("Corrigendum %(number)s to the synthesis was published") % facts


def _line(sentence):
    def line(entry):
        data = entry.data or {}
        facts = {name: data.get(name) or "" for name in ("title", "sentence", "reason", "number")}
        return (_(sentence) % {"who": who(entry.actor), **facts}).rstrip(": ")

    return line
