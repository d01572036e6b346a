"""A mail too large to be fetched: its header is kept, a person can find it, and its writer hears the limit.

By SMTP their own mail server tells them (552); out of a mailbox nobody else does.
"""

from django.conf import settings
from django.db import DatabaseError, transaction

from core import languages
from notifications import inbound, reading
from notifications.addresses import Address
from notifications.intake import explaining, senders
from notifications.intake.cases import Case
from notifications.intake.envelope import arrival_of
from notifications.models import Arrival


def note(head, envelope, size):
    """Keep the header of a mail that was left where it is, and tell its writer; the same mail again is one row.

    Raises NotStored when that was not possible now.
    """
    arrival = arrival_of(head, envelope)
    arrival.size, arrival.state, arrival.outcome = size, Arrival.State.HELD, "too_large"
    try:
        with transaction.atomic():
            if not Arrival.objects.filter(fingerprint=arrival.fingerprint).exists():
                arrival.save()
                _tell(arrival, head)
    except DatabaseError as error:
        raise inbound.NotStored(str(error)) from error


def _tell(arrival, head):
    """Only a member is told, at their own address, once a day: anybody may write anybody's From."""
    read = reading.read(head)
    member = senders.owner(read.from_address) if read.from_address and read.klass == "accept" else None
    if member is None:
        return
    arrival.member, arrival.subject = member, read.subject[:400]
    arrival.save(update_fields=["member", "subject"])
    case = Case(arrival=arrival, address=Address("unknown"), member=member, reading=read)
    with languages.speaking(member.language):
        context = {"size": arrival.size, "limit": settings.MAX_MAIL_BYTES}
        explaining.explain(case, "too_large", cause="too_large", context=context)
