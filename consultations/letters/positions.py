"""Letters about drafts of positions: to colleagues who are asked to agree, with the whole text; to the author, when
somebody does not agree, when it was sent, or when it was cleared too late.

Reads the journals by itself, like every writer of letters. An answer of OK or NO to such a letter is enough.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.letters import writing
from consultations.models import Clearance
from consultations.models.positions import DraftState
from consultations.rules import positions as rules
from consultations.services import positions
from consultations.wording import positions as wording
from consultations.wording.lines import on_the_web
from consultations.wording.times import left, moment
from notifications import journals
from notifications.digests import prose

READER = "positions"


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        write = _LETTERS.get(entry.verb)
        draft = positions.WITH_ALL.filter(pk=entry.about_id).first() if write else None
        if draft:
            write(entry, draft)


def _asked(entry, draft):
    """To each colleague who was asked, or asked again, and has not answered."""
    rows = draft.clearances.filter(pk__in=(entry.data or {}).get("clearances", ()), state=Clearance.State.ASKED)
    again = f":{timezone.now():%Y%m%d}" if (entry.data or {}).get("again") else ""
    for clearance in rows.select_related("member"):
        key = f"clearance:{clearance.pk}{again}"
        _write(clearance.member, draft, key, lambda: _question(draft), about=clearance.reference)


def _question(draft):
    phase = draft.question.phase
    facts = {
        "who": draft.author,
        "about": wording.about(draft),
        "question": prose.title(draft.question.worded().title),
        "closes": moment(phase.closes_at),
        "left": left(phase.closes_at - timezone.now()),
    }
    lines = [
        _("%(who)s asks you to agree to %(about)s: “%(question)s”") % facts,
        _("If you agree, answer this mail with the one word OK."),
        _("If you do not, answer NO because, and why. %(who)s is told, and can write it anew.") % facts,
        _("It is sent when everybody who was asked agrees. “%(phase)s” closes on %(closes)s, in %(left)s.")
        % {**facts, "phase": phase},
        on_the_web(draft.get_absolute_url()),
        "* * *",
        prose.title(draft.text),
    ]
    return _("Do you agree to %(about)s?") % facts, lines


def _refused(entry, draft):
    clearance = draft.clearances.filter(pk=(entry.data or {}).get("clearance")).select_related("member").first()
    if clearance is None:
        return

    def words():
        facts = {"who": clearance.member, "about": wording.about(draft)}
        lines = [
            _("%(who)s does not agree to %(about)s.") % facts,
            prose.title(clearance.said) if clearance.said else "",
            _(
                "To write it anew, answer this mail with the new text: your colleagues are asked again. "
                "To give it up, answer DROP."
            ),
            _("This is what you wrote:"),
            prose.title(draft.text),
        ]
        return _("%(who)s does not agree to your draft") % facts, lines

    _write(draft.author, draft, f"refused:{entry.pk}", words)


def _cleared(entry, draft):
    """To the author, when the last one has agreed."""
    if draft.clearances.exclude(state=Clearance.State.GIVEN).exists():
        return
    is_sent = draft.state == DraftState.SENT

    def words():
        facts = {"about": wording.about(draft), "code": draft.contribution.code if is_sent else ""}
        if is_sent:
            said = _("Your colleagues agree to %(about)s. It is sent as %(code)s.") % facts
            return _("Sent: %(about)s") % facts, [said, on_the_web(draft.contribution.get_absolute_url())]
        said = _("Your colleagues agree to %(about)s, but it came too late to count by itself.") % facts
        ask = _("It is kept. Ask the facilitators to accept it late, and say why it is.")
        return _("Too late: %(about)s") % facts, [said, ask]

    _write(draft.author, draft, f"cleared:{entry.pk}", words)


def _write(member, draft, key, words, about=""):
    """One letter, to who may read the question."""
    if rules.see(member, draft):
        writing.one(member, words, about=about or draft.reference, key=key)


_LETTERS = {"position.asked": _asked, "position.refused": _refused, "position.cleared": _cleared}
