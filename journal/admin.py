"""The audit trail in the admin: entries can be read and nothing else."""

from django.contrib import admin

from journal import verbs
from journal.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = ("journal", "seq", "at", "verb", "actor", "about", "audience", "line")
    list_filter = ("verb",)
    search_fields = ("=about", "=actor", "=journal__name")
    list_select_related = ("journal",)
    ordering = ("-pk",)
    show_full_result_count = False

    @admin.display(description="what happened")
    def line(self, entry):
        return verbs.line(entry)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
