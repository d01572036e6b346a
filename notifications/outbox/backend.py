"""Django's own mails and allauth's (sign-in codes) become letters too, and go first."""

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from notifications import letters
from notifications.models import Letter
from notifications.outbox.queue import deliver


class EmailBackend(BaseEmailBackend):
    """What EMAIL_BACKEND names: each recipient of a mail gets a letter of their own."""

    def send_messages(self, email_messages):
        count = 0
        for message in email_messages:
            for recipient in message.recipients():
                deliver(_letter_for(message, recipient))
                count += 1
        return count


def _letter_for(message, recipient):
    html = next((content for content, kind in getattr(message, "alternatives", ()) if kind == "text/html"), None)
    return letters.draft(
        recipient=recipient,
        subject=message.subject,
        text=message.body,
        html=html,
        sender=message.from_email or settings.DEFAULT_FROM_EMAIL,
        priority=Letter.Priority.NOW,
    )
