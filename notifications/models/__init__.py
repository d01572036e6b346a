"""What goes out (subscriptions, letters, issues), what comes in (arrivals, answers), and what was imported."""

from notifications.models.archives import ImportedMail
from notifications.models.arrivals import Answer, Arrival
from notifications.models.issues import Issue, IssueItem
from notifications.models.letters import Letter
from notifications.models.subscriptions import MailProfile, Subscription

__all__ = ["Answer", "Arrival", "ImportedMail", "Issue", "IssueItem", "Letter", "MailProfile", "Subscription"]
