"""Pages that belong to no app: the one for an operator's monitor, and the one for a form that came too late."""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token


def healthz(request):
    """200 when this process can read its database, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM journal_journal LIMIT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


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
