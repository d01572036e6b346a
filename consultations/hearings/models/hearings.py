"""Hearings: who hears whom, when and where, in which room, and by which rules of speaking.

It owns a room (`consultations/models/rooms.py`), the moderators of which preside over it.
"""

import zoneinfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.rooms import RoomOwner, RoomOwnerQuerySet
from forum.models import Thread, Workspace
from forum.models.workspaces import Visibility
from members.models import Organisation
from members.models.members import validate_timezone


class Stage(models.TextChoices):
    """Where a hearing stands; it follows from its moments and is never stored."""

    PREPARED = "prepared", pgettext_lazy("a hearing", "in preparation")
    COMING = "coming", pgettext_lazy("a hearing", "announced")
    LIVE = "live", pgettext_lazy("a hearing", "in session")
    ADJOURNED = "adjourned", pgettext_lazy("a hearing", "between sessions")
    ENDED = "ended", pgettext_lazy("a hearing", "over")


class Hearing(RoomOwner):
    """Title and text are the concept note. Who speaks for how long: `seconds`, and `seconds_by_kind` where a kind of
    speaker has another allotment: {kind: seconds}, a kind being a category of organisations, `personal`, `reply`,
    `second_reply` or `point`.
    """

    LETTER = "H"

    workspace = models.OneToOneField(Workspace, models.PROTECT, related_name="hearing")
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_timezone])
    place = models.CharField(_("place"), max_length=200, blank=True)
    # Of its room from publication on; until then the room is private.
    visibility = models.CharField(_("who may follow"), max_length=10, choices=Visibility, default=Visibility.MEMBERS)
    is_by_invitation = models.BooleanField(_("only invited organisations speak"), default=False)
    confirms = models.BooleanField(_("requests to speak are confirmed by the speaker before the day"), default=False)
    most_per_organisation = models.PositiveSmallIntegerField(
        _("speakers of one organisation on an item"), null=True, blank=True, default=1
    )
    seconds = models.PositiveSmallIntegerField(_("seconds to speak"), default=180)
    seconds_by_kind = models.JSONField(default=dict, blank=True)
    most_replies = models.PositiveSmallIntegerField(_("rights of reply of one delegation on an item"), default=2)
    replies_at_end_of_day = models.BooleanField(_("replies are given at the end of the day"), default=False)
    needs_second = models.BooleanField(_("motions from the floor are seconded before the vote"), default=False)
    holds_questions = models.BooleanField(_("questions are shown after a moderator let them"), default=False)
    # The item before the hearing at this moment.
    current_item = models.ForeignKey("consultations.Item", models.SET_NULL, null=True, editable=False, related_name="+")
    # The pinned thread with the concept note and the background files, once it is published.
    thread = models.OneToOneField(Thread, models.PROTECT, null=True, editable=False, related_name="introduces_hearing")
    last_motion = models.PositiveIntegerField(default=0, editable=False)  # numbers of its motions, without gaps
    last_question = models.PositiveIntegerField(default=0, editable=False)  # of its live questions, likewise
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoomOwnerQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("-year", "-number")
        verbose_name = _("hearing")
        constraints = [models.UniqueConstraint(fields=("year", "number"), name="hearing_number")]

    @property
    def zone(self):
        """The zone of the room as a tzinfo."""
        return zoneinfo.ZoneInfo(self.timezone)

    @cached_property
    def sittings(self):
        """Its sessions in the order of time; fetched once."""
        return list(self.sessions.all())

    @property
    def open_session(self):
        """The session that is on, or None."""
        return next((session for session in self.sittings if session.is_open), None)

    @property
    def stage(self):
        if not self.is_published:
            return Stage.PREPARED
        if self.ended_at:
            return Stage.ENDED
        if self.open_session:
            return Stage.LIVE
        return Stage.ADJOURNED if any(session.opened_at for session in self.sittings) else Stage.COMING

    def get_absolute_url(self):
        return reverse("hearings:hearing", args=self.url_key)


class OfHearingQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those of hearings this member may follow."""
        return self.filter(hearing__in=Hearing.objects.visible_to(member))


class OfHearing(models.Model):
    """What belongs to a hearing, which is its field `hearing`, and is told of in the journal of its room."""

    class Meta:
        abstract = True

    @cached_property
    def journal(self):
        return self.hearing.journal


class Officer(models.Model):
    """Who does what at a hearing. Chair and secretaries moderate the room besides; note-takers have a seat."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        SECRETARY = "secretary", _("Secretary")
        NOTE_TAKER = "note_taker", _("Note-taker")

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="officers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="offices")
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "role", "pk")
        verbose_name = _("officer")
        constraints = [models.UniqueConstraint(fields=("hearing", "member"), name="officer_once")]

    def __str__(self):
        return f"{self.role} {self.member_id} of {self.hearing_id}"


class Invitee(models.Model):
    """An organisation that is invited to a hearing."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="invitees")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="hearings")
    invited_at = models.DateTimeField(default=now)

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "organisation__name")
        verbose_name = _("invited organisation")
        constraints = [models.UniqueConstraint(fields=("hearing", "organisation"), name="invitee_once")]

    def __str__(self):
        return f"{self.organisation_id} at {self.hearing_id}"
