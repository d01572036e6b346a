"""Letters about statements: to an author whose statement was declined, with the reason and the text.

Reads the journals by itself, like every writer of letters.
"""

import logging

from django.utils.translation import gettext as _

from consultations.models import Statement
from core.languages import speaking
from notifications import journals, letters

logger = logging.getLogger(__name__)
READER = "statements"


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if entry.verb == "statement.declined":
            statement = Statement.objects.select_related("author", "consultation").filter(pk=entry.about_id).first()
            if statement and statement.author.is_active:
                _declined(workspace, statement, entry)


def _declined(workspace, statement, entry):
    member = statement.author
    with speaking(member.language):
        facts = {
            "number": statement.number,
            "consultation": statement.consultation.worded().title,
            "reason": (entry.data or {}).get("reason", ""),
        }
        lines = [
            _("Your statement %(number)s in the consultation “%(consultation)s” was not let in.") % facts,
            _("Reason: %(reason)s") % facts,
            _("This is what you wrote. You can word it anew and send it again."),
            statement.text,
        ]
        try:
            letters.compose(
                member=member,
                workspace=workspace,
                about=statement.reference,
                subject=_("Your statement %(number)s was not let in") % facts,
                text="\n\n".join(lines),
                key=f"statement:{entry.pk}",
            )
        except ValueError:
            logger.warning("No letter about statement %s can be written to its author", statement.pk)
