"""Ballots: a question put to the vote, its rules and options, and the named votes.

A ballot takes votes in the window [opens, closes), in UTC; whether it is open is seen from the clock and never stored.
Who may vote stands in `electors.py`, and so do the votes of a secret ballot. Until the close nothing but the number
of votes is shown.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.consultations import Consultation
from consultations.models.phases import Phase
from forum.models import Workspace
from members.models import Organisation

MOST_OPTIONS = 26  # one letter each
MOST_SCORE = 100


class Kind(models.TextChoices):
    YES_NO = "yes_no", _("Yes, no or abstain")
    CHOICE = "choice", _("One of several options")
    APPROVAL = "approval", _("Several options")
    RANKING = "ranking", _("Options in order of preference")
    SCORE = "score", _("A score for each option")
    CONSENT = "consent", _("Consent, reservation or objection")
    SILENCE = "silence", _("Silence procedure")


OF_OPTIONS = (Kind.CHOICE, Kind.APPROVAL, Kind.RANKING, Kind.SCORE)
WITH_MAJORITY = (Kind.YES_NO, Kind.CHOICE, Kind.APPROVAL)  # of which one can ask whether enough are for it
NAMED_ONLY = (Kind.CONSENT, Kind.SILENCE)  # an objection gives its reasons, so somebody stands behind it


class Method(models.TextChoices):
    """How a ranking is counted."""

    SCHULZE = "schulze", _("Schulze: the option that would win against each other one")
    IRV = "irv", _("Instant-runoff: the last leaves, round by round")


class Base(models.TextChoices):
    """Of whom a majority is one; the words of `tally.motion`."""

    VOTING = "voting", _("those voting, without those who abstain")
    PRESENT = "present", _("those present: who voted, abstained or said that they are there")
    ROLL = "roll", _("all who may vote")


class RollOf(models.TextChoices):
    MEMBERS = "members", _("Each member with a seat has one vote")
    ORGANISATIONS = "organisations", _("Each organisation has one vote")


class Through(models.TextChoices):
    """How a vote came: as posts come, or entered by an officer of a hearing."""

    WEB = "web", _("web")
    MAIL = "mail", _("mail")
    PAPER = "paper", _("paper")
    API = "api", _("API")
    IMPORT = "import", _("import")
    PHONE = "phone", _("by phone")
    CALLED = "called", _("called by name")


class State(models.TextChoices):
    COMING = "coming", pgettext_lazy("a ballot", "not open yet")
    OPEN = "open", pgettext_lazy("a ballot", "open")
    CLOSED = "closed", pgettext_lazy("a ballot", "closed")


class BallotQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Ballots of the rooms this member may read; those of a consultation from when it is published."""
        published = models.Q(phase=None) | models.Q(phase__consultation__in=Consultation.objects.visible_to(member))
        return self.filter(published, workspace__in=Workspace.objects.visible_to(member))

    def open_at(self, moment):
        """Ballots that take votes at this moment."""
        return self.filter(opens_at__lte=moment, closes_at__gt=moment)

    def locked(self, pk):
        """The ballot with its room, fetched anew under a lock that lasts for the transaction."""
        return self.select_for_update(of=("self",), no_key=True).select_related("workspace__journal").get(pk=pk)


