"""An item of an agenda as a thing a mail can answer: with orders (SPEAK, TEXT: …), or with words for its discussion.

Each noun says here which words are its orders and how it takes them: `register_word`. One mail may hold several; each
is done by itself, and the receipt says what became of each. A number behind the word names the item (`SPEAK 3`); the
whole hearing can be answered likewise, without a number about the item that is before it.
"""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.hearings.answering import hearings as by_reference
from consultations.hearings.answering import soon
from consultations.hearings.models import Hearing, Item
from consultations.hearings.words import endings
from consultations.hearings.words.orders import Order, Table, Word, numbered
from core import languages
from core import text as texts
from core.access import No, Refused
from forum import rules as forum_rules
from members.services import mandates
from notifications import answers
from notifications.digests import prose
from notifications.intake import explaining
from notifications.reading import behalf

ITEMS = Item.objects.select_related("hearing__workspace__journal", "thread__workspace")
HEARINGS = Hearing.objects.select_related("workspace__journal", "thread__workspace")

MOST_ORDERS = 20  # of one answer
MOST_SHOWN = 200  # characters of what was not posted

_table = Table()
_words: dict[str, tuple[Word, Callable]] = {}


def register_word(word, take):
    """Say how an order is taken: `take(member, item, order, said)` does it and returns answers.Taken or is refused.

    word: words.orders.Word. order: words.orders.Order, what follows the word. said: answers.Said, the mail it came in;
    its organisation is the one the writer named, its files are those beside the whole answer.
    """
    if word.name in _words:
        raise ValueError(f"The order {word.name} is registered twice.")
    _table.add(word)
    _words[word.name] = (word, take)


def orders_of(member, text):
    """The Orders in what a member wrote; none where it is words for the discussion."""
    return _table.read(text, name=member.name)


def offered(name, language=None):
    """The word by which an order is offered in a language of ours, that of the reader if none is named."""
    word, _take = _words[name]
    return word.offered.get(language or languages.own_code(get_language()), word.offered["en"])


def offered_names():
    """The names of all orders, as they were registered."""
    return list(_words)


# -- Orders ------------------------------------------------------------------------------------------------


def instead(member, item, said):
    """What the orders of a mail became, as Taken; None where it is words for the discussion.

    Raises Refused where none of them could be done, with all reasons.
    """
    return _ordered(member, item.hearing, said, item)


def _ordered(member, hearing, said, item=None):
    said = _with_organisation(member, said)
    text, cut = endings.cut(said.text, member.name)
    before, orders = _table.parts(text, name=member.name)
    if not orders:
        return None
    if said.voice:
        raise Refused(_("Nobody can do this for somebody else by mail. The secretary can."), text=said.text)
    keeps_words = cut and any(_words[order.name][0].keeps_words for order in orders)
    before = texts.shortened(" ".join(before.split()), MOST_SHOWN)
    left_out = (
        _("not posted: “%(words)s”") % {"words": before} if before else "",
        _("left out at its end: “%(words)s”") % {"words": cut} if keeps_words else "",
    )
    taken = _carry_out(member, _to_items(hearing, orders, said, item), said, left_out)
    return taken if taken.is_soon is False else replace(taken, is_soon=soon.is_due(member, hearing))


def _carry_out(member, orders, said, left_out):
    """`orders`: pairs of an item, or of why none was found, and the order to it; left_out: what was not taken as words
    of one, as lines that say so to its writer.
    """
    done, refused = [], {}
    for place, (item, order) in enumerate(orders):
        try:
            if place >= MOST_ORDERS:
                raise Refused(_("Of one mail no more than that is carried out. Send the rest again."))
            if isinstance(item, Refused):
                raise item
            with transaction.atomic():
                done.append(_words[order.name][1](member, item, order, said))
        except Refused as no:
            refused.setdefault(str(no.reason), []).append(f"{offered(order.name)} {order.text}".strip())
    if not done:
        raise Refused("\n".join(refused), text=said.text)
    hows = [taken.how for taken in done if taken.how]
    return answers.Taken(
        done[0].result,
        is_waiting=any(taken.is_waiting for taken in done),
        note=explaining.together([*(taken.note for taken in done), *left_out], refused),
        how="\n".join(hows),
        is_partly=bool(refused) or any(taken.is_partly for taken in done),
        is_soon=False if all(taken.is_soon is False for taken in done) else None,
    )


