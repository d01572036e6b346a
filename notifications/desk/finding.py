"""Finding mail: what waits for a person, by state, by name or address, and all that went between us and one person."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Count, Q

from members.models import Member
from notifications.models import Arrival, Letter

PAGE = 40
MOST_PEOPLE = 50  # members a name may mean
WAITING = (Arrival.State.HELD, Arrival.State.FAILED)
# With what tells whether a mail answers something in secret, and nothing large.
LISTED = Arrival.objects.select_related("issue__edition", "letter").prefetch_related("answers")
LISTED = LISTED.defer("raw", "error", "letter__stored")


def people(words):
    """Ids of members whose name or address has these words in it."""
    by_address = EmailAddress.objects.filter(email__icontains=words).values("user")
    found = Member.objects.filter(Q(name__icontains=words) | Q(email__icontains=words) | Q(pk__in=by_address))
    return list(found.order_by("name", "pk").values_list("pk", flat=True)[:MOST_PEOPLE])


def arrivals(*, state="", outcome="", words="", before=0):
    """Incoming mail, newest first, a page and one more; without a state, what waits for a person."""
    found = LISTED.select_related("member").order_by("-pk")
    found = found.filter(state=state) if state in Arrival.State.values else found.filter(state__in=WAITING)
    if outcome:
        found = found.filter(outcome=outcome)
    if words:
        address = words.lower()
        found = found.filter(
            Q(member__in=people(words)) | Q(envelope_sender=address) | Q(from_address__icontains=words)
        )
    if before:
        found = found.filter(pk__lt=before)
    return list(found[: PAGE + 1])


def letters(*, state="", words="", before=0):
    """Outgoing mail, newest first, a page and one more; without a state, what failed."""
    found = Letter.objects.select_related("member").defer("stored").order_by("-pk")
    found = found.filter(state=state if state in Letter.State.values else Letter.State.FAILED)
    if words:
        found = found.filter(Q(member__in=people(words)) | Q(member=None, recipient=words.lower()))
    if before:
        found = found.filter(pk__lt=before)
    return list(found[: PAGE + 1])


def waiting():
    """{outcome: how many} of the mails that wait for a person."""
    rows = Arrival.objects.filter(state__in=WAITING).order_by()
    return dict(rows.values_list("outcome").annotate(Count("pk")))


@dataclass
class Piece:
    """A letter or an arrival in the story of one person."""

    at: datetime
    arrival: Arrival | None = None
    letter: Letter | None = None


def story(member, *, before=None):
    """All mail between us and one person, newest first: a page of `Piece`s and one more."""
    sent = Letter.objects.filter(member=member).defer("stored").order_by("-created_at", "-pk")
    came = LISTED.filter(member=member).order_by("-received_at", "-pk")
    if before:
        sent, came = sent.filter(created_at__lt=before), came.filter(received_at__lt=before)
    pieces = [Piece(letter.created_at, letter=letter) for letter in sent[: PAGE + 1]]
    pieces += [Piece(arrival.received_at, arrival=arrival) for arrival in came[: PAGE + 1]]
    return sorted(pieces, key=lambda piece: piece.at, reverse=True)[: PAGE + 1]
