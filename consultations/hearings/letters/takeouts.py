"""Whoever had words taken out of what they said is mailed them, with the reason; and mails of ours that still have the
words are let go of.

A letter that was sent keeps its lines in the desk and loses its bytes. One that waits leaves without the words; what
tells of the record is written anew from it.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings import sayings
from consultations.hearings.letters import held, records
from consultations.hearings.models import Hearing, LiveQuestion, Record, Takeout
from consultations.letters import writing
from core.languages import speaking
from forum.services.redactions import mark_for
from notifications import journals, letters
from notifications.digests import prose
from notifications.intake.commands import again
from notifications.models import Letter

READER = "hearing takeouts"
TAKEN_BACK = {"state": Letter.State.WITHDRAWN, "claimed_until": None, "key": None}
TAKEN_OUT = (*sayings.VERBS, "record.redacted", "record.erased")


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        is_ours = sayings.kind(entry.about) or entry.about.startswith("record:")
        if entry.verb not in TAKEN_OUT or not is_ours:
            continue
        hearing = Hearing.objects.get(workspace=workspace)
        row = _taken_out(hearing, entry) if entry.verb in sayings.VERBS else None
        if row:
            _give_back(workspace, hearing, entry, row)
        let_go(workspace, hearing, entry.about, row)


def _taken_out(hearing, entry):
    """The Takeout of an entry; None where all was erased, or only the record had the words."""
    rows = Takeout.objects.filter(hearing=hearing, about=entry.about, made_at__lte=entry.at)
    return rows.select_related("member").last()


def _give_back(workspace, hearing, entry, row):
    """To whose words they were: what was taken out, and why."""
    if row.member is None or not row.member.is_active or row.member.reference == entry.actor:
        return
    writing.one(
        row.member,
        lambda: _returned(hearing, row),
        about=hearing.reference,
        workspace=workspace,
        priority=Letter.Priority.NEXT,
        shows=None,
        key=f"takeout:{row.pk}",
    )


def _returned(hearing, row):
    facts = {"hearing": prose.title(hearing.worded().title), "reason": row.reason}
    lines = [
        _("Reason: %(reason)s") % facts,
        _("These words were taken out:"),
        row.passage,
        f"{settings.SITE_URL}{hearing.get_absolute_url()}",
    ]
    return _("Words of yours were taken out: %(hearing)s") % facts, lines


def let_go(workspace, hearing, about, row=None):
    """Take the words of this thing, or of the record of its hearing, out of the letters that are kept. row: what was
    taken out of it; None where it was erased.
    """
    kept = Letter.objects.filter(pruned_at=None).exclude(state=Letter.State.SENDING)
    record = Record.objects.filter(hearing=hearing).first()
    with transaction.atomic():
        if record is None or about != record.reference:
            for letter in kept.filter(_telling(hearing, about)).select_for_update(of=("self",)):
                _let_go_of(letter, row)
        if record:
            _of_record(workspace, kept.filter(about=record.reference), record)


def _telling(hearing, about):
    """Of letters that may hold the words of a thing: those about it, and those that tell of what was said besides."""
    found, kind = Q(about=about), about.partition(":")[0]
    if kind in ("live_question", "written_answer"):
        questions = LiveQuestion.objects.filter(hearing=hearing).values_list("pk", flat=True)
        found |= Q(about__in=[f"live_questions:{hearing.pk}", *(f"live_question:{pk}" for pk in questions)])
        found |= Q(about=hearing.reference, key__startswith=held.key(hearing.workspace))
    elif kind == "motion":  # what was missed
        items = [item.reference for item in hearing.items.all()]
        found |= Q(about=hearing.reference, kind=Letter.Kind.ANSWER) | Q(about__in=items, key__startswith="missed:")
    return found


def _let_go_of(letter, row):
    """One that waits leaves without the words, or is taken back where nobody knows any more which they were."""
    with speaking(letter.member.language):
        stored = letters.without(letter, row.passage, mark_for(row.reason)) if row else b""
    if stored is None:
        return
    waits = letter.state == Letter.State.QUEUED
    fields = {"stored": stored} if waits and stored else _gone() | (TAKEN_BACK if waits else {})
    Letter.objects.filter(pk=letter.pk).update(**fields)


def _gone():
    return {"stored": b"", "pruned_at": timezone.now()}


def _of_record(workspace, rows, record):
    """What tells of the record and waits is written anew from it, also for whoever had asked for it."""
    waiting = list(rows.filter(state=Letter.State.QUEUED).select_for_update(of=("self",)).select_related("member"))
    rows.exclude(state=Letter.State.QUEUED).update(**_gone())
    Letter.objects.filter(pk__in=[letter.pk for letter in waiting]).update(**_gone(), **TAKEN_BACK)
    for letter in waiting:
        if letter.kind == Letter.Kind.ANSWER:
            with speaking(letter.member.language), timezone.override(letter.member.zone):
                again.bring(letter, f"GET {record.symbol}")
    if any(letter.kind != Letter.Kind.ANSWER for letter in waiting):
        records.write_again(workspace, record)
