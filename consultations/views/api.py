"""The API of consultations, version 1: what is asked, what was said, and a contribution from a program.

The door with the key is members/views/api.py; docs/api.md is for whoever writes the program.
"""

from functools import partial

from django.http import Http404
from django.utils import timezone

from consultations import importing
from consultations.models import Consultation, Contribution, Document, Paragraph, Version
from consultations.rules import consultations as rules
from consultations.services import cells
from consultations.views import shapes
from core import languages
from core import text as texts
from core.access import Refused, find
from forum.models import Post
from forum.models.posts import Channel
from forum.services import posts, writing
from members.models import Organisation
from members.views import api as door

PAGE = 50
MOST_PAGE = 100
PARAGRAPHS = 200
FIELDS = ("question", "paragraph", "text", "language", "organisation")
WITH_ROOM = Consultation.objects.select_related("workspace__journal").prefetch_related("phases")


@door.endpoint()
def consultations(request):
    """Those this member may read, newest first; `?before=2026/C3` goes on."""
    rows = WITH_ROOM.visible_to(request.user).order_by("-year", "-number")
    if before := request.GET.get("before", ""):
        year, _slash, number = before.partition("/C")
        if not (year.isdecimal() and number.isdecimal() and len(before) <= 12):
            raise door.invalid("before", "Write it as the list says it: 2026/C3.")
        rows = rows.filter(year__lt=year) | rows.filter(year=year, number__lt=number)
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    more = f"{shapes.address('consultations')}?before={last.year}/C{last.number}" if last else None
    return {"consultations": [shapes.row(one) for one in found[:PAGE]], "next": more}


@door.endpoint()
def consultation(request, year, number):
    """One, with its phases, questions and documents."""
    found = _find(request, year, number)
    questions = list(found.questions.select_related("phase").order_by("number"))
    documents = Document.objects.visible_to(request.user).filter(consultation=found, current__isnull=False)
    documents = list(documents.select_related("phase", "current").defer("current__source").order_by("number"))
    for one in documents:
        one.consultation = found
    return shapes.whole(found, questions=questions, documents=documents, now=timezone.now())


@door.endpoint()
def version(request, year, number, document, version):
    """The blocks of a version in order; `?after=200` goes on after that place."""
    found = _find(request, year, number)
    rows = Version.objects.defer("source")
    where = {"document__consultation": found, "document__number": document, "number": version}
    shown = find(rows, request.user, **where)
    blocks = Paragraph.objects.filter(version=shown, place__gt=_number(request, "after", 0)).order_by("place")
    blocks = list(blocks[: PARAGRAPHS + 1])
    here = shapes.address("version", year, number, document, version)
    more = f"{here}?after={blocks[PARAGRAPHS - 1].place}" if len(blocks) > PARAGRAPHS else None
    said = [shapes.block(one) for one in blocks[:PARAGRAPHS]]
    return {"version": shown.number, "language": shown.language, "paragraphs": said, "next": more}


@door.endpoint(methods=("GET", "POST"))
def contributions(request, year, number):
    """What was said, newest first; or, with POST, a contribution."""
    found = _find(request, year, number)
    return _contribute(request, found) if request.method == "POST" else _listed(request, found)


@door.endpoint()
def contribution(request, year, number, contribution):
    """One contribution with its state: visible, held or refused."""
    return _shown(request, _find(request, year, number), contribution)


# -- Reading -----------------------------------------------------------------------------------------------


def _listed(request, consultation):
    """`?question=1` for those to one question, `?before=120` goes on, `?limit=` up to 100."""
    moderates = bool(rules.facilitate(request.user, consultation))
    rows = shapes.contributions(request.user, consultation, moderates=moderates)
    size = min(MOST_PAGE, max(1, _number(request, "limit", PAGE)))
    query = f"?limit={size}"
    if question := _number(request, "question", 0):
        rows, query = rows.filter(question__number=question), f"{query}&question={question}"
    if before := _number(request, "before", 0):
        rows = rows.filter(number__lt=before)
    found = list(rows[: size + 1])
    here = shapes.address("contributions", *consultation.url_key)
    more = f"{here}{query}&before={found[size - 1].number}" if len(found) > size else None
    said = [shapes.contribution(one, consultation, request.user, moderates=moderates) for one in found[:size]]
    return {"contributions": said, "next": more}


