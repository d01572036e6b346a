"""What the screens of a hearing are told of each entry of its journal: drawn once per language, sent to all as it is.

A frame is an entry with the sections of the state that it changed, as they are when it is drawn. Of many entries that
are drawn together only the last that changes a section carries it: what came between has passed.
"""

import json

from django.utils import timezone

from consultations.hearings import sayings, state
from consultations.hearings.models import Hearing
from consultations.hearings.rules import hearings as rules
from core.languages import speaking
from forum.live import kinds
from journal import chain, verbs
from journal.live.frames import Drawn
from journal.models import Audience

# After these, words that stood in the state may stand there no more.
TAKEN_BACK = frozenset(
    (
        *sayings.VERBS,
        *("asked.declined", "asked.withdrawn", "asked.merged"),
        *("caption.corrected", "caption.removed", "speaker.changed", "speaker.withdrawn"),
        *("item.changed", "hearing.changed", "desk.reworded", "desk.withdrawn", "post.hidden"),
    )
)
OF_THE_ROOM = ("seat.", "post.", "thread.", "workspace.")  # told without a line, which no screen of a hearing shows


def register():
    """Called once, when the app is ready."""
    rows = Hearing.objects.select_related("workspace__journal")
    kinds.register(kinds.Kind("hearings", rows=rows, draw=draw, sees=sees, forgets=TAKEN_BACK))


def sees(member, hearing):
    """As `Hearing.objects.visible_to`, of a hearing at hand."""
    if not hearing.workspace.is_visible_to(member):
        return False
    return hearing.is_published or bool(rules.preside(member, hearing))


def draw(entries, languages, things, *, moderators):
    """Draw entries of one journal for every screen of its hearing; the state is built once for each language."""
    hearing = Hearing.objects.filter(workspace__journal=entries[0].journal_id, pk__in=things).first()
    if hearing is None:
        return []
    shown = _carried(entries, moderators=False)
    theirs = _carried(entries, moderators=True) if moderators else shown
    drawn = [Drawn(entry.seq, entry.audience, hearing.pk, {}, entry.about) for entry in entries]
    for language in languages:
        to_moderators = language in moderators
        needed = {name for names in (theirs if to_moderators else shown).values() for name in names}
        now = state.of(hearing, language, needed, moderators=to_moderators) if needed else {}
        with speaking(language), timezone.override("UTC"):
            for entry, one in zip(entries, drawn, strict=True):
                frame = _frame(entry)
                one.texts[language] = _text(frame, now, shown[entry.seq])
                if to_moderators and theirs[entry.seq] != shown[entry.seq]:
                    one.moderators[language] = _text(frame, now, theirs[entry.seq])
    return drawn


def _carried(entries, *, moderators):
    """{seq: the sections its frame holds}."""
    carried, later = {}, set()
    for entry in reversed(entries):
        names = state.sections_of(entry.verb, moderators=moderators)
        carried[entry.seq] = [name for name in names if name not in later]
        if entry.audience == Audience.EVERYONE:
            later.update(names)
    return carried


def _frame(entry):
    frame = {
        "type": "entry",
        "seq": entry.seq,
        "verb": entry.verb,
        "about": entry.about,
        "at": chain.moment(entry.at),
    }
    return frame if entry.verb.startswith(OF_THE_ROOM) else frame | {"line": verbs.line(entry)}


def _text(frame, now, names):
    if names:
        frame = frame | {"state": {name: now[name] for name in names}}
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
