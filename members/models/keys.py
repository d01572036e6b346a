"""Access keys: with one a program speaks to /api/ for a member, and to nothing else."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journal.services import site_journal


class Scope(models.TextChoices):
    READ = "read", pgettext_lazy("an access key", "read")
    CONTRIBUTE = "contribute", pgettext_lazy("an access key", "read and contribute")


class AccessKeyQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at=None, expires_at__gt=timezone.now())


class AccessKey(models.Model):
    """`digest`: SHA-256 of the secret, which has 256 random bits and is nowhere kept; `hint`: its last characters.

    `used_on`: the day on which it was used last, in UTC.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_keys")
    name = models.CharField(_("name"), max_length=80)
    scope = models.CharField(_("what it may do"), max_length=10, choices=Scope, default=Scope.READ)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=4, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = AccessKeyQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("access key")

    def __str__(self):
        return self.name

    @property
    def reference(self):
        return f"key:{self.pk}"

    @cached_property
    def journal(self):
        return site_journal()

    @property
    def is_in_force(self):
        return self.withdrawn_at is None and self.expires_at > timezone.now()

    @property
    def may_contribute(self):
        return self.scope == Scope.CONTRIBUTE
