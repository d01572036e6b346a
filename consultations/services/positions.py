"""Positions of an organisation are drafted, cleared by colleagues, and sent with the last agreement.

A draft counts as of the moment at which it was complete and colleagues were asked about it, on the web or by mail: when
that was before the close, they may still agree within the grace, as if it were a mail on its way. Words that were
changed are asked about again, and count as of then. What each colleague agreed to is pinned by its SHA-256.
"""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Clearance, Consultation, Draft
from consultations.models.consultations import Clearing
from consultations.models.positions import DraftState
from consultations.rules import contributions as window
from consultations.rules import positions as rules
from consultations.services import contributions
from consultations.wording import positions as wording
from core import text as texts
from core.access import Refused, require
from forum.keepers import Attempt
from forum.models import Thread
from forum.models.posts import Channel
from forum.models.workspaces import Visibility
from forum.services import posts, writing
from journal.models import Audience, Entry
from journal.services import record
from members.models import Member

MOST_ASKED = 20  # colleagues about one draft
MOST_SAID = 4_000  # characters of a colleague's reason
MOST_A_DAY = 60  # times that one author asks colleagues in a consultation
WITH_ALL = Draft.objects.select_related(
    "question__consultation__workspace__journal", "question__phase", "question__thread", "organisation", "author"
)


def write(*, by, question, organisation, text, attempt=None, channel=Channel.WEB, colleagues=None, ask=True):
    """Draft a position, or write the member's open draft on this question anew; returns it.

    With `ask`, colleagues are asked at once: those named, else the focal points of the organisation, else all who
    speak for it. attempt (keepers.Attempt): how the words came in. Raises Refused with the reason and the text.
    """
    attempt = attempt or Attempt()
    text = _cleaned(text)
    with transaction.atomic():
        question.consultation = Consultation.objects.locked(question.consultation_id)
        question.phase.consultation = question.consultation
        require(lambda member, thing: rules.write(member, thing, organisation, attempt), by, question, text=text)
        mine = Draft.objects.filter(question=question, organisation=organisation, author=by, state__in=rules.OPEN)
        draft = mine.first() or Draft(question=question, organisation=organisation, author=by)
        is_new = draft.pk is None
        draft.text, draft.channel, draft.state = text, channel, DraftState.WRITING
        draft.started_at = contributions.counts_as_of(question.phase, attempt)
        draft.changed_at = timezone.now()
        draft.save()
        if is_new:
            _record("position.drafted", by, draft)
        if ask:
            _ask(by, draft, colleagues)
    return draft


def colleagues_of(draft):
    """Who may be asked: the others who speak for the organisation and may read the question, focal points first."""
    room = draft.question.consultation.workspace
    mandates = draft.organisation.mandates.in_force().exclude(member=draft.author).filter(member__is_active=True)
    if room.visibility == Visibility.PRIVATE:
        mandates = mandates.filter(Q(member__is_secretariat=True) | Q(member__in=room.seats.values("member")))
    rows = mandates.select_related("member").order_by("-is_focal_point", "member__name", "pk")
    focal = [row.member for row in rows if row.is_focal_point]
    return focal, [row.member for row in rows]


def ask(*, by, draft, colleagues=None):
    """Ask colleagues about a draft as it stands now; from this moment it is judged by the window."""
    with transaction.atomic():
        draft = _locked(draft)
        require(rules.change, by, draft, text=draft.text)
        attempt = Attempt(organisation=draft.organisation)
        require(lambda member, thing: window.in_window(thing, attempt), by, draft.question.phase, text=draft.text)
        draft.started_at = attempt.at
        draft.save(update_fields=["started_at"])
        _ask(by, draft, colleagues)
    return draft


def clear(*, by, clearance):
    """A colleague agrees; with the last agreement the position is sent. Returns the draft.

    Where it is too late by then, the agreement stands, and the facilitators may accept the position late.
    """
    with transaction.atomic():
        draft, clearance = _answered(by, clearance)
        clearance.state = Clearance.State.GIVEN
        clearance.save(update_fields=["state", "answered_at"])
        _record("position.cleared", by, draft, sha256=clearance.sha256)
        if _is_cleared(draft):
            _send(draft)
    return draft


def refuse(*, by, clearance, because=""):
    """A colleague does not agree: the author is told why, and may write it anew. Returns the draft."""
    with transaction.atomic():
        draft, clearance = _answered(by, clearance)
        clearance.state, clearance.said = Clearance.State.REFUSED, texts.clean_text(because).strip()[:MOST_SAID]
        clearance.save(update_fields=["state", "said", "answered_at"])
        draft.state = DraftState.REFUSED
        draft.save(update_fields=["state"])
        _record("position.refused", by, draft, sha256=clearance.sha256, clearance=clearance.pk)
    return draft


def drop(*, by, draft):
    """The author gives a draft up; nobody is asked about it any more."""
    with transaction.atomic():
        draft = _locked(draft)
        require(rules.change, by, draft)
        draft.state = DraftState.DROPPED
        draft.save(update_fields=["state"])
        _record("position.dropped", by, draft)
    return draft


def remind(*, by, draft):
    """Ask those again who have not answered; once a day goes a mail. Returns whom."""
    with transaction.atomic():
        draft = _locked(draft)
        require(rules.change, by, draft)
        waiting = list(draft.clearances.filter(state=Clearance.State.ASKED).select_related("member"))
        if not waiting:
            raise Refused(_("Nobody's answer is missing."))
        _record("position.asked", by, draft, again=True, clearances=[row.pk for row in waiting])
    return [row.member for row in waiting]


