"""How entries about draft texts, comments and amendments read in one line."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from consultations.wording import comments as wording
from journal import verbs
from members.verbs import who

LINES = {
    "version.prepared": gettext_noop("%(who)s uploaded %(code)s, which is not published yet"),
    "version.published": gettext_noop("%(who)s published the draft text %(code)s, “%(title)s”"),
    "version.dropped": gettext_noop("%(who)s took back %(code)s, which was not published"),
    "paragraph.commented": gettext_noop("%(code)s is a comment on %(paragraph)s, by %(who)s"),
    "amendment.taken": gettext_noop("%(who)s took %(code)s, a proposal on %(paragraph)s, into the text: %(reason)s"),
    "amendment.declined": gettext_noop("%(who)s declined %(code)s, a proposal on %(paragraph)s: %(reason)s"),
}
PROPOSED = {
    "replace": gettext_noop("%(code)s proposes a new wording of %(paragraph)s, by %(who)s"),
    "delete": gettext_noop("%(code)s proposes to delete %(paragraph)s, by %(who)s"),
    "insert": gettext_noop("%(code)s proposes a new paragraph %(label)s after %(paragraph)s, by %(who)s"),
}


def register():
    """Called once, when the app is ready."""
    for verb, sentence in LINES.items():
        verbs.register(verb, line=_line(sentence))
    verbs.register("amendment.proposed", line=proposed)


def proposed(entry):
    """What an amendment would do to its paragraph."""
    return _line(PROPOSED.get((entry.data or {}).get("action"), PROPOSED["replace"]))(entry)


def _line(sentence):
    def line(entry):
        data = entry.data or {}
        facts = {name: data.get(name, "") for name in ("code", "title", "paragraph", "reason", "label")}
        facts |= {"who": who(entry.actor), "label": wording.number(facts["label"])}
        return (_(sentence) % facts).rstrip(": ")

    return line
