"""Issues: the numbered digests of one member, and the items in them that can be answered.

Item numbers run on per member from issue to issue and are never used again, so an answer to last month's issue
still finds its item. What the issues of several members have in common is stored once, as an edition: the words, with
slots for the numbers and for what only one of them is told.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils import timezone

from notifications import slots


@dataclass(frozen=True)
class IssueItem:
    """One thing of an issue that can be answered. `about` names it ("thread:7"); `answers` knows what it is."""

    number: int
    about: str
    workspace_id: int | None
    title: str

    def __str__(self):
        return f"#{self.number} {self.about}"


class Edition(models.Model):
    """What several issues say, laid out once: text and HTML with slots (notifications/slots.py), part by part."""

    language = models.CharField(max_length=7)
    text = models.TextField()
    html = models.TextField(blank=True)
    head = models.TextField(blank=True)  # header lines that are the same for every reader
    items = models.JSONField(default=list)  # [about, workspace id, title] of each, in order
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self):
        return f"edition {self.pk}"

    @cached_property
    def texts(self):
        """The parts of the text, each in pieces for `slots.fill`."""
        return [slots.split(part) for part in self.text.split(slots.BORDER)]

    @cached_property
    def htmls(self):
        return [slots.split(part) for part in self.html.split(slots.BORDER)] if self.html else [None] * len(self.texts)


class Issues(models.QuerySet):
    def items(self, member, numbers):
        """{number: item} of those of these numbers (at most some hundred) that the member has; one query."""
        either = models.Q(pk=None)
        for number in set(numbers):
            either |= models.Q(first_item__lte=number, last_item__gte=number)
        found = self.filter(either, member=member).select_related("edition").defer("edition__text", "edition__html")
        mine = {item.number: item for issue in found for item in issue.items}
        return {number: mine[number] for number in set(numbers) & set(mine)}


class Issue(models.Model):
    """One member's digest. Its letters (one for each part) carry it; its edition has the words."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="issues")
    number = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)  # the issue before it, as it says itself; 0 for none
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="issues")
    first_item = models.PositiveIntegerField(default=0)  # numbers of one issue follow each other
    last_item = models.PositiveIntegerField(default=0)
    news = models.TextField(blank=True)  # what only this member is told, as it fills its slot
    news_html = models.TextField(blank=True)
    stop = models.CharField(max_length=300, blank=True)  # the web address that stops these mails
    cursors = models.JSONField(default=dict)  # workspace id: [after, up to], what this issue covers of each journal
    created_at = models.DateTimeField(default=timezone.now)

    objects = Issues.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("member", "number"), name="issue_number_unique")]
        indexes = [models.Index(fields=("member", "first_item"), name="issue_by_item")]

    def __str__(self):
        return f"issue {self.number} of {self.member_id}"

    @property
    def reference(self):
        return f"issue:{self.pk}"

    @property
    def items(self):
        """Its items, in order."""
        return [IssueItem(number, *item) for number, item in enumerate(self.edition.items, self.first_item)]

    @property
    def text(self):
        """All its parts, exactly as sent, for reading an answer against them."""
        return "\n".join(self.text_of(part) for part in range(1, len(self.edition.texts) + 1))

    def text_of(self, part):
        """The plain text of one part, exactly as sent; parts are counted from 1. Empty when it is kept no longer."""
        if part > len(self.edition.texts):
            return ""
        values = slots.Values(self.number, self.last, self.first_item, self.news, self.stop)
        return slots.fill(self.edition.texts[part - 1], values)

    def html_of(self, part):
        """The HTML form of one part, or None."""
        if part > len(self.edition.htmls):
            return None
        pieces = self.edition.htmls[part - 1]
        values = slots.Values(self.number, self.last, self.first_item, self.news_html, self.stop)
        return pieces and slots.fill(pieces, values)

    @property
    def letter(self):
        """The letter of its first part."""
        return self.letters.order_by("part", "pk").first()
