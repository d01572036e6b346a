"""Mail to a workspace's address starts a thread; to its address with a deed (`plenary+join@`) does the deed."""

import difflib

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import text as texts
from core.languages import apart
from forum import rules
from forum.models import Workspace
from forum.services import seats
from notifications import addresses, answers, subscriptions
from notifications.intake import cases, replying
from notifications.intake.outcomes import Outcome
from notifications.intake.told import not_done, trying
from notifications.models import Letter
from notifications.reading import headers

MOST_NAMES = 500  # workspaces whose names are compared with one that was typed
MOST_LIKE = 3  # of them that are named to who mistyped one
TITLE = 80  # columns of a title made from the text, for mails without a subject


def enter(case):
    """Start a thread, or do what the address says."""
    if case.address.deed == "moderators":
        return moderators(case, case.address.slug)
    if case.address.deed:
        return by_address(case, case.address.slug)
    if letter := _answered_letter(case):
        return _as_reply(case, letter)
    if not case.text and not case.uploads:
        return Outcome("no_text", explain="no_text")
    return _tell_room(case, "workspace")


def moderators(case, slug):
    """A message to the moderators of a workspace, who can answer it; nobody learns the other's address."""
    return _tell_room(case, "moderators") if case.text else Outcome("no_text", explain="no_text")


def _tell_room(case, kind):
    found = answers.find_named(
        case.member, kind, Workspace.objects.visible_to(case.member).filter(slug=case.address.slug)
    )
    replying.take(case, found, case.text, files=case.uploads, subject=title(case, case.text))
    return replying.said(case)


def of(thing):
    """The workspace that something of a workspace belongs to, or is; None for anything else."""
    thing = getattr(thing, "thread", thing)
    return thing if isinstance(thing, Workspace) else getattr(thing, "workspace", None)


def title(case, text):
    """The title of a thread that a mail starts with this text."""
    subject = texts.clean_line(case.reading.subject, 200)
    return subject or texts.excerpt(text, TITLE) or _("Without a subject")


# -- Threads by mail ---------------------------------------------------------------------------------------


def _answered_letter(case):
    """The letter of ours this mail answers, when it also went to its reply address or names it as its parent.

    Mail programs that answer "all" or the list would otherwise start a thread with every reply.
    """
    copies = [addresses.parse(address) for address in _recipients(bytes(case.arrival.raw))]
    codes = [copy.code for copy in copies if copy.kind == "reply"]
    parent = f"<{case.reading.in_reply_to}>" if case.reading.in_reply_to else ""
    if not codes and not parent:
        return None
    named = Letter.objects.filter(Q(code__in=codes) | Q(message_id=parent), member=case.member)
    return named.select_related("member__mail", "issue").first()


def _recipients(raw):
    """Addresses in To and Cc, at most a hundred."""
    head = raw[: headers.MOST_BYTES].replace(b"\r\n", b"\n")
    found = []
    for name, value in headers.split(head)[0]:
        if name in ("to", "cc"):
            found += headers.ADDRESS.findall(bytes(value).decode("utf-8", "replace"))
    return found[:100]


def _as_reply(case, letter):
    case.letter = case.arrival.letter = letter
    case.issue = case.arrival.issue = cases.issue_of(letter)
    case.reading = cases.read(bytes(case.arrival.raw), case)
    return replying.answer(case) if replying.is_valid(letter) else Outcome("expired", explain="expired")


# -- Deeds -------------------------------------------------------------------------------------------------


def by_address(case, name):
    """Do what the address says (`plenary+join@`); told as the command of the same name is."""
    deed = case.address.deed
    room = find(case.member, name)
    if room is None:
        return Outcome("no_workspace", explain="no_workspace", context={"name": name})
    told = do(case, deed, room)
    case.told.append(told)
    return Outcome("done" if told.is_done else "refused")


def by_command(case, deed, name):
    """Do what a line asks (`JOIN plenary`); returns what is told."""
    room = find(case.member, name)
    return do(case, deed, room) if room else not_found(case.member, as_typed(deed, name), name)


def do(case, deed, room):
    """A deed in a workspace; returns the Line on it. A refusal is told with its reason."""

    def within():
        with transaction.atomic():
            return DEEDS[deed](case, room)

    return trying(as_typed(deed, room.slug), within)


def as_typed(deed, name):
    """The command that does the same as an address with a deed."""
    return f"SET {deed.upper()} {name}" if deed in CADENCES else f"{deed.upper()} {name}"


def find(member, name):
    """The workspace of that mail name, title or address, if the member may see it."""
    name = name.partition("@")[0].partition("+")[0].strip()
    visible = Workspace.objects.visible_to(member)
    found = visible.filter(slug=name.lower()).first()
    if found is None:
        wanted = name.casefold()  # a database's own way of comparing knows no case beyond ASCII, or not everywhere
        named = visible.values_list("pk", "name")[:MOST_NAMES]
        found = next((pk for pk, title in named if title.casefold() == wanted), None)
        found = visible.get(pk=found) if found else None
    return found


def not_found(member, asked, name):
    """The Line on a name that no workspace has which this member may see, with those that look like it."""
    known = {}
    for slug, title in Workspace.objects.visible_to(member).values_list("slug", "name")[:MOST_NAMES]:
        known |= {slug: slug, title.casefold(): slug}
    like = difflib.get_close_matches(name.casefold(), known, n=MOST_LIKE, cutoff=0.6)
    like = ", ".join(dict.fromkeys(known[found] for found in like))
    facts = {"name": apart(name), "like": apart(like)}
    if like:
        sentence = _("There is no workspace “%(name)s” that is open to you. Did you mean: %(like)s?") % facts
    else:
        sentence = _("There is no workspace “%(name)s” that is open to you. LIST brings those that are.") % facts
    return not_done(asked, sentence)


def join(case, room):
    """Take a seat where one may; ask for it elsewhere."""
    facts = {"workspace": apart(room.shown_name), "address": addresses.of_workspace(room.slug)}
    if room.seat_of(case.member):
        return _("You have a seat in “%(workspace)s” already. To start a thread there, write to %(address)s") % facts
    if rules.join(case.member, room):
        seats.join(member=case.member, workspace=room)
        return _("You now have a seat in “%(workspace)s”. To start a thread there, write to %(address)s") % facts
    seats.request_seat(member=case.member, workspace=room, text=case.plea or case.text)
    return (
        _("The moderators of “%(workspace)s” have been asked to give you a seat. You will hear from them, by mail.")
        % facts
    )


def leave(case, room):
    """Give the seat back."""
    seats.leave(member=case.member, workspace=room)
    return _("You have left “%(workspace)s”. What you wrote there stays.") % {"workspace": apart(room.shown_name)}


def cadence(word):
    """The deed that sets how often mail from a workspace comes."""

    def deed(case, room):
        chosen = subscriptions.follow(member=case.member, workspace=room, cadence=word)
        facts = {"workspace": apart(room.shown_name), "cadence": chosen.get_cadence_display()}
        return _("Mail from “%(workspace)s”: %(cadence)s.") % facts

    return deed


CADENCES = ("each", "daily", "weekly", "monthly", "none")
DEEDS = {"join": join, "leave": leave, **{word: cadence(word) for word in CADENCES}}
