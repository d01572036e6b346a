"""Further addresses of a member: what they also write from, and what mail from there is taken as."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import Refused, require
from journal.services import record
from members import rules
from members.models import Member
from members.models.members import normalise_address


def add(*, by, member, address):
    """Note an address as the member's own; whoever calls has proof that it is. Returns its row, new or not.

    Raises Refused when somebody else has it, or the member has as many as one may.
    """
    address = normalise_address(address)
    with transaction.atomic():
        require(rules.edit_profile, by, member)
        Member.objects.select_for_update(no_key=True).only("pk").get(pk=member.pk)
        _refuse(member, address)
        row = EmailAddress.objects.filter(user=member, email=address).first()
        if row and row.verified:
            return row
        row = row or EmailAddress(user=member, email=address)
        row.verified = True
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Refused(_("This address belongs to another account.")) from error
        record("member.address_added", actor=by, about=member, audience=member.reference)
    return row


def _refuse(member, address):
    others = EmailAddress.objects.filter(email=address, verified=True).exclude(user=member).exists()
    if others or Member.objects.filter(email=address).exclude(pk=member.pk).exists():
        raise Refused(_("This address belongs to another account."))
    most = settings.ACCOUNT_MAX_EMAIL_ADDRESSES
    if EmailAddress.objects.filter(user=member).exclude(email=address).count() >= most:
        raise Refused(
            ngettext(
                "You have %(most)s address already. Remove it in your account before you add another.",
                "You have %(most)s addresses already. Remove one in your account before you add another.",
                most,
            )
            % {"most": most}
        )
