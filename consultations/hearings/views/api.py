"""The API of hearings: lines of the transcript, read and fed by a program. docs/hearing-documents.md.

The door with the key is members/views/api.py.
"""

from django.utils.dateparse import parse_datetime

from consultations.hearings import line_digests
from consultations.hearings.models import Caption, Hearing
from consultations.hearings.services import captions as service
from core import languages
from core.access import find
from forum.models.posts import Channel
from journal import chain
from members.views import api as door

WITH_ROOM = Hearing.objects.select_related("workspace__journal")
FIELDS = ("text", "language", "speaker", "item", "at")
PAGE = 200
A_MINUTE = 120  # batches of one key


@door.endpoint(methods=("GET", "POST"), a_minute=A_MINUTE)
def captions(request, year, number):
    """The lines in their order, `?after=120` those after one; or, with POST, up to 50 new ones."""
    hearing = find(WITH_ROOM, request.user, year=year, number=number)
    return _say(request, hearing) if request.method == "POST" else _listed(request, hearing)


def _listed(request, hearing):
    after = request.GET.get("after", "0")
    if not (after.isdecimal() and len(after) <= 9):
        raise door.invalid("after", "It has to be a whole number.")
    rows = Caption.objects.filter(hearing=hearing, number__gt=int(after)).standing().select_related("item")
    found = list(rows.order_by("number")[: PAGE + 1])
    more = f"{request.path}?after={found[PAGE - 1].number}" if len(found) > PAGE else None
    return {"lines": [_line(one) for one in found[:PAGE]], "next": more}


def _say(request, hearing):
    lines = door.body(request, ("lines",)).get("lines")
    if not isinstance(lines, list) or not 1 <= len(lines) <= line_digests.AT_ONCE:
        raise door.invalid("lines", f"It has to be a list of 1 to {line_digests.AT_ONCE} lines.")
    key, is_kept = door.once(request)
    key = f"{request.key.pk}:{key}"
    items = {one.label: one for one in hearing.items.all()}
    asked = [_asked(place, line, items, f"{key}:{place}") for place, line in enumerate(lines)]
    is_again = is_kept and _was_said(hearing, asked, key)
    said = service.say(by=request.user, hearing=hearing, lines=asked, channel=Channel.API)
    return door.answer({"lines": [_line(one) for one in said]}, 200 if is_again else 201)


def _was_said(hearing, lines, key):
    """Did an earlier request with this key bring these lines? Other lines under it are a mistake of the program."""
    earlier = {row.key: row for row in Caption.objects.filter(key__startswith=service.key_in(hearing, f"{key}:"))}
    if not earlier:
        return False
    same = len(earlier) == len(lines) and all(
        _is_same(earlier.get(service.key_in(hearing, line.key)), line) for line in lines
    )
    if not same:
        detail = "This Idempotency-Key was used for other lines. Take a new key for each request."
        raise door.Problem(422, "key-used", "Key used before", detail)
    return True


def _is_same(row, line):
    return row is not None and (row.correction_count > 0 or row.text == " ".join(line.text.split()))


def _asked(place, line, items, key):
    field = f"lines[{place}]"
    if not isinstance(line, dict) or set(line) - set(FIELDS):
        raise door.invalid(field, f"It has to be an object with {', '.join(FIELDS)}.")
    for name in FIELDS:
        if line.get(name) is not None and not isinstance(line[name], str):
            raise door.invalid(f"{field}.{name}", "It has to be a text.")
    language = line.get("language") or ""
    if language and language not in languages.LANGUAGES:
        raise door.invalid(f"{field}.language", f"It has to be one of {', '.join(languages.LANGUAGES)}.")
    label = line.get("item")
    if label and label not in items:
        raise door.invalid(f"{field}.item", "There is no item of this number.")
    return service.Line(
        text=line.get("text") or "",
        language=language,
        speaker_name=line.get("speaker") or "",
        item=items.get(label),
        said_at=_moment(field, line.get("at")),
        key=key,
    )


def _moment(field, value):
    if not value:
        return None
    try:
        found = parse_datetime(value)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise door.invalid(f"{field}.at", "Write it as 2026-05-03T12:00:00Z.")
    return found


def _line(caption):
    return {
        "number": caption.number,
        "at": chain.moment(caption.said_at),
        "item": caption.item.label if caption.item_id else None,
        "speaker": caption.speaker_name,
        "language": caption.language,
        "text": caption.text,
    }
