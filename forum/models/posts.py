"""Posts, their earlier wordings, and the files that hang on them.

A post's place in its thread is its `path`: the parent's path and its own number, six digits a level, written
once. Sorting by it gives the nested order of any page with one index, and its length gives the depth.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import languages
from forum.light import offers
from forum.models.threads import Thread
from forum.models.workspaces import Workspace
from members.models import Category, Organisation, Region

DIGITS = 6
MAX_DEPTH = 40
LAST_NUMBER = 10**DIGITS - 1


def path_for(number, parent=None):
    """The path of a new post. Replies nested deeper than MAX_DEPTH are placed under their 40th ancestor."""
    own = f"{number:0{DIGITS}d}"
    if parent is None:
        return own
    return parent.path[: (MAX_DEPTH - 1) * DIGITS] + own


class State(models.TextChoices):
    PUBLISHED = "published", _("published")
    PENDING = "pending", _("waiting for a moderator")
    DECLINED = "declined", _("declined")
    HIDDEN = "hidden", _("hidden by a moderator")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    ERASED = "erased", _("erased")


PLACED = (State.PUBLISHED, State.HIDDEN, State.WITHDRAWN, State.ERASED)  # everyone sees that something stands there


class Channel(models.TextChoices):
    WEB = "web", _("web")
    MAIL = "mail", _("mail")
    PAPER = "paper", _("paper")
    API = "api", _("API")
    IMPORT = "import", _("import")


class Capacity(models.TextChoices):
    PERSONAL = "personal", _("personal")
    ORGANISATION = "organisation", _("for an organisation")


SHOWN = (
    *("thread_id", "number", "path", "html", "state", "state_reason", "country", "language", "channel", "byline"),
    *("sent_at", "revision_count", "file_count", "author__name", "organisation__name", "organisation__acronym"),
    "carried_by__name",
    *("parent__number", "parent__byline", "parent__author__name"),
)


class PostQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Posts whose text this member may read, in every room the member may read."""
        readable = self.filter(thread__workspace__in=Workspace.objects.visible_to(member))
        if getattr(member, "is_secretariat", False):
            return readable
        shown = models.Q(state=State.PUBLISHED)
        if member.is_authenticated:
            shown |= (models.Q(author=member) | models.Q(carried_by=member)) & ~models.Q(state=State.ERASED)
            shown |= models.Exists(
                member.seats.filter(workspace=models.OuterRef("thread__workspace"), role="moderator"),
            )
        return readable.filter(shown)

    def placed_for(self, member, *, moderates):
        """Posts of a thread as its page shows them to someone who may read the thread.

        Hidden and withdrawn ones keep their place, if they ever had one; `is_readable` tells whether their text may be
        shown.
        """
        if moderates:
            return self.annotate(is_readable=models.Value(True))
        own = models.Q(author=member) | models.Q(carried_by=member) if member.is_authenticated else models.Q(pk=None)
        readable = models.Q(state=State.PUBLISHED) | (own & ~models.Q(state=State.ERASED))
        is_readable = models.Case(models.When(readable, then=True), default=False)
        return self.filter(models.Q(state__in=PLACED, was_shown=True) | own).annotate(is_readable=is_readable)

    def as_shown(self):
        """With what a page shows of each post, its files apart, and nothing else: a page has twenty."""
        return self.select_related("author", "carried_by", "organisation", "parent__author").only(*SHOWN)

    def published(self):
        return self.filter(state=State.PUBLISHED)

    def in_order(self):
        return self.order_by("path")


class Post(models.Model):
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=DIGITS * MAX_DEPTH)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="posts")
    # Who brought the words in, where that is not the author: see services/voices.py.
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="carried_posts"
    )
    byline = models.CharField(max_length=120, blank=True)
    byline_address = models.EmailField(max_length=254, blank=True)
    capacity = models.CharField(max_length=12, choices=Capacity, default=Capacity.PERSONAL)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="posts")
    category = models.CharField(max_length=20, choices=Category, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    country = models.CharField(max_length=2, blank=True)
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)
    html_version = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES, blank=True)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    state = models.CharField(max_length=10, choices=State, default=State.PUBLISHED)
    state_reason = models.CharField(max_length=400, blank=True)
    was_shown = models.BooleanField(default=True, editable=False)  # False until a moderator lets it appear
    sent_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    revision_count = models.PositiveSmallIntegerField(default=0)
    file_count = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.UniqueConstraint(fields=("thread", "number"), name="post_number_unique"),
            models.UniqueConstraint(fields=("thread", "path"), name="post_path_unique"),
        ]
        indexes = [
            models.Index(fields=("author", "-sent_at"), name="post_by_author"),
            models.Index(fields=("state",), condition=models.Q(state="pending"), name="post_pending"),
        ]

    def __str__(self):
        return f"{self.thread_id}#{self.number}"

    @property
    def reference(self):
        return f"post:{self.pk}"

    @cached_property
    def journal(self):
        return self.thread.journal

    @property
    def depth(self):
        """0 for a post that answers nothing."""
        return len(self.path) // DIGITS - 1

    @property
    def author_name(self):
        return self.author.shown_name if self.author else self.byline or _("Unknown sender")

    @property
    def is_published(self):
        return self.state == State.PUBLISHED

    def get_absolute_url(self):
        return f"{reverse('forum:thread', args=[self.thread_id])}?at={self.number}#p{self.number}"


class Revision(models.Model):
    """An earlier wording of a post, kept for all who may read the post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        ordering = ("post", "number")
        constraints = [models.UniqueConstraint(fields=("post", "number"), name="revision_number_unique")]

    def __str__(self):
        return f"{self.post} wording {self.number}"


def file_path(attachment, name):
    """Where a file lies: a name of our own, never the sender's."""
    return f"attachments/{attachment.sha256[:2]}/{attachment.sha256}"


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self.filter(post__in=Post.objects.visible_to(member))


class Attachment(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=file_path)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("post", "pk")
        constraints = [models.UniqueConstraint(fields=("post", "sha256", "name"), name="attachment_once")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("forum:attachment", args=[self.pk, self.name])

    @property
    def lighter(self):
        """The light version that a page offers: `text`, `small` or nothing."""
        return offers.worthwhile(self.content_type, self.size)
