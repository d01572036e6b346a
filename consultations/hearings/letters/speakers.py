"""Letters to speakers: that they are on the list or have to confirm, when the list closed or the chair moved them, and
about when it is their turn, as the list moves. They asked to speak, so they are told at once, whatever mail they chose.

Reads the journals by itself, like every writer of letters. An estimate is mailed again when it moved by more than a
quarter of an hour, and when one is among the next three; never more than a bounded number of letters to one speaker.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.answering import items
from consultations.hearings.models import Hearing, Item, Speaker
from consultations.hearings.services import queues, waiting
from consultations.hearings.wording import speakers as wording
from consultations.letters import writing
from consultations.wording.lines import on_the_web
from forum.models.posts import Channel
from notifications import journals
from notifications.digests import prose
from notifications.models import Letter

READER = "speakers of hearings"
NEWS = timedelta(days=1)  # what lies further back (a loaded world) is no news
MOST = 12  # letters to one speaker
MOST_UPDATES = 8  # of them nothing but a new estimate
MOST_ITEMS = 20  # whose lists are looked at after a session was moved
NEAR = 3  # who has this place or a better one is told that it is soon
STEP = timedelta(minutes=15)
ITEMS = Item.objects.select_related("hearing")
OF_SPEAKER = ("speaker", "floor", "reply", "point")
OF_ITEM = ("list", "item")


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    now = timezone.now()
    news = [entry for entry in entries if now - entry.at < NEWS and _kind(entry) in (*OF_SPEAKER, *OF_ITEM, "session")]
    hearing = Hearing.objects.filter(workspace=workspace).first() if news else None
    if hearing is None or not hearing.is_published:
        return
    # What speakers were told is kept on their rows, all of which whoever changes the order writes at once.
    hearing = Hearing.objects.locked(hearing.pk)
    moved = set()
    for entry in news:
        rows, tell = _LETTERS.get(entry.verb, (None, None))
        if rows is not None and (thing := rows.filter(pk=entry.about_id).first()):
            tell(thing, entry)
        if _kind(entry) == "session":
            moved.update(_waited_on(hearing))
        elif item := (entry.data or {}).get("item") or (entry.about_id if _kind(entry) == "item" else None):
            moved.add(item)
    for item in ITEMS.filter(pk__in=moved, closed_at=None):
        _review(item, now)


def _kind(entry):
    return entry.verb.partition(".")[0]


def _waited_on(hearing):
    rows = Speaker.objects.filter(item__hearing=hearing, item__closed_at=None, queue=Speaker.Queue.LIST)
    return list(
        rows.filter(state=Speaker.State.LISTED).order_by().values_list("item", flat=True).distinct()[:MOST_ITEMS]
    )


# -- What happened to one speaker --------------------------------------------------------------------------


def _listed(speaker, entry):
    """They asked, confirmed, or were put on the list again."""
    if speaker.queue != Speaker.Queue.LIST:
        return
    if speaker.state == Speaker.State.REQUESTED:
        _write(speaker, entry, lambda: _to_confirm(speaker))
    elif found := waiting.of(speaker):
        _write(speaker, entry, lambda: _on_the_list(speaker, found), found)


def _moved(speaker, entry):
    if found := waiting.of(speaker):
        reason = (entry.data or {}).get("reason", "")
        _write(speaker, entry, lambda: _of_move(speaker, found, reason), found)


def _gone(speaker, entry):
    """An officer took them off the list, or they were called and not there."""
    _write(speaker, entry, lambda: _of_end(speaker, entry.data or {}))


def _ruled(speaker, entry):
    """Who raised a point of order by mail sees no screen."""
    if speaker.channel == Channel.MAIL:
        _write(speaker, entry, lambda: _of_ruling(speaker))


def _list_closed(item, entry):
    """Everybody on it has their final place; who has not confirmed is reminded."""
    for found in waiting.turns(item):
        _write(found.speaker, entry, lambda found=found: _final(found), found)
    for speaker in queues.WITH_ALL.filter(item=item, state=Speaker.State.REQUESTED):
        _write(speaker, entry, lambda speaker=speaker: _to_confirm(speaker))


def _item_closed(item, entry):
    """There was no time for those who waited still; rights of reply may be given at the end of the day."""
    over = [Speaker.Queue.LIST, *([] if item.hearing.replies_at_end_of_day else [Speaker.Queue.REPLY])]
    rows = queues.WITH_ALL.filter(item=item, queue__in=over)
    for speaker in rows.filter(state__in=(Speaker.State.LISTED, Speaker.State.ABSENT)):
        _write(speaker, entry, lambda speaker=speaker: _not_heard(speaker))


# -- As the list moves -------------------------------------------------------------------------------------


def _review(item, now):
    for found in waiting.turns(item, now):
        speaker = found.speaker
        if speaker.member_id is None or speaker.letter_count >= MOST_UPDATES:
            continue
        is_near = found.place <= NEAR < (speaker.told_place or MOST_ITEMS**2)
        if is_near or _is_other(speaker.told_turn_at, found.at):
            _write(speaker, None, lambda found=found: _update(found), found)


def _is_other(told, at):
    if told is None or at is None:
        return told is None and at is not None
    return abs(at - told) > STEP


# -- What they say -----------------------------------------------------------------------------------------


def _to_confirm(speaker):
    facts = _facts(speaker)
    lines = [
        _("Your request to speak on item %(item)s of “%(hearing)s” is noted.") % facts,
        _for_whom(speaker),
        _("Confirm it, then you are on the list: answer this mail with the one word %(confirm)s.") % facts,
        _how(speaker),
    ]
    return _("Please confirm that you will speak: item %(item)s") % facts, lines


def _on_the_list(speaker, found):
    facts = _facts(speaker)
    said = _("You are on the list of speakers of item %(item)s of “%(hearing)s”.") % facts
    lines = [said, _for_whom(speaker), wording.turn(found)]
    return _("You are on the list of speakers: item %(item)s") % facts, [*lines, _how(speaker)]


def _of_move(speaker, found, reason):
    facts = _facts(speaker)
    lines = [
        _("The chair gave you another place on the list of speakers of item %(item)s.") % facts,
        _("Reason: %(reason)s") % {"reason": prose.title(reason)},
        wording.turn(found),
    ]
    return _("Another place on the list of speakers: item %(item)s") % facts, [*lines, _how(speaker)]


def _of_end(speaker, data):
    facts = _facts(speaker)
    if "relisted" in data:
        said = _("You were called on item %(item)s and were not there.") % facts
        then = _("You are at the end of the list now.") if data["relisted"] else _("You are no longer on the list.")
        return _("You were called: item %(item)s") % facts, [said, then, _how(speaker)]
    said = _("You are no longer on the list of speakers of item %(item)s.") % facts
    reason = _("Reason: %(reason)s") % {"reason": prose.title(data.get("reason", ""))} if data.get("reason") else ""
    return _("No longer on the list of speakers: item %(item)s") % facts, [said, reason]


def _of_ruling(speaker):
    facts = _facts(speaker)
    how = _("To appeal against the ruling, answer %(appeal)s while the item is before the hearing.") % facts
    subject = _("The ruling on your point of order: item %(item)s") % facts
    return subject, [prose.title(wording.ruled(speaker)), how, on_the_web(speaker.get_absolute_url())]


def _final(found):
    facts = _facts(found.speaker)
    lines = [_("The list of speakers of item %(item)s is closed.") % facts, wording.turn(found), _how(found.speaker)]
    return _("The list of speakers is closed: item %(item)s") % facts, lines


def _not_heard(speaker):
    facts = _facts(speaker)
    lines = [_("Item %(item)s of “%(hearing)s” was concluded before it was your turn.") % facts]
    if speaker.speeches.exists():
        lines.append(_("Your text stands there as submitted, not delivered."))
    else:
        lines.append(
            _("Answer this mail with %(text)s: and your text, and it stands there as submitted, not delivered.") % facts
        )
    return _("Concluded before your turn: item %(item)s") % facts, lines


def _update(found):
    facts = _facts(found.speaker)
    subject = _("Soon your turn: item %(item)s") if found.place <= NEAR else _("Your turn has moved: item %(item)s")
    return subject % facts, [wording.turn(found), _how(found.speaker)]


def _for_whom(speaker):
    """Who speaks for themselves has other minutes, and may have meant to speak for their organisation."""
    if speaker.organisation_id is None:
        return _("You speak for yourself, and for no organisation.")
    return _("You speak for %(organisation)s.") % {"organisation": prose.title(speaker.organisation.name)}


def _how(speaker):
    """What one can do by answering."""
    facts = _facts(speaker)
    said = (
        _("To hand in your text, answer %(text)s: and the text. Not to speak after all, answer %(withdraw)s.") % facts
    )
    return said + "\n" + on_the_web(speaker.get_absolute_url())


def _facts(speaker):
    item = speaker.item
    return {
        "item": f"{item.label} ({prose.title(item.worded().title)})",
        "hearing": prose.title(item.hearing.worded().title),
        **{name: items.offered(name) for name in ("confirm", "withdraw", "text", "appeal")},
    }


# -- Writing -----------------------------------------------------------------------------------------------


def _write(speaker, entry, words, found=None):
    """One letter to the member behind a speaker, none about their own deed of leaving; keeps what it told them."""
    member = speaker.member
    if member is None or speaker.letter_count >= MOST:
        return
    if entry and entry.verb == "speaker.withdrawn" and entry.actor == member.reference:
        return
    key = f"speaker:{speaker.pk}:{entry.pk}" if entry else f"speaker:{speaker.pk}:turn:{speaker.letter_count}"
    more = {"workspace": speaker.item.hearing.workspace, "priority": Letter.Priority.NEXT}
    if writing.one(member, words, about=speaker.reference, key=key, **more) is None:
        return
    speaker.letter_count += 1
    if found:
        speaker.told_place, speaker.told_turn_at = min(found.place, 9_999), found.at
    speaker.save(update_fields=["letter_count", "told_place", "told_turn_at"])


_LETTERS = {
    "speaker.requested": (queues.WITH_ALL, _listed),
    "speaker.confirmed": (queues.WITH_ALL, _listed),
    "speaker.relisted": (queues.WITH_ALL, _listed),
    "speaker.moved": (queues.WITH_ALL, _moved),
    "speaker.withdrawn": (queues.WITH_ALL, _gone),
    "speaker.absent": (queues.WITH_ALL, _gone),
    "point.ruled": (queues.WITH_ALL, _ruled),
    "list.closed": (ITEMS, _list_closed),
    "item.closed": (ITEMS, _item_closed),
}
