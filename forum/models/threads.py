"""Threads: one subject each, numbered within their workspace, made of posts."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import languages
from forum import keepers
from forum.models.workspaces import Workspace


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Threads of the rooms this member may read; one whose only post still waits is its author's alone."""
        rooms = Workspace.objects.visible_to(member)
        seen = self.filter(workspace__in=rooms)
        if getattr(member, "is_secretariat", False):
            return seen
        shown = models.Q(post_count__gt=0)
        if member.is_authenticated:
            shown |= models.Q(author=member)
            shown |= models.Exists(
                member.seats.filter(workspace=models.OuterRef("workspace"), role="moderator"),
            )
        return seen.filter(shown)

    def listed(self):
        """Those that stand in lists; the others are found through what keeps them."""
        rows = self.exclude(kept_by__in=unlisted) if (unlisted := keepers.unlisted()) else self
        return rows.exclude(kept_by__in=quiet, post_count__lte=1) if (quiet := keepers.quiet()) else rows

    def in_order(self):
        """As a workspace lists them: pinned first, then the most recently active."""
        return self.order_by("-is_pinned", "-last_post_at", "-pk")

    def locked(self, pk):
        """The thread with its room, fetched anew under a lock that lasts for the transaction."""
        return self.select_for_update(of=("self",), no_key=True).select_related("workspace__journal").get(pk=pk)

    def with_unread(self, member):
        """Each thread with `seen`, how many of its posts this member was shown.

        It is None for a thread they never opened in which something was said since they took their seat; what was
        over by then, and rooms in which they have no seat, do not count as new.
        """
        if not member.is_authenticated:
            return self.annotate(seen=models.F("last_number"))
        mark = member.read_marks.filter(thread=models.OuterRef("pk"))
        shown = models.Subquery(mark.values(shown=models.F("number") + models.F("ahead_count"))[:1])
        joined = models.Subquery(member.seats.filter(workspace=models.OuterRef("workspace")).values("joined_at")[:1])
        unopened = models.Case(
            models.When(last_post_at__gt=joined, then=models.Value(None)),
            default=models.F("last_number"),
            output_field=models.IntegerField(),
        )
        return self.annotate(seen=models.functions.Coalesce(shown, unopened, output_field=models.IntegerField()))


class Thread(models.Model):
    """`kept_by`: whose the thread is (see forum/keepers.py), empty for an ordinary one. `titles`: {language: title} in
    other languages than its own, where its keeper has them.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="threads")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    titles = models.JSONField(default=dict, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="threads")
    created_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)
    last_number = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(_("reason"), max_length=400, blank=True)
    kept_by = models.CharField(max_length=20, blank=True, editable=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        constraints = [models.UniqueConstraint(fields=("workspace", "number"), name="thread_number_unique")]
        indexes = [
            models.Index(fields=("workspace", "-is_pinned", "-last_post_at", "-id"), name="thread_in_order"),
            models.Index(fields=("-last_post_at", "-id"), name="thread_latest"),
        ]

    def __str__(self):
        return self.title

    @property
    def reference(self):
        return f"thread:{self.pk}"

    @cached_property
    def journal(self):
        return self.workspace.journal

    @property
    def shown_title(self):
        """The title in the language that is active, or as it was written."""
        return self.titles.get(languages.own_code(get_language()), self.title)

    @property
    def shown_language(self):
        """The language of `shown_title`."""
        own = languages.own_code(get_language())
        return own if own in self.titles else self.language

    @property
    def is_new(self):
        """Is it not written yet? It will be with its first post."""
        return self._state.adding

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def unread(self):
        """How many posts are new to the member that `with_unread` was asked for."""
        return max(0, self.last_number - (self.seen or 0))

    def get_absolute_url(self):
        return reverse("forum:thread", args=[self.pk])
