"""Mandates: ask for one, lay one down, and the secretariat's list of those who ask."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import Refused, require
from members import rules
from members.forms import ApplicationForm
from members.models import Application, Mandate
from members.services import mandates


@login_required
def apply(request):
    """Ask to speak for an organisation."""
    form = ApplicationForm(request.POST or None, initial={"organisation": request.GET.get("organisation")})
    if request.method == "POST" and form.is_valid():
        try:
            mandates.apply(member=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("Your application was sent to the secretariat. You will hear by mail."))
            return redirect("members:apply")
    mine = request.user.applications.select_related("organisation").order_by("-created_at")[:20]
    held = request.user.mandates.in_force().select_related("organisation")
    return render(request, "members/apply.html", {"form": form, "applications": mine, "mandates": held})


@login_required
def applications(request):
    """The secretariat's list of applications that wait."""
    require(rules.administer, request.user)
    waiting = Application.objects.filter(state=Application.State.OPEN).select_related("member", "organisation")
    return render(request, "members/applications.html", {"applications": waiting.order_by("created_at")[:200]})


@login_required
@require_POST
def accept(request, pk):
    """Give the mandate that was asked for."""
    mandate = mandates.accept(by=request.user, application=get_object_or_404(Application, pk=pk))
    spoken = {"member": mandate.member, "organisation": mandate.organisation}
    messages.success(request, _("%(member)s now speaks for %(organisation)s.") % spoken)
    return redirect("members:applications")


@login_required
@require_POST
def decline(request, pk):
    """Decline an application with a reason."""
    reason = request.POST.get("text", "")
    mandates.decline(by=request.user, application=get_object_or_404(Application, pk=pk), reason=reason)
    messages.success(request, _("The application was declined, and the member will be told why."))
    return redirect("members:applications")


@login_required
@require_POST
def end(request, pk):
    """End a mandate."""
    mandate = mandates.end(by=request.user, mandate=get_object_or_404(Mandate, pk=pk))
    messages.success(request, _("The mandate for %(organisation)s has ended.") % {"organisation": mandate.organisation})
    return redirect(mandate.organisation)