def _with_organisation(member, said):
    """A first line `FOR: WWF` names the organisation, where the reader of mails left it in the text."""
    if said.organisation or not (introduced := behalf.introduced(said.text)):
        return said
    if not _table.read(introduced[1], name=member.name):
        return said
    name, text = introduced
    organisation = mandates.spoken_for(member, name)
    if organisation is None:
        raise Refused(_("You have no mandate to speak for “%(name)s” here.") % {"name": name}, text=said.text)
    return replace(said, organisation=organisation, text=text)


# -- An item -----------------------------------------------------------------------------------------------


def find(member, pk):
    return ITEMS.visible_to(member).filter(pk=pk).first()


def is_open(member, item):
    """Open while its discussion is, or its list; whether an order can be done its service says."""
    if item.hearing.ended_at is None and item.hearing.is_published:
        return True
    return forum_rules.reply(member, item.thread) if item.thread_id else No(_("This hearing is not published yet."))


def take(member, item, said):
    """Carry out the orders; what is none is a post in the item's discussion."""
    return instead(member, item, said) or _discuss(member, item, said)


def _discuss(member, thing, said):
    """Words for the discussion of an item, or of the hearing; a mere thank-you is none."""
    if thing.thread is None:
        raise Refused(_("This hearing is not published yet."), text=said.text)
    if not said.files and endings.is_greeting(said.text, member.name):
        return answers.Taken(thing.reference, note=_("nothing in it but a greeting"), is_soon=False)
    return answers.reply(member, thing.thread, said)


def in_thread(member, thread, text, attempt, *, channel, has_files):
    """The keeper's `instead` for threads of items: orders are understood in answers to single posts, too."""
    item = ITEMS.filter(thread=thread).first() if channel == "mail" else None
    if item is None or has_files or attempt is None:
        return None
    said = answers.Said(text, "", received_at=attempt.at, voice=attempt.voice, organisation=attempt.organisation)
    return instead(member, item, said)


# -- A hearing ---------------------------------------------------------------------------------------------


def find_hearing(member, pk):
    return HEARINGS.visible_to(member).filter(pk=pk).first()


def hearing_is_open(member, hearing):
    return hearing.ended_at is None or No(_("This hearing is over. What was done stands in its record."))


def take_hearing(member, hearing, said):
    """An order to the item whose number stands behind its word, else to the one before the hearing, else to the only
    one whose list is open; words for the discussion go where the concept note stands.
    """
    return _ordered(member, hearing, said) or _discuss(member, hearing, said)


def _to_items(hearing, orders, said, item=None):
    """Each order with its item, or with why there is none: one that names none belongs to the item named before it,
    else to `item`, which is answered.
    """
    items = list(ITEMS.filter(hearing=hearing).order_by("sort_key"))
    found, named = [], item
    for order in orders:
        word, _take = _words[order.name]
        number = numbered(order.rest, is_text=word.is_text) if word.names_item else None
        if number:
            label, rest = number
            named = next((one for one in items if one.label == label), None) or Refused(
                _("The agenda has no item %(number)s.") % {"number": label}, text=said.text
            )
            if not isinstance(named, Refused):
                order = Order(order.name, rest, order.below)
        about = named if word.names_item else item or _current(hearing, items)
        found.append((about or _unnamed(hearing, items, order, said), order))
    return found


def _current(hearing, items):
    """The item before the hearing, else the first."""
    return next((one for one in items if one.pk == hearing.current_item_id), items[0] if items else None)


def _unnamed(hearing, items, order, said):
    """The item an order is about that names none, or the refusal that asks for its number."""
    current = [one for one in items if one.pk == hearing.current_item_id]
    listing = [one for one in items if one.list_is_open_at(said.received_at)] if said.received_at else []
    if current or len(listing) == 1:
        return (current or listing)[0]
    word = offered(order.name)
    lines = [f"{word} {one.label}  {prose.title(one.worded().title)}" for one in listing or items]
    return Refused(
        _("About which item? Begin your answer with one of these lines:") + "\n" + "\n".join(lines), text=said.text
    )


def register():
    """Called once, when the app is ready."""
    answers.register(
        "item",
        answers.Answerable(
            find=find,
            is_open=is_open,
            take=take,
            place=lambda item: item.thread.reference if item.thread_id else item.reference,
            tell=by_reference.tell_item,
            hears_soon=lambda member, item: soon.is_due(member, item.hearing),
            is_carried=True,
            is_for_organisations=True,
        ),
    )
    answers.register(
        "hearing",
        answers.Answerable(
            find=find_hearing,
            is_open=hearing_is_open,
            take=take_hearing,
            place=lambda hearing: hearing.thread.reference if hearing.thread_id else hearing.reference,
            tell=by_reference.tell_hearing,
            hears_soon=soon.is_due,
            is_carried=True,
            is_for_organisations=True,
        ),
    )
