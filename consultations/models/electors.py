"""The roll of electors of a ballot, frozen when it opens; and the urn, which holds the votes of a secret ballot.

Who has voted stands here, in a row of each elector without a time. What was voted in secret stands in the one row of
the urn, sealed until the count and in the order of random codes: neither rows, times nor numbers join the two.
docs/ballots.md says what this protects against and what not.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.ballots import Ballot
from members.models import Mandate, Organisation


class ElectorQuerySet(models.QuerySet):
    def cast_by(self, member):
        """Rows this member casts the vote of: their own, and those of organisations they hold a mandate of."""
        if not member.is_authenticated:
            return self.none()
        spoken = Mandate.objects.in_force().filter(member=member).values("organisation")
        return self.filter(models.Q(member=member) | models.Q(organisation__in=spoken))

    def named(self):
        """With what their names need, by name."""
        rows = self.select_related("member", "organisation")
        return rows.order_by("organisation__name", "member__name", "pk")


class Elector(models.Model):
    """A member, or an organisation, that may vote. `is_present`: said that they are there, or voted."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="electors")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="electors")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="electors")
    has_voted = models.BooleanField(default=False)
    is_present = models.BooleanField(default=False)
    # In a secret ballot the mark stands here; a named vote carries it itself.
    in_grace = models.BooleanField(default=False)

    objects = ElectorQuerySet.as_manager()

    class Meta:
        ordering = ("ballot", "pk")
        verbose_name = _("elector")
        constraints = [
            models.UniqueConstraint(fields=("ballot", "member"), name="elector_member_once"),
            models.UniqueConstraint(fields=("ballot", "organisation"), name="elector_organisation_once"),
            models.CheckConstraint(
                condition=models.Q(member=None) ^ models.Q(organisation=None), name="elector_is_one_thing"
            ),
        ]

    def __str__(self):
        return str(self.who)

    @property
    def reference(self):
        return f"elector:{self.pk}"

    @property
    def who(self):
        """The organisation or the member."""
        return self.organisation or self.member

    @property
    def name(self):
        return self.organisation.name if self.organisation_id else self.member.shown_name


class Urn(models.Model):
    """The votes of a secret ballot. `sealed` until the count; then `papers`, [[receipt code, vote]] by code."""

    ballot = models.OneToOneField(Ballot, models.CASCADE, primary_key=True, related_name="urn")
    sealed = models.TextField(blank=True)
    papers = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("urn")

    def __str__(self):
        return f"urn of {self.ballot_id}"
