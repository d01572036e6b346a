"""Members: the people. One signs in by email; other confirmed addresses are aliases (allauth's EmailAddress)."""

import zoneinfo

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core import languages
from journal.services import site_journal


def normalise_address(address):
    """The form in which addresses are stored and compared: trimmed, lower case."""
    return address.strip().lower()


def validate_timezone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("%(name)s is no time zone. Choose one such as Africa/Nairobi."), params={"name": name})


class MemberManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email=normalise_address(email))

    def create_user(self, email, password=None, **fields):
        """A member whose address counts as confirmed (entered by the secretariat, a command or a test)."""
        member = self.model(email=normalise_address(email), **fields)
        member.set_password(password)
        member.save()
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        return member

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_secretariat=True, is_superuser=True, **fields)

    def by_address(self, address):
        """The active member who owns a confirmed address, or None."""
        address = normalise_address(address)
        owner = EmailAddress.objects.filter(email=address, verified=True, user__is_active=True).select_related("user")
        return next((row.user for row in owner[:1]), None)

    def by_addresses(self, addresses):
        """Who owns these normalised addresses, as {address: id of an active member}; for at most some hundred."""
        owners = EmailAddress.objects.filter(email__in=addresses, verified=True, user__is_active=True)
        return dict(owners.values_list("email", "user_id"))


class Member(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES, default="en")
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_timezone])
    country = models.CharField(_("country"), max_length=2, blank=True)
    about = models.TextField(_("about you"), blank=True, max_length=4000)
    is_secretariat = models.BooleanField(_("secretariat"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(default=now)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("member")

    def __str__(self):
        return self.shown_name

    @property
    def shown_name(self):
        """The name others see; never the address, which is nobody else's business."""
        return self.name or _("Member %(number)s") % {"number": self.pk}

    @property
    def is_staff(self):
        return self.is_secretariat

    @property
    def reference(self):
        return f"member:{self.pk}"

    @cached_property
    def journal(self):
        return site_journal()

    @property
    def zone(self):
        """The member's time zone as a tzinfo."""
        return zoneinfo.ZoneInfo(self.timezone)

    def get_absolute_url(self):
        return reverse("members:member", args=[self.pk])

    def owns(self, address):
        """Is this one of the member's confirmed addresses?"""
        return EmailAddress.objects.filter(user=self, email=normalise_address(address), verified=True).exists()