class Ballot(models.Model):
    """`announced_at` and `counted_at`: when the roll was frozen and the journal told that it opened; when it was told
    what came out. A silence procedure that is broken is counted at once, before its window ends. `annulled_at`: when it
    was stopped, so that it is never counted; its votes are kept.

    majority: `simple`, `two_thirds`, `absolute`, a share such as `3/5`, or empty where none is asked for. quorum: of
    the roll, `majority` or a share; opening_quorum: likewise, of how many must be there for the ballot to open.

    A *live* ballot, of a hearing, is closed by a deed, and `closes_at` is until then the latest it can be.
    settling: minutes after the close for which mail that came before it is waited for; 0: it is counted at the close;
    None: the ballot is not live, and mail is waited for as long as `clock.py` says. mail_until: votes by mail are taken
    at least until then, and all are told so. is_called: votes are called by name and shown as they are. hall: hands
    counted in the hall, {answer: number}, confirmed by two. kept_by: see `keeping.py`.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="ballots")
    # The phase of a consultation whose window it has; None for a ballot of its own.
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="ballots")
    title = models.CharField(_("question"), max_length=200)
    text = models.TextField(_("explanation"), blank=True, max_length=20_000)
    html = models.TextField(blank=True, editable=False)
    kind = models.CharField(_("how one votes"), max_length=10, choices=Kind, default=Kind.YES_NO)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    method = models.CharField(_("how it is counted"), max_length=10, choices=Method, blank=True)
    most = models.PositiveSmallIntegerField(null=True, blank=True)  # options one may choose, or the highest score
    majority = models.CharField(_("majority"), max_length=20, blank=True)
    base = models.CharField(_("of"), max_length=10, choices=Base, default=Base.VOTING)
    quorum = models.CharField(_("quorum to decide"), max_length=20, blank=True)
    opening_quorum = models.CharField(_("quorum to open"), max_length=20, blank=True)
    is_secret = models.BooleanField(_("secret"), default=False)
    roll_of = models.CharField(_("who votes"), max_length=15, choices=RollOf, default=RollOf.MEMBERS)
    grace_hours = models.PositiveSmallIntegerField(_("grace for late mail, in hours"), default=0)
    text_sha256 = models.CharField(max_length=64, blank=True, editable=False)  # of what a silence procedure adopts
    settling = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    mail_until = models.DateTimeField(null=True, blank=True, editable=False)
    is_straw = models.BooleanField(default=False, editable=False)
    is_called = models.BooleanField(default=False, editable=False)
    hall = models.JSONField(null=True, blank=True, editable=False)
    kept_by = models.CharField(max_length=20, blank=True, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ballots")
    created_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    annulled_at = models.DateTimeField(null=True, blank=True, editable=False)
    annulled_because = models.CharField(max_length=1000, blank=True, editable=False)

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
        """Where the moment lies: before the window [opens, closes), in it, or after it. What is counted is closed."""
        if self.counted_at and moment >= self.counted_at:
            return State.CLOSED
        if moment < self.opens_at:
            return State.COMING
        return State.OPEN if moment < self.closes_at else State.CLOSED

    @property
    def is_live(self):
        return self.settling is not None

    @property
    def ended_at(self):
        """When it closes or closed: a silence that was broken before its time."""
        return min(self.closes_at, self.counted_at or self.closes_at)

    @property
    def counts_from(self):
        """When late mail has had its grace."""
        return self.closes_at + timedelta(hours=self.grace_hours)

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
    """What a member or an organisation votes, in the one spelling of `words/`: "yes", "B", "C>A". Earlier ones are in
    the journal. `words`: the reasons of a reservation or an objection. `in_grace`: sent before the close, come after.
    `entered_by`: the officer who wrote down what was said aloud; of an organisation's vote they are `member` too.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="votes")  # who cast it
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="votes")
    value = models.CharField(max_length=200)
    words = models.TextField(blank=True, max_length=4000)
    channel = models.CharField(max_length=6, choices=Through, default=Through.WEB)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    cast_at = models.DateTimeField()  # when it came to us, or when it was provably sent
    in_grace = models.BooleanField(default=False)

    receipt = ""  # a named vote needs none

    class Meta:
        verbose_name = _("vote")
        constraints = [
            models.UniqueConstraint(
                fields=("ballot", "member"), condition=models.Q(organisation=None), name="vote_of_member_once"
            ),
            models.UniqueConstraint(fields=("ballot", "organisation"), name="vote_of_organisation_once"),
        ]

    def __str__(self):
        return f"vote of {self.organisation_id or self.member_id} in {self.ballot_id}"

    @property
    def reference(self):
        return f"vote:{self.pk}"

    @property
    def voter(self):
        """The organisation, or the member, whose vote it is."""
        return self.organisation or self.member
