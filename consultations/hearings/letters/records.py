"""Letters about the record of a hearing: that it is provisional, to everyone whose words are in it, with how to correct
it by mail; to chair and secretaries, that somebody asks for a correction; to whoever asked, what became of it; that it
is final, and that there is a corrigendum.

Reads the journals by itself, like every writer of letters.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.hearings.answering import items
from consultations.hearings.models import Correction, LiveQuestion, Motion, Record, Speaker
from consultations.hearings.models.questions import LISTED
from consultations.hearings.models.records import CorrectionState
from consultations.letters import writing
from consultations.wording.lines import on_the_web
from consultations.wording.times import moment
from core.languages import apart
from core.text import excerpt
from forum.models import Seat
from members.models import Member
from notifications import journals
from notifications.digests import prose

READER = "hearing records"
NEWS = timedelta(days=60)  # the longest that corrections take; what lies further back is no news
MOST = 12  # paragraphs of one's own in a letter
OFFICERS = 50
RECORDS = Record.objects.select_related("hearing__workspace__journal")
CORRECTIONS = Correction.objects.select_related("record__hearing__workspace__journal", "member")


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        wanted = _LETTERS.get(entry.verb)
        if wanted and timezone.now() - entry.at < NEWS:
            rows, write = wanted
            if thing := rows.filter(pk=entry.about_id).first():
                write(workspace, thing, entry)


def took_part(hearing):
    """{member: [their Speakers' ids]} of everyone whose words, question or motion are in the record; four queries."""
    found = {}
    for pk, member in Speaker.objects.filter(item__hearing=hearing, member__isnull=False).values_list("pk", "member"):
        found.setdefault(member, []).append(pk)
    asked = LiveQuestion.objects.filter(hearing=hearing, state__in=LISTED).values_list("author", flat=True)
    moved = Motion.objects.filter(hearing=hearing, moved_by__isnull=False).values_list("moved_by", flat=True)
    for member in {*asked, *moved}:
        found.setdefault(member, [])
    return {member: found[member.pk] for member in Member.objects.filter(pk__in=found, is_active=True).order_by("pk")}


def _published(workspace, record, entry):
    if timezone.now() >= record.corrections_until:
        return  # a loaded world: there is nothing to correct any more
    for member, speakers in took_part(record.hearing).items():
        own = [row for row in record.provisional["paragraphs"] if row.get("speaker") in speakers and speakers]
        _write(member, workspace, record, f"record:{record.pk}", lambda own=own: _provisional(record, own))


def write_again(workspace, record):
    """Anew to whom it was, what waited of the letters about a record when words were taken out of it."""
    if record.is_final:
        _finalised(workspace, record, None)
        if record.corrigendum_at:
            _corrected(workspace, record, None)
        return
    _published(workspace, record, None)
    for correction in CORRECTIONS.filter(record=record):
        if correction.state == CorrectionState.OPEN:
            _asked(workspace, correction, None)
        else:
            _decided(workspace, correction, None)


def _provisional(record, own):
    """(subject, paragraphs): the paragraphs of the reader, and how to correct any by mail."""
    facts = {"title": _title(record), "until": moment(record.corrections_until), "correct": items.offered("correct")}
    lines = [_("The provisional record of the hearing “%(title)s” is published.") % facts]
    if own:
        count = ngettext("You are in %(count)s paragraph:", "You are in %(count)s paragraphs:", len(own))
        lines.append(count % {"count": len(own)})
        lines += [f"{row['number']}. {excerpt(row.get('text') or row.get('name', ''), 600)}" for row in own[:MOST]]
    number = own[0]["number"] if own else 1
    lines += [
        _(
            "If all is right, do nothing. If not, answer this mail by %(until)s: write %(correct)s, the number of the "
            "paragraph, a colon, and how it should read, for example %(correct)s %(number)s: …"
        )
        % (facts | {"number": number}),
        _("The whole record by mail: %(get)s") % {"get": apart(f"GET {record.symbol}")},
        _web(record),
    ]
    return _("Provisional record: %(title)s") % facts, lines


def _asked(workspace, correction, entry):
    """To chair and secretaries."""
    record = correction.record
    seats = Seat.objects.filter(workspace=workspace, role=Seat.Role.MODERATOR, member__is_active=True)

    def words():
        facts = {"who": correction.member.shown_name, "title": _title(record), "number": correction.paragraph}
        url = f"{settings.SITE_URL}{reverse('hearings:corrections', args=record.hearing.url_key)}"
        lines = [
            _("%(who)s asks for a correction of the record of “%(title)s”.") % facts,
            _("Paragraph %(number)s") % facts if correction.paragraph else "",
            excerpt(correction.reads, 1000),
            prose.title(correction.why),
            _("Accept it, or decline it with a reason: %(url)s") % {"url": url},
        ]
        return _("%(who)s asks for a correction of the record") % facts, lines

    for seat in seats.select_related("member").order_by("pk")[:OFFICERS]:
        _write(seat.member, workspace, record, f"correction:{correction.pk}", words)


def _decided(workspace, correction, entry):
    """To whoever asked for it."""
    record = correction.record

    def words():
        facts = {"title": _title(record), "reason": correction.reason, "number": correction.paragraph or ""}
        reason = _("Reason: %(reason)s") % facts if correction.reason else ""
        if correction.state == CorrectionState.ACCEPTED:
            told = (
                _("Your correction of the record of “%(title)s” was accepted. Paragraph %(number)s will read:") % facts
            )
            return _("Your correction was accepted"), [told, correction.reads, reason, _web(record)]
        told = _("Your correction of the record of “%(title)s” was declined.") % facts
        wrote = [_("This is what you wrote:"), correction.reads, correction.why]
        return _("Your correction was declined"), [told, reason, *wrote, _web(record)]

    _write(correction.member, workspace, record, f"decided:{correction.pk}", words)


def _finalised(workspace, record, entry):
    def words():
        facts = {"title": _title(record), "sha256": record.final_sha256}
        lines = [
            _("The record of the hearing “%(title)s” is final.") % facts,
            _("SHA-256 of its text: %(sha256)s") % facts,
            _("The whole record by mail: %(get)s") % {"get": apart(f"GET {record.symbol}")},
            _web(record),
        ]
        return _("Final record: %(title)s") % facts, lines

    _write_all(workspace, record, f"final:{record.pk}", words)


def _corrected(workspace, record, entry):
    def words():
        facts = {"title": _title(record)}
        lines = [_("A corrigendum to the record of the hearing “%(title)s” was issued.") % facts]
        for number, was, reads in record.corrigendum[:MOST]:
            told = _("Paragraph %(number)s: it was “%(was)s”; it reads “%(reads)s”.")
            lines.append(told % {"number": number, "was": excerpt(was, 300), "reads": excerpt(reads, 300)})
        return _("Corrigendum: %(title)s") % facts, [*lines, _web(record)]

    _write_all(workspace, record, f"corrigendum:{record.pk}", words)


def _write_all(workspace, record, key, words):
    """To all who were in it, and to who asked for corrections."""
    askers = Member.objects.filter(corrections__record=record, is_active=True).distinct().order_by("pk")
    for member in dict.fromkeys([*took_part(record.hearing), *askers]):
        _write(member, workspace, record, key, words)


def _web(record):
    return on_the_web(record.get_absolute_url())


def _title(record):
    return prose.title(record.hearing.worded().title)


def _write(member, workspace, record, key, words):
    writing.one(member, words, about=record.reference, key=f"{key}:{member.pk}", workspace=workspace)


_LETTERS = {
    "record.published": (RECORDS, _published),
    "correction.asked": (CORRECTIONS, _asked),
    "correction.accepted": (CORRECTIONS, _decided),
    "correction.declined": (CORRECTIONS, _decided),
    "record.finalised": (RECORDS, _finalised),
    "record.corrected": (RECORDS, _corrected),
}
