"""What is missing before a hearing can be published, and what would be better: a line each, and where to mend it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.checklist import Check
from consultations.hearings.models import Officer
from core import languages


def checks(hearing):
    """Every line for a hearing that is being prepared, what is needed first."""
    found = [*_sessions(hearing), *_agenda(hearing), *_words(hearing), *_people(hearing)]
    return sorted(found, key=lambda check: not check.is_needed)


def _sessions(hearing):
    url = reverse("hearings:schedule", args=hearing.url_key)
    if not hearing.sittings:
        yield Check(False, _("There is no session. Say when the hearing is."), url, is_needed=True)
        return
    is_ahead = any(session.ends_at > timezone.now() for session in hearing.sittings)
    text = _("It is scheduled.") if is_ahead else _("All sessions lie in the past. Change their times.")
    yield Check(is_ahead, text, reverse("hearings:reschedule", args=[*hearing.url_key, hearing.sittings[-1].pk]))


def _agenda(hearing):
    count = hearing.items.count()
    if not count:
        url = reverse("hearings:add_item", args=hearing.url_key)
        yield Check(False, _("There is no agenda. Write its items, or import them."), url, is_needed=True)
        return
    said = ngettext("The agenda has %(count)s item.", "The agenda has %(count)s items.", count)
    yield Check(True, said % {"count": count}, f"{reverse('hearings:setup', args=hearing.url_key)}#agenda")
    unplanned = hearing.items.filter(minutes=None, parts=None).order_by("sort_key").first()
    if unplanned:
        said = _("Item %(label)s has no minutes, so nobody can be told when those after it come up.")
        url = reverse("hearings:change_item", args=[*hearing.url_key, unplanned.pk])
        yield Check(False, said % {"label": unplanned.label}, url)


def _words(hearing):
    key, has_note = hearing.url_key, bool(hearing.text.strip())
    text = (
        _("The concept note is written.") if has_note else _("The concept note is empty. Say what is heard, and why.")
    )
    yield Check(has_note, text, reverse("hearings:reword", args=[*key, hearing.language]))
    for code in hearing.workspace.languages:
        if code not in hearing.languages:
            text = _("There is no version of the concept note in %(language)s, a language of its workspace.")
            name = languages.LANGUAGES.get(code, (code,))[0]
            yield Check(False, text % {"language": name}, reverse("hearings:reword", args=[*key, code]))


def _people(hearing):
    roles = set(hearing.officers.values_list("role", flat=True))
    url = reverse("hearings:appoint", args=hearing.url_key)
    if Officer.Role.NOTE_TAKER not in roles:
        yield Check(False, _("Nobody is appointed to take notes; chair and secretaries can."), url)
    if hearing.is_by_invitation and not hearing.invitees.exists():
        url = reverse("hearings:invite", args=hearing.url_key)
        yield Check(False, _("Only invited organisations speak, and none is invited."), url)
