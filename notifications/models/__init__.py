"""What goes out (subscriptions, letters, issues), what comes in (arrivals, answers, bounces), who carries for whom."""

from notifications.models.archives import ImportedMail
from notifications.models.arrivals import Answer, Arrival
from notifications.models.bounces import Bounce
from notifications.models.couriers import Delegation
from notifications.models.issues import Edition, Issue, IssueItem
from notifications.models.letters import Letter
from notifications.models.sending import Destination, Pause
from notifications.models.subscriptions import MailProfile, Subscription

__all__ = [
    "Answer",
    "Arrival",
    "Bounce",
    "Delegation",
    "Destination",
    "Edition",
    "ImportedMail",
    "Issue",
    "IssueItem",
    "Letter",
    "MailProfile",
    "Pause",
    "Subscription",
]
