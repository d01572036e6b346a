"""Files are handed out to those who may read the post they hang on, asked again each time."""

import re

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import find
from forum.filetypes import IMAGES
from forum.light import versions
from forum.models import Attachment

PART = re.compile(r"bytes=(\d{1,12})-(\d{0,12})", re.ASCII)


@require_safe
def attachment(request, pk, name):
    """The file; or the part of it a browser asks for, which goes on with a download that broke off."""
    found = find(Attachment, request.user, pk=pk)
    etag = f'"{found.sha256[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    return _guarded(unchanged or _content(request, found, etag), found, etag)


@require_safe
def words(request, pk):
    """The words of a document alone, a hundredth of its bytes."""
    return _light(find(Attachment, request.user, pk=pk), versions.text, "text/plain; charset=utf-8")


@require_safe
def small(request, pk):
    """A small picture of a file."""
    return _light(find(Attachment, request.user, pk=pk), versions.small, "image/jpeg")


def _light(found, version, content_type):
    try:
        result = versions.in_turn(version, found)
    except versions.Busy:
        sentence = _("Other files are being read now. Please try again in a minute.")
        return HttpResponse(sentence, "text/plain; charset=utf-8", status=503, headers={"Retry-After": "30"})
    if result.verdict != "ok":
        sentence = _("There is no lighter version of this file: it is locked, damaged, or has nothing inside to show.")
        return HttpResponse(sentence, "text/plain; charset=utf-8", status=404)
    response = HttpResponse(result.content, content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def _content(request, found, etag):
    first, last = 0, found.size - 1
    asked = PART.fullmatch(request.headers.get("Range", ""))
    is_part = bool(asked) and request.headers.get("If-Range", etag) == etag
    if is_part:
        first, last = int(asked[1]), min(int(asked[2] or last), last)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    with found.file.open("rb") as file:
        file.seek(first)
        response = HttpResponse(file.read(last - first + 1), status=206 if is_part else 200)
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{found.size}"
    return response


def _guarded(response, found, etag):
    """Nothing in a file runs, and nobody but this reader keeps it: only our own encodings of pictures are shown."""
    response["Content-Type"] = found.content_type
    response["Content-Disposition"] = content_disposition_header(found.content_type not in IMAGES, found.name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    # Not compressed on the way: a part must fit the whole, and most kinds are compressed already.
    response["Content-Encoding"] = "identity"
    return response
