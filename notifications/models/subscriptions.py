"""How each member wants mail: how often per workspace and thread, at what hour, how large, in which form."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.work import Claimable
from forum.models import Thread, Workspace


class Cadence(models.TextChoices):
    EACH = "each", _("Each post at once")
    DAILY = "daily", _("Daily digest")
    WEEKLY = "weekly", _("Weekly digest")
    MONTHLY = "monthly", _("Monthly digest")
    NONE = "none", _("No mail")


class Subscription(models.Model):
    """A member's cadence for a workspace, or for one thread of it (which then goes before the workspace's).

    `cursor` is the last entry of the workspace's journal that an issue has covered; each row has its own, so that a
    thread may be read daily in a room that is read weekly. Of a row that is mailed post by post, an issue covers what
    happened before `changed_at`, when it was not yet so.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="subscriptions")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    cadence = models.CharField(_("how often"), max_length=8, choices=Cadence, default=Cadence.DAILY)
    cursor = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("member", "workspace"), condition=models.Q(thread=None), name="subscription_workspace_once"
            ),
            models.UniqueConstraint(
                fields=("member", "thread"), condition=~models.Q(thread=None), name="subscription_thread_once"
            ),
        ]
        indexes = [models.Index(fields=("workspace", "cadence"), name="subscription_cadence")]

    def __str__(self):
        return f"{self.member_id} reads {self.thread_id or self.workspace_id} {self.cadence}"


class MailProfile(Claimable):
    """A member's mail settings, and the two counters that run on for life: issues and items.

    `next_issue_at` is when the next digest is looked at (the member's local hour, every day, as UTC); the digest run
    claims it. `last_day` is the last local day for which that was done, so that a day never has two.
    """

    class Form(models.TextChoices):
        TEXT = "text", _("Plain text only (lightest)")
        HTML = "html", _("Plain text and light HTML")

    LEAST_SIZE, MOST_SIZE = 10_000, 100_000  # bytes a member may choose for a mail

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail")
    hour = models.PositiveSmallIntegerField(_("hour of the day"), default=6, validators=[MaxValueValidator(23)])
    weekday = models.PositiveSmallIntegerField(_("day of the week"), default=0, validators=[MaxValueValidator(6)])
    size = models.PositiveIntegerField(
        _("largest mail, in bytes"),
        default=25_000,
        validators=[MinValueValidator(LEAST_SIZE), MaxValueValidator(MOST_SIZE)],
    )
    form = models.CharField(_("form"), max_length=4, choices=Form, default=Form.TEXT)
    receipts_at_once = models.BooleanField(_("send a receipt for each mail at once"), default=False)
    paused_until = models.DateTimeField(_("pause until"), null=True, blank=True)
    last_issue = models.PositiveIntegerField(default=0, editable=False)
    last_item = models.PositiveIntegerField(default=10, editable=False)
    next_issue_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)
    last_day = models.DateField(null=True, blank=True, editable=False)
    stopping = models.BooleanField(default=False, editable=False)  # one last issue, then no more
    addresses_valid_from = models.DateTimeField(
        null=True, blank=True, editable=False
    )  # older answer addresses say nothing
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)  # too much of their mail came back
    suspended_address = models.EmailField(blank=True, editable=False)  # another address is not suspended with it
    suspended_for = models.CharField(max_length=400, blank=True, editable=False)  # the last reason
    next_probe_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)
    probes = models.PositiveSmallIntegerField(default=0, editable=False)  # sent since the suspension
    revived_at = models.DateTimeField(null=True, blank=True, editable=False)  # bounces of earlier letters count no more

    class Meta:
        indexes = [
            models.Index(
                fields=("suspended_at",), condition=models.Q(suspended_at__isnull=False), name="mail_suspended"
            )
        ]

    def __str__(self):
        return f"mail profile of {self.member_id}"
