"""A bulletin in the language that is active: who spoke, what was decided, what was asked, which papers came, and links.

It has room for twenty lines of a mail. Votes come first; where names do not fit, the rest is counted.
"""

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from consultations.hearings.wording import motions as motion_wording
from consultations.wording import ballots as ballot_wording
from core.languages import apart, own_code
from members import zones
from notifications.digests import prose
from notifications.wrapping import wrap

LINES = 20  # of a mail, of WIDTH columns
HEAD, SPOKE, ASKED, PAPERS = 2, 5, 2, 3  # lines of each part at most
VOTE = 3  # lines of one vote


def paragraphs(facts):
    """The paragraphs, the first of which is the heading. facts: services.bulletins.Facts."""
    item, hearing = facts.item, facts.item.hearing
    names = {"number": facts.number, "code": hearing.code, "label": item.label, "title": prose.title(str(item))}
    head = _cut(_("Bulletin %(number)s of %(code)s. Item %(label)s: %(title)s") % names, HEAD)
    last = _("All of it: %(url)s") % {"url": f"{settings.SITE_URL}{item.get_absolute_url()}"}
    others = list(
        filter(None, [_hours(facts.begins, facts.ends, hearing.zone), _spoke(facts), _asked(facts), _papers(facts)])
    )
    room = LINES - sum(len(wrap(said)) for said in (head, last, *others))
    return [head, others[0], *_votes(facts, room), *others[1:], last]


def subject(bulletin, language):
    return bulletin.lines(language)[0]


def vote(motion, figures):
    """A vote in one sentence; figures: those of its ballot, once it is counted."""
    said = ballot_wording.result(motion.ballot, figures) if figures else motion_wording.result(motion)
    return _("Vote M%(number)s, “%(title)s”: %(result)s") % {
        "number": motion.number,
        "title": apart(prose.title(motion.title)),
        "result": said or motion.state.label,
    }


def lines(bulletin, language=None):
    """Its paragraphs as they were written, with the hours by the reader's clock instead of that of the room."""
    written = bulletin.lines(language)
    if at := bulletin.said.get("at"):
        written = [written[0], _hours(*map(parse_datetime, at)), *written[2:]]
    return written


def _hours(begins, ends, zone=None):
    begins, ends = (timezone.localtime(at, zone) for at in (begins, ends))
    form = "TIME_FORMAT" if begins.date() == ends.date() else "DATETIME_FORMAT"
    hours = {"from": date_format(begins, "DATETIME_FORMAT"), "to": date_format(ends, form)}
    return _("From %(from)s to %(to)s (%(zone)s).") % (hours | {"zone": zones.offset(ends)})


def _votes(facts, room):
    """Every vote in a line or two, the newest first; of those without room only how many they are."""
    lines, left = [], list(facts.motions)
    while left:
        motion = left[0]
        said = vote(motion, facts.counted.get(motion.pk))
        said = _cut(said, min(VOTE, max(room, 1)))
        if len(wrap(said)) > room - (1 if len(left) > 1 else 0):
            break
        room -= len(wrap(said))
        lines.append(said)
        left.pop(0)
    if left and room > 0:
        more = ngettext("%(count)s more vote.", "%(count)s more votes.", len(left)) % {"count": len(left)}
        lines.append(more)
    return lines


def _spoke(facts):
    language = own_code(get_language())
    names = [_speaker(row, language) for row in facts.speakers]
    return _listed(_("Spoke (%(count)s):"), names, SPOKE) if names else _("Nobody spoke.")


def _speaker(row, language):
    who = prose.name(row.name, language)
    organisation = row.organisation.short_name if row.organisation_id else ""
    return f"{who} ({prose.name(organisation, language)})" if organisation else who


def _asked(facts):
    return _listed(_("Questions answered (%(count)s):"), [f"Q{row.number}" for row in facts.questions], ASKED)


def _papers(facts):
    return _listed(_("New papers (%(count)s):"), [version.symbol for version in facts.papers], PAPERS)


def _listed(head, names, most):
    """`Spoke (12): Amina Diallo, Bo Lund and 10 more.` in that many lines, or "" without names."""
    if not names:
        return ""
    head %= {"count": len(names)}
    for shown in range(len(names), 0, -1):
        said = f"{head} {', '.join(names[:shown])}"
        if more := len(names) - shown:
            said = f"{said} {ngettext('and %(count)s more', 'and %(count)s more', more) % {'count': more}}"
        if len(wrap(said)) <= most:
            break
    return said


def _cut(said, most):
    """At most so many lines of it."""
    lines = wrap(said)
    return said if len(lines) <= most else " ".join(lines[:most])[:-1].rstrip(" .,;") + "…"
