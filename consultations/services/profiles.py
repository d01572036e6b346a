"""Rule profiles: what is asked of the votes, checked before a ballot opens. The arithmetic is in `tally`."""

from django.utils.translation import gettext as _

from consultations import tally
from consultations.models.ballots import MOST_SCORE, NAMED_ONLY, WITH_MAJORITY, Base, Kind, Method
from consultations.words import shares
from core.access import Refused

NAMED = ("simple", "two_thirds", "absolute")


def check(*, kind, labels, majority, base, quorum, opening_quorum, method, most, is_secret, text=""):
    """The fields of a ballot's rules, with what is usual where nothing is said; raises Refused with what is wrong.

    majority: None for what is usual, "" where none is asked for.
    """
    if majority is None:
        majority = "simple" if kind == Kind.YES_NO else ""
    majority = _majority(majority, text) if kind in WITH_MAJORITY else ""
    if kind in NAMED_ONLY and is_secret:
        raise Refused(
            _("Objections are made by name, with their reasons. This kind of ballot is never secret."), text=text
        )
    return {
        "majority": majority,
        "base": Base.ROLL if majority == "absolute" else Base(base),
        "quorum": "" if kind == Kind.SILENCE else _quorum(quorum, text),
        "opening_quorum": "" if kind == Kind.SILENCE else _quorum(opening_quorum, text),
        "method": Method(method or Method.SCHULZE) if kind == Kind.RANKING else "",
        "most": _most(kind, most, len(labels), text),
        "is_secret": bool(is_secret),
    }


def _majority(words, text):
    if words in ("", *NAMED):
        return words
    words = shares.read(words)
    _share(words, _("A majority is written as a share, for example 3/5, and is at most 1/1."), text)
    return words


def _quorum(words, text):
    words = shares.read(words)
    if words not in ("", "majority"):
        _share(words, _("A quorum is written as a share of the roll, for example 1/3, and is at most 1/1."), text)
    return words


def _share(words, refusal, text):
    try:
        share = tally.profile(words).share
    except tally.Malformed as wrong:
        raise Refused(refusal, text=text) from wrong
    if not share or words in NAMED:
        raise Refused(refusal, text=text)


def _most(kind, most, options, text):
    if kind == Kind.APPROVAL:
        most = options if most is None else most
        if not 1 <= most <= options:
            facts = {"options": options}
            raise Refused(_("One chooses at least one option, and at most all %(options)s.") % facts, text=text)
        return most
    if kind == Kind.SCORE:
        most = 5 if most is None else most
        if not 1 <= most <= MOST_SCORE:
            raise Refused(_("The highest score is at least 1 and at most %(most)s.") % {"most": MOST_SCORE}, text=text)
        return most
    return None
