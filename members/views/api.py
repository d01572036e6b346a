"""The door of /api/: a program shows an access key, and is that key's member for this one request.

`endpoint` is around every view there. No cookie counts, so no form of another site can do anything; whatever goes
wrong is said as a problem (RFC 9457). What is said of the protocol is in English, for whoever writes the program; what
a rule refuses is in the language of the request or of the member. docs/api.md.
"""

import hashlib
import json
import logging
import secrets
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from core import languages, rates, visitors
from core.access import Refused
from journal import chain
from members.services import keys, mandates

logger = logging.getLogger(__name__)
A_MINUTE = {"read": 120, "contribute": 20}  # requests of one key
STRANGERS_A_MINUTE = 30  # requests of one address without a key in force
ADDRESS_A_MINUTE = 600  # requests of one address
LONGEST_KEY = 200  # characters of an Idempotency-Key
MOST_BYTES = 900_000  # of a body: the longest post in the most wasteful JSON


class Problem(Exception):
    """Why a request was not done. code: stable, for programs; detail: what happened, why, and what to do."""

    def __init__(self, status, code, title, detail, *, headers=None, **more):
        super().__init__(detail)
        self.status, self.headers = status, headers or {}
        self.said = {"type": f"urn:alphorn:problem:{code}", "title": title, "status": status, "detail": detail} | more


def endpoint(*, methods=("GET",), a_minute=0):
    """Make a view `view(request, **kwargs)` of the API: it returns what JSON can hold, or a response, and may raise
    Problem, Refused or Http404. request.user is the member of the key, request.key the key.

    a_minute: how often one key may write there, where that is another number than elsewhere.
    """

    def around(view):
        @csrf_exempt
        @wraps(view)
        def answered(request, **kwargs):
            try:
                return _sealed(_answer(request, view, methods, kwargs, a_minute))
            except Problem as problem:
                return _sealed(answer(problem.said, problem.status, headers=problem.headers))

        return answered

    return around


def answer(said, status=200, *, headers=None):
    """A response in JSON; what is read carries an ETag of its bytes."""
    kind = "application/json" if status < 400 else "application/problem+json"
    content = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    response = HttpResponse(content, status=status, content_type=kind, headers=headers)
    if status == 200:
        response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return response


def body(request, known):
    """The JSON object that was sent, with no other fields than these."""
    if request.content_type != "application/json":
        raise Problem(
            415, "media-type", "Not JSON", "Send the body as JSON, with the header Content-Type: application/json."
        )
    try:
        sent = request.body if int(request.headers.get("Content-Length") or 0) <= MOST_BYTES else None
    except (RequestDataTooBig, ValueError):
        sent = None
    if sent is None or len(sent) > MOST_BYTES:
        raise Problem(413, "too-large", "Too large", f"A body has at most {MOST_BYTES} bytes. Shorten the text.")
    try:
        said = json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "malformed", "Malformed JSON", f"The body cannot be read: {error}.") from error
    if not isinstance(said, dict):
        raise Problem(400, "malformed", "Malformed JSON", "The body has to be one JSON object.")
    if unknown := sorted(set(said) - set(known)):
        raise invalid(unknown[0][:60], f"There is no such field. Those there are: {', '.join(known)}.")
    return said


def once(request):
    """(a key that makes what is sent happen once, does the program know it?), from the header Idempotency-Key."""
    given = request.headers.get("Idempotency-Key", "")
    if len(given) > LONGEST_KEY:
        raise invalid("Idempotency-Key", f"It has at most {LONGEST_KEY} characters.")
    words = given or secrets.token_urlsafe(12)
    digest = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
    return f"api:{request.user.pk}:{digest[:40]}", bool(given)


def invalid(field, detail):
    return Problem(422, "invalid", "A field is wrong", f"{field}: {detail}", field=field)


def _answer(request, view, methods, kwargs, a_minute):
    if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
        detail = f"This address takes {', '.join(methods)}."
        raise Problem(405, "method", "Not with this method", detail, headers={"Allow": ", ".join(methods)})
    key = _key(request)
    request.key, request.user = key, key.member
    asks_for = "read" if request.method in ("GET", "HEAD") else "contribute"
    if a_minute and asks_for == "contribute":
        _count(f"key:{view.__name__}", key.pk, a_minute)
    else:
        _count(f"key:{asks_for}", key.pk, A_MINUTE[asks_for])
    if asks_for == "contribute" and not key.may_contribute:
        raise Problem(
            403, "scope", "The key may only read", "Make a key that may contribute, on the page of your access keys."
        )
    named = languages.own_code(get_language()) if request.headers.get("Accept-Language") else key.member.language
    with languages.speaking(named), timezone.override(key.member.zone):
        return _done(request, view, kwargs)


def _done(request, view, kwargs):
    try:
        said = view(request, **kwargs)
        return said if isinstance(said, HttpResponse) else answer(said)
    except Problem:
        raise
    except Http404 as nothing:
        raise nowhere_here() from nothing
    except Refused as refusal:
        more = {"text": refusal.text} if refusal.text else {}
        raise Problem(403, "refused", "Refused", str(refusal.reason), **more) from refusal
    except Exception as error:
        logger.exception("A request to the API failed")
        detail = "It went wrong here, and the operator finds it in the log. Try again later, with the same key."
        raise Problem(500, "failed", "Something went wrong", detail) from error


def nowhere_here():
    return Problem(
        404, "not-found", "Nothing here", "There is nothing here that this key may see. Addresses end with a slash."
    )


def _key(request):
    address = visitors.address_of(request)
    _count("address", address, ADDRESS_A_MINUTE)
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    found = keys.shown(secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        _count("stranger", address, STRANGERS_A_MINUTE)
        detail = "Send the header “Authorization: Bearer” with an access key in force. Members make them at /keys/."
        raise Problem(401, "key", "No access key in force", detail, headers={"WWW-Authenticate": "Bearer"})
    return found


def _count(name, who, most):
    if seconds := rates.wait(f"api:{name}", who, most=most):
        detail = f"At most {most} requests a minute are taken. Try again in {seconds} seconds."
        raise Problem(429, "too-many", "Too many requests", detail, headers={"Retry-After": str(seconds)})


def _sealed(response):
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Authorization"])
    response["X-Content-Type-Options"] = "nosniff"
    return response


# -- What is nobody else's ---------------------------------------------------------------------------------


@endpoint()
def me(request):
    """Whose the key is, what it may do, and for which organisations they speak."""
    key = request.key
    return {
        "name": key.member.shown_name,
        "language": key.member.language,
        "key": {"name": key.name, "scope": str(key.scope), "expires": chain.moment(key.expires_at)},
        "organisations": [{"id": one.pk, "name": one.name} for one in mandates.of(key.member)],
    }


@endpoint(methods=("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
def nowhere(request, rest=""):
    """Any other address of the API."""
    raise nowhere_here()
