"""Letters about motions from the floor: to a mover that the chair ruled theirs out of order, and why.

Reads the journals by itself, like every writer of letters.
"""

from django.utils.translation import gettext as _

from consultations.hearings.models import Motion
from consultations.letters import writing
from consultations.wording.lines import on_the_web
from notifications import journals
from notifications.digests import prose

READER = "motions"


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if entry.verb != "motion.ruled_out":
            continue
        motion = Motion.objects.with_all().filter(pk=entry.about_id).first()
        if motion and motion.moved_by and motion.moved_by.reference != entry.actor:
            # An answer is an order to the item, or words for its discussion.
            writing.one(
                motion.moved_by,
                lambda motion=motion: _ruled_out(motion),
                about=motion.item.reference,
                key=f"motion:{entry.pk}",
                workspace=workspace,
            )


def _ruled_out(motion):
    facts = {"code": motion.code, "title": prose.title(motion.title), "reason": prose.title(motion.ruled_out_because)}
    return _("%(code)s is ruled out of order") % facts, [
        _("The chair ruled your motion %(code)s, “%(title)s”, out of order.") % facts,
        _("Reason: %(reason)s") % facts,
        on_the_web(motion.get_absolute_url()),
    ]
