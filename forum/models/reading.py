"""How far each member has read each thread.

Every post up to `number` was shown to them, and so were those in `ahead`: a thread is read in its nested order, in
which post 40 may stand on the first page and post 12 on the third.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.models.threads import Thread


class ReadMark(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="read_marks")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="read_marks")
    number = models.PositiveIntegerField(default=0)
    ahead = models.JSONField(default=list)
    ahead_count = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("member", "thread"), name="read_mark_once")]

    def __str__(self):
        return f"{self.member_id} read {self.thread_id} to {self.number}"
