"""Who may comment on a paragraph or propose another wording: those who take part, on the version under discussion."""

from django.utils.translation import gettext as _

from consultations.rules import contributions
from core.access import No


def comment(member, paragraph, attempt):
    """Take part in a paragraph, as in a question: in the window of the document's phase."""
    version = paragraph.version
    return (
        (bool(paragraph.label) or No(_("Only numbered paragraphs take comments.")))
        and is_current(version)
        and contributions.contribute(member, version.document, attempt)
    )


def is_current(version):
    """Only the newest version is discussed, so that nobody argues with a text that is gone."""
    if version.is_current:
        return True
    if not version.is_published:
        return No(_("%(version)s is not published yet.") % {"version": version.code})
    current = version.document.current
    return No(
        _("%(version)s was replaced by version %(number)s. Comment on that one; what was said here stays readable.")
        % {"version": version.code, "number": current.number if current else ""}
    )
