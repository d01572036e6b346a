"""Many people are invited at once; each row has its own outcome, and one bad row never stops the others."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.access import Refused, require
from forum import rules
from forum.services import seats
from members.models.members import normalise_address


@dataclass(frozen=True)
class Outcome:
    email: str
    name: str
    is_invited: bool
    words: str


def invite_all(*, by, workspace, people, role, text=""):
    """Invite pairs (address, name) one by one; returns an Outcome for each. Raises Refused when `by` may not."""
    require(rules.invite, by, workspace, text=text)
    outcomes, met = [], set()
    for email, name in people:
        address = normalise_address(email)
        if address in met:
            outcomes.append(Outcome(email, name, False, _("This address stands above already.")))
            continue
        met.add(address)
        outcomes.append(_invite(by, workspace, email, name, role, text))
    return outcomes


def _invite(by, workspace, email, name, role, text):
    try:
        validate_email(normalise_address(email))
        seats.invite(by=by, workspace=workspace, email=email, name=name, role=role, text=text)
    except ValidationError:
        return Outcome(email, name, False, _("This is no email address."))
    except Refused as refusal:
        return Outcome(email, name, False, str(refusal.reason))
    return Outcome(email, name, True, _("invited"))
