"""What hearings are made of, one file a noun."""

from consultations.hearings.models.agenda import Item, Session
from consultations.hearings.models.hearings import Hearing, Invitee, Officer
from consultations.hearings.models.motions import Call, Explanation, Motion, Sheet
from consultations.hearings.models.printings import HearingPrinting
from consultations.hearings.models.records import Correction, Note, Record
from consultations.hearings.models.speakers import Delivery, Speaker, Speech, TimeAccount

__all__ = [
    "Call",
    "Correction",
    "Delivery",
    "Explanation",
    "Hearing",
    "HearingPrinting",
    "Invitee",
    "Item",
    "Motion",
    "Note",
    "Officer",
    "Record",
    "Session",
    "Sheet",
    "Speaker",
    "Speech",
    "TimeAccount",
]
