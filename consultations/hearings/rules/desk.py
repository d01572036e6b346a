"""Who brings papers to the documents desk, and takes them back."""

from django.utils.translation import gettext as _

from consultations.hearings.rules import hearings
from core.access import No


def publish(member, hearing):
    """Chair and secretaries, from publication of the hearing on and after it, for its outcome is a paper too."""
    return hearings.preside(member, hearing) and (
        hearing.is_published or No(_("This hearing is not published yet. Publish it first."))
    )


def withdraw(member, version):
    return publish(member, version.document.hearing) and (
        not version.is_withdrawn or No(_("%(symbol)s was withdrawn already.") % {"symbol": version.symbol})
    )
