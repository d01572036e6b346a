"""Letters: outgoing mail, each with its exact bytes, kept until it is handed over and afterwards as proof.

Of a digest the words are stored once for all who read the same (see issues); `raw` puts the letter's own header lines
and its issue's words together, always to the same bytes.

The table is the queue. A letter is `sending` before DATA and `sent` after the 250, one row at a time, so that a
worker killed in between sends at most that one again, with the same Message-ID and bytes.
"""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.work import Claimable
from journal.services import site_journal
from notifications import wire


def new_code():
    """A number for a letter that is known before the row is: its reply address and Message-ID are made from it."""
    return secrets.randbits(62)


class Letter(Claimable):
    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", pgettext_lazy("a letter", "failed")
        WITHDRAWN = "withdrawn", _("withdrawn")  # its reader lost access before it left

    class Kind(models.TextChoices):
        NOTICE = "notice", _("notice")  # sign-in codes, invitations, confirmations
        POST = "post", _("one post")
        ISSUE = "issue", _("digest")
        ANSWER = "answer", _("answer to a mail")  # receipts and explanations

    class Priority(models.IntegerChoices):
        NOW = 0, _("now")  # sign-in codes: somebody waits before a page; no pause and no pace of a domain holds them
        NEXT = 3, _("next")  # answers to mails, notices
        SOON = 5, _("soon")  # posts
        BULK = 9, _("in bulk")  # digests

    code = models.PositiveBigIntegerField(unique=True, default=new_code, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="letters")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.NOTICE)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.SOON)
    about = models.CharField(max_length=60, blank=True)  # what a reply to this letter answers: "post:812"
    shows = models.JSONField(null=True, blank=True)  # what its reader must still be allowed to see when it leaves
    recipient = models.EmailField()
    domain = models.CharField(max_length=253, blank=True)  # of the recipient: each has its own pace
    sender = models.CharField(max_length=254)  # the envelope sender
    subject = models.CharField(max_length=400)
    message_id = models.CharField(max_length=200)
    issue = models.ForeignKey("notifications.Issue", models.CASCADE, null=True, blank=True, related_name="letters")
    part = models.PositiveSmallIntegerField(default=0)  # of its issue that it carries; 0: `stored` is the whole mail
    stored = models.BinaryField()  # the exact bytes; of a letter with a part, the header lines that are its own
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    unanswered = models.PositiveSmallIntegerField(default=0)  # of these, handed over without an answer: it may be there
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)  # the first try; five days later it is given up
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=400, blank=True)
    key = models.CharField(max_length=100, null=True)  # one letter per cause, however often asked
    pruned_at = models.DateTimeField(null=True, blank=True)  # when its bytes went, kept for as long as they had to be

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("letter")
        # Not unique fields: those get a second index on PostgreSQL, and each letter is written four times.
        constraints = [
            models.UniqueConstraint(fields=("message_id",), name="letter_message_id_once"),
            models.UniqueConstraint(fields=("key",), name="letter_key_once"),
        ]
        indexes = [
            # Not a partial index: SQLite cannot use one when the states come as parameters.
            models.Index(fields=("state", "priority", "due_at"), name="letter_queue"),
            models.Index(fields=("sent_at",), condition=models.Q(sent_at__isnull=False), name="letter_lately_sent"),
            models.Index(fields=("id",), condition=models.Q(pruned_at=None), name="letter_with_bytes"),
            models.Index(fields=("recipient",), condition=models.Q(member=None), name="letter_to_stranger"),
        ]

    def __str__(self):
        return f"letter {self.pk}: {self.state}"

    @property
    def reference(self):
        return f"letter:{self.pk}"

    @property
    def raw(self):
        """The exact bytes of the mail, the same every time; empty when they are kept no longer."""
        own = bytes(self.stored)
        if not self.part or not own or self.issue is None:
            return own
        text, html = self.issue.text_of(self.part), self.issue.html_of(self.part)
        return wire.message(
            [own.decode("ascii"), self.issue.edition.head], text=text, html=html, boundary=self.boundary
        )

    @property
    def boundary(self):
        """What stands between the forms of the mail."""
        return f"=_{self.code:x}"

    @cached_property
    def journal(self):
        return site_journal()

    @property
    def is_secret(self):
        """May it carry a code or a key? What is written to an address rather than to a member does: it signs in."""
        return self.kind == Letter.Kind.NOTICE and self.member_id is None

    @property
    def shown_subject(self):
        """The subject as anybody but the reader may see it: that of a sign-in mail is the code."""
        return _("a notice that only its reader sees") if self.is_secret else self.subject
