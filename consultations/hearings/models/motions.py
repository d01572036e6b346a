"""Motions: what is put to the vote in a hearing, how, and with what result.

The vote itself is an ordinary ballot, made when the chair puts the motion to the vote: its rules, roll and tally are
those of all ballots. Where a motion stands follows from it and is never stored.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.hearings.models.agenda import Item
from consultations.hearings.models.hearings import Hearing, OfHearing, OfHearingQuerySet
from consultations.models.ballots import Ballot, State
from members.models import Organisation


class MotionQuerySet(OfHearingQuerySet):
    def with_all(self):
        """With what their pages and lines need."""
        return self.select_related(
            "hearing__workspace__journal", "item", "ballot__workspace__journal", "moved_by", "moved_for"
        )

    def waiting(self):
        """Those that are moved and neither put to the vote nor gone, in their order."""
        return self.filter(ballot=None, withdrawn_at=None, ruled_out_at=None).order_by("number")

    def open_at(self, moment):
        """Those on which a vote is being taken."""
        return self.filter(ballot__opens_at__lte=moment, ballot__closes_at__gt=moment, ballot__counted_at=None)


class Motion(OfHearing):
    """mover, seconder: as the chair names them; moved_by, moved_for: the member, and the organisation, where the name
    is of one. amends: the motion it would change, and is voted on before. rules: what its ballot will be opened with.
    lot: the draw that began a roll call, as `lots.py` makes it.
    """

    class Form(models.TextChoices):
        FORMAL = "formal", _("Formal vote")
        STRAW = "straw", _("Straw poll: binds nobody")

    class Manner(models.TextChoices):
        SHOW = "show", _("Electronic, by name")
        ROLL_CALL = "roll_call", _("Roll call")
        SECRET = "secret", _("Secret")
        HALL = "hall", _("Counted in the hall, or by phone")

    class State(models.TextChoices):
        MOVED = "moved", pgettext_lazy("a motion", "moved")
        OPEN = "open", pgettext_lazy("a motion", "put to the vote")
        CLOSED = "closed", pgettext_lazy("a motion", "vote closed, being counted")
        DECIDED = "decided", pgettext_lazy("a motion", "decided")
        WITHDRAWN = "withdrawn", pgettext_lazy("a motion", "withdrawn")
        RULED_OUT = "ruled_out", pgettext_lazy("a motion", "ruled out of order")
        ANNULLED = "annulled", pgettext_lazy("a motion", "vote annulled")

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="motions")
    item = models.ForeignKey(Item, models.PROTECT, related_name="motions")
    number = models.PositiveIntegerField()  # within the hearing, without gaps
    form = models.CharField(_("form"), max_length=6, choices=Form, default=Form.FORMAL)
    manner = models.CharField(_("how one votes"), max_length=9, choices=Manner, default=Manner.SHOW)
    title = models.CharField(_("question"), max_length=200)
    text = models.TextField(_("text"), blank=True, max_length=20_000)
    html = models.TextField(blank=True, editable=False)
    rules = models.JSONField(default=dict, blank=True)
    mover = models.CharField(_("moved by"), max_length=200, blank=True)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="motions")
    moved_for = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="motions")
    seconder = models.CharField(_("seconded by"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=1000, blank=True)
    ruled_out_at = models.DateTimeField(null=True, blank=True)
    ruled_out_because = models.CharField(max_length=1000, blank=True)
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amendments")
    ballot = models.OneToOneField(Ballot, models.PROTECT, null=True, related_name="motion")
    lot = models.JSONField(null=True, blank=True)
    cast_told = models.PositiveIntegerField(default=0, editable=False)  # how many votes the journal last told of

    objects = MotionQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "number")
        verbose_name = _("motion")
        constraints = [models.UniqueConstraint(fields=("hearing", "number"), name="motion_number")]

    def __str__(self):
        return self.title

    @property
    def reference(self):
        return f"motion:{self.pk}"

    @property
    def code(self):
        """By which it is cited: `ALP/2026/H2/M3`."""
        return f"{self.hearing.code}/M{self.number}"

    @property
    def state(self):
        return self.state_at(timezone.now())

    def state_at(self, moment):
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.ruled_out_at:
            return self.State.RULED_OUT
        if self.ballot_id is None:
            return self.State.MOVED
        if self.ballot.annulled_at and moment >= self.ballot.annulled_at:
            return self.State.ANNULLED
        if self.ballot.state_at(moment) != State.CLOSED:
            return self.State.OPEN
        return self.State.DECIDED if self.ballot.counted_at else self.State.CLOSED

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def is_straw(self):
        return self.form == self.Form.STRAW

    @property
    def url_key(self):
        return [*self.hearing.url_key, self.number]

    def get_absolute_url(self):
        return reverse("hearings:motion", args=self.url_key)
