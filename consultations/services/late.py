"""Late contributions: refused with the time, kept with their text, and accepted by a facilitator for a stated reason.

What came by mail stands in the answers of the mail; a draft of an organisation that colleagues cleared too late stands
where it was. Whatever is accepted is stamped late, with who accepted it and why.
"""

from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from consultations.models import Clearance, Contribution, Document, Paragraph
from consultations.models.positions import DraftState
from consultations.rules import entries as rules
from consultations.services import positions, remarks
from consultations.wording import contributions as wording
from core import text as texts
from core.access import Refused, require
from forum.keepers import Attempt
from forum.models import Post
from forum.models.posts import Channel
from forum.services import posts
from members.services import mandates
from notifications.intake import cases
from notifications.models import Answer

PAGE = 50  # answers on one page
LOOKED_AT = 300  # answers fetched at once, of which most may be about something else


def waiting(consultation, *, after=0):
    """A page of the answers by mail that came after the close of what they answer, oldest first, each with its
    `question`: a Question, or the Document of whose paragraphs they speak. Returns (page, the id after which the next
    one begins or None).
    """
    found, asked = [], _asked(consultation)
    rows = _refused(asked).order_by("pk") if any(asked) else Answer.objects.none()
    while chunk := list(rows.filter(pk__gt=after)[:LOOKED_AT]):
        found += _late(asked, chunk)
        if len(found) > PAGE:
            return found[:PAGE], found[PAGE - 1].pk
        after = chunk[-1].pk
    return found, None


def cleared_late(consultation):
    """Drafts of organisations to which all have agreed, too late."""
    missing = Clearance.objects.filter(draft=OuterRef("pk")).exclude(state=Clearance.State.GIVEN)
    asked = Clearance.objects.filter(draft=OuterRef("pk"))
    drafts = positions.WITH_ALL.filter(question__consultation=consultation, state=DraftState.ASKED)
    return drafts.filter(Exists(asked), ~Exists(missing)).order_by("changed_at")


def find(consultation, pk):
    """One of those that wait, or None."""
    asked = _asked(consultation)
    found = _late(asked, list(_refused(asked).filter(pk=pk))) if any(asked) else []
    return found[0] if found else None


def accept(*, by, answer, because, organisation=None):
    """Take a late answer by mail as its writer's contribution; returns it. Its writer is told.

    organisation: for which they spoke; one of theirs. Raises Refused without a reason.
    """
    because = _reason(because, answer.text)
    question = answer.question
    require(rules.accept_late, by, question.consultation, text=answer.text)
    if organisation is not None and organisation not in mandates.of(answer.member):
        raise Refused(_("They have no mandate to speak for %(name)s.") % {"name": organisation}, text=answer.text)
    with transaction.atomic():
        row = Answer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
        if row.state != Answer.State.REFUSED:
            raise Refused(_("This was accepted already."))
        post = _writer(question)(
            author=answer.member,
            text=answer.text,
            organisation=organisation,
            voice=answer.delegation.voice if answer.delegation else None,
            channel=Channel.MAIL,
            files=_files(answer),
            key=f"late:{answer.pk}",
            attempt=Attempt(at=answer.arrival.received_at, facts=_facts(by, because)),
        )
        row.state, row.result, row.reason = Answer.State.TAKEN, post.reference, str(wording.receipt(post))
        row.save(update_fields=["state", "result", "reason"])
    return post.contribution


def accept_draft(*, by, draft, because):
    """Take an organisation's draft that was cleared too late; returns the contribution."""
    because = _reason(because, draft.text)
    require(rules.accept_late, by, draft.question.consultation, text=draft.text)
    with transaction.atomic():
        last = draft.clearances.order_by("-answered_at").first()
        post = posts.reply(
            author=draft.author,
            thread=draft.question.thread,
            text=draft.text,
            organisation=draft.organisation,
            channel=draft.channel,
            key=f"draft:{draft.pk}",
            attempt=Attempt(at=last.answered_at, facts=_facts(by, because)),
        )
        positions.accept_late(draft, post)
    return post.contribution


