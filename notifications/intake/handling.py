"""Handling: the steps every arrival goes through, in this order, until one of them knows what becomes of it.

Each step takes the case and returns an `Outcome`, or None when the mail is for the next one. The table of EMAIL.md
section 4 is this list.
"""

from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core import languages
from notifications.bounces import hearing, reports
from notifications.couriers import answering, carrying
from notifications.intake import cases, closing, commands, confirming, joining, replying, rooms, senders
from notifications.intake.outcomes import Outcome, held
from notifications.models import Arrival
from notifications.reading.classify import THROUGH_A_LIST


def open_case(arrival):
    """Read an arrival and find out what it is about; changes nothing."""
    case = cases.open_case(arrival)
    _note_what_was_read(case)
    senders.prove(case)
    commands.prepare(case)
    return case


def act(case):
    """Do what a mail asks, and write down what became of it."""
    with _speaking_to(case.member):
        outcome = next(outcome for step in STEPS if (outcome := step(case)))
    with _speaking_to(case.member):  # who may have become a member meanwhile, or chosen another language
        closing.close(case, outcome)


@contextmanager
def _speaking_to(member):
    with ExitStack() as speaking:
        if member:
            speaking.enter_context(languages.speaking(member.language))
            speaking.enter_context(timezone.override(member.zone))
        yield


def _note_what_was_read(case):
    arrival, read = case.arrival, case.reading
    arrival.state, arrival.klass, arrival.problems = Arrival.State.READ, read.klass, list(read.problems)
    arrival.subject, arrival.from_address = read.subject[:400], read.from_address[:254]
    arrival.message_id = read.message_id[:400]
    arrival.member, arrival.letter, arrival.issue = case.member, case.letter, case.issue


# -- The steps ---------------------------------------------------------------------------------------------


def came_back(case):
    """A letter of ours could not be delivered, or somebody complained of it: counted, never answered."""
    if case.reading.klass != "bounce":
        return None
    reports.take(case)
    return Outcome("bounce")


def automatic(case):
    """A program wrote it, or a list, or it is our own mail: counted, never posted, never answered (RFC 3834)."""
    no_return = case.arrival.door == "lmtp" and not case.arrival.envelope_sender
    if case.reading.why == THROUGH_A_LIST and case.address.kind == "workspace":
        return Outcome("automatic")  # the workspace was subscribed to a list, whose threads are not its own
    if case.reading.klass == "auto" or case.address.kind == "bounce" or no_return:
        return Outcome("automatic")
    return None


def unreadable(case):
    """No mail a program could read: a person looks at it, and whoever sent it is told so."""
    if case.reading.klass != "reject":
        return None
    if case.member is None:
        case.member = senders.by_envelope(case.arrival)
    return held("unreadable", explain="unreadable", only_if=senders.sent_the_envelope(case))


def nobody(case):
    """Nobody we know: a person looks at it. Nothing goes to strangers, who may be anyone's forgery."""
    return held("unknown_sender") if case.member is None else None


def not_theirs(case):
    """Another sender, or forged: the member whose address this is may confirm it."""
    if case.arrival.confirmed_at or senders.is_member(case):
        return None
    case.arrival.problems = [*case.arrival.problems, "wrong_sender"]
    context = {
        "confirm_url": senders.confirm_url(case.arrival),
        "alias_url": f"{settings.SITE_URL}{reverse('account_email')}",
    }
    return held("wrong_sender", explain="confirm", cause=f"confirm:{case.arrival.pk}", **context)


def heard_from(case):
    """They wrote, so they are there: what was held back from an address that had seemed dead starts again.

    A word or two in answer to the letter that asks whether they are there says no more than that.
    """
    hearing.wrote(case.member)
    return Outcome("done") if hearing.only_says_so(case) else None


def out_of_date(case):
    """The letter it answers is too old, or not here any more."""
    if case.address.kind != "reply" or replying.is_valid(case.letter):
        return None
    return Outcome("expired", explain="expired")


def sealed(case):
    """Encrypted, or pictures of words: we cannot read it."""
    problems = case.reading.problems
    if "encrypted" in problems:
        return held("encrypted", explain="encrypted")
    return held("picture_only", explain="picture_only") if "picture_only" in problems else None


def asked(case):
    """Commands are carried out; the mail ends here when it says nothing else.

    At a workspace's address a mail with a text starts a thread, whatever its subject may look like.
    """
    only_commands = bool(case.reading.commands) and not (case.text or case.reading.files)
    if only_commands or case.address.kind != "workspace":
        commands.carry_out(case)
    has_deed = case.address.deed not in ("", "moderators")
    return Outcome("asked") if only_commands and not has_deed else None


def routed(case):
    """An answer, a new thread, something to do in a workspace, or a question for help."""
    return ROUTES[case.address.kind](case)


def nowhere(case):
    """The address has lost its meaning since the mail was accepted: a person looks at it."""
    return held("unknown_address")


ROUTES = {
    "reply": replying.answer,
    "workspace": rooms.enter,
    "help": commands.help_asked,
    "unknown": nowhere,
}
STEPS = (
    came_back,
    automatic,
    unreadable,
    answering.objected,
    joining.answered,
    joining.asked,
    joining.how_asked,
    confirming.answered_there,
    nobody,
    not_theirs,
    heard_from,
    out_of_date,
    sealed,
    carrying.consented,
    carrying.carry,
    asked,
    routed,
)
