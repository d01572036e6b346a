"""Signing in is by emailed code or passkey: allauth's password pages lead there, or nowhere."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse


def login(request):
    """The sign-in page is the one that sends a code; where the member wanted to go is kept."""
    query = request.GET.urlencode()
    return redirect(reverse("account_request_login_code") + (f"?{query}" if query else ""))


def password(request, rest=""):
    """There are no passwords here."""
    raise Http404
