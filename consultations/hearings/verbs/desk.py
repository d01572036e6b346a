"""How entries about papers of the documents desk read in one line."""

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from core.languages import own_code
from journal import verbs
from members.verbs import who

PAPERS = {
    "desk.published": gettext_noop("New document: %(symbol)s, %(title)s"),
    "desk.reworded": gettext_noop("%(who)s worded the title of %(symbol)s: %(title)s"),
    "desk.withdrawn": gettext_noop("%(who)s withdrew %(symbol)s: %(reason)s"),
}


def register():
    """Called once, when the app is ready."""
    for verb, sentence in PAPERS.items():
        verbs.register(verb, line=_line(sentence))


def _line(sentence):
    def line(entry):
        data = entry.data or {}
        wordings = data.get("wordings") or {}
        titles = wordings.get(own_code(get_language())) or next(iter(wordings.values()), [""])
        facts = {name: data.get(name, "") for name in ("symbol", "reason")}
        return _(sentence) % (facts | {"title": titles[0], "who": who(entry.actor)})

    return line
