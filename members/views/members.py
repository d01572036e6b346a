"""A member's profile, and the page on which members describe themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

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
    context = {"profile": profile, "mandates": mandates, "country": countries.name(profile.country)}
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
