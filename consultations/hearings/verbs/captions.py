"""How entries about lines of the transcript read: the line itself, as it stands now."""

from django.utils.translation import gettext as _

from consultations.hearings.models import Caption
from journal import verbs
from members.verbs import who


def register():
    """Called once, when the app is ready."""
    verbs.register("caption.said", line=_said)
    verbs.register("caption.corrected", line=_said)
    verbs.register("caption.removed", line=_removed)


def _said(entry):
    caption = Caption.objects.filter(pk=entry.about_id, removed_at=None).first()
    if caption is None:
        return _("A line of the transcript")
    return f"{caption.speaker_name}: {caption.text}" if caption.speaker_name else caption.text


def _removed(entry):
    data = entry.data or {}
    facts = {"who": who(entry.actor), "number": data.get("number", ""), "reason": data.get("reason", "")}
    return _("%(who)s took line %(number)s out of the transcript: %(reason)s") % facts
