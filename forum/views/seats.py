"""Seats: taken, asked for, given, changed and left; and invitations to them."""

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import tokens
from core.access import find, require, whoever_finds_it
from core.deeds import came_from, deed, has_draft, keep_draft, perform, posted, take_draft
from forum import invitees, rules
from forum.forms import InvitationForm, ReasonForm, RequestForm, RoleForm
from forum.models import Invitation, JoinRequest, Seat, Workspace
from forum.models.seats import INVITATION_DAYS
from forum.services import invitations
from forum.services import seats as service

MOST_SEATS = 1_000  # on the page of a room's seats


@deed
def join(request, slug):
    workspace = find(Workspace, request.user, slug=slug)
    return perform(
        request,
        "forum/join.html",
        form=forms.Form(posted(request)),
        do=lambda: service.join(member=request.user, workspace=workspace),
        rule=rules.join,
        about=workspace,
        said=_("You have a seat in this workspace now."),
        back=came_from(request) or workspace,
    )


@deed
def request_seat(request, slug):
    workspace = find(Workspace, request.user, slug=slug)
    return perform(
        request,
        "forum/request_seat.html",
        form=RequestForm(posted(request)),
        do=lambda text: service.request_seat(member=request.user, workspace=workspace, text=text),
        rule=rules.request_seat,
        about=workspace,
        said=_("Your request is with the moderators. You will be told by mail what they decide."),
        back=workspace,
    )


@deed
def leave(request, slug):
    workspace = find(Workspace, request.user, slug=slug)
    return perform(
        request,
        "forum/leave.html",
        form=forms.Form(posted(request)),
        do=lambda: service.leave(member=request.user, workspace=workspace),
        rule=rules.leave,
        about=workspace,
        said=_("You have left the workspace. What you wrote there stays."),
        back="forum:workspaces",
    )


@deed
def seats(request, slug):
    """Who has a seat, who moderates; for moderators also who asks for one and who is invited."""
    workspace = find(Workspace, request.user, slug=slug)
    moderates = bool(rules.moderate(request.user, workspace))
    if not moderates:
        require(rules.is_seated, request.user, workspace)
    seated = workspace.seats.select_related("member").order_by("member__name", "pk")[:MOST_SEATS]
    context = {"workspace": workspace, "seats": seated, "moderates": moderates, "roles": Seat.Role.choices}
    if moderates:
        asked = workspace.join_requests.filter(state=JoinRequest.State.OPEN)
        context["requests"] = asked.select_related("member").order_by("created_at")[:MOST_SEATS]
        context["invitations"] = workspace.invitations.filter(accepted_at=None).order_by("-created_at")[:MOST_SEATS]
    return render(request, "forum/seats.html", context)


def find_request(request, pk):
    """A request for a seat, for those who may see its room."""
    asked = get_object_or_404(JoinRequest.objects.select_related("workspace__journal", "member"), pk=pk)
    find(Workspace, request.user, pk=asked.workspace_id)
    return asked


def find_seat(request, pk):
    seat = get_object_or_404(Seat.objects.select_related("workspace__journal", "member"), pk=pk)
    find(Workspace, request.user, pk=seat.workspace_id)
    return seat


def moderate(request, template, thing, form, do, said):
    """A moderator's deed about a request or a seat; it ends on the page of seats."""
    workspace = thing.workspace
    return perform(
        request,
        template,
        form=form,
        do=do,
        rule=rules.moderate,
        about=workspace,
        said=said,
        back=reverse("forum:seats", args=[workspace.slug]),
        context={"workspace": workspace, "member": thing.member, "thing": thing},
    )


@deed
def admit(request, pk):
    asked = find_request(request, pk)
    said = _("%(member)s has a seat now.") % {"member": asked.member}
    form = forms.Form(posted(request))
    return moderate(
        request, "forum/admit.html", asked, form, lambda: service.admit(by=request.user, request=asked), said
    )


@deed
def decline_seat(request, pk):
    asked = find_request(request, pk)
    said = _("The request is declined; the member is told your reason.")
    return moderate(
        request,
        "forum/decline_seat.html",
        asked,
        ReasonForm(posted(request)),
        lambda reason: service.decline(by=request.user, request=asked, reason=reason),
        said,
    )


@deed
def appoint(request, pk):
    seat = find_seat(request, pk)
    return moderate(
        request,
        "forum/appoint.html",
        seat,
        RoleForm(posted(request), initial={"role": seat.role}),
        lambda role: service.appoint(by=request.user, seat=seat, role=role),
        _("The seat is changed."),
    )


@deed
def dismiss(request, pk):
    seat = find_seat(request, pk)
    return moderate(
        request,
        "forum/dismiss.html",
        seat,
        ReasonForm(posted(request)),
        lambda reason: service.dismiss(by=request.user, seat=seat, reason=reason),
        _("The seat is taken away; the member is told your reason."),
    )


@deed
def invite(request, slug):
    """Invite one address or many; the page that follows tells what became of each."""
    workspace = find(Workspace, request.user, slug=slug)
    require(rules.invite, request.user, workspace)
    form = InvitationForm(posted(request), request.FILES or None, initial=take_draft(request))
    context = {"workspace": workspace, "form": form, "most": invitees.MOST}
    if request.method != "POST" or not form.is_valid():
        return render(request, "forum/invite.html", context, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    context["outcomes"] = invitations.invite_all(
        by=request.user, workspace=workspace, people=given["people"], role=given["role"], text=given["text"]
    )
    return render(request, "forum/invited.html", context)


def accept(request, token):
    """The page an invitation leads to. One press on its button is enough, also for someone who signs in first."""
    pk = tokens.unsign("invitation", token, days=INVITATION_DAYS)
    invitation = Invitation.objects.select_related("workspace__journal", "invited_by").filter(pk=pk).first()
    if invitation is None:
        raise Http404
    if not request.user.is_authenticated and request.method == "POST":
        keep_draft(request)
        return redirect_to_login(request.path, "account_signup" if "sign_up" in request.POST else None)
    pressed = request.user.is_authenticated and has_draft(request)
    if pressed:
        take_draft(request)
    return perform(
        request,
        "forum/accept.html",
        form=forms.Form({} if pressed or request.method == "POST" else None),
        do=lambda: service.accept(member=request.user, invitation=invitation),
        rule=whoever_finds_it,
        about=invitation,
        said=_("Welcome: you have a seat in this workspace now."),
        back=invitation.workspace,
        pressed=pressed,
    )
