"""Workspaces: the rooms everything happens in. Whatever is in a room is seen by those who may see the room."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import languages
from journal.models import Journal
from members.models import Region, Theme

# Local parts that mean something else at our domain, and the first words of our web addresses.
RESERVED_NAMES = frozenset(
    [
        "abuse",
        "admin",
        "bounce",
        "help",
        "hostmaster",
        "info",
        "mailer-daemon",
        "moderators",
        "new",
        "noreply",
        "notices",
        "postmaster",
        "reply",
        "root",
        "security",
        "site",
        "support",
        "webmaster",
        "www",
    ]
)


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Public: anyone may read")
    MEMBERS = "members", _("Members: anyone signed in may read")
    PRIVATE = "private", _("Private: only those with a seat may read")


class Joining(models.TextChoices):
    OPEN = "open", _("Members take a seat themselves")
    REQUEST = "request", _("Members ask, a moderator decides")
    INVITATION = "invitation", _("By invitation only")


class Posting(models.TextChoices):
    SEATED = "seated", _("Everyone with a seat starts threads")
    MODERATORS = "moderators", _("Only moderators start threads, everyone with a seat replies")
    ANNOUNCEMENTS = "announcements", _("Only moderators post")


class Moderation(models.TextChoices):
    NONE = "none", _("Posts appear at once")
    FIRST = "first", _("The first post of each member waits for a moderator")
    ALL = "all", _("Every post waits for a moderator")


class WorkspaceQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Rooms this member may read: public ones, members' ones when signed in, and those with a seat."""
        if getattr(member, "is_secretariat", False) and member.is_active:
            return self
        if not (member.is_authenticated and member.is_active):
            return self.filter(visibility=Visibility.PUBLIC)
        seen = models.Q(visibility__in=[Visibility.PUBLIC, Visibility.MEMBERS])
        return self.filter(seen | models.Q(pk__in=member.seats.values("workspace")))

    def locked(self, pk):
        """The room fetched anew under a lock that lasts for the transaction."""
        return self.select_for_update(of=("self",), no_key=True).select_related("journal").get(pk=pk)

    def seated(self, member):
        """Rooms in which this member has a seat."""
        return self.filter(seats__member=member)


class Workspace(models.Model):
    slug = models.SlugField(
        _("mail name"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$", _("Use small letters, digits and hyphens, a letter first."))],
        help_text=_("Its web address and its mail address: a mail to this name starts a thread."),
    )
    name = models.CharField(_("name"), max_length=120)
    # {language: name}, where what the room belongs to is named in several.
    names = models.JSONField(default=dict, blank=True, editable=False)
    description = models.TextField(_("description"), blank=True, max_length=10_000)
    html = models.TextField(blank=True, editable=False)
    visibility = models.CharField(_("who may read"), max_length=10, choices=Visibility, default=Visibility.MEMBERS)
    joining = models.CharField(_("how one joins"), max_length=10, choices=Joining, default=Joining.REQUEST)
    posting = models.CharField(_("who may post"), max_length=15, choices=Posting, default=Posting.SEATED)
    moderation = models.CharField(_("moderation"), max_length=10, choices=Moderation, default=Moderation.NONE)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="workspaces")
    regions = models.ManyToManyField(Region, verbose_name=_("regions"), blank=True, related_name="workspaces")
    members = models.ManyToManyField("members.Member", through="forum.Seat", related_name="workspaces")
    journal = models.OneToOneField(Journal, models.PROTECT, related_name="workspace")
    last_thread_number = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("workspace")

    def __str__(self):
        return self.name

    @property
    def reference(self):
        return f"workspace:{self.pk}"

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def shown_name(self):
        """The name in the language that is active, or as it was given."""
        return self.names.get(languages.own_code(get_language()), self.name)

    @property
    def language_names(self):
        return [languages.LANGUAGES[code][0] for code in self.languages if code in languages.LANGUAGES]

    def get_absolute_url(self):
        return reverse("forum:workspace", args=[self.slug])

    def is_visible_to(self, member):
        """The answer of `visible_to`, for a room at hand whose seats are known."""
        if not (member.is_authenticated and member.is_active):
            return self.visibility == Visibility.PUBLIC
        return (
            member.is_secretariat
            or self.visibility in (Visibility.PUBLIC, Visibility.MEMBERS)
            or self.seat_of(member) is not None
        )

    def seat_of(self, member):
        """The member's seat here, or None. Remembered on this instance, which services fetch anew."""
        if not member.is_authenticated:
            return None
        known = self.__dict__.setdefault("_seats", {})
        if member.pk not in known:
            known[member.pk] = self.seats.filter(member=member).first()
        return known[member.pk]
