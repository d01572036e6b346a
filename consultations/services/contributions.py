"""Contributions are received: numbered, stamped with the part of the window they came in, and kept as positions.

A post in the thread of a question becomes one in the transaction that writes it, under the consultation's lock, which
every change of a window takes as well: no extension and no close can pass it by.
"""

from consultations.models import Consultation, Contribution, Question
from consultations.models.consultations import Participation
from consultations.models.contributions import Stamp
from consultations.rules import contributions as rules
from consultations.services import wordings
from core.access import Refused
from forum import keepers
from forum import rules as forum_rules
from forum.services import seats
from journal.models import Audience
from journal.services import Draft


def may_reply(member, thread, attempt):
    """The keeper's rule for the thread of a question."""
    return rules.contribute(member, question_of(thread), attempt)


def received(post, attempt):
    """Make a contribution of a post in a question's thread; returns the entries that tell of it.

    Raises Refused when the window closed while the post was being written. What a facilitator says for themselves is
    no contribution.
    """
    question = question_of(post.thread)
    if is_from_facilitator(post, attempt):
        return []
    consultation, phase = admit(post, attempt, question)
    return write(consultation, post, attempt, phase=phase, question=question)


def is_from_facilitator(post, attempt):
    """Does a facilitator say this for themselves?"""
    by = post.carried_by or post.author
    return not attempt.voice and not attempt.organisation and bool(forum_rules.moderate(by, post.thread.workspace))


def admit(post, attempt, thing):
    """Ask the window of a question or a document again, under the consultation's lock; returns (consultation, phase).

    Raises Refused when it closed while the post was being written.
    """
    consultation = Consultation.objects.locked(thing.consultation_id)
    consultation.workspace = post.thread.workspace
    phase = consultation.phases.get(pk=thing.phase_id)
    phase.consultation = consultation
    if "accepted_by" not in attempt.facts and not (answer := rules.in_window(phase, attempt)):
        raise Refused(answer.reason, text=post.text)
    seat(post.carried_by or post.author, consultation)
    return consultation, phase


def seat(member, consultation):
    """Where every member may take part, whoever does takes a seat, and so hears what comes of it."""
    if consultation.participation == Participation.MEMBERS and consultation.workspace.seat_of(member) is None:
        seats.join(member=member, workspace=consultation.workspace)


def write(consultation, post, attempt, *, phase, question=None):
    """Number a post as a contribution to a consultation that the caller has locked; returns the entries about it."""
    consultation.last_number += 1
    Consultation.objects.filter(pk=consultation.pk).update(last_number=consultation.last_number)
    # One that waits for a facilitator takes nobody's place until it is let in.
    is_position = post.was_shown and _takes_positions(consultation, question, attempt.organisation)
    earlier = _supersede(question, attempt.organisation) if is_position else None
    contribution = Contribution.objects.create(
        consultation=consultation,
        number=consultation.last_number,
        post=post,
        phase=phase,
        question=question,
        stamp=stamp(phase, attempt),
        moment=counts_as_of(phase, attempt),
        came_at=attempt.at,
        is_position=is_position,
        organisation=attempt.organisation,
        accepted_by=attempt.facts.get("accepted_by"),
        accepted_because=attempt.facts.get("accepted_because", ""),
        consent=attempt.facts.get("consent", ""),
    )
    if earlier:
        Contribution.objects.filter(pk=earlier.pk).update(is_position=True, superseded_by=contribution)
    return [_entry(contribution, post, at=post.created_at)]


def approved(post):
    """Tell everyone of a contribution that waited for a facilitator; its moment stays what it was.

    A position takes its place in the order of the numbers: a later one that stands already goes before it.
    """
    contribution = _of_locked(post)
    if contribution is None:
        return []
    if _takes_positions(contribution.consultation, contribution.question, contribution.organisation):
        _place(contribution)
    return [_entry(contribution, post)]


def hidden(post):
    """A position that facilitators hid takes nobody's place: the one before it stands again, so that no organisation
    loses its voice by a deed of others. Returns the entry about that.
    """
    contribution = _of_locked(post)
    if contribution is None or not contribution.is_position:
        return []
    later, earlier = contribution.superseded_by, Contribution.objects.filter(superseded_by=contribution).first()
    contribution.is_position, contribution.superseded_by = False, None
    contribution.save(update_fields=["is_position", "superseded_by"])
    if earlier:
        Contribution.objects.filter(pk=earlier.pk).update(superseded_by=later)
    if later or not earlier or not earlier.post.is_published:
        return []
    earlier.consultation = contribution.consultation
    facts = {"code": earlier.code, "number": earlier.number, "hidden": contribution.number}
    return [Draft(verb="contribution.stands", about=earlier, data=facts)]


