"""The page that tells an operator's monitor whether this process can do its work."""

from django.db import DatabaseError, connection
from django.http import HttpResponse


def healthz(request):
    """200 when this process can read its database, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM journal_journal LIMIT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
