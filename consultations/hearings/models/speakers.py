"""Speakers: who asked for the floor on an item, in which order they get it, how long they had it, and their words.

A clock is data, never a tick: when it was started, how long is allotted, since when it stands still and for how long it
has stood still before. Whoever knows the time can draw it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.hearings.clocks import Clock
from consultations.hearings.models.agenda import Item
from consultations.hearings.models.hearings import Hearing, OfHearing, OfHearingQuerySet
from core import languages
from forum.models.posts import Channel
from members.models import Organisation


class TimeAccount(OfHearing):
    """Time that several share (a Major Group, a region): who speaks on it uses it up."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="accounts")
    name = models.CharField(_("name"), max_length=120)
    seconds = models.PositiveIntegerField(_("seconds"))
    correction = models.IntegerField(default=0, editable=False)  # seconds given besides, or taken; see the journal

    objects = OfHearingQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "name")
        verbose_name = _("shared time")
        constraints = [models.UniqueConstraint(fields=("hearing", "name"), name="time_account_name")]

    def __str__(self):
        return self.name

    @property
    def reference(self):
        return f"time_account:{self.pk}"


class SpeakerQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self.filter(item__in=Item.objects.visible_to(member))

    def waiting(self):
        """Those on a list who have the floor still before them, in its order."""
        return self.filter(state=Speaker.State.LISTED).order_by("place", "pk")

    def before(self, speaker):
        """Those who stand before one of them."""
        return self.filter(models.Q(place__lt=speaker.place) | models.Q(place=speaker.place, pk__lt=speaker.pk))


class Speaker(models.Model):
    """One request for the floor. `announced_as`: who will speak, as the chair calls them. `place` alone orders a queue;
    it is given by the request and changed by the chair, whose reason stands in the journal.

    point, ruling, appeal: of a point of order, what it is about, what the chair decided, and the motion on which the
    hearing decides about that. turn: which right of reply of its delegation on the item this is.
    """

    class Queue(models.TextChoices):
        LIST = "list", _("List of speakers")
        POINT = "point", _("Point of order")
        REPLY = "reply", _("Right of reply")

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("a speaker", "not confirmed yet")
        LISTED = "listed", pgettext_lazy("a speaker", "waiting")
        SPEAKING = "speaking", pgettext_lazy("a speaker", "has the floor")
        SPOKE = "spoke", pgettext_lazy("a speaker", "spoke")
        WITHDRAWN = "withdrawn", pgettext_lazy("a speaker", "withdrew")
        ABSENT = "absent", pgettext_lazy("a speaker", "was called and not there")

    class Ruling(models.TextChoices):
        UPHELD = "upheld", pgettext_lazy("a point of order", "upheld")
        OVERRULED = "overruled", pgettext_lazy("a point of order", "not upheld")

    class Gender(models.TextChoices):
        """As whoever wishes declares it, for the balance of speakers."""

        WOMAN = "woman", pgettext_lazy("gender", "woman")
        MAN = "man", pgettext_lazy("gender", "man")
        OTHER = "other", pgettext_lazy("gender", "another")

    item = models.ForeignKey(Item, models.CASCADE, related_name="speakers")
    queue = models.CharField(max_length=5, choices=Queue, default=Queue.LIST)
    number = models.PositiveIntegerField()  # within the item, in the order of requests; stays when the order changes
    place = models.PositiveIntegerField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="speakers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="speakers")
    announced_as = models.CharField(_("who will speak"), max_length=200, blank=True)
    gender = models.CharField(_("gender, if declared"), max_length=20, blank=True)
    # As they were when they asked, for the balance of speakers.
    category = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    is_first_time = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=0)  # 0 for most; the higher speaks before the lower
    account = models.ForeignKey(TimeAccount, models.SET_NULL, null=True, blank=True, related_name="speakers")
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)  # theirs alone, else those of their kind
    turn = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(_("language of the speech"), max_length=5, choices=languages.CHOICES, blank=True)
    note = models.CharField(_("note for the secretary"), max_length=400, blank=True)  # officers and the speaker read it
    state = models.CharField(max_length=10, choices=State, default=State.LISTED)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    point = models.CharField(_("what it is about"), max_length=400, blank=True)
    ruling = models.CharField(max_length=10, choices=Ruling, blank=True)
    ruling_reason = models.CharField(max_length=1000, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal = models.CharField(max_length=40, blank=True)  # reference of the motion
    requested_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # What the last letter to them said of their turn, and how many there were.
    told_place = models.PositiveSmallIntegerField(null=True, editable=False)
    told_turn_at = models.DateTimeField(null=True, editable=False)
    letter_count = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("item", "queue", "place", "pk")
        verbose_name = _("speaker")
        constraints = [
            models.UniqueConstraint(fields=("item", "number"), name="speaker_number"),
            # A point of order interrupts: then two have the floor, and the time of one stands still.
            models.UniqueConstraint(
                fields=("item",),
                condition=models.Q(state="speaking") & ~models.Q(queue="point"),
                name="speaker_one_speaks",
            ),
            models.UniqueConstraint(
                fields=("item",), condition=models.Q(state="speaking", queue="point"), name="speaker_one_point"
            ),
        ]
        indexes = [models.Index(fields=("item", "queue", "state", "place"), name="speaker_in_order")]

    def __str__(self):
        return self.name

    @property
    def reference(self):
        return f"speaker:{self.pk}"

    @cached_property
    def journal(self):
        return self.item.hearing.journal

    def get_absolute_url(self):
        return reverse("hearings:speaker", args=[*self.item.hearing.url_key, self.pk])

    @property
    def name(self):
        """As the chair calls them."""
        return self.announced_as or (self.member.shown_name if self.member_id else "")

    @property
    def kind(self):
        """By which their time is allotted: see Hearing.seconds_by_kind."""
        if self.queue == self.Queue.REPLY and self.turn > 1:
            return "second_reply"
        if self.queue != self.Queue.LIST:
            return str(self.queue)
        return self.category if self.organisation_id else "personal"


class Delivery(models.Model):
    """The time a speaker has the floor. It stands still from `paused_at` on (a point of order interrupts), and has
    stood still before for `paused_seconds`. `allotted`, `extended`: seconds.
    """

    speaker = models.OneToOneField(Speaker, models.CASCADE, related_name="delivery")
    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="deliveries")
    started_at = models.DateTimeField()
    allotted = models.PositiveIntegerField()
    extended = models.PositiveIntegerField(default=0)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_seconds = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    corrected_seconds = models.PositiveIntegerField(null=True, editable=False)  # used, as the chair set it right

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "started_at", "pk")
        verbose_name = _("delivery")
        constraints = [
            models.UniqueConstraint(
                fields=("hearing",), condition=models.Q(ended_at=None, paused_at=None), name="delivery_one_at_a_time"
            )
        ]

    def __str__(self):
        return f"delivery of speaker {self.speaker_id}"

    @property
    def clock(self):
        """The clock to reckon with."""
        return Clock(self.started_at, self.seconds, self.paused_at, self.paused_seconds, self.ended_at)

    @clock.setter
    def clock(self, clock):
        self.extended = clock.allotted - self.allotted
        self.paused_at, self.paused_seconds, self.ended_at = clock.paused_at, clock.paused_seconds, clock.ended_at

    def used_at(self, moment):
        """How long the speaker has spoken by then, without what the clock stood still."""
        if self.corrected_seconds is not None:
            return timedelta(seconds=self.corrected_seconds)
        return timedelta(seconds=self.clock.used_at(moment))

    @property
    def seconds(self):
        """All the time there is: what was allotted, and what was given besides."""
        return self.allotted + self.extended


