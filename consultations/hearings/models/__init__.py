"""What hearings are made of, one file a noun."""

from consultations.hearings.models.agenda import Item, Session
from consultations.hearings.models.hearings import Hearing, Invitee, Officer
from consultations.hearings.models.speakers import Delivery, Speaker, Speech, TimeAccount

__all__ = [
    "Delivery",
    "Hearing",
    "Invitee",
    "Item",
    "Officer",
    "Session",
    "Speaker",
    "Speech",
    "TimeAccount",
]
