"""What hearings are made of, one file a noun."""

from consultations.hearings.models.agenda import Item, Session
from consultations.hearings.models.bulletins import Bulletin
from consultations.hearings.models.calls import Call
from consultations.hearings.models.captions import Caption, CaptionChange
from consultations.hearings.models.desk import DeskDocument, DeskFile, DeskVersion
from consultations.hearings.models.explanations import Explanation
from consultations.hearings.models.hearings import Hearing, Invitee, Officer
from consultations.hearings.models.motions import Motion
from consultations.hearings.models.printings import HearingPrinting
from consultations.hearings.models.questions import Endorsement, EndorsementMeter, LiveQuestion, WrittenAnswer
from consultations.hearings.models.records import Correction, Note, Record
from consultations.hearings.models.sheets import Sheet
from consultations.hearings.models.speakers import Delivery, Speaker, Speech, TimeAccount
from consultations.hearings.models.takeouts import Takeout

__all__ = [
    "Bulletin",
    "Call",
    "Caption",
    "CaptionChange",
    "Correction",
    "Delivery",
    "DeskDocument",
    "DeskFile",
    "DeskVersion",
    "Endorsement",
    "EndorsementMeter",
    "Explanation",
    "Hearing",
    "HearingPrinting",
    "Invitee",
    "Item",
    "LiveQuestion",
    "Motion",
    "Note",
    "Officer",
    "Record",
    "Session",
    "Sheet",
    "Speaker",
    "Speech",
    "Takeout",
    "TimeAccount",
    "WrittenAnswer",
]
