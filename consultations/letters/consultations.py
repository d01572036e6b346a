"""Letters about consultations: a notice of every changed window to everyone with a seat, at once; and to those who read
a workspace post by post, that a consultation was published, and that a phase opened or closed.

A reader of the journals that comes by itself. A reply to such a letter answers the only open question, or is told how
to name one.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.letters import writing
from consultations.letters.ballots import at_once, everyone
from consultations.models import Consultation, Phase
from consultations.wording import consultations as wording
from consultations.wording import windows
from consultations.wording.lines import on_the_web
from consultations.wording.times import moment
from core.languages import apart
from notifications import journals
from notifications.digests import prose

READER = "consultations"
NEWS = timedelta(days=3)  # what lies further back (a loaded world) is no news
PHASES = Phase.objects.select_related("consultation__workspace__journal").prefetch_related("questions")
CONSULTATIONS = Consultation.objects.select_related("workspace__journal").prefetch_related("phases", "questions")


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        wanted = _LETTERS.get(entry.verb)
        if wanted is None or timezone.now() - entry.at >= NEWS:
            continue
        rows, write, readers = wanted
        thing = rows.filter(pk=entry.about_id).first()
        if thing is None or (entry.verb == "phase.changed" and not _is_notice(entry)):
            continue
        consultation = thing.consultation if isinstance(thing, Phase) else thing
        if consultation.is_published:
            seats = readers(consultation.workspace)
            _write(entry, consultation, lambda entry=entry, thing=thing, write=write: write(entry, thing), seats)


def _is_notice(entry):
    """Is this told of? Not while the timetable is made, nor a phase that moved along with the one that is told of."""
    data = entry.data or {}
    return "notice" in data and "along_with" not in data


def _write(entry, consultation, words, seats):
    for piece in writing.pieces(seats.select_related("member")):
        writing.many(
            [seat.member for seat in piece],
            lambda _member: words(),
            about=consultation.reference,
            key=f"notice:{entry.pk}",
            workspace=consultation.workspace,
        )


# -- What they say -----------------------------------------------------------------------------------------


def changed(entry, phase):
    """The notice, as it stands on the page."""
    data = entry.data or {}
    facts = _facts(phase.consultation) | {
        "number": data.get("notice", ""),
        "phase": prose.title(str(phase)),
        "authority": prose.title(data.get("authority", "")),
        "reason": prose.title(data.get("reason", "")),
        **{f"{which}_{name}": _moment(data, which, name) for which in ("old", "new") for name in ("opens", "closes")},
    }
    lines = [
        _("Notice %(number)s of the consultation %(code)s, “%(title)s”: the window of “%(phase)s” is changed.") % facts,
        _("It is open from %(new_opens)s to %(new_closes)s. Before, it was from %(old_opens)s to %(old_closes)s.")
        % facts,
        "\n".join(windows.also_moved(entry)),
        _("By authority of: %(authority)s") % facts + "\n" + _("Reason: %(reason)s") % facts,
        _("What was sent already stands, with the moment at which it came."),
        on_the_web(phase.consultation.get_absolute_url()),
    ]
    return _("Notice %(number)s: “%(phase)s” of %(code)s closes on %(new_closes)s") % facts, lines


def opened(entry, phase):
    consultation = phase.consultation
    facts = _facts(consultation) | {"phase": prose.title(str(phase)), "closes": moment(phase.closes_at)}
    asked = list(phase.questions.all())
    lines = [
        _("“%(phase)s” is open in the consultation %(code)s, “%(title)s”, until %(closes)s.") % facts,
        _questions(consultation, asked),
        wording.grace(consultation),
        on_the_web(consultation.get_absolute_url()),
    ]
    return _("%(code)s: “%(phase)s” is open") % facts, lines


def closed(entry, phase):
    consultation = phase.consultation
    count = phase.contributions.shown().count()
    facts = _facts(consultation) | {"phase": prose.title(str(phase)), "closes": moment(phase.closes_at), "count": count}
    said = ngettext(
        "“%(phase)s” of %(code)s, “%(title)s”, closed on %(closes)s. It received %(count)s contribution.",
        "“%(phase)s” of %(code)s, “%(title)s”, closed on %(closes)s. It received %(count)s contributions.",
        count,
    )
    return _("%(code)s: “%(phase)s” is closed") % facts, [said % facts, on_the_web(consultation.get_absolute_url())]


def published(entry, consultation):
    facts, now = _facts(consultation), timezone.now()
    lines = [
        _("The consultation %(code)s, “%(title)s”, is published.") % facts,
        wording.who(consultation),
        "\n".join(f"{phase}: {wording.window(phase, now)}" for phase in consultation.timetable),
        _questions(consultation, list(consultation.questions.all())),
        _("The topic note: %(get)s") % {"get": apart(f"GET {consultation.code}")},
        on_the_web(consultation.get_absolute_url()),
    ]
    return _("Consultation %(code)s: %(title)s") % facts, lines


def _questions(consultation, asked):
    if not asked:
        return ""
    lines = [f"{apart(f'GET {consultation.code} Q{row.number}')}  {prose.title(row.worded().title)}" for row in asked]
    return "\n".join([_("The questions, each with the line that brings it:"), *lines])


def _facts(consultation):
    return {"code": consultation.code, "title": prose.title(consultation.worded().title)}


def _moment(data, which, name):
    at = parse_datetime((data.get(which) or {}).get(name, ""))
    return moment(at) if at else ""


_LETTERS = {
    "phase.changed": (PHASES, changed, everyone),
    "phase.opened": (PHASES, opened, at_once),
    "phase.closed": (PHASES, closed, at_once),
    "consultation.published": (CONSULTATIONS, published, at_once),
}
