"""Recommendations: made on sentences of a synthesis, answered, and followed until they are done."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Consultation, Progress, Recommendation, Sentence
from consultations.models.recommendations import Reply, Step
from consultations.rules import recommendations as rules
from core import text as texts
from core.access import Refused, require
from journal.services import record

MOST = 200  # of one consultation
LONGEST = 4_000  # characters


def recommend(*, by, consultation, text, language, sentences=(), at=None):
    """Add a recommendation on these sentences of the synthesis; returns it."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.recommend, by, consultation, text=text)
        said = _checked(text)
        last = Recommendation.objects.filter(consultation=consultation).order_by("-number").first()
        number = last.number + 1 if last else 1
        if number > MOST:
            raise Refused(_("No more recommendations fit in: the most is %(most)s.") % {"most": MOST}, text=text)
        made = Recommendation.objects.create(
            consultation=consultation,
            number=number,
            text=said,
            language=language,
            made_by=by,
            changed_at=at or timezone.now(),
        )
        made.sentences.set(_of(consultation, sentences))
        _record("made", by, made, at, text=said, sentences=_numbers(made))
    return made


def change(*, by, recommendation, text, language, sentences=(), at=None):
    """Reword a recommendation, or say anew what it rests on. The journal keeps what it was."""
    with _changing(by, recommendation, text, at) as row:
        was, row.text, row.language = row.text, _checked(text), language
        row.sentences.set(_of(row.consultation, sentences))
        _record("changed", by, row, at, was=was, text=row.text, sentences=_numbers(row))
    return row


def answer(*, by, recommendation, reply, why="", body="", organisation=None, due_on=None, at=None):
    """Say what is answered: accepted, in part or not, which needs a reason; who is responsible, until when."""
    with _changing(by, recommendation, why, at) as row:
        why = texts.clean_text(why).strip()[:LONGEST]
        if reply not in Reply.values:
            raise Refused(_("Say whether it is accepted, accepted in part, or not."), text=why)
        if reply != Reply.ACCEPTED and not why:
            raise Refused(_("Say why it is not accepted as it is: those who asked for it read the reason."))
        row.reply, row.why, row.replied_at = reply, why, at or timezone.now()
        row.body, row.body_organisation, row.due_on = texts.clean_line(body, 200), organisation, due_on
        facts = {"reply": str(reply), "why": why, "body": row.body_name, "due": due_on.isoformat() if due_on else None}
        _record("answered", by, row, at, **facts)
    return row


def move(*, by, recommendation, step, on, note="", at=None):
    """Note where it stands since a day; returns the Progress. What is dropped needs a reason."""
    with _changing(by, recommendation, note, at) as row:
        note = texts.clean_text(note).strip()[:2000]
        if step not in Step.values:
            raise Refused(_("Say where it stands: planned, under way, done or dropped."), text=note)
        if step == Step.DROPPED and not note:
            raise Refused(_("Say why it is dropped: those who asked for it read the reason."))
        if on > (at or timezone.now()).date():
            raise Refused(_("This day is still to come. Note what is so today."), text=note)
        made = Progress.objects.create(recommendation=row, step=step, on=on, note=note, by=by, at=at or timezone.now())
        row.step = row.progress.order_by("on", "pk").last().step
        _record("moved", by, row, at, step=str(step), on=on.isoformat(), note=note)
    return made


@contextmanager
def _changing(by, recommendation, text, at):
    """The recommendation, fetched anew behind the lock of its consultation, if its rule allows; saved at the end."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(recommendation.consultation_id)
        row = Recommendation.objects.select_related("body_organisation").get(pk=recommendation.pk)
        row.consultation = consultation
        require(rules.follow, by, row, text=text)
        yield row
        row.changed_at = at or timezone.now()
        row.save()


def _checked(text):
    said = texts.clean_text(text).strip()
    if not said:
        raise Refused(_("There is nothing in this recommendation. Write what should be done."))
    if len(said) > LONGEST:
        raise Refused(_("A recommendation has 4,000 characters at most. Shorten it a little."), text=text)
    return said


def _of(consultation, sentences):
    """Those of the published synthesis of this consultation."""
    wanted = [row.pk for row in sentences]
    return Sentence.objects.standing().filter(pk__in=wanted, synthesis__consultation=consultation, number__isnull=False)


def _numbers(row):
    return sorted(row.sentences.values_list("number", flat=True))


def _record(verb, by, row, at, **facts):
    record(f"recommendation.{verb}", actor=by, about=row, data={"number": row.number, **facts}, at=at)
