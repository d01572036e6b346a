"""Incoming mail in the admin: the tables, to be looked at. What can be done about a mail is done at the mail desk."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from notifications.models import Answer, Arrival, Bounce


class ReadOnly(admin.ModelAdmin):
    """Rows are looked at; deeds have pages of their own."""

    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Arrival)
class ArrivalAdmin(ReadOnly):
    list_display = (
        "pk",
        "received_at",
        "state",
        "outcome",
        "klass",
        "from_address",
        "recipient",
        "subject",
        "attempts",
        "desk",
    )
    list_filter = ("state", "outcome", "klass", "door", "received_at")
    search_fields = ("from_address", "recipient", "=message_id", "subject")
    ordering = ("-pk",)
    fields = (
        "desk",
        ("state", "outcome", "klass"),
        ("received_at", "door", "done_at"),
        ("from_address", "envelope_sender", "recipient"),
        ("member", "letter", "issue"),
        ("subject", "message_id"),
        ("problems", "attempts", "confirmed_at"),
        "error",
        ("size", "sha256", "pruned_at"),
    )
    readonly_fields = ("desk",)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("raw")

    @admin.display(description=_("Mail desk"))
    def desk(self, arrival):
        return format_html(
            '<a href="{}">{}</a>', reverse("notifications:desk_arrival", args=[arrival.pk]), _("What it says")
        )


@admin.register(Answer)
class AnswerAdmin(ReadOnly):
    list_display = ("pk", "created_at", "member", "code", "about", "state", "result", "told_at", "told_in")
    list_filter = ("state", "created_at")
    search_fields = ("=about", "=result", "member__email", "member__name")
    list_select_related = ("member", "told_in")
    exclude = ("text", "key")  # what was said is read at the mail desk, which knows what is secret
    ordering = ("-pk",)


@admin.register(Bounce)
class BounceAdmin(ReadOnly):
    list_display = ("pk", "at", "member", "address", "is_hard", "status", "reason")
    list_filter = ("is_hard", "at")
    search_fields = ("address", "member__name", "=status")
    list_select_related = ("member",)
    ordering = ("-pk",)
