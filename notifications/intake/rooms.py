"""Mail to a workspace's address starts a thread; to its address with a deed (`plenary+join@`) does the deed."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused
from forum import rules
from forum.models import Workspace
from forum.services import seats
from notifications import addresses, answers, subscriptions
from notifications.intake import cases, replying
from notifications.intake.outcomes import Outcome
from notifications.models import Letter
from notifications.reading import headers

TITLE = 80  # columns of a title made from the text, for mails without a subject


def enter(case):
    """Start a thread, or do what the address says."""
    if case.address.deed:
        return DEEDS[case.address.deed](case, case.address.slug)
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
    replying.take(case, found, case.text, files=case.uploads, subject=_title(case))
    return replying.said(case)


def _title(case):
    subject = texts.clean_line(case.reading.subject, 200)
    return subject or texts.excerpt(case.text, TITLE) or _("Without a subject")


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


def find(case, name):
    """The workspace of that mail name or title, if the member may see it."""
    visible = Workspace.objects.visible_to(case.member)
    return visible.filter(slug=name.strip().lower()).first() or visible.filter(name__iexact=name.strip()).first()


def _deed(do):
    """A deed in a workspace: found, done, and told about; a refusal is told with its reason."""

    def deed(case, name):
        room = find(case, name)
        if room is None:
            return Outcome("no_workspace", explain="no_workspace", context={"name": name})
        try:
            with transaction.atomic():
                done = do(case, room)
        except Refused as refused:
            return Outcome(
                "refused",
                explain="deed_refused",
                cause=f"refused:{case.address.deed}:{room.reference}",
                context={"workspace": room, "reason": refused.reason},
            )
        case.replies.append(
            ("deed_done", {"workspace": room, "done": done, "address": addresses.of_workspace(room.slug)})
        )
        return Outcome("done")

    return deed


@_deed
def join(case, room):
    """Take a seat where one may; ask for it elsewhere."""
    if rules.join(case.member, room):
        seats.join(member=case.member, workspace=room)
        return _("You now have a seat in “%(workspace)s”.") % {"workspace": room}
    seats.request_seat(member=case.member, workspace=room, text=case.text)
    return _("The moderators of “%(workspace)s” have been asked to give you a seat. You will hear from them.") % {
        "workspace": room
    }


@_deed
def leave(case, room):
    seats.leave(member=case.member, workspace=room)
    return _("You have left “%(workspace)s”. What you wrote there stays.") % {"workspace": room}


def cadence(word):
    """The deed that sets how often mail from a workspace comes."""

    @_deed
    def deed(case, room):
        chosen = subscriptions.follow(member=case.member, workspace=room, cadence=word)
        return _("Mail from “%(workspace)s”: %(cadence)s.") % {
            "workspace": room,
            "cadence": chosen.get_cadence_display(),
        }

    return deed


CADENCES = ("each", "daily", "weekly", "monthly", "none")
DEEDS = {"join": join, "leave": leave, "moderators": moderators, **{word: cadence(word) for word in CADENCES}}
