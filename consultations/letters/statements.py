"""Letters about statements: to an author whose statement was declined or taken down, with the reason and the text, or
shown again.

Reads the journals by itself, like every writer of letters.
"""

import logging

from django.utils.translation import gettext as _

from consultations.models import Statement
from core.languages import speaking
from notifications import addresses, journals, letters

logger = logging.getLogger(__name__)
READER = "statements"


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if words := _WORDS.get(entry.verb):
            statement = Statement.objects.select_related("author", "consultation").filter(pk=entry.about_id).first()
            if statement and statement.author.is_active and statement.author.reference != entry.actor:
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
    member = statement.author
    with speaking(member.language):
        subject, lines = words(
            {
                "number": statement.number,
                "consultation": statement.consultation.worded().title,
                "reason": (entry.data or {}).get("reason", ""),
                "address": addresses.of_workspace(workspace.slug, "moderators"),
            }
        )
        try:
            letters.compose(
                member=member,
                workspace=workspace,
                about=statement.reference,
                subject=subject,
                text="\n\n".join([*lines, statement.text]),
                key=f"statement:{entry.pk}",
            )
        except ValueError:
            logger.warning("No letter about statement %s can be written to its author", statement.pk)


_WORDS = {"statement.declined": _declined, "statement.hidden": _hidden, "statement.restored": _restored}
