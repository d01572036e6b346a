"""Journals and their entries: what happened, in order, and how far each reader has come.

A `Journal` is one stream; a workspace owns one and the site owns one. Its row keeps the head, and its lock makes
the order of `seq` the order of commit, so that a reader's cursor never skips an entry.
"""

from django.db import models
from django.utils.functional import cached_property

from journal import chain

SITE = "site"


class Audience(models.TextChoices):
    """Who may read an entry. `member:12` besides these is for that member alone."""

    EVERYONE = "everyone"
    MODERATORS = "moderators"


class Journal(models.Model):
    name = models.CharField(max_length=80, unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.BinaryField(max_length=32, default=bytes(32))

    def __str__(self):
        return self.name

    @property
    def mark(self):
        """The head as mails print it: `340-7f3a91c2`."""
        return chain.mark(self.seq, bytes(self.digest))


class EntryQuerySet(models.QuerySet):
    def since(self, seq):
        return self.filter(seq__gt=seq).order_by("seq")


class Entry(models.Model):
    journal = models.ForeignKey(Journal, models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=60)
    actor = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=60)
    audience = models.CharField(max_length=60, default=Audience.EVERYONE)
    data = models.JSONField(null=True)
    salt = models.BinaryField(max_length=16, null=True)
    commitment = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("journal", "seq")
        constraints = [models.UniqueConstraint(fields=("journal", "seq"), name="entry_seq_unique")]
        indexes = [models.Index(fields=("about", "journal"), name="entry_about")]
        verbose_name_plural = "entries"

    def __str__(self):
        return f"{self.journal_id}/{self.seq} {self.verb} {self.about}"

    @cached_property
    def about_id(self):
        """The number in `about`: 812 of `post:812`."""
        return int(self.about.rpartition(":")[2])


class Cursor(models.Model):
    """How far a reader that comes by itself (letters, feeds) has read a journal."""

    reader = models.CharField(max_length=60)
    journal = models.ForeignKey(Journal, models.CASCADE, related_name="cursors")
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("reader", "journal"), name="cursor_reader_unique")]

    def __str__(self):
        return f"{self.reader} at {self.journal_id}/{self.seq}"
