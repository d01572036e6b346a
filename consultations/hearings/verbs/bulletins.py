"""How entries about bulletins read in one line."""

from django.utils.translation import gettext as _

from journal import verbs


def register():
    """Called once, when the app is ready."""
    verbs.register("bulletin.sent", line=_sent)


def _sent(entry):
    data = entry.data or {}
    return _("Bulletin %(number)s was sent, on item %(item)s") % {
        "number": data.get("number", ""),
        "item": data.get("item", ""),
    }
