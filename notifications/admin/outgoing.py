"""The secretariat's view of outgoing mail: what was sent to whom, what failed, and who reads what how often."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from notifications.admin.arrivals import ReadOnly
from notifications.models import Issue, Letter, MailProfile, Subscription


@admin.register(Letter)
class LetterAdmin(ReadOnly):
    list_display = ("pk", "recipient", "shown_subject", "kind", "state", "attempts", "due_at", "sent_at", "last_error")
    list_filter = ("state", "kind", "priority")
    search_fields = ("=recipient", "=message_id")
    fields = ("desk", *(field.name for field in Letter._meta.fields if field.name not in ("stored", "subject")))
    readonly_fields = ("desk",)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("stored")

    @admin.display(description=_("Mail desk"))
    def desk(self, letter):
        return format_html(
            '<a href="{}">{}</a>', reverse("notifications:desk_letter", args=[letter.pk]), letter.shown_subject
        )


@admin.register(Issue)
class IssueAdmin(ReadOnly):
    list_display = ("pk", "member", "number", "created_at", "first_item", "last_item")
    list_select_related = ("member",)
    search_fields = ("=member__email",)
    ordering = ("-pk",)
    fields = (*(field.name for field in Issue._meta.fields), "text", "listed")
    readonly_fields = ("text", "listed")

    @admin.display(description=_("items"))
    def listed(self, issue):
        return "\n".join(f"#{item.number} {item.title} ({item.about})" for item in issue.items)


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnly):
    list_display = ("member", "workspace", "thread", "cadence", "cursor", "changed_at")
    list_filter = ("cadence",)
    list_select_related = ("member", "workspace", "thread")
    search_fields = ("=member__email", "=workspace__slug")
    ordering = ("-pk",)


@admin.register(MailProfile)
class MailProfileAdmin(ReadOnly):
    list_display = (
        "member",
        "hour",
        "weekday",
        "size",
        "form",
        "next_issue_at",
        "paused_until",
        "suspended_at",
        "last_issue",
    )
    list_filter = ("form",)
    list_select_related = ("member",)
    search_fields = ("=member__email",)
    ordering = ("member",)
