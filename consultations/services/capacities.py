"""For whom words count: a member with one mandate speaks for that organisation where only organisations do; with
several they say for which.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.models.consultations import Participation
from consultations.services import contributions
from consultations.words import capacities as words
from core import languages
from core.access import Refused
from forum import rules as forum_rules
from members.services import mandates


def speaks_for(member, thread, name=""):
    """The organisation of a member who named none; None where people speak for themselves, and for facilitators.

    name: what they wrote, where it is none of their organisations. Raises Refused where they have to name one.
    """
    return spoken_for(member, contributions.question_of(thread).consultation, name)


def spoken_for(member, consultation, name=""):
    """The same, asked of a consultation."""
    if consultation.participation != Participation.ORGANISATIONS:
        return None
    if not name and forum_rules.moderate(member, consultation.workspace):
        return None
    theirs = mandates.of(member)
    if name:
        raise Refused(_no_mandate(name, theirs))
    if len(theirs) > 1:
        raise Refused(_name_one(theirs))
    return theirs[0] if theirs else None


def _no_mandate(name, theirs):
    said = _("You have no mandate to speak for “%(name)s” here.") % {"name": name}
    if theirs:
        return f"{said} {_name_one(theirs)}"
    return said + " " + _("This consultation takes positions of organisations. Ask the secretariat for a mandate.")


def _name_one(theirs):
    code = languages.own_code(get_language())
    lines = "\n".join(words.line(organisation.short_name, code) for organisation in theirs)
    said = _(
        "This consultation takes positions of organisations. Begin your answer with a line that says for which you "
        "speak, and send it again:"
    )
    return f"{said}\n{lines}"
