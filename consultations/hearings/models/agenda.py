"""Sessions, which are the sittings of a hearing, and the items of its agenda, which are a tree."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.hearings.models.hearings import Hearing, OfHearing, OfHearingQuerySet
from consultations.models.worded import Worded
from forum.models import Thread

DEPTH = 3  # levels of an agenda: 4, 4.2, 4.2.1


class Session(OfHearing):
    """Planned from `starts_at` to `ends_at`; open from when the chair opened it until they closed it."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    change_count = models.PositiveSmallIntegerField(default=0, editable=False)  # SEQUENCE of its calendar entry
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    objects = OfHearingQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "number")
        verbose_name = _("session")
        constraints = [
            models.UniqueConstraint(fields=("hearing", "number"), name="session_number"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_window"),
        ]

    def __str__(self):
        return self.title or str(_("Session %(number)s") % {"number": self.number})

    @property
    def reference(self):
        return f"session:{self.pk}"

    @property
    def is_open(self):
        return self.opened_at is not None and self.closed_at is None


class ItemState(models.TextChoices):
    COMING = "coming", pgettext_lazy("an item of an agenda", "not begun")
    OPEN = "open", pgettext_lazy("an item of an agenda", "under way")
    CLOSED = "closed", pgettext_lazy("an item of an agenda", "concluded")


class ItemQuerySet(OfHearingQuerySet):
    def locked(self, pk):
        """The item with its hearing, fetched anew; the caller has locked the hearing."""
        return self.select_related("hearing__workspace__journal", "thread").get(pk=pk)


class Item(OfHearing, Worded):
    """One thing on the agenda. `place` orders it among those of the same parent, `label` is its number as printed
    (`4.2`), kept right by the services. `list_opens_at`, `list_closes_at`: when one may ask to speak; without them from
    publication until the chair closes the list, which is `list_closed_at`.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="items")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    place = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=20, editable=False)
    sort_key = models.CharField(max_length=20, editable=False)  # `0004.0002`: the order of the whole tree
    minutes = models.PositiveSmallIntegerField(_("minutes planned"), null=True, blank=True)
    takes_speakers = models.BooleanField(_("has a list of speakers"), default=True)
    list_opens_at = models.DateTimeField(_("the list of speakers opens"), null=True, blank=True)
    list_closes_at = models.DateTimeField(_("the list of speakers closes"), null=True, blank=True)
    list_opened_at = models.DateTimeField(null=True, editable=False)  # it was told that `list_opens_at` had come
    list_closed_at = models.DateTimeField(null=True, editable=False)
    asking_closed_at = models.DateTimeField(null=True, editable=False)  # no more live questions are taken
    thread = models.OneToOneField(Thread, models.PROTECT, null=True, editable=False, related_name="item")
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "sort_key")
        verbose_name = _("item of the agenda")
        indexes = [models.Index(fields=("hearing", "sort_key"), name="item_in_order")]

    @property
    def reference(self):
        return f"item:{self.pk}"

    @property
    def depth(self):
        return self.label.count(".")

    @property
    def state(self):
        if self.opened_at is None:
            return ItemState.COMING
        return ItemState.OPEN if self.closed_at is None else ItemState.CLOSED

    @property
    def is_open(self):
        return self.state == ItemState.OPEN

    def list_is_open_at(self, moment):
        """May one ask to speak at this moment? The chair can close the list before its time and open it again. Who
        asked before the close is in time, however late their mail was read.
        """
        if not self.takes_speakers or self.closed_at or (self.list_closed_at and self.list_closed_at <= moment):
            return False
        begun = self.list_opens_at is None or self.list_opens_at <= moment
        return begun and (self.list_closes_at is None or moment < self.list_closes_at)

    def get_absolute_url(self):
        return reverse("hearings:item", args=[*self.hearing.url_key, self.pk])
