"""Arrivals: incoming mail, raw bytes first, then what became of it; and the answers found in it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.work import Claimable
from journal.services import site_journal
from notifications.models.couriers import Delegation
from notifications.models.issues import Issue
from notifications.models.letters import Letter


class Arrival(Claimable):
    """One mail for one recipient. Unique on recipient, Message-ID and body, so that a redelivery is the same row."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        READ = "read", _("read")
        DONE = "done", _("done")
        HELD = "held", _("held")
        FAILED = "failed", _("failed")

    raw = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    recipient = models.CharField(max_length=254)
    envelope_sender = models.CharField(max_length=254, blank=True)
    door = models.CharField(max_length=10, default="lmtp")
    received_at = models.DateTimeField(default=timezone.now)
    fingerprint = models.CharField(max_length=64, unique=True)  # over recipient, Message-ID and body
    state = models.CharField(max_length=6, choices=State, default=State.NEW)
    klass = models.CharField(max_length=8, blank=True)
    outcome = models.CharField(max_length=40, blank=True)  # what became of it, a word: posted, wrong_sender ...
    problems = models.JSONField(default=list, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )
    subject = models.CharField(max_length=400, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    is_known = models.BooleanField(default=True)  # the From or the envelope named an address of a member's
    authenticity = models.CharField(max_length=200, blank=True)  # who vouches for the From: "dkim pass example.org"
    message_id = models.CharField(max_length=400, blank=True)
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="arrivals")
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="arrivals")
    confirmed_at = models.DateTimeField(null=True, blank=True)  # the member said: this mail is from me
    done_at = models.DateTimeField(null=True, blank=True)
    pruned_at = models.DateTimeField(null=True, blank=True)  # when its bytes went, kept for as long as they had to be

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("arrival")
        indexes = [
            models.Index(fields=("envelope_sender", "-received_at"), name="arrival_by_sender"),
            models.Index(fields=("from_address", "-received_at"), name="arrival_by_from"),
            models.Index(fields=("recipient", "-received_at"), name="arrival_by_recipient"),
            models.Index(fields=("is_known", "-received_at"), name="arrival_by_known"),
            # No condition: SQLite does not see that a bound parameter meets one, and would read the whole table.
            models.Index(fields=("state", "received_at"), name="arrival_queue"),
            models.Index(fields=("member", "-received_at"), name="arrival_by_member"),
            models.Index(fields=("id",), condition=models.Q(pruned_at=None), name="arrival_with_bytes"),
        ]

    def __str__(self):
        return f"arrival {self.pk}: {self.state}"

    @property
    def reference(self):
        return f"arrival:{self.pk}"

    @cached_property
    def journal(self):
        return site_journal()


class Answer(models.Model):
    """One piece of an arrival, and what became of it. Its key makes it happen once, however often it comes."""

    class State(models.TextChoices):
        TAKEN = "taken", _("taken")
        WAITING = "waiting", _("waiting for a moderator")
        HELD = "held", _("held")
        REFUSED = "refused", _("refused")

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="answers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="answers")
    code = models.CharField(max_length=20, blank=True)  # the item's number as the sender wrote it
    about = models.CharField(max_length=60, blank=True)  # what was answered
    on_behalf = models.CharField(max_length=200, blank=True)  # whose words, as the sender wrote it
    delegation = models.ForeignKey(Delegation, models.SET_NULL, null=True, blank=True, related_name="answers")
    text = models.TextField()
    state = models.CharField(max_length=7, choices=State)
    reason = models.TextField(blank=True)  # why it was refused, or what exactly was counted
    result = models.CharField(max_length=60, blank=True)  # what it became: "post:812"
    key = models.CharField(max_length=100, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    told_in = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="receipts")
    # When its member is to hear of it at the latest, where that is before the next issue (intake/receipts.py).
    tell_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True)  # when the member heard of it, in an issue or in a letter

    class Meta:
        ordering = ("arrival", "pk")
        verbose_name = _("answer")
        indexes = [
            models.Index(fields=("member",), condition=models.Q(told_at=None), name="answer_untold"),
            models.Index(fields=("state", "created_at"), name="answer_by_state"),
            models.Index(
                fields=("tell_at",), condition=models.Q(told_at=None, tell_at__isnull=False), name="answer_soon"
            ),
        ]

    def __str__(self):
        return f"answer {self.pk}: {self.state}"

    @property
    def reference(self):
        return f"answer:{self.pk}"

    @property
    def number(self):
        """The number of the item it answers, or None."""
        return int(self.code) if self.code.isdecimal() else None

    @cached_property
    def item(self):
        """The member's item of that number, or None."""
        return Issue.objects.items(self.member_id, [self.number]).get(self.number) if self.number else None
