"""Consultations: what is asked of whom, in which room, under which reference.

A consultation owns a workspace: whoever may read the room may read it, the moderators of the room are its
facilitators, and the room's journal is its record. Until it is published only they see it.
"""

import re

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.models.worded import Worded
from forum.models import Thread, Workspace
from forum.models.workspaces import Visibility

_REFERENCE = re.compile(r"(?:[^/]+/)?(\d{4})/C(\d{1,5})/?", re.IGNORECASE)


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


class ConsultationQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Published consultations of the rooms this member may read; the others are for those who prepare them."""
        seen = self.filter(workspace__in=Workspace.objects.visible_to(member))
        if getattr(member, "is_secretariat", False) and member.is_active:
            return seen
        shown = models.Q(published_at__isnull=False)
        if member.is_authenticated:
            shown |= models.Exists(member.seats.filter(workspace=models.OuterRef("workspace"), role="moderator"))
        return seen.filter(shown)

    def running_at(self, moment):
        """Published, begun and not over, each with `opens_at` and `closes_at`; the one that is over first on top."""
        spans = self.annotate(opens_at=models.Min("phases__opens_at"), closes_at=models.Max("phases__closes_at"))
        running = spans.filter(published_at__isnull=False, opens_at__lte=moment, closes_at__gt=moment)
        return running.order_by("closes_at", "pk")

    def named(self, name):
        """The consultation that an operator names by its reference (`ALP/2026/C3`) or by the mail name of its room, or
        None.
        """
        rows = self.select_related("workspace__journal")
        if found := _REFERENCE.fullmatch(name.strip()):
            return rows.filter(year=int(found[1]), number=int(found[2])).first()
        return rows.filter(workspace__slug=name.strip()).first()

    def locked(self, pk):
        """The consultation with its room, fetched anew under a lock that lasts for the transaction."""
        return self.select_for_update(of=("self",), no_key=True).select_related("workspace__journal").get(pk=pk)


class Consultation(Worded):
    """Title and text are the topic note. `last_number`: of its contributions, which are numbered without gaps."""

    workspace = models.OneToOneField(Workspace, models.PROTECT, related_name="consultation")
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveSmallIntegerField(editable=False)  # within the year
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
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-number")
        verbose_name = _("consultation")
        constraints = [models.UniqueConstraint(fields=("year", "number"), name="consultation_number")]

    @property
    def reference(self):
        return f"consultation:{self.pk}"

    @property
    def code(self):
        """By which it is cited: `ALP/2026/C3`."""
        return f"{settings.REFERENCE_PREFIX}/{self.year}/C{self.number}"

    @property
    def file_name(self):
        """What the names of its files begin with: `ALP-2026-C3`."""
        return self.code.replace("/", "-")

    @cached_property
    def journal(self):
        return self.workspace.journal

    @property
    def is_published(self):
        return self.published_at is not None

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

    @property
    def url_key(self):
        """What its addresses are made of: /consultations/2026/C3/..."""
        return (self.year, self.number)

    def get_absolute_url(self):
        return reverse("consultations:consultation", args=self.url_key)
