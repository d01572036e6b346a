"""A member's profile, and the page on which members describe themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import require
from members import countries, rules
from members.forms import ProfileForm
from members.models import Member
from members.services import members


@login_required
def member(request, pk):
    """Who somebody is: what they say of themselves, and the organisations they speak for."""
    profile = get_object_or_404(Member, pk=pk)
    require(rules.see_profile, request.user, profile)
    mandates = profile.mandates.in_force().select_related("organisation")
    context = {
        "profile": profile,
        "mandates": mandates,
        "country": countries.name(profile.country),
        "may_deactivate": bool(rules.deactivate(request.user, profile)),
    }
    return render(request, "members/member.html", context)


@login_required
def change(request):
    """Change one's own profile."""
    form = ProfileForm(request.POST or None, instance=Member.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        members.change(by=request.user, profile=request.user, **form.cleaned_data)
        messages.success(request, _("Your profile was saved."))
        return redirect("members:change")
    return render(request, "members/change.html", {"form": form})


@login_required
@require_POST
def deactivate(request, pk):
    """Close somebody's account."""
    profile = members.deactivate(by=request.user, member=get_object_or_404(Member, pk=pk))
    messages.success(request, _("The account is closed. Nobody signs in or writes with it, and it gets no mail."))
    return redirect(profile)


@login_required
@require_POST
def reactivate(request, pk):
    """Open a closed account again."""
    profile = members.reactivate(by=request.user, member=get_object_or_404(Member, pk=pk))
    messages.success(request, _("The account is open again."))
    return redirect(profile)
