"""Deeds on the web: sign in first, show the form, do it once, and never lose what somebody wrote.

A view finds its thing and hands form and service to `perform`. Whoever is not signed in is sent to sign in, and
what they had written waits in their session until they are back. A deed that one could press without end says how
often a minute it is done.
"""

from functools import wraps

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext

from core import rates
from core.access import Refused, require

DRAFT = "draft"
DRAFT_CHARACTERS = 120_000  # a bit more than a post may have
DRAFT_SECONDS = 24 * 3600


def deed(view):
    """A view for people who are signed in. Others sign in first, whether or not there is anything here."""

    @wraps(view)
    def signed_in(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep_draft(request)
        return redirect_to_login(request.get_full_path())

    return signed_in


def came_from(request):
    """The page of ours that a form says one should come back to, or None."""
    path = request.POST.get("next", "")
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else None


class TooOften(Refused):
    """A deed was done too often; in `seconds` it can be done again."""

    def __init__(self, seconds):
        told = ngettext(
            "You have done this very often within a minute. Nothing was changed; do it again in %(seconds)s second.",
            "You have done this very often within a minute. Nothing was changed; do it again in %(seconds)s seconds.",
            seconds,
        )
        super().__init__(told % {"seconds": seconds})
        self.seconds = seconds


def count(request, most):
    """Count a deed of this member at this kind of address; raises TooOften after the first `most` in a minute."""
    if seconds := rates.wait(f"deed:{request.resolver_match.view_name}", request.user.pk, most=most):
        raise TooOften(seconds)


def refusal(request, template, context, refused):
    """The page of a refused deed: 403, or 429 that says when to come back."""
    seconds = getattr(refused, "seconds", 0)
    answer = render(request, template, context, status=429 if seconds else 403)
    if seconds:
        answer["Retry-After"] = str(seconds)
    return answer


def perform(
    request,
    template,
    *,
    form,
    do,
    rule,
    sees=None,
    about=None,
    said="",
    back=None,
    context=None,
    pressed=False,
    most=0,
):
    """Show the form of a deed, or do the deed and go on; a refusal shows the form again with the reason.

    `do(**form.cleaned_data)` is the service. `rule` with `about` says who gets the page, with all that stands on it;
    whoever does not is told why, and gets back what they wrote, alone. It is asked before the form is looked at,
    whatever the method, so that no wrong or refused form shows more than the empty one. Where the deed may end while
    somebody writes (a thread closes), `sees` is the weaker rule of who gets their form again, with the reason.

    `back` is where one goes afterwards (an address or a thing that has one). `said` and `back` may be functions of what
    the service returned. `pressed` does it at once: the button was pressed before signing in. most: times a minute that
    one member does it.
    """
    is_shown = request.method != "POST" and not pressed
    try:
        require(rule if is_shown or sees is None else sees, request.user, about)
    except Refused as refused:
        refused.wrote = written(form)
        raise
    status, context = 200, {"form": form, "about": about, **(context or {})}
    if is_shown:
        form.initial |= take_draft(request)
    elif not form.is_valid():
        status = 422
    else:
        try:
            if most:
                count(request, most)
            done = do(**form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.reason))
            return refusal(request, template, context, refused)
        else:
            if said:
                messages.success(request, said(done) if callable(said) else said)
            return redirect(back(done) if callable(back) else back or done)
    return render(request, template, context, status=status)


def written(form):
    """What somebody wrote into a form, in words of their own, as (label, text); nothing of a form that is not sent."""
    fields = [form[name] for name, field in form.fields.items() if form.data and _takes_words(field)]
    return [(field.label, text) for field in fields if isinstance(text := field.data, str)]


def _takes_words(field):
    widget = field.widget
    return isinstance(field, forms.CharField) and not (widget.is_hidden or isinstance(widget, forms.PasswordInput))


def posted(request):
    """What a form is bound to: what was posted, be it empty, or nothing when the form is only to be shown."""
    return request.POST if request.method == "POST" else None


def keep_draft(request):
    """Let what was written wait in the session for the same address, a day at most."""
    fields = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    if sum(map(len, fields.values())) <= DRAFT_CHARACTERS:
        request.session[DRAFT] = {"path": request.path, "fields": fields}
        request.session.set_expiry(DRAFT_SECONDS)


def has_draft(request):
    return request.session.get(DRAFT, {}).get("path") == request.path


def take_draft(request):
    """The fields that were kept for this address, once."""
    return request.session.pop(DRAFT)["fields"] if has_draft(request) else {}
