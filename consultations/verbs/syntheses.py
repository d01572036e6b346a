"""How entries about a synthesis, objections to it and recommendations read in one line."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from journal import verbs
from members.verbs import who

LINES = {
    "synthesis.begun": noop("%(who)s began the synthesis"),
    "synthesis.written": noop("%(who)s wrote at the synthesis"),
    "synthesis.remarked": noop("%(who)s remarked on a sentence of the synthesis"),
    "synthesis.settled": noop("%(who)s settled a remark on the synthesis"),
    "synthesis.published": noop("%(who)s published the synthesis “%(title)s”"),
    "synthesis.objected": noop("%(who)s says that the synthesis misrepresents them"),
    "objection.accepted": noop("%(who)s accepted an objection to sentence %(sentence)s of the synthesis"),
    "objection.declined": noop("%(who)s declined an objection to the synthesis: %(reason)s"),
    "recommendation.made": noop("%(who)s added recommendation %(number)s"),
    "recommendation.changed": noop("%(who)s changed recommendation %(number)s"),
    "recommendation.answered": noop("%(who)s answered recommendation %(number)s"),
    "recommendation.moved": noop("%(who)s noted where recommendation %(number)s stands"),
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
