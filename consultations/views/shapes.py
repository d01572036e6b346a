"""What the API says of consultations, as plain values: to views/api.py what templates are to pages.

docs/api.md describes each field.

Whoever asks is shown what the pages show them: of their own contributions also those that wait or were declined.
"""

from django.conf import settings
from django.urls import reverse

from consultations.exporting import data
from consultations.exporting.data import moment
from consultations.models import Contribution
from forum.models import Post
from forum.models.posts import State

STATES = {State.PUBLISHED: "visible", State.PENDING: "held", State.DECLINED: "refused"}  # the others as they are called
RELATED = (
    *("question", "organisation", "superseded_by", "comment__paragraph__version__document"),
    *("post__author", "post__carried_by", "post__region"),
)


def address(name, *args):
    return f"{settings.SITE_URL}{reverse(f'consultations:api_{name}', args=args)}"


def page(thing):
    """Where people read it."""
    return f"{settings.SITE_URL}{thing.get_absolute_url()}"


def row(consultation):
    """A consultation in a list. `links`: where the rest of it is."""
    key = consultation.url_key
    return {
        "code": consultation.code,
        "title": consultation.worded().title,
        "participation": str(consultation.participation),
        "published": moment(consultation.published_at),
        "links": {
            "self": address("consultation", *key),
            "contributions": address("contributions", *key),
            "page": page(consultation),
        },
    }


def whole(consultation, *, questions, documents, now):
    """A consultation with its phases, questions and documents."""
    return row(consultation) | {
        "wordings": consultation.said(),
        "sponsor": consultation.sponsor,
        "grace_hours": consultation.grace_hours,
        "phases": [phase(one, now) for one in consultation.timetable],
        "questions": [
            {"number": one.number, "phase": one.phase_id, "wordings": one.said(), "is_open": _is_open(one, now)}
            for one in questions
        ],
        "documents": [document(one, now) for one in documents],
    }


def phase(one, now):
    return data.phase(one) | {"state": str(one.state_at(now))}


def _is_open(thing, now):
    return thing.phase.opens_at <= now < thing.phase.closes_at


def document(one, now):
    """A draft text, with its newest published version."""
    return {
        "number": one.number,
        "title": one.title,
        "phase": one.phase_id,
        "is_open": _is_open(one, now),
        "version": one.current.number,
        "language": one.current.language,
        "paragraphs": address("version", *one.url_key, one.current.number),
    }


def block(paragraph):
    """A block of a version; `label` is by what a comment names it, and empty where it takes none."""
    return {name: getattr(paragraph, name) for name in ("place", "kind", "number", "label", "level", "text")}


def contributions(member, consultation, *, moderates):
    """The contributions this member is shown, newest first."""
    placed = Post.objects.placed_for(member, moderates=moderates)
    rows = Contribution.objects.filter(consultation=consultation, post__in=placed.values("pk"))
    rows = rows.select_related(*RELATED).defer("post__html", "comment__paragraph__version__source")
    return rows.prefetch_related("associations__organisation", "post__attachments").order_by("-number")


def contribution(one, consultation, member, *, moderates):
    """A contribution as this member may see it: `text` is null where its words are shown to them no more, or not."""
    post, one.consultation = one.post, consultation
    own = member.pk in (post.author_id, post.carried_by_id)
    is_readable = post.is_published or moderates or (own and post.state != State.ERASED)
    later = one.superseded_by
    words = dict.fromkeys(("author", "capacity", "organisation", "category", "region", "country", "language", "text"))
    if is_readable:
        words = {
            "author": str(post.author_name),
            "capacity": str(post.capacity),
            "organisation": {"id": one.organisation.pk, "name": one.organisation.name} if one.organisation else None,
            "category": post.category or None,
            "region": post.region.name if post.region else None,
            "country": post.country or None,
            "language": post.language or None,
            "text": post.text,
        }
    return {
        "code": one.code,
        "number": one.number,
        "state": STATES.get(post.state, str(post.state)),
        "reason": post.state_reason or None,
        "question": one.question.number if one.question else None,
        "paragraph": _paragraph(one, consultation),
        "stamp": str(one.stamp),
        "moment": moment(one.moment),
        "came": moment(one.came_at),
        "accepted_because": one.accepted_because or None,
        "superseded_by": later.number if later else None,
        "channel": str(post.channel),
        **words,
        "carried_by": post.carried_by.shown_name if post.carried_by and is_readable else None,
        "associated": [row.organisation.name for row in one.associations.all()] if is_readable else [],
        "files": [
            {
                "name": file.name,
                "sha256": file.sha256,
                "bytes": file.size,
                "url": settings.SITE_URL + file.get_absolute_url(),
            }
            for file in post.attachments.all()
        ]
        if is_readable
        else [],
        "links": {
            "self": address("contribution", *consultation.url_key, one.number),
            "page": page(one),
        },
    }


def _paragraph(one, consultation):
    """`D1.2/12(a)`."""
    comment = getattr(one, "comment", None)
    if comment is None:
        return None
    version = comment.paragraph.version
    return f"D{version.document.number}.{version.number}/{comment.paragraph.label}"
