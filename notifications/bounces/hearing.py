"""Signs of life: what proves that a member is reached again, or reads mail somewhere else now.

A mail from them, a code that was typed in after it came to the suspended address, another primary address.
"""

from allauth.account.signals import authentication_step_completed, email_changed

from notifications.bounces import suspension
from notifications.models import MailProfile

MOST_WORDS, MOST_SIGNS = 12, 80  # of an answer to a probe that nobody needs to read; Chinese has no spaces


def wrote(member):
    """A mail came from this member, beyond doubt: send to them again."""
    if hasattr(member, "mail") and member.mail.suspended_at:
        suspension.revive(member, why="wrote", by=member)


def only_says_so(case):
    """Does a mail say no more than that somebody is there, in answer to the letter that asks?"""
    is_answer = case.letter is not None and suspension.is_probe(case.letter)
    is_short = len(case.text.split()) <= MOST_WORDS and len(case.text) <= MOST_SIGNS
    return is_answer and is_short and not case.uploads and not case.reading.commands


def on_step_completed(sender, user, method, **facts):
    """A code that was mailed has been typed in, so mail arrives at that address."""
    address = (facts.get("email") or "").lower()
    if method == "code" and address and _is_suspended(user, address):
        suspension.revive(user, why="signed_in", by=user)


def on_email_changed(sender, user, **facts):
    """Their mail goes to another address now."""
    if _is_suspended(user):
        suspension.revive(user, why="address", by=user)


def _is_suspended(user, address=""):
    found = MailProfile.objects.filter(member=user, suspended_at__isnull=False)
    return (found.filter(suspended_address=address) if address else found).exists()


def register():
    """Called once, when the app is ready."""
    authentication_step_completed.connect(on_step_completed, dispatch_uid="notifications.bounces.signed_in")
    email_changed.connect(on_email_changed, dispatch_uid="notifications.bounces.address")
