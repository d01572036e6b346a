"""How comments and amendments read, on pages, in posts and in mails."""

from django.utils.translation import gettext as _

from consultations.models.comments import Action


def post(action, proposed, reason=""):
    """The text of the post that proposes an amendment: what is proposed, then why."""
    said = {
        Action.REPLACE: _("Proposed wording: %(text)s"),
        Action.DELETE: _("Delete this paragraph."),
        Action.INSERT: _("New paragraph after this one: %(text)s"),
    }[action] % {"text": proposed}
    return f"{said}\n\n{reason}" if reason else said


def number(label):
    """A label as it is printed: `12 bis`."""
    for again in ("bis", "ter", "quater", "quinquies", "sexies"):
        if again in label:
            return label.replace(again, f" {again}").strip()
    return label
