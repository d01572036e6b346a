"""What mails said of votes in a secret ballot is erased, so that no stored mail tells who voted how.

A mail that brought a vote is let go of as soon as that is in the urn (notifications/intake/sealing.py), and the receipt
soon after it has left. What is left by then, misunderstood votes and what we asked back, goes at the count. What stays
is that mails came, when, and that a vote of theirs was taken.
"""

import secrets
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from consultations.models import Ballot
from notifications.models import Answer, Arrival, Letter

MOST_STEPS = 5  # mails that answer our question about a mail that answers our question ...
BATCH = 500
AT_HAND = timedelta(minutes=15)  # for which a receipt that has left is kept, for quick answers to be read against it
LATELY = timedelta(days=1)
ON_THE_WAY = (Letter.State.QUEUED, Letter.State.SENDING)


def sweep(ballot):
    """Erase the words of all mails that answered this ballot, and of our answers to them; returns how many mails."""
    now, arrivals = timezone.now(), _arrivals(ballot)
    answers = list(Answer.objects.filter(about=ballot.reference))
    for answer in answers:
        answer.text, answer.reason, answer.key = "", "", f"erased:{secrets.token_hex(24)}"
    Answer.objects.bulk_update(answers, ["text", "reason", "key"], batch_size=100)
    _withdraw(Letter.objects.filter(about=ballot.reference, kind=Letter.Kind.ANSWER), now)
    for start in range(0, len(arrivals), BATCH):
        _erase(ballot, arrivals[start : start + BATCH], now)
    return len(arrivals)


def let_go(should_stop=lambda: False, *, now=None):
    """Erase the receipts of secret ballots that have left, and what told of votes that were taken; returns how many."""
    now = now or timezone.now()
    secret = Ballot.objects.filter(is_secret=True, opens_at__lte=now, closes_at__gt=now - 2 * LATELY)
    about = [f"ballot:{pk}" for pk in secret.values_list("pk", flat=True)]
    if not about:
        return 0
    sent = Letter.objects.filter(sent_at__gt=now - LATELY, sent_at__lte=now - AT_HAND, pruned_at=None)
    sent = sent.filter(kind=Letter.Kind.ANSWER, state=Letter.State.SENT)
    taken = Answer.objects.filter(about__in=about, state=Answer.State.TAKEN, created_at__gt=now - LATELY - AT_HAND)
    about += [f"arrival:{pk}" for pk in taken.values_list("arrival", flat=True)]
    return sent.filter(about__in=about).update(stored=b"", pruned_at=now)


def letters_on_the_way(ballot):
    """Receipts and other answers to these people that have not left yet: the count waits, for then they are gone."""
    members = Answer.objects.filter(about=ballot.reference).values("member")
    waiting = Letter.objects.filter(kind=Letter.Kind.ANSWER, state__in=ON_THE_WAY, created_at__gte=ballot.opens_at)
    return waiting.filter(member__in=members).exists()


def _arrivals(ballot):
    """Mails with an answer to the ballot, and those to which we asked back and got the vote then."""
    direct = Q(answers__about=ballot.reference) | Q(letter__about=ballot.reference)
    rows = Arrival.objects.select_related("letter").defer("raw", "letter__stored")
    found = {row.pk: row for row in rows.filter(pk__in=Arrival.objects.filter(direct).values("pk"))}
    latest = list(found.values())
    for _step in range(MOST_STEPS):
        asked = {_number(row.letter.about) for row in latest if row.letter} - {0} - found.keys()
        latest = list(rows.filter(pk__in=asked)) if asked else []
        found |= {row.pk: row for row in latest}
    return list(found.values())


def _number(about):
    kind, _colon, pk = about.partition(":")
    return int(pk) if kind in ("arrival", "asked") and pk.isdecimal() else 0


def _erase(ballot, arrivals, now):
    for arrival in arrivals:
        arrival.raw, arrival.subject, arrival.error, arrival.pruned_at = b"", "", "", now
        # Both are digests over words that are quickly guessed.
        arrival.sha256, arrival.fingerprint = "", secrets.token_hex(32)
    fields = ["raw", "subject", "error", "pruned_at", "sha256", "fingerprint"]
    Arrival.objects.bulk_update(arrivals, fields, batch_size=100)
    about = [f"{kind}:{row.pk}" for row in arrivals for kind in ("arrival", "asked")]
    _withdraw(Letter.objects.filter(about__in=about), now)
    # What else we answered to these people meanwhile may quote their words (a STATUS).
    others = Letter.objects.filter(kind=Letter.Kind.ANSWER, created_at__gte=ballot.opens_at)
    _withdraw(others.filter(member__in={row.member_id for row in arrivals if row.member_id}), now)


def _withdraw(letters, now):
    waiting = letters.filter(state=Letter.State.QUEUED)
    waiting.update(state=Letter.State.WITHDRAWN, claimed_until=None)
    letters.exclude(state__in=ON_THE_WAY).update(stored=b"", subject="", pruned_at=now)
