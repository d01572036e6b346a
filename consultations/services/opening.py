"""A ballot opens: its roll is frozen and the journal told, by the clock or by the first vote after its time."""

import hashlib

from consultations.services import rolls
from journal.services import record


def is_due(ballot, now):
    """Should it have opened? That of a consultation waits for the consultation to be published."""
    return (
        ballot.announced_at is None
        and ballot.opens_at <= now
        and (ballot.phase is None or ballot.phase.consultation.is_published)
    )


def open_due(ballot, now, *, by=None, at=None):
    """Open a ballot the caller has locked, if its time has come; returns whether it opened just now."""
    if not is_due(ballot, now):
        return False
    ballot.announced_at = now
    ballot.save(update_fields=["announced_at"])
    roll = rolls.freeze(ballot)
    record("ballot.opened", actor=by, about=ballot, data=facts(ballot) | {"roll": roll}, at=at)
    return True


def live(ballot):
    """What it keeps besides of one that is closed by a deed."""
    if not ballot.is_live:
        return {}
    return {
        "settling": ballot.settling,
        "mail_until": ballot.mail_until.isoformat() if ballot.mail_until else None,
        "is_straw": ballot.is_straw,
        "is_called": ballot.is_called,
    }


def facts(ballot):
    """What the record keeps of a ballot that is prepared or opens: its window and all its rules."""
    return live(ballot) | {
        "opens": ballot.opens_at.isoformat(),
        "closes": ballot.closes_at.isoformat(),
        "kind": str(ballot.kind),
        "options": [option.label for option in ballot.options.all()],
        "method": str(ballot.method),
        "most": ballot.most,
        "majority": ballot.majority,
        "base": str(ballot.base),
        "quorum": ballot.quorum,
        "opening_quorum": ballot.opening_quorum,
        "is_secret": ballot.is_secret,
        "roll_of": str(ballot.roll_of),
        "grace_hours": ballot.grace_hours,
        "text_sha256": ballot.text_sha256,
        "words_sha256": hashlib.sha256(f"{ballot.title}\n\n{ballot.text}".encode()).hexdigest(),
    }
