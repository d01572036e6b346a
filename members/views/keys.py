"""One's own access keys: which there are, a new one, whose secret is shown this once, and withdrawing one."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_POST

from core.access import Refused
from core.deeds import deed, posted
from members.models import AccessKey
from members.models.keys import Scope
from members.services import keys as service

SHOWN = 50
LASTS = [
    (days, ngettext_lazy("%(count)s day", "%(count)s days", days) % {"count": days})
    for days in (7, 30, 90, service.LONGEST_DAYS)
]


class KeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("What it is for, so that you know it again.")
    )
    scope = forms.ChoiceField(label=gettext_lazy("What it may do"), choices=Scope)
    days = forms.TypedChoiceField(label=gettext_lazy("How long"), choices=LASTS, coerce=int, initial=90)


@deed
def keys(request):
    """The list, and the form for a new key."""
    form, secret, status = KeyForm(posted(request)), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _key, secret = service.make(by=request.user, **form.cleaned_data)
                form, status = KeyForm(), 200
            except Refused as refusal:
                form.add_error(None, str(refusal.reason))
                status = 403
    context = {"form": form, "secret": secret, "keys": request.user.access_keys.all()[:SHOWN]}
    response = render(request, "members/keys.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@deed
@require_POST
def withdraw_key(request, pk):
    key = get_object_or_404(AccessKey.objects.select_related("member"), pk=pk, member=request.user)
    service.withdraw(by=request.user, key=key)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("members:keys")