def instead(member, thread, text, attempt, *, channel, has_files):
    """What is said for an organisation where a colleague has to agree first becomes a draft; None elsewhere."""
    question = contributions.question_of(thread)
    if attempt.organisation is None or question.consultation.clearing != Clearing.COLLEAGUE:
        return None
    draft = write(
        by=member, question=question, organisation=attempt.organisation, text=text, attempt=attempt, channel=channel
    )
    draft.note, draft.how = _note(draft, has_files), wording.how()
    return draft


def digest_of(text):
    """What pins the words a colleague was asked about."""
    return hashlib.sha256(text.encode()).hexdigest()


def _note(draft, has_files):
    names = ", ".join(str(row.member) for row in draft.clearances.select_related("member"))
    note = _("kept as a draft; these colleagues were asked to agree: %(names)s") % {"names": names}
    return _("%(note)s. A draft takes no files, so they were left out") % {"note": note} if has_files else note


def _cleaned(text):
    text = texts.clean_text(text).strip("\n")
    if not text.strip():
        raise Refused(_("There was no text. Write something first."))
    if len(text) > writing.MAX_CHARACTERS:
        raise Refused(_("Your text is longer than a contribution can be. Attach it as a file."), text=text)
    return text


def _ask(by, draft, colleagues):
    focal, everyone = colleagues_of(draft)
    chosen = [member for member in everyone if member in colleagues] if colleagues else focal or everyone
    if not chosen:
        raise Refused(
            _(
                "A colleague has to agree first, and nobody else with a mandate for %(organisation)s may read this "
                "consultation. Ask the secretariat for a mandate, or a seat, for a colleague."
            )
            % {"organisation": draft.organisation},
            text=draft.text,
        )
    now, sha256 = timezone.now(), digest_of(draft.text)
    asked = Entry.objects.filter(journal=draft.journal, verb="position.asked", at__gt=now - timedelta(days=1))
    if asked.filter(actor=by.reference).count() >= MOST_A_DAY:
        raise Refused(
            _("You have asked your colleagues very often today. Your text is kept below; ask again tomorrow."),
            text=draft.text,
        )
    draft.clearances.all().delete()
    rows = Clearance.objects.bulk_create(
        Clearance(draft=draft, member=member, sha256=sha256, asked_at=now) for member in chosen[:MOST_ASKED]
    )
    draft.state = DraftState.ASKED
    draft.save(update_fields=["state"])
    _record("position.asked", by, draft, clearances=[row.pk for row in rows], sha256=sha256)


def _answered(by, clearance):
    """The draft, locked, and the clearance as it is now, to be answered by this member."""
    draft = _locked(clearance.draft)
    clearance = Clearance.objects.filter(pk=clearance.pk).first()
    if clearance is None or clearance.sha256 != digest_of(draft.text):
        raise Refused(_("The draft was changed meanwhile. You are asked anew about the words as they stand now."))
    clearance.draft = draft
    require(rules.clear, by, clearance)
    clearance.answered_at = timezone.now()
    return draft, clearance


def _is_cleared(draft):
    return not draft.clearances.exclude(state=Clearance.State.GIVEN).exists()


def _send(draft):
    """Post the position as its author's; where it is too late, leave it, cleared, to the facilitators."""
    attempt = Attempt(organisation=draft.organisation, proven_at=draft.started_at, facts={"cleared": draft.pk})
    try:
        with transaction.atomic():
            post = posts.reply(
                author=Member.objects.get(pk=draft.author_id),
                thread=draft.question.thread,
                text=draft.text,
                organisation=draft.organisation,
                channel=draft.channel,
                key=f"draft:{draft.pk}",
                attempt=attempt,
            )
    except Refused as refused:
        draft.why_not = refused.reason
        return
    draft.state, draft.contribution = DraftState.SENT, post.contribution
    draft.save(update_fields=["state", "contribution"])


def accept_late(draft, post):
    """Note that a draft which was cleared too late was sent all the same."""
    Draft.objects.filter(pk=draft.pk).update(state=DraftState.SENT, contribution=post.contribution)


def erased(post):
    """The words of a position that is erased go from its draft, and what colleagues said of them."""
    Clearance.objects.filter(draft__contribution__post=post).update(said="")
    Draft.objects.filter(contribution__post=post).update(text="")
    return []


def redacted(post, passage, mark):
    """What was taken out of a position stands in its draft no more."""
    for draft in Draft.objects.filter(contribution__post=post):
        draft.text = draft.text.replace(passage, mark)
        draft.save(update_fields=["text"])
    return []


def _locked(draft):
    """The draft fetched anew, under the locks of its thread and its consultation, in the order in which answers go."""
    thread_id = Draft.objects.values_list("question__thread", flat=True).get(pk=draft.pk)
    thread = Thread.objects.locked(thread_id)
    consultation = Consultation.objects.locked(draft.question.consultation_id)
    found = WITH_ALL.get(pk=draft.pk)
    found.question.thread = thread
    found.question.consultation = found.question.phase.consultation = consultation
    return found


def _record(verb, by, draft, **facts):
    data = {"question": draft.question_id, "organisation": draft.organisation_id, **facts}
    record(verb, actor=by, about=draft, data=data, audience=Audience.MODERATORS)
