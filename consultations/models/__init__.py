"""What consultations are made of, one file a noun."""

from consultations.models.ballots import Ballot, Option, Vote
from consultations.models.codes import Code, Coding
from consultations.models.comments import Amendment, Comment
from consultations.models.consultations import Consultation
from consultations.models.contributions import Association, Contribution
from consultations.models.documents import Document, Paragraph, Version
from consultations.models.electors import Elector, Urn
from consultations.models.imports import Import, Imported
from consultations.models.phases import Phase
from consultations.models.positions import Clearance, Draft
from consultations.models.printings import Printing
from consultations.models.questions import Question
from consultations.models.recommendations import Progress, ProgressMail, Recommendation
from consultations.models.reminders import Reminder
from consultations.models.statements import Declaration, Opinion, Statement
from consultations.models.syntheses import (
    Citation,
    Corrigendum,
    Objection,
    Remark,
    Sentence,
    Synthesis,
    Wording,
)
from consultations.models.translations import Translation
from consultations.models.windows import WindowChange

from consultations.hearings import models as hearings  # isort: skip  it stands on the models above

__all__ = [
    "Amendment",
    "Association",
    "Ballot",
    "Citation",
    "Clearance",
    "Code",
    "Coding",
    "Comment",
    "Consultation",
    "Contribution",
    "Corrigendum",
    "Declaration",
    "Document",
    "Draft",
    "Elector",
    "Import",
    "Imported",
    "Objection",
    "Opinion",
    "Option",
    "Paragraph",
    "Phase",
    "Printing",
    "Progress",
    "ProgressMail",
    "Question",
    "Recommendation",
    "Remark",
    "Reminder",
    "Sentence",
    "Statement",
    "Synthesis",
    "Translation",
    "Urn",
    "Version",
    "Vote",
    "WindowChange",
    "Wording",
    "hearings",
]
