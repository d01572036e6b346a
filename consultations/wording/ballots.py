"""Sentences about ballots that pages and mails share: what may be voted, what a vote says, until when, the result."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations.models.ballots import Kind, State
from consultations.wording.times import left, moment
from notifications.digests import prose


def allowed(ballot):
    """What one may write: `A, B or C`, in the language that is active."""
    if ballot.kind == Kind.YES_NO:
        return _("yes, no or abstain")
    letters = [option.letter for option in ballot.choices]
    if ballot.kind == Kind.CHOICE:
        comma = pgettext("between letters of a list", ", ")
        return _("%(letters)s or %(last)s") % {"letters": comma.join(letters[:-1]), "last": letters[-1]}
    return _("the letters in your order, the best first, for example %(example)s") % {"example": example(ballot)}


def example(ballot):
    """A ranking of some options, in no order that anybody would take for advice: backwards."""
    return ">".join([option.letter for option in ballot.choices][:3][::-1])


def not_understood(ballot):
    """What to write instead, with the options."""
    words = _("Write nothing but %(words)s.") % {"words": allowed(ballot)}
    return "\n".join([words, *map(str, ballot.choices)])


def said(ballot, value):
    """A vote as people read it: `yes`, `B) Two pages`, `C>A>B`."""
    if ballot.kind == Kind.YES_NO:
        return {"yes": _("yes"), "no": _("no"), "abstain": _("abstention")}[value]
    if ballot.kind == Kind.CHOICE:
        return next((str(option) for option in ballot.choices if option.letter == value), value)
    return value


def window(ballot, now):
    """When it closes, in the time zone that is active, and how long that is from `now`."""
    facts = {"opens": moment(ballot.opens_at), "closes": moment(ballot.closes_at)}
    state = ballot.state_at(now)
    if state == State.COMING:
        return _("Opens on %(opens)s, closes on %(closes)s.") % facts
    if state == State.CLOSED:
        return _("Closed on %(closes)s.") % facts
    facts["left"] = left(ballot.closes_at - now)
    return _("Closes on %(closes)s, in %(left)s.") % facts


def whole(ballot, *, own=None, may_vote=False):
    """All of a ballot for a mail to one member, as paragraphs: what is asked, until when, their vote, how to vote.

    own: their Vote, if they voted.
    """
    explanation = "\n".join(prose.lines(prose.paragraphs(ballot.text)))
    options = "\n".join(prose.title(str(option)) for option in ballot.choices)
    paragraphs = [explanation, options, window(ballot, timezone.now())]
    if own:
        paragraphs.append(_("Your vote so far: %(vote)s.") % {"vote": said(ballot, own.value)})
    if may_vote:
        paragraphs.append(
            _("To vote, reply to this mail and write nothing but %(words)s.") % {"words": allowed(ballot)}
        )
    return [words for words in paragraphs if words]


def result(ballot, outcome):
    """What came out, in one line: `12 votes. A) One page: 7; B) Two pages: 5.`"""
    if not outcome.votes:
        return _("Nobody voted.")
    names = {option.letter: str(option) for option in ballot.choices}
    rows = pgettext("between parts of a result", "; ").join(
        _("%(label)s: %(value)s") % {"label": names.get(option) or said(ballot, option), "value": number}
        for option, number in outcome.order
    )
    facts = {"rows": rows}
    facts["votes"] = ngettext("%(count)s vote", "%(count)s votes", outcome.votes) % {"count": outcome.votes}
    if ballot.kind == Kind.RANKING:
        return _("%(votes)s. Points: %(rows)s.") % facts
    return _("%(votes)s. %(rows)s.") % facts
