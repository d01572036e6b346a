"""The secretariat looks things up here. Nothing is changed here: every deed has its page, its rule and its entry."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from forum.models import Attachment, Invitation, JoinRequest, Post, Revision, Seat, Thread, Workspace


class ReadOnly(admin.ModelAdmin):
    """Seen by the secretariat, changed by nobody: a change here would pass the rules and the journal by."""

    list_per_page = 50
    show_full_result_count = False  # counting every post takes as long as there are posts
    actions = None

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Workspace)
class WorkspaceAdmin(ReadOnly):
    list_display = ("name", "slug", "visibility", "joining", "posting", "moderation", "created_at", "closed_at")
    list_filter = ("visibility", "moderation", "themes", "regions")
    search_fields = ("name", "slug")


@admin.register(Seat)
class SeatAdmin(ReadOnly):
    list_display = ("member", "workspace", "role", "joined_at")
    list_filter = ("role",)
    list_select_related = ("member", "workspace")
    search_fields = ("member__name", "member__email", "workspace__name")


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnly):
    list_display = ("member", "workspace", "state", "created_at", "decided_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("member", "workspace", "decided_by")
    search_fields = ("member__name", "workspace__name")


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ("email", "name", "workspace", "role", "invited_by", "created_at", "accepted_at")
    list_select_related = ("workspace", "invited_by")
    search_fields = ("email", "name", "workspace__name")


@admin.register(Thread)
class ThreadAdmin(ReadOnly):
    list_display = ("title", "workspace", "number", "post_count", "last_post_at", "is_pinned", "closed_at")
    list_filter = ("is_pinned", "workspace")
    list_select_related = ("workspace",)
    search_fields = ("title",)


class RevisionInline(admin.TabularInline):
    model = Revision
    fields = readonly_fields = ("number", "text", "written_at", "replaced_at", "replaced_by", "reason")
    extra = 0
    can_delete = False

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Post)
class PostAdmin(ReadOnly):
    list_display = ("__str__", "thread", "author_name", "state", "channel", "sent_at")
    list_filter = ("state", "channel")
    list_select_related = ("thread", "author")
    search_fields = ("=thread__id", "author__name", "byline")
    exclude = ("html", "html_version")
    inlines = (RevisionInline,)

    @admin.display(description=_("author"))
    def author_name(self, post):
        return post.author_name


@admin.register(Attachment)
class AttachmentAdmin(ReadOnly):
    list_display = ("name", "content_type", "size", "post", "created_at")
    list_filter = ("content_type",)
    list_select_related = ("post",)
    search_fields = ("name", "=sha256")
    exclude = ("file",)
