"""Access keys are made, shown once, and withdrawn; whoever shows one to /api/ is its member there."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused, require
from core.languages import speaking
from journal.services import record
from members import rules
from members.models import AccessKey, Member

PREFIX = "alp_"  # by which programs that look for leaked secrets know one
LONGEST_DAYS = 365
MOST = 20  # keys of one member in force


def make(*, by, name, scope, days):
    """Make a key for oneself; returns (the AccessKey, the secret), of which nothing else keeps the second.

    The member is told by mail, without the secret. Raises Refused.
    """
    name = texts.clean_line(name, 80)
    with transaction.atomic():
        require(rules.sign_in, by)
        Member.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
        if not name:
            raise Refused(_("Give the key a name, so that you know it again."))
        if not 1 <= days <= LONGEST_DAYS:
            raise Refused(_("A key lasts a year at most."))
        if by.access_keys.in_force().count() >= MOST:
            raise Refused(
                _("You have as many keys as a member may have (%(most)s). Withdraw one that you do not need.")
                % {"most": MOST}
            )
        secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
        key = AccessKey.objects.create(
            member=by,
            name=name,
            scope=scope,
            digest=_digest(secret),
            hint=secret[-4:],
            expires_at=timezone.now() + timedelta(days=days),
        )
        data = {"scope": str(key.scope), "expires": key.expires_at.isoformat()}
        record("key.made", actor=by, about=key, data=data, audience=by.reference)
        _tell(key)
    return key, secret


def withdraw(*, by, key):
    """Let a key open nothing any more, from the next request on."""
    with transaction.atomic():
        require(rules.withdraw_key, by, key)
        if AccessKey.objects.filter(pk=key.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
            record("key.withdrawn", actor=by, about=key, audience=key.member.reference)
    return key


def shown(secret):
    """The AccessKey in force that a program shows, of an active member; None for anything else. Notes the day."""
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    rows = AccessKey.objects.in_force().filter(member__is_active=True).select_related("member")
    key = rows.filter(digest=_digest(secret)).first()
    today = timezone.now().date()
    if key and key.used_on != today:
        AccessKey.objects.filter(pk=key.pk).update(used_on=today)
    return key


def _digest(secret):
    """No slow hash: nobody guesses 256 random bits, and each request asks."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _tell(key):
    member = key.member
    with speaking(member.language):
        said = _(
            "An access key was made for your account: “%(name)s”. A program that has it takes part in your name. "
            "If this was not you, withdraw it: %(url)s"
        )
        url = f"{settings.SITE_URL}{reverse('members:keys')}"
        send_mail(_("A new access key"), said % {"name": key.name, "url": url}, None, [member.email])
