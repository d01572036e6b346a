"""Around every page: what is no request, its tag for conditional requests, and what is shown for a refused deed.

Views that can show the reason of a refusal beside their form do so themselves; whatever escapes them ends here.
"""

import hashlib
import re

from django.core.exceptions import BadRequest
from django.utils.cache import patch_cache_control

from core.access import Refused
from core.deeds import DRAFT_CHARACTERS, refusal

# What differs each time a page is made although nothing on it has changed.
ONE_TIME = re.compile(rb'(name="(?:csrfmiddlewaretoken|key|started)" value=")[^"]*')

NOT_WRITTEN = re.compile("^(code|key|base|started|next)$|token|passw|secret", re.IGNORECASE)
MOST_FIELDS = 20


class PlainRequestMiddleware:
    """What no browser sends ends here, as 400 and not as an error of ours.

    PostgreSQL holds no NUL, so a query with one fails wherever it is asked. Forms are read as UTF-8 whatever they say:
    a charset such as rot13 is known to Python and yet decodes nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or any("\x00" in sent for sent in (query, request.path, *request.COOKIES.values())):
            raise BadRequest("A NUL in the address or in a cookie.")
        if request.encoding:
            request.encoding = None
        return self.get_response(request)


class TagMiddleware:
    """Pages carry an ETag of what they show, so that a page that has not changed costs a few bytes.

    The tag is of the finished page, so it can never tell someone that a changed page is the same; it also holds the
    CSRF cookie, as a page kept from before a sign-in has forms that no longer work.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return response
        if not response.has_header("Cache-Control"):  # feeds and files too: what one may see is for nobody else's cache
            patch_cache_control(response, private=True, no_cache=True)
        is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
        if not is_page or response.streaming:
            return response
        if not response.has_header("ETag") and "no-store" not in response["Cache-Control"]:
            digest = hashlib.sha256(ONE_TIME.sub(rb"\1", response.content))
            digest.update(request.META.get("CSRF_COOKIE", "").encode())
            response["ETag"] = f'"{digest.hexdigest()[:24]}"'
        return response


class RefusedMiddleware:
    """The page of a deed that was refused: the reason, and what its writer wrote, to copy it; nothing else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        wrote = exception.wrote or [("", exception.text)] * bool(exception.text) or words_in(request.POST)
        context = {"reason": exception.reason, "wrote": bounded(wrote)}
        response = refusal(request, "core/refused.html", context, exception)
        patch_cache_control(response, private=True, no_store=True)
        return response


def words_in(fields):
    """What was written into a form that nobody has looked at: `text`, and whatever else has more than one word."""
    return [
        ("", value)
        for name, value in fields.items()
        if not NOT_WRITTEN.search(name) and (name == "text" or len(value.split()) > 1)
    ]


def bounded(wrote):
    """As much of it as the page gives back."""
    shown, left = [], DRAFT_CHARACTERS
    for label, text in wrote[:MOST_FIELDS]:
        if text.strip() and left:
            shown.append((label, text[:left]))
            left -= len(shown[-1][1])
    return shown
