"""Letters about statements: to an author whose statement was declined or taken down, with the reason and the text, or
shown again.

Reads the journals by itself, like every writer of letters.
"""

from django.utils.translation import gettext as _

from consultations.letters import writing
from consultations.models import Statement
from notifications import addresses, journals
from notifications.models import Letter

READER = "statements"


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if words := _WORDS.get(entry.verb):
            statement = Statement.objects.select_related("author", "consultation").filter(pk=entry.about_id).first()
            if statement and statement.author.reference != entry.actor:
                _write(workspace, statement, entry, words)


def _declined(facts):
    """(subject, paragraphs)."""
    return _("Your statement %(number)s was not let in") % facts, [
        _("Your statement %(number)s in the consultation “%(consultation)s” was not let in.") % facts,
        _("Reason: %(reason)s") % facts,
        _("This is what you wrote. You can word it anew and send it again."),
    ]


def _hidden(facts):
    return _("Your statement %(number)s was taken down") % facts, [
        _("Your statement %(number)s in the consultation “%(consultation)s” was taken down.") % facts,
        _("Reason: %(reason)s") % facts,
        _("If you think that this is wrong, write to the moderators: %(address)s") % facts,
        _("This is what you wrote:"),
    ]


def _restored(facts):
    said = _("Your statement %(number)s in the consultation “%(consultation)s” is shown again.") % facts
    return _("Your statement %(number)s is shown again") % facts, [said]


def _write(workspace, statement, entry, words):
    def said():
        subject, lines = words(
            {
                "number": statement.number,
                "consultation": statement.consultation.worded().title,
                "reason": (entry.data or {}).get("reason", ""),
                "address": addresses.of_workspace(workspace.slug, "moderators"),
            }
        )
        return subject, [*lines, statement.text]

    # What was taken down is still told to whoever wrote it.
    more = {"workspace": workspace, "priority": Letter.Priority.NEXT, "shows": None}
    writing.one(statement.author, said, about=statement.reference, key=f"statement:{entry.pk}", **more)


_WORDS = {"statement.declined": _declined, "statement.hidden": _hidden, "statement.restored": _restored}