class SpeechQuerySet(models.QuerySet):
    def visible_to(self, member):
        """What was delivered or shown, and what was handed in by who has spoken, for all who see the hearing; what is
        embargoed for its speaker, for who wrote it down, and for the officers as long as they have their seat.
        """
        seen = self.filter(speaker__in=Speaker.objects.visible_to(member))
        if getattr(member, "is_secretariat", False) and member.is_active:
            return seen
        shown = models.Q(stage="delivered") | models.Q(shown_at__isnull=False) | models.Q(speaker__state="spoke")
        if member.is_authenticated:
            shown |= models.Q(speaker__member=member) | models.Q(written_by=member)
            seats = member.seats.filter(workspace=models.OuterRef("speaker__item__hearing__workspace"))
            shown |= models.Exists(seats.filter(role="moderator"))
            notes = member.offices.filter(hearing=models.OuterRef("speaker__item__hearing"), role="note_taker")
            shown |= models.Exists(notes) & models.Exists(seats)
        return seen.filter(shown)


class Speech(models.Model):
    """The words of a speaker, as handed in before, or as delivered. Until they have spoken only they and the officers
    read what was handed in; where they never do it is shown as submitted and not delivered.
    """

    class Stage(models.TextChoices):
        AHEAD = "ahead", _("handed in before")
        DELIVERED = "delivered", _("as delivered")

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="speeches")
    stage = models.CharField(max_length=10, choices=Stage)
    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES)
    text = models.TextField(_("text"), max_length=60_000)
    html = models.TextField(blank=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # Shown as submitted, not delivered: the item ended, or the speaker wished so.
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = SpeechQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("speaker", "stage", "language")
        verbose_name = _("words of a speaker")
        constraints = [models.UniqueConstraint(fields=("speaker", "stage", "language"), name="speech_once")]

    def __str__(self):
        return f"{self.stage} words of speaker {self.speaker_id}"

    @property
    def reference(self):
        return f"speech:{self.pk}"

    @cached_property
    def journal(self):
        return self.speaker.journal