def _shown(request, consultation, number):
    moderates = bool(rules.facilitate(request.user, consultation))
    found = shapes.contributions(request.user, consultation, moderates=moderates).filter(number=number).first()
    if found is None:
        raise Http404
    return shapes.contribution(found, consultation, request.user, moderates=moderates)


def _find(request, year, number):
    return find(WITH_ROOM, request.user, year=year, number=number)


def _number(request, name, default):
    given = request.GET.get(name, "")
    if given and not (given.isdecimal() and len(given) <= 9):
        raise door.invalid(name, "It has to be a whole number.")
    return int(given) if given else default


# -- Contributing ------------------------------------------------------------------------------------------


def _contribute(request, consultation):
    """Write a contribution. With an Idempotency-Key, the same request sent again returns what it became then."""
    said = door.body(request, FIELDS)
    fields = {name: _text(said, name) for name in ("text", "language")}
    if not fields["text"].strip():
        raise door.invalid("text", "Write something.")
    if fields["language"] not in ("", *languages.LANGUAGES):
        raise door.invalid("language", f"It has to be one of {', '.join(languages.LANGUAGES)}.")
    thing, write = _place(consultation, said)
    key, is_kept = door.once(request)
    if is_kept and (earlier := writing.already_posted(key)):
        return _again(request, consultation, earlier, thing, fields["text"])
    organisation = _organisation(said.get("organisation"))
    if write is None and thing.thread is None:
        raise door.Problem(403, "refused", "Refused", "This question is not open yet.", text=fields["text"])
    post = (write or partial(posts.bring, thread=thing.thread))(
        author=request.user,
        organisation=organisation,
        channel=Channel.API,
        key=key,
        **fields,
    )
    if not isinstance(post, Post):  # a colleague has to agree first
        return door.answer({"state": "draft", "note": post.note, "links": {"page": shapes.page(post)}}, 202)
    number = Contribution.objects.filter(post=post).values_list("number", flat=True).first()
    if number is None:  # a facilitator's message, which is no contribution
        return door.answer({"state": "message", "links": {"page": shapes.page(post)}}, 201)
    made = _shown(request, consultation, number)
    return door.answer(made, 201, headers={"Location": made["links"]["self"]})


def _text(said, name):
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise door.invalid(name, "It has to be a text.")
    return value or ""


def _place(consultation, said):
    """(the Question, None) or (the Paragraph, how words are written to it)."""
    given = [(name, said[name]) for name in ("question", "paragraph") if said.get(name) is not None]
    if len(given) != 1:
        raise door.invalid("question", "Name either a question by its number, or a paragraph: D1.2/12(a).")
    [(name, value)] = given
    if not isinstance(value, int if name == "question" else str) or isinstance(value, bool):
        raise door.invalid(name, "A question is a number, a paragraph a text: D1.2/12(a).")
    words = f"Q{value}" if name == "question" else f"D{value.lstrip('dD')}"
    try:
        return cells.Names(consultation).place(words[: importing.MOST_CHARACTERS])
    except Refused as unknown:
        raise door.invalid(name, str(unknown.reason)) from unknown


def _organisation(given):
    """The organisation of this id; whether the member speaks for it, the service asks."""
    if given is None:
        return None
    is_number = isinstance(given, int) and not isinstance(given, bool) and 0 < given < 2**62
    found = Organisation.objects.filter(pk=given).first() if is_number else None
    if found is None:
        raise door.invalid("organisation", "There is no organisation with this id. /api/v1/me/ lists yours.")
    return found


def _again(request, consultation, post, thing, text):
    """What an earlier request with the same key became; other words under it are a mistake of the program."""
    if post.thread_id != thing.thread_id or post.text != texts.clean_text(text).strip("\n"):
        detail = "This Idempotency-Key was used for another contribution. Take a new key for each."
        raise door.Problem(422, "key-used", "Key used before", detail)
    number = Contribution.objects.filter(post=post).values_list("number", flat=True).first()
    return _shown(request, consultation, number)
