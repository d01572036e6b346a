"""Consultations: what is asked of whom, in which room, under which reference.

It owns a room (`rooms.py`), the moderators of which are its facilitators.
"""

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.models.rooms import RoomOwner, RoomOwnerQuerySet
from forum.models import Thread, Workspace
from forum.models.workspaces import Visibility


class Preset(models.TextChoices):
    """What a consultation begins with; everything can be changed afterwards."""

    DISCUSSION = "discussion", _("Open discussion on questions (as FAO does)")
    DRAFT = "draft", _("Comments on a draft text (as the CBD does)")
    SURVEY = "survey", _("Survey: closed questions and statements")
    TWO_ROUNDS = "two_rounds", _("Two rounds on a draft text")


class Participation(models.TextChoices):
    SEATED = "seated", _("Everyone with a seat")
    MEMBERS = "members", _("Every member")
    ORGANISATIONS = "organisations", _("Organisations, with one position each on a question")


class Clearing(models.TextChoices):
    """What an organisation's contribution needs before it counts."""

    NONE = "none", _("Whoever holds a mandate speaks for the organisation")
    COLLEAGUE = "colleague", _("A colleague with a mandate has to agree first")


class ConsultationQuerySet(RoomOwnerQuerySet):
    def running_at(self, moment):
        """Published, begun and not over, each with `opens_at` and `closes_at`; the one that is over first on top."""
        spans = self.annotate(opens_at=models.Min("phases__opens_at"), closes_at=models.Max("phases__closes_at"))
        running = spans.filter(published_at__isnull=False, opens_at__lte=moment, closes_at__gt=moment)
        return running.order_by("closes_at", "pk")


class Consultation(RoomOwner):
    """Title and text are the topic note. `last_number`: of its contributions, which are numbered without gaps."""

    LETTER = "C"

    workspace = models.OneToOneField(Workspace, models.PROTECT, related_name="consultation")
    preset = models.CharField(_("form"), max_length=12, choices=Preset, default=Preset.DISCUSSION)
    sponsor = models.CharField(_("sponsor"), max_length=200, blank=True)
    participation = models.CharField(
        _("who takes part"), max_length=15, choices=Participation, default=Participation.SEATED
    )
    # Of its room from publication on; until then the room is private.
    visibility = models.CharField(_("who may read"), max_length=10, choices=Visibility, default=Visibility.MEMBERS)
    clearing = models.CharField(_("clearing"), max_length=10, choices=Clearing, default=Clearing.NONE)
    grace_hours = models.PositiveSmallIntegerField(_("grace for late mail, in hours"), default=24)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    # The pinned thread with the topic note and the background files, once it is published.
    thread = models.OneToOneField(Thread, models.PROTECT, null=True, editable=False, related_name="introduces")

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-number")
        verbose_name = _("consultation")
        constraints = [models.UniqueConstraint(fields=("year", "number"), name="consultation_number")]

    @cached_property
    def timetable(self):
        """Its phases in the order of time; fetched once."""
        return list(self.phases.all())

    def phase_at(self, moment):
        """The phase whose window [opens, closes) holds this moment, or None."""
        return next((phase for phase in self.timetable if phase.opens_at <= moment < phase.closes_at), None)

    def next_phase(self, moment):
        """The first phase that opens after this moment, or None."""
        return next((phase for phase in self.timetable if phase.opens_at > moment), None)

    def get_absolute_url(self):
        return reverse("consultations:consultation", args=self.url_key)
