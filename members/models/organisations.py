"""Organisations of the partnership, and the mandates by which members speak for them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.fields import WebAddressField
from journal.services import site_journal
from members.models.topics import Region, Theme


class Category(models.TextChoices):
    """Governments, intergovernmental bodies, and the nine Major Groups of Agenda 21, section III."""

    GOVERNMENT = "government", _("Government")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    WOMEN = "women", _("Women")
    YOUTH = "youth", _("Children and youth")
    INDIGENOUS = "indigenous", _("Indigenous peoples")
    NGO = "ngo", _("Non-governmental organisations")
    LOCAL = "local", _("Local authorities")
    WORKERS = "workers", _("Workers and trade unions")
    BUSINESS = "business", _("Business and industry")
    SCIENCE = "science", _("Scientific and technological community")
    FARMERS = "farmers", _("Farmers")


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="organisations")
    themes = models.ManyToManyField(Theme, blank=True, related_name="organisations")
    website = WebAddressField(_("website"), blank=True)
    description = models.TextField(_("description"), blank=True, max_length=4000)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        verbose_name = _("organisation")

    def __str__(self):
        return self.name

    @property
    def short_name(self):
        return self.acronym or self.name

    @property
    def reference(self):
        return f"organisation:{self.pk}"

    @cached_property
    def journal(self):
        return site_journal()

    @property
    def link(self):
        """The website as a link, empty when it is none: a loader passes by the form that asks for one."""
        return self.website if self.website.startswith(("https://", "http://")) else ""

    def get_absolute_url(self):
        return reverse("members:organisation", args=[self.pk])


class MandateQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(models.Q(ended_at=None) | models.Q(ended_at__gt=Now()))


class Mandate(models.Model):
    """A member may speak for an organisation, from the day it is given until it ends."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mandates")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="mandates")
    is_focal_point = models.BooleanField(_("focal point"), default=False)
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        constraints = [
            models.UniqueConstraint(
                fields=("member", "organisation"), condition=models.Q(ended_at=None), name="mandate_once_in_force"
            )
        ]

    def __str__(self):
        return f"{self.member} → {self.organisation}"

    @property
    def reference(self):
        return f"mandate:{self.pk}"

    @cached_property
    def journal(self):
        return site_journal()


class Application(models.Model):
    """A member asks to speak for an organisation, known or new; the secretariat decides."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="applications")
    name = models.CharField(_("name of the organisation"), max_length=200, blank=True)
    category = models.CharField(_("category"), max_length=20, choices=Category, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    website = WebAddressField(_("website"), blank=True)
    text = models.TextField(_("your role there"), max_length=4000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("application")
        constraints = [
            models.UniqueConstraint(
                fields=("member", "organisation"),
                condition=models.Q(state="open"),
                name="application_once_open",
            )
        ]

    def __str__(self):
        return f"{self.member} → {self.organisation or self.name}"

    @property
    def reference(self):
        return f"application:{self.pk}"

    @cached_property
    def journal(self):
        return site_journal()
