"""Whoever had words taken out of what they said is mailed them, with the reason; and mails of ours that still have the
words are let go of.

A letter about what was said, or about the record, that was sent keeps its lines in the desk and loses its bytes; one
that waits is taken back, and what tells of the record is written anew.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings import sayings
from consultations.hearings.letters import records
from consultations.hearings.models import Hearing, Record, Takeout
from consultations.letters import writing
from notifications import journals
from notifications.digests import prose
from notifications.models import Letter

READER = "hearing takeouts"
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
        if entry.verb in sayings.VERBS:
            _give_back(workspace, hearing, entry)
        let_go(workspace, hearing, entry.about)


def _give_back(workspace, hearing, entry):
    """To whose words they were: what was taken out, and why."""
    rows = Takeout.objects.filter(hearing=hearing, about=entry.about, made_at__lte=entry.at, member__is_active=True)
    row = rows.select_related("member").last()
    if row is None or row.member.reference == entry.actor:
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


def let_go(workspace, hearing, about):
    """Let go of the bytes of letters that have words of this thing, or of the record of its hearing."""
    found = Record.objects.filter(hearing=hearing).first()
    of = [about, *([found.reference] if found else [])]
    rows = Letter.objects.filter(about__in=of, pruned_at=None).exclude(state=Letter.State.SENDING)
    with transaction.atomic():
        waiting = list(rows.filter(state=Letter.State.QUEUED).select_for_update(of=("self",)))
        taken_back = {"state": Letter.State.WITHDRAWN, "claimed_until": None, "key": None}
        Letter.objects.filter(pk__in=[letter.pk for letter in waiting]).update(**taken_back)
        rows.update(stored=b"", pruned_at=timezone.now())
    if found and any(letter.about == found.reference for letter in waiting):
        records.write_again(workspace, found)
