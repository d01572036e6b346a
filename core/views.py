"""Pages that belong to no app: those for an operator's monitor, and the one for a form that came too late."""

import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import requires_csrf_token

from core import figures


def healthz(request):
    """200 when this process can read its database, 503 otherwise; and what it does, in a line for each figure."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM journal_journal LIMIT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", content_type="text/plain", status=503)
    lines = [f"{name} {number(value)}\n" for name, _, _, value in figures.all_now()]
    return HttpResponse(["ok\n", *lines], content_type="text/plain")


def metrics(request):
    """The figures of this process for Prometheus, to who has the token of the operator (`METRICS_TOKEN`)."""
    token = settings.METRICS_TOKEN
    if not (token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")):
        raise Http404
    lines = []
    for name, kind, help, value in figures.all_now():
        lines += [f"# HELP {name} {help}\n", f"# TYPE {name} {kind}\n"]
        lines.append(f'{name}{{process="{os.getpid()}"}} {number(value)}\n')
    response = HttpResponse(lines, content_type="text/plain; version=0.0.4; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def number(value):
    return f"{value:.6g}" if isinstance(value, float) else str(value)


@requires_csrf_token
def expired(request, reason=""):
    """A form came without a valid CSRF token: what was written is given back, ready to be sent again.

    The button to send it again is there only when the browser says that the form came from a page of ours; a page
    of somebody else must not get its words one click away from being posted.
    """
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "text")
    ]
    return render(
        request,
        "core/expired.html",
        {
            "text": request.POST.get("text", ""),
            "fields": fields,
            "is_ours": request.headers.get("Sec-Fetch-Site") == "same-origin",
        },
        status=403,
    )
