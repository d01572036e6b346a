"""Delegations: people who take part through somebody else's mailbox.

A courier carries the words of people who have none: a village meeting, a colleague without a line. Nothing is posted
in a person's name before their consent is noted, and they can object later.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from forum.services.voices import Voice
from journal.services import site_journal
from members.models import Organisation


class Delegation(models.Model):
    """One person, carried by one member. `code` is what the courier writes: `FOR: A7`."""

    courier = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="delegations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="couriers"
    )  # where they are a member themselves
    name = models.CharField(_("name"), max_length=200)
    code = models.CharField(max_length=12)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    address = models.EmailField(_("email address, if they have one"), blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    consent = models.CharField(_("how they agreed"), max_length=400, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("courier", "name")
        verbose_name = _("delegation")
        constraints = [models.UniqueConstraint(fields=("courier", "code"), name="delegation_code_once")]

    def __str__(self):
        return f"{self.courier_id} carries {self.name}"

    @cached_property
    def journal(self):
        return site_journal()

    @property
    def reference(self):
        return f"delegation:{self.pk}"

    @property
    def voice(self):
        """The voice in which this person's words are posted."""
        return Voice(self.person.name if self.person else self.name, self.person)

    @property
    def is_live(self):
        """May the courier speak for this person?"""
        return self.consented_at is not None and self.objected_at is None and self.ended_at is None
