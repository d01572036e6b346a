"""Ballots: a question put to everyone with a seat, its options, and one vote of each member.

A ballot takes votes in the window [opens, closes), in UTC; whether it is open is seen from the clock and never stored.
Votes are recorded by name. Until the close nothing but their number is shown.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.phases import Phase
from forum.models import Workspace
from forum.models.posts import Channel

MOST_OPTIONS = 26  # one letter each


class Kind(models.TextChoices):
    YES_NO = "yes_no", _("Yes, no or abstain")
    CHOICE = "choice", _("One of several options")
    RANKING = "ranking", _("Options in order of preference")


class State(models.TextChoices):
    COMING = "coming", pgettext_lazy("a ballot", "not open yet")
    OPEN = "open", pgettext_lazy("a ballot", "open")
    CLOSED = "closed", pgettext_lazy("a ballot", "closed")


class BallotQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Ballots of the rooms this member may read."""
        return self.filter(workspace__in=Workspace.objects.visible_to(member))

    def open_at(self, moment):
        """Ballots that take votes at this moment."""
        return self.filter(opens_at__lte=moment, closes_at__gt=moment)

    def locked(self, pk):
        """The ballot with its room, fetched anew under a lock that lasts for the transaction."""
        return self.select_for_update(of=("self",), no_key=True).select_related("workspace__journal").get(pk=pk)


class Ballot(models.Model):
    """`announced_at` and `counted_at`: when the journal was told that it opened, and what came out."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="ballots")
    # The phase of a consultation whose window it has; None for a ballot of its own.
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="ballots")
    title = models.CharField(_("question"), max_length=200)
    text = models.TextField(_("explanation"), blank=True, max_length=20_000)
    html = models.TextField(blank=True, editable=False)
    kind = models.CharField(_("how one votes"), max_length=10, choices=Kind, default=Kind.YES_NO)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ballots")
    created_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ("-closes_at", "-pk")
        verbose_name = _("ballot")
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="ballot_window")
        ]
        indexes = [
            models.Index(fields=("workspace", "-closes_at"), name="ballot_in_room"),
            # No condition: SQLite does not see that a bound parameter meets one, and would read the whole table.
            models.Index(fields=("announced_at", "opens_at"), name="ballot_to_announce"),
            models.Index(fields=("counted_at", "closes_at"), name="ballot_to_count"),
        ]

    def __str__(self):
        return self.title

    @property
    def reference(self):
        return f"ballot:{self.pk}"

    @cached_property
    def journal(self):
        return self.workspace.journal

    def state_at(self, moment):
        """Where the moment lies: before the window [opens, closes), in it, or after it."""
        if moment < self.opens_at:
            return State.COMING
        return State.OPEN if moment < self.closes_at else State.CLOSED

    @property
    def state(self):
        return self.state_at(timezone.now())

    @property
    def is_open(self):
        return self.state == State.OPEN

    @cached_property
    def choices(self):
        """The options in their order; none where one votes yes, no or abstain."""
        return list(self.options.all())

    def get_absolute_url(self):
        return reverse("consultations:ballot", args=[self.pk])


class Option(models.Model):
    """One thing that can be voted for. Its letter is what one votes with: A for the first, B for the second."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("option"), max_length=200)

    class Meta:
        ordering = ("ballot", "position")
        constraints = [models.UniqueConstraint(fields=("ballot", "position"), name="option_once")]

    def __str__(self):
        return f"{self.letter}) {self.label}"

    @property
    def letter(self):
        return chr(ord("A") + self.position)


class Vote(models.Model):
    """What a member votes, in the one spelling of `words.py`: "yes", "B", "C>A". Earlier ones are in the journal."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="votes")
    value = models.CharField(max_length=60)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    cast_at = models.DateTimeField()  # when it came to us, which for a mail is before it was read

    class Meta:
        verbose_name = _("vote")
        constraints = [models.UniqueConstraint(fields=("ballot", "member"), name="vote_once")]

    def __str__(self):
        return f"vote of {self.member_id} in {self.ballot_id}"

    @property
    def reference(self):
        return f"vote:{self.pk}"
