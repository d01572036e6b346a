"""Issues: the numbered digests of one member, and the items in them that can be answered.

Item numbers run on per member from issue to issue and are never used again, so an answer to last month's issue
still finds its item.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.models import Workspace
from notifications.models.letters import Letter


class Issue(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="issues")
    number = models.PositiveIntegerField()
    letter = models.OneToOneField(Letter, models.SET_NULL, null=True, related_name="issue")
    text = models.TextField()  # exactly what was sent, for reading the answer against it
    cursors = models.JSONField(default=dict)  # workspace id: [after, up to], what this issue covers of each journal
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("member", "number"), name="issue_number_unique")]

    def __str__(self):
        return f"issue {self.number} of {self.member_id}"

    @property
    def reference(self):
        return f"issue:{self.pk}"


class IssueItem(models.Model):
    """One thing of an issue that can be answered. `about` names it ("thread:7"); `answerables` knows what it is."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    about = models.CharField(max_length=60)
    workspace = models.ForeignKey(Workspace, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("issue", "number")
        constraints = [models.UniqueConstraint(fields=("member", "number"), name="item_number_unique")]

    def __str__(self):
        return f"#{self.number} {self.about}"
