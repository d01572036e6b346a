"""Seats: a member's place and role in a workspace; how one asks for a seat, and how one is invited to it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import tokens
from forum.models.workspaces import Workspace

INVITATION_DAYS = 30


class Seat(models.Model):
    class Role(models.TextChoices):
        MEMBER = "member", _("Takes part")
        MODERATOR = "moderator", _("Moderates")
        OBSERVER = "observer", _("Reads only")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="seats")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seats")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("seat")
        constraints = [models.UniqueConstraint(fields=("workspace", "member"), name="seat_once")]

    def __str__(self):
        return f"{self.member} in {self.workspace}"

    @property
    def moderates(self):
        return self.role == self.Role.MODERATOR

    @property
    def may_write(self):
        return self.role != self.Role.OBSERVER


class JoinRequest(models.Model):
    """A member asks for a seat; it is decided once, by a moderator."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        ADMITTED = "admitted", _("admitted")
        DECLINED = "declined", _("declined")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="join_requests")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_requests")
    text = models.TextField(_("why you want to join"), blank=True, max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("workspace", "member"), condition=models.Q(state="open"), name="join_request_once_open"
            )
        ]

    def __str__(self):
        return f"{self.member} asks to join {self.workspace}"

    @property
    def reference(self):
        return f"join_request:{self.pk}"

    @property
    def journal(self):
        return self.workspace.journal


class Invitation(models.Model):
    """An address is invited to a workspace; whoever confirms that address may take the seat."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Seat.Role, default=Seat.Role.MEMBER)
    text = models.TextField(_("message"), blank=True, max_length=2000)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("workspace", "email"), condition=models.Q(accepted_at=None), name="invitation_once_open"
            )
        ]

    def __str__(self):
        return f"invitation {self.pk} to {self.workspace}"

    @property
    def reference(self):
        return f"invitation:{self.pk}"

    @property
    def journal(self):
        return self.workspace.journal

    @property
    def token(self):
        return tokens.sign("invitation", self.pk)

    @property
    def is_open(self):
        return self.accepted_at is None and self.created_at > timezone.now() - timedelta(days=INVITATION_DAYS)
