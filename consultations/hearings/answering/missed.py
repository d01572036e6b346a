"""MISSED SINCE 11:05 by mail: what happened since then comes back as a mail that can be answered as the item can.

To no hearing, as in a mail to the help address, it asks for the one that is on; `MISSED ALP/2026/H2` names one.
"""

import re

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings import glance, missed
from consultations.hearings.answering import items
from consultations.hearings.models import Hearing
from consultations.hearings.words import missed as words
from consultations.wording.times import moment
from core.access import Refused
from core.languages import apart
from notifications import answers, letters, references, wishes
from notifications.digests import prose
from notifications.intake.told import Mail, not_done

MOST = 5  # hearings of one mail, or that are listed
LONGEST = 60  # letters of what was asked, in the answer to it
_CODE = re.compile(r"[^\W\d_]\w{0,11}/\d{4}/H\d{1,5}(?!\w)", re.IGNORECASE)


def take(member, item, order, said):
    """The hours are those of the writer. Without one, since the item was taken up; where it was not, the last hour."""
    asked, zone = words.since(order.text), member.zone
    at = missed.moment(item.hearing, asked, zone=zone) or (
        None if asked else item.opened_at or timezone.now() - missed.BEFORE
    )
    if at is None:
        raise Refused(_not_a_moment(), text=said.text)
    text = missed.since(item.hearing, at, member.language, zone=zone)
    letters.compose(
        member=member,
        subject=_subject(text),
        text=text,
        is_wrapped=True,
        about=item.reference,
        workspace=item.hearing.workspace,
        shows=[item.reference],
        key=f"missed:{said.key}" if said.key else None,
    )
    return answers.Taken(item.reference, note=_("what happened since then comes in a mail of its own"), is_soon=False)


def wish(member, text):
    """What is told about MISSED where no hearing was answered; None where something else was written."""
    orders = items.orders_of(member, text)
    if not orders or any(order.name != words.MISSED.name for order in orders):
        return None
    return [_told(member, asked) for asked in list(dict.fromkeys(order.rest for order in orders))[:MOST]]


def _told(member, said):
    word, code = items.offered(words.MISSED.name), _CODE.search(said)
    asked = f"{word} {said}".strip()[:LONGEST]
    if code is None:
        on = glance.on(member, timezone.now())
        if len(on) != 1:
            return not_done(asked, _which(word, on) if on else _none(member))
        [hearing] = on
    else:
        found = references.find(member, code[0])
        hearing = found.thing if found and isinstance(found.thing, Hearing) else None
        if hearing is None:
            return not_done(asked, _("There is nothing under this reference for you. Check it, and send it again."))
    since = words.since(_CODE.sub("", said))
    at = missed.moment(hearing, since, zone=member.zone) if since else missed.beginning(hearing)
    if at is None:
        return not_done(asked, _not_a_moment())
    text = missed.since(hearing, at, member.language, zone=member.zone)
    return Mail(asked, _subject(text), text, about=hearing.reference, shows=(hearing.reference,), place=hearing.code)


def _which(word, on):
    rows = [f"{apart(f'{word} {one.code}')}  {prose.title(one.worded().title)}" for one in on[:MOST]]
    return "\n".join([_("Several hearings are on. Send one of these lines:"), *rows])


def _none(member):
    """With the last one that is over."""
    last = glance.listed(member).filter(ended_at__isnull=False).order_by("-ended_at").first()
    if last is None:
        return _("No hearing is on.")
    facts = {"code": last.code, "title": prose.title(last.worded().title), "ended": moment(last.ended_at)}
    told = _("No hearing is on. The last one, %(code)s, “%(title)s”, ended on %(ended)s.") % facts
    return f"{told}  {apart(f'GET {last.code}')}"


def _subject(text):
    return text.split("\n\n")[0].replace("\n", " ")


def _not_a_moment():
    return _("Say since when as 11:05, or with the number of an item.")


def register():
    """Called once, when the app is ready."""
    items.register_word(words.MISSED, take)
    wishes.register(wish)