def restored(post):
    """A position that is shown again takes its place in the order of the numbers."""
    contribution = _of_locked(post)
    if contribution and _takes_positions(contribution.consultation, contribution.question, contribution.organisation):
        _place(contribution)
    return []


def _of_locked(post):
    """What the consultation received with a post, under the consultation's lock; None for no contribution."""
    contribution = Contribution.objects.select_related("question", "organisation").filter(post=post).first()
    if contribution:
        contribution.consultation = Consultation.objects.locked(contribution.consultation_id)
    return contribution


def _place(contribution):
    """Make a contribution the position of its organisation, or one of the superseded ones."""
    question, organisation = contribution.question, contribution.organisation
    positions = Contribution.objects.filter(question=question, organisation=organisation, is_position=True)
    later = positions.filter(number__gt=contribution.number).order_by("number").first()
    earlier = positions.filter(superseded_by=later).first() if later else _supersede(question, organisation)
    if earlier:
        Contribution.objects.filter(pk=earlier.pk).update(is_position=True, superseded_by=contribution)
    contribution.is_position, contribution.superseded_by = True, later
    contribution.save(update_fields=["is_position", "superseded_by"])


def may_edit(member, post):
    """What is no contribution, a facilitator's message, is edited like any post."""
    is_received = Contribution.objects.filter(post=post).exists()
    return not is_received or rules.edit(member, post, question_of(post.thread))


def _entry(contribution, post, at=None):
    return Draft(
        verb="contribution.received",
        actor=post.carried_by or post.author,
        about=contribution,
        data=facts(contribution),
        audience=Audience.EVERYONE if post.was_shown else Audience.MODERATORS,
        at=at,
    )


def stamp(phase, attempt):
    """In which part of the window words count; see Stamp."""
    if "accepted_by" in attempt.facts:
        return Stamp.LATE
    if attempt.at >= phase.closes_at:
        return Stamp.GRACE
    return Stamp.ORIGINAL if attempt.at < phase.first_closes_at else Stamp.EXTENDED


def counts_as_of(phase, attempt):
    """The moment that is compared with the window: when the words came; in the grace, when they were sent or begun."""
    if stamp(phase, attempt) != Stamp.GRACE:
        return attempt.at
    return min(filter(None, (attempt.proven_at, attempt.started_at)))


def facts(contribution):
    """What the journal says of a contribution: what it answers, for whom, and in which window it came."""
    earlier = Contribution.objects.filter(superseded_by=contribution).first() if contribution.is_position else None
    return {
        "code": contribution.code,
        "number": contribution.number,
        "post": contribution.post_id,
        "phase": contribution.phase_id,
        "question": contribution.question_id,
        "organisation": contribution.organisation_id,
        "stamp": str(contribution.stamp),
        "moment": contribution.moment.isoformat(),
        "came": contribution.came_at.isoformat(),
        "supersedes": earlier.number if earlier else None,
        "accepted_because": contribution.accepted_because,
    }


def question_of(thread):
    """The question a thread belongs to, with its phase and its consultation; remembered on the thread."""
    if "_question" not in thread.__dict__:
        question = Question.objects.select_related("phase", "consultation").get(thread=thread)
        question.consultation.workspace = thread.workspace
        question.phase.consultation = question.consultation
        thread.__dict__["_question"] = question
    return thread.__dict__["_question"]


def _takes_positions(consultation, question, organisation):
    """Is what an organisation says here its one position?"""
    return bool(question and organisation and consultation.participation == Participation.ORGANISATIONS)


def _supersede(question, organisation):
    """The position that a new one of the same organisation takes the place of, set aside for it."""
    standing = Contribution.objects.filter(
        question=question, organisation=organisation, is_position=True, superseded_by=None
    )
    earlier = standing.first()
    if earlier:
        # Out of the way of the constraint until the new row is there, at which it will point.
        standing.update(is_position=False)
    return earlier


KEEPER = keepers.Keeper(
    may_reply=may_reply,
    received=received,
    approved=approved,
    hidden=hidden,
    restored=restored,
    may_edit=may_edit,
    erased=wordings.forget,
)
