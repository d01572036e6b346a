"""The reminder: which questions one's organisations have not answered, until when, and how to answer in one reply."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models.consultations import Participation
from consultations.wording.times import left, moment
from consultations.words import capacities
from core.languages import speaking
from notifications import letters
from notifications.digests import prose
from notifications.models import Letter

MOST = 60  # questions listed for one organisation


def draft(consultation, member, rows, *, by, now):
    """The letter to one member, not stored yet. rows: [(organisation, its unanswered questions), ...]."""
    with speaking(member.language), timezone.override(member.zone):
        first = rows[0][1][0]
        closes = min(question.phase.closes_at for _organisation, asked in rows for question in asked)
        facts = {
            "consultation": prose.title(consultation.worded().title),
            "code": consultation.code,
            "who": by.shown_name,
            "closes": moment(closes),
            "left": left(closes - now),
            "example": f"Q{first.number}",
            "url": f"{settings.SITE_URL}{consultation.get_absolute_url()}",
        }
        parts = [
            _("%(who)s, who facilitates the consultation “%(consultation)s” (%(code)s), asks for your answers.")
            % facts,
            _("It closes on %(closes)s, in %(left)s.") % facts,
        ]
        for organisation, asked in rows:
            lines = [_("Not answered yet for %(organisation)s:") % {"organisation": organisation.name}]
            for question in asked[:MOST]:
                lines.append(f"Q{question.number}. {prose.title(question.worded().title)}")
            parts.append("\n".join(lines))
        parts.append(
            _("To answer, reply to this mail. Begin each answer with its number, for example %(example)s: our answer")
            % facts
        )
        if consultation.participation != Participation.ORGANISATIONS and len(rows) == 1:
            parts.append(
                _("So that it counts for the organisation, begin the mail with this line: %(line)s")
                % {"line": capacities.line(rows[0][0].short_name, member.language)}
            )
        if len(rows) > 1:
            parts.append(
                _("You speak for several organisations. Begin the mail with a line such as FOR: %(organisation)s")
                % {"organisation": rows[0][0].short_name}
            )
        parts.append(_("On the web: %(url)s") % facts)
        return letters.draft(
            member=member,
            subject=_("Your answers are missing: %(consultation)s") % facts,
            text="\n\n".join(parts),
            priority=Letter.Priority.SOON,
            about=consultation.reference,
            workspace=consultation.workspace,
            shows=[consultation.reference],
        )
