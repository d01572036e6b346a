"""Redactions: passages that a moderator took out of a post, and why. The mark and the reason stand in the post."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.posts import Post


class Redaction(models.Model):
    """`passage`: what stood there. Moderators may read it, and its author is sent it back; nobody else sees it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="redactions")
    passage = models.TextField(_("the words to take out"))
    reason = models.CharField(_("reason"), max_length=400)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("post", "made_at")
        verbose_name = _("redaction")

    def __str__(self):
        return f"redaction of {self.post_id}"

    @property
    def reference(self):
        return f"redaction:{self.pk}"
