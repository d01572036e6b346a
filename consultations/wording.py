"""Sentences about ballots that pages and mails share: what may be voted, what a vote says, what came out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations.models.ballots import Kind


def allowed(ballot):
    """What one may write: `A, B or C`, in the language that is active."""
    if ballot.kind == Kind.YES_NO:
        return _("yes, no or abstain")
    letters = [option.letter for option in ballot.choices]
    if ballot.kind == Kind.CHOICE:
        comma = pgettext("between letters of a list", ", ")
        return _("%(letters)s or %(last)s") % {"letters": comma.join(letters[:-1]), "last": letters[-1]}
    return _("letters from the best to the worst, for example %(example)s") % {"example": ">".join(letters[:3][::-1])}


def how_to_vote(ballot):
    """What to write, when it was not understood."""
    if ballot.kind == Kind.YES_NO:
        return _("Write one of these and nothing else: yes, no, abstain.")
    listed = "\n".join(map(str, ballot.choices))
    if ballot.kind == Kind.CHOICE:
        return _("Write one of these letters and nothing else:") + "\n" + listed
    return (
        _("Write the letters in your order, the best first, for example %(example)s, and nothing else:")
        % {"example": ">".join([option.letter for option in ballot.choices][:3][::-1])}
        + "\n"
        + listed
    )


def said(ballot, value):
    """A vote as people read it: `yes`, `B) Two pages`, `C>A>B`."""
    if ballot.kind == Kind.YES_NO:
        return {"yes": _("yes"), "no": _("no"), "abstain": _("abstention")}[value]
    if ballot.kind == Kind.CHOICE:
        return next((str(option) for option in ballot.choices if option.letter == value), value)
    return value


def result(ballot, outcome):
    """What came out, in one sentence; a ballot of today decides nothing by a rule, it says how many."""
    if not outcome.votes:
        return _("Nobody voted.")
    rows = pgettext("between parts of a result", "; ").join(
        f"{said(ballot, option)}: {number}" for option, number in outcome.order
    )
    votes = ngettext("%(count)s vote.", "%(count)s votes.", outcome.votes) % {"count": outcome.votes}
    if ballot.kind == Kind.RANKING:
        return _("%(votes)s Points: %(rows)s.") % {"votes": votes, "rows": _ranked(ballot, outcome)}
    return _("%(votes)s %(rows)s.") % {"votes": votes, "rows": rows}


def _ranked(ballot, outcome):
    names = {option.letter: str(option) for option in ballot.choices}
    return pgettext("between parts of a result", "; ").join(
        f"{names[option]}: {number}" for option, number in outcome.order
    )
