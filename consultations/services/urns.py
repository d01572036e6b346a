"""The urn of a secret ballot: what was voted, sealed until the count, apart from who voted.

All votes of a ballot stand in one row, in the order of their random codes, and each vote writes that row anew under
another nonce: no number, time or place of a row tells which vote came with which name, and a copy of the database made
while the ballot is open holds nothing to read. The key is made from SECRET_KEY, which is not in the database.
"""

import base64
import hashlib
import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from consultations.models import Urn
from consultations.models.ballots import Kind
from consultations.words import marks
from core.access import Refused

SCORED = len("A=100,")


def put(ballot, value):
    """Put a vote into the urn of a ballot the caller has locked; returns its receipt code."""
    papers = _open(ballot)
    code = marks.new_code()
    while code in papers:
        code = marks.new_code()
    papers[code] = value
    _close(ballot, papers)
    return code


def change(ballot, code, value):
    """Put another vote in the place of the one with this receipt code; raises Refused where there is none."""
    papers = _open(ballot)
    if code not in papers:
        raise Refused(_("No vote in this ballot has this receipt code, so nothing was changed. Look it up again."))
    papers[code] = value
    _close(ballot, papers)
    return code


def publish(ballot):
    """Break the seal at the count; returns the list, [[receipt code, vote]] in the order of the codes."""
    urn, _new = Urn.objects.get_or_create(ballot=ballot)
    if urn.papers is None:
        urn.papers, urn.sealed = sorted(map(list, _open(ballot).items())), ""
        urn.save()
    return urn.papers


def discard(ballot):
    """Of a ballot that never had its quorum to open: what was voted is burnt unread."""
    Urn.objects.update_or_create(ballot=ballot, defaults={"sealed": "", "papers": []})


def published(ballot):
    """The list after the count, else None."""
    return Urn.objects.filter(ballot=ballot).values_list("papers", flat=True).first()


def _open(ballot):
    """{code: vote}; raises Refused where SECRET_KEY was changed while the ballot was open."""
    sealed = Urn.objects.filter(ballot=ballot).values_list("sealed", flat=True).first()
    if not sealed:
        return {}
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            rows = json.loads(_key(secret).decrypt(sealed.encode()))
        except InvalidToken:
            continue
        return {code: value.rstrip() for code, value in rows}
    raise Refused(
        _(
            "The key of this server was changed while the ballot was open, so its urn cannot be opened and nothing "
            "was counted. Ask the operator to put the earlier SECRET_KEY into SECRET_KEY_FALLBACKS; then try again."
        )
    )


def _close(ballot, papers):
    length = _longest(ballot)  # so that the length of the seal tells how many votes there are, and nothing else
    rows = sorted((code, value.ljust(length)) for code, value in papers.items())
    # At the beginning of time: the moment of the last vote is nobody's business.
    sealed = _key(settings.SECRET_KEY).encrypt_at_time(json.dumps(rows).encode(), 0).decode()
    Urn.objects.update_or_create(ballot=ballot, defaults={"sealed": sealed})


def _longest(ballot):
    """Characters of the longest vote there can be."""
    if ballot.kind == Kind.YES_NO:
        return len("abstain")
    return len(ballot.choices) * (SCORED if ballot.kind == Kind.SCORE else len("A,"))


@lru_cache(maxsize=8)
def _key(secret):
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"alphorn.urn" + str(secret).encode()).digest()))
