"""Imported mails: which mail of which archive became which post, so that importing again adds nothing.

A mail is known by its Message-ID, or by one made from its content when it has none. The rows also carry what is
needed to hang a later archive's mails in the right place: what the mail answers and is not there yet, and its subject.
"""

from django.db import models
from django.utils import timezone

from forum.models import Post, Workspace

KEY_BYTES = 16


class ImportedMail(models.Model):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="imported_mails")
    key = models.BinaryField(max_length=KEY_BYTES)  # digest of the Message-ID
    message_id = models.CharField(max_length=998)  # without angle brackets
    body = models.BinaryField(max_length=KEY_BYTES)  # digest of the body's bytes as they stood in the archive
    words = models.BinaryField(max_length=KEY_BYTES)  # digest of the text without blanks and the list's footer
    subject = models.BinaryField(max_length=KEY_BYTES, blank=True)  # digest of the subject without Re: and list tags
    is_reply = models.BooleanField(default=False)  # its subject says so
    wanted = models.BinaryField(blank=True)  # keys of mails it answers that were not in the archive, nearest first
    # An erased or deleted post must not come back with the next import, so its row stays.
    post = models.OneToOneField(Post, models.SET_NULL, null=True, blank=True, related_name="imported_mail")
    source = models.CharField(max_length=200, blank=True)  # name of the file it came from
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "imported mail"
        constraints = [models.UniqueConstraint(fields=("workspace", "key"), name="imported_mail_once")]

    def __str__(self):
        return f"imported mail {self.pk}"