def _asked(consultation):
    """(the questions, the documents) that could be answered."""
    questions = consultation.questions.filter(thread__isnull=False).select_related("phase", "thread")
    documents = Document.objects.with_all().filter(consultation=consultation, current__isnull=False)
    return list(questions), list(documents)


def _refused(asked):
    """Answers by mail that were refused since the first close, and may be about one of these."""
    first = min(thing.phase.closes_at for things in asked for thing in things)
    rows = Answer.objects.filter(state=Answer.State.REFUSED, arrival__received_at__gte=first).filter(_about(*asked))
    return rows.select_related("arrival", "member", "delegation").defer("arrival__raw")


def _late(asked, rows):
    """Those of them that are about one of these, and came after its close."""
    questions, documents = asked
    places = _places(questions, rows) | _passages(documents, rows)
    for answer in rows:
        answer.question = places.get(answer.about)
    return [row for row in rows if row.question and row.arrival.received_at >= row.question.phase.closes_at]


def _reason(because, text):
    because = texts.clean_line(because, 400)
    if not because:
        raise Refused(_("Say why it is accepted late: everybody reads the reason."), text=text)
    return because


def _facts(by, because):
    return {"accepted_by": by, "accepted_because": because}


def _files(answer):
    """The files that stood beside the answer, as long as the mail is kept."""
    if not answer.arrival.size or answer.arrival.pruned_at:
        return []
    case = cases.open_case(answer.arrival)
    return case.uploads_beside(answer.code) or (case.uploads if len(case.reading.answers) < 2 else [])


def _writer(thing):
    """How words are written where they belong: in the thread of a question, or on the paragraph they speak of."""
    if not isinstance(thing, Document):
        return partial(posts.reply, thread=thing.thread)
    thing.current.document = thing

    def write(**fields):
        return remarks.say(version=thing.current, **fields)[2]

    return write


def _about(questions, documents):
    """What an answer to one of these was said about."""
    threads = [question.thread for question in questions]
    references = [thread.reference for thread in threads] + [question.reference for question in questions]
    references += [document.reference for document in documents]
    inside = Q(about__startswith="post:") | Q(about__startswith="contribution:")
    return Q(about__in=references) | inside | (Q(about__startswith="passage:") if documents else Q(pk=None))


def _passages(documents, found):
    """{what an answer was about: the text}, of those that speak of paragraphs of one of these."""
    places = {document.reference: document for document in documents}
    passages = {row.about: _id(row.about) // remarks.STRIDE for row in found if row.about.startswith("passage:")}
    if passages:
        by_pk = {document.pk: document for document in documents}
        rows = Paragraph.objects.filter(pk__in=passages.values(), version__document__in=documents)
        owners = {pk: by_pk[document] for pk, document in rows.values_list("pk", "version__document")}
        places |= {about: owners[pk] for about, pk in passages.items() if pk in owners}
    return places


def _places(questions, found):
    """{what an answer was about: the question}, of those that belong to one of these."""
    by_thread = {question.thread_id: question for question in questions}
    places = {question.thread.reference: question for question in questions}
    places |= {question.reference: question for question in questions}
    ids = {kind: [_id(row.about) for row in found if row.about.startswith(kind)] for kind in ("post:", "contribution:")}
    for pk, thread in Post.objects.filter(pk__in=ids["post:"], thread__in=by_thread).values_list("pk", "thread"):
        places[f"post:{pk}"] = by_thread[thread]
    rows = Contribution.objects.filter(pk__in=ids["contribution:"], post__thread__in=by_thread)
    for pk, thread in rows.values_list("pk", "post__thread"):
        places[f"contribution:{pk}"] = by_thread[thread]
    return places


def _id(reference):
    return int(reference.partition(":")[2])
