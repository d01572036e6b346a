"""What goes out (subscriptions, letters, issues) and what comes in (arrivals, answers)."""

from notifications.models.arrivals import Answer, Arrival
from notifications.models.issues import Issue, IssueItem
from notifications.models.letters import Letter
from notifications.models.subscriptions import MailProfile, Subscription

__all__ = ["Answer", "Arrival", "Issue", "IssueItem", "Letter", "MailProfile", "Subscription"]
