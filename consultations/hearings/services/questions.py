"""Live questions are put, let in or declined, and withdrawn."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.models import Hearing, Item, LiveQuestion
from consultations.hearings.models.questions import GONE, LISTED, LONGEST, QuestionState
from consultations.hearings.rules import hearings as hearing_rules
from consultations.hearings.rules import questions as rules
from consultations.hearings.services import mergers
from core import text as texts
from core.access import Refused, require
from forum import rules as forum_rules
from forum.models.posts import Channel
from forum.services import seats
from journal.models import Audience
from journal.services import record
from members.rules import speak_for

MOST = 5_000  # questions of one hearing
MOST_STANDING = 3  # of one member on one item, asked and not answered yet
MOST_TRIES = 12  # of one member on one item, whatever became of them


def put(*, by, item, text, language="", organisation=None, channel=Channel.WEB, key=None, at=None):
    """Ask something on an item; returns the LiveQuestion, which is held where a moderator must let it in.

    The same key again is the same question. Raises Refused when the member may not, on an item that takes none, for an
    organisation they have no mandate for, when it says nothing or more than LONGEST characters, when it is one too
    many, and when the very same one is there already.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        if key and (earlier := LiveQuestion.objects.filter(key=key).first()):
            return earlier
        item = Item.objects.locked(item.pk)
        item.hearing = hearing
        require(rules.put, by, item, text=text)
        if organisation:
            require(speak_for, by, organisation, text=text)
        said = texts.clean_text(text).strip()
        _check(by, item, said, text)
        if hearing.workspace.seat_of(by) is None and forum_rules.join(by, hearing.workspace):
            seats.join(member=by, workspace=hearing.workspace, at=at)
        is_held = rules.waits(by, hearing)
        hearing.last_question += 1
        hearing.save(update_fields=["last_question"])
        question = LiveQuestion.objects.create(
            hearing=hearing,
            item=item,
            number=hearing.last_question,
            author=by,
            organisation=organisation,
            text=said,
            html=texts.render(said),
            language=language or item.language,
            channel=channel,
            state=QuestionState.HELD if is_held else QuestionState.SHOWN,
            was_shown=not is_held,
            asked_at=at or timezone.now(),
            key=key,
        )
        verb, audience = ("asked.held", Audience.MODERATORS) if is_held else ("asked.put", Audience.EVERYONE)
        record(verb, actor=by, about=question, data=facts(question), audience=audience, at=at)
    return question


def show(*, by, question, at=None):
    """Let a question appear."""
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question)
        require(rules.show, by, question)
        question.state, question.state_reason, question.was_shown = QuestionState.SHOWN, "", True
        question.save(update_fields=["state", "state_reason", "was_shown"])
        record("asked.shown", actor=by, about=question, data=facts(question), at=at)
    return question


def decline(*, by, question, reason, at=None):
    """Do not let a question in, or take it down; its author is told the reason. Those merged into it stand again."""
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question)
        require(rules.decline, by, question, text=reason)
        reason = texts.clean_line(reason, 400)
        if not reason:
            raise Refused(_("Say why the question is declined: its author is told the reason."))
        _take_away(by, question, QuestionState.DECLINED, at, reason=reason)
    return question


def withdraw(*, by, question, at=None):
    """The author takes a question back; those merged into it stand again."""
    with transaction.atomic():
        question = LiveQuestion.objects.locked(question)
        require(rules.withdraw, by, question)
        _take_away(by, question, QuestionState.WITHDRAWN, at)
    return question


def forget(by, question):
    """Take the words of a question away for good; for who has asked, and locked the hearing (takeouts.erase)."""
    if question.state not in GONE:
        _take_away(by, question, QuestionState.ERASED, None)
    question.text = question.html = question.state_reason = ""
    question.state = QuestionState.ERASED
    question.save(update_fields=["text", "html", "state_reason", "state"])


def close_asking(*, by, item, at=None):
    """The chair takes no more questions on an item; returns it."""
    return _let_ask(by, item, at or timezone.now(), "asking.closed", at)


def open_asking(*, by, item, at=None):
    """The chair takes questions on an item again; returns it."""
    return _let_ask(by, item, None, "asking.opened", at)


def facts(question):
    """What the journal says of a question: its place, who asks it, and what its text was, without the text."""
    return {
        "number": question.number,
        "item": question.item.label,
        "asked_by": question.asked_by,
        "organisation": question.organisation_id,
        "sha256": hashlib.sha256(question.text.encode()).hexdigest(),
    }


def _take_away(by, question, state, at, reason=""):
    root = question.merged_into
    question.state, question.state_reason, question.merged_into = state, reason, None
    question.save(update_fields=["state", "state_reason", "merged_into"])
    data = {"number": question.number, "item": question.item.label} | ({"reason": reason} if reason else {})
    if root:
        data |= mergers.left_by(root)
    if state != QuestionState.ERASED:
        record(f"asked.{state}", actor=by, about=question, data=data, audience=question.audience, at=at)
    mergers.release(by, question, at)


def _let_ask(by, item, closed_at, verb, at):
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        require(hearing_rules.change, by, hearing)
        item = Item.objects.locked(item.pk)
        item.hearing = hearing
        if bool(item.asking_closed_at) != bool(closed_at):
            item.asking_closed_at = closed_at
            item.save(update_fields=["asking_closed_at"])
            record(verb, actor=by, about=item, data={"label": item.label}, at=at)
    return item


def _check(by, item, said, text):
    if not said:
        raise Refused(_("There is no question in this. Write it, then send it."), text=text)
    if len(said) > LONGEST:
        reason = ngettext(
            "A question holds %(most)s characters; yours has %(length)s. Shorten it, or ask two.",
            "A question holds %(most)s characters; yours has %(length)s. Shorten it, or ask two.",
            len(said),
        )
        raise Refused(reason % {"most": LONGEST, "length": len(said)}, text=text)
    own = item.live_questions.filter(author=by)
    standing = own.filter(state__in=(QuestionState.HELD, QuestionState.SHOWN, QuestionState.SHORTLISTED)).count()
    if standing >= MOST_STANDING or own.count() >= MOST_TRIES:
        reason = ngettext(
            "%(count)s question of yours on this item waits already, so no more is taken. Withdraw one, or wait.",
            "%(count)s questions of yours on this item wait already, so no more are taken. Withdraw one, or wait.",
            standing,
        )
        raise Refused(reason % {"count": standing}, text=text)
    if same := item.live_questions.filter(state__in=LISTED, text__iexact=said).first():
        told = _("This is asked already, as question %(number)s. Endorse that one.")
        raise Refused(told % {"number": same.number}, text=text)
    if item.hearing.last_question >= MOST:
        raise Refused(_("This is more than can be kept here."), text=text)
