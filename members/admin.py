"""The secretariat's desk for people, organisations, mandates, themes and regions. What is done here is recorded."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from journal.services import record
from members.models import Application, Mandate, Member, Organisation, Region, Theme
from members.services import mandates


class Recorded(admin.ModelAdmin):
    """Each change made here leaves an entry in the site's journal: who, what, and which fields."""

    def save_model(self, request, obj, form, change):
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            kind = obj.reference.partition(":")[0]
            verb = f"{kind}.changed" if change else f"{kind}.added"
            record(verb, actor=request.user, about=obj, data={"fields": form.changed_data})

    def delete_model(self, request, obj):
        with transaction.atomic():
            record(f"{obj.reference.partition(':')[0]}.removed", actor=request.user, about=obj)
            super().delete_model(request, obj)


class EmailAddressInline(admin.TabularInline):
    model = EmailAddress
    extra = 0
    verbose_name = _("confirmed address")
    verbose_name_plural = _("addresses (the second and later ones are aliases)")


class MandateInline(admin.TabularInline):
    model = Mandate
    extra = 0
    autocomplete_fields = ("member", "organisation")
    show_change_link = True


@admin.register(Member)
class MemberAdmin(Recorded):
    list_display = ("name", "email", "language", "country", "is_secretariat", "is_active", "joined_at")
    list_filter = ("is_secretariat", "is_active", "language")
    search_fields = ("name", "email", "emailaddress__email")
    readonly_fields = ("is_active", "joined_at", "last_login")  # an account is closed on its member's page
    fieldsets = (
        (None, {"fields": ("name", "email", "language", "timezone", "country", "about")}),
        (_("Rights"), {"fields": ("is_active", "is_secretariat", "is_superuser", "groups", "user_permissions")}),
        (_("Times"), {"fields": ("joined_at", "last_login")}),
    )
    filter_horizontal = ("groups", "user_permissions")
    inlines = (EmailAddressInline, MandateInline)

    def save_model(self, request, obj, form, change):
        """A member added here signs in by emailed code at once: the address counts as confirmed."""
        with transaction.atomic():
            if not change:
                obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            if not change:
                EmailAddress.objects.get_or_create(
                    user=obj, email=obj.email, defaults={"verified": True, "primary": True}
                )

    def get_readonly_fields(self, request, obj=None):
        """Rights are given by those who have them all, or whoever may change a member could give themselves any."""
        rights = () if request.user.is_superuser else ("is_secretariat", "is_superuser", "groups", "user_permissions")
        return (*self.readonly_fields, *rights)

    def has_change_permission(self, request, obj=None):
        """A code to sign in goes to the address that stands here, so this holds for a superuser's address too."""
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not is_above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Members are made inactive, so that what they wrote keeps its author."""
        return False


@admin.register(Organisation)
class OrganisationAdmin(Recorded):
    list_display = ("name", "acronym", "category", "country", "region", "joined_at")
    list_filter = ("category", "region", "themes")
    search_fields = ("name", "acronym")
    filter_horizontal = ("themes",)
    inlines = (MandateInline,)


@admin.register(Mandate)
class MandateAdmin(Recorded):
    list_display = ("member", "organisation", "is_focal_point", "given_at", "ended_at")
    list_filter = ("is_focal_point", ("ended_at", admin.EmptyFieldListFilter))
    search_fields = ("member__name", "member__email", "organisation__name")
    autocomplete_fields = ("member", "organisation")
    list_select_related = ("member", "organisation")


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin):
    list_display = ("member", "organisation", "name", "state", "created_at", "decided_by")
    list_filter = ("state", "category")
    search_fields = ("member__name", "organisation__name", "name")
    list_select_related = ("member", "organisation", "decided_by")
    readonly_fields = ("state", "decided_at", "decided_by", "reason")
    autocomplete_fields = ("member", "organisation")
    actions = ("accept",)

    @admin.action(description=_("Accept the chosen applications"))
    def accept(self, request, queryset):
        for application in queryset.filter(state=Application.State.OPEN):
            mandates.accept(by=request.user, application=application)


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "position")
    search_fields = ("name", "code")
    prepopulated_fields = {"code": ("name",)}


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "position")
    search_fields = ("name", "code")
    prepopulated_fields = {"code": ("name",)}
