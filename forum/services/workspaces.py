"""Workspaces are opened, described and closed by the secretariat and their moderators."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused, require
from forum import rules
from forum.models import Seat, Workspace
from forum.models.workspaces import RESERVED_NAMES
from journal.models import SITE, Journal
from journal.services import record

SETTABLE = ("name", "description", "visibility", "joining", "posting", "moderation", "languages")


def create(*, by, slug, name, themes=(), regions=(), moderators=(), at=None, **fields):
    """Open a workspace with its journal; raises Refused when the name is taken or means something else in mail."""
    require(rules.create_workspace, by)
    slug = slug.lower()
    if slug in RESERVED_NAMES or slug == SITE:
        raise Refused(_("The name “%(name)s” is used by the system. Choose another mail name.") % {"name": slug})
    with transaction.atomic():
        if Workspace.objects.filter(slug=slug).exists() or Journal.objects.filter(name=slug).exists():
            raise Refused(_("There is a workspace “%(name)s” already. Choose another mail name.") % {"name": slug})
        workspace = Workspace(
            slug=slug, name=texts.clean_line(name, 120), journal=Journal.objects.create(name=slug), **fields
        )
        workspace.html = texts.render(workspace.description)
        if at:
            workspace.created_at = at
        workspace.save()
        workspace.themes.set(themes)
        workspace.regions.set(regions)
        record("workspace.created", actor=by, about=workspace, at=at)
        for member in moderators:
            Seat.objects.create(workspace=workspace, member=member, role=Seat.Role.MODERATOR)
            record("seat.taken", actor=by, about=workspace, data={"member": member.pk, "role": "moderator"}, at=at)
    return workspace


def change(*, by, workspace, themes=None, regions=None, at=None, **fields):
    """Change what a workspace is called and how it is ruled; the entry tells old and new.

    `at` back-dates loaded worlds.
    """
    with transaction.atomic():
        workspace = Workspace.objects.locked(workspace.pk)
        require(rules.moderate, by, workspace)
        if "name" in fields:
            fields["name"] = texts.clean_line(fields["name"], 120) or workspace.name
        changed = {}
        for field in SETTABLE:
            if field in fields and getattr(workspace, field) != fields[field]:
                changed[field] = [getattr(workspace, field), fields[field]]
                setattr(workspace, field, fields[field])
        if "description" in changed:
            workspace.html = texts.render(workspace.description)
        workspace.save()
        if themes is not None:
            workspace.themes.set(themes)
        if regions is not None:
            workspace.regions.set(regions)
        record("workspace.changed", actor=by, about=workspace, data={"changed": changed}, at=at)
    return workspace


def close(*, by, workspace):
    """Close a workspace: it stays readable, nobody but moderators posts."""
    with transaction.atomic():
        require(rules.moderate, by, workspace)
        workspace.closed_at = timezone.now()
        workspace.save(update_fields=["closed_at"])
        record("workspace.closed", actor=by, about=workspace)
    return workspace


def reopen(*, by, workspace):
    """Open a closed workspace again."""
    with transaction.atomic():
        require(rules.moderate, by, workspace)
        workspace.closed_at = None
        workspace.save(update_fields=["closed_at"])
        record("workspace.reopened", actor=by, about=workspace)
    return workspace
