"""Sentences about ballots that pages and mails share: what may be voted, what a vote says, until when, how decided."""

from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from consultations import keeping
from consultations.models.ballots import Base, Kind, Method, RollOf, State
from consultations.services import counting
from consultations.wording import outcomes
from consultations.wording.times import left, moment
from consultations.words import positions
from core.languages import apart
from notifications.digests import prose


def allowed(ballot):
    """What one may write: `A, B or C`, in the language that is active."""
    if ballot.kind == Kind.YES_NO:
        return _("yes, no or abstain")
    if ballot.kind == Kind.CONSENT:
        return _("%(consent)s, %(reservation)s or %(objection)s, with the reasons after it") % offered()
    if ballot.kind == Kind.SILENCE:
        return _("%(objection)s or %(amendment)s, with the reasons after it") % offered()
    letters = [option.letter for option in ballot.choices]
    if ballot.kind == Kind.CHOICE:
        comma = pgettext("between letters of a list", ", ")
        return _("%(letters)s or %(last)s") % {"letters": comma.join(letters[:-1]), "last": letters[-1]}
    if ballot.kind == Kind.APPROVAL:
        return _("the letters of your options, at most %(most)s, for example %(example)s") % {
            "most": ballot.most,
            "example": example(ballot),
        }
    if ballot.kind == Kind.SCORE:
        return _("a number from 0 to %(most)s for each letter, for example %(example)s") % {
            "most": ballot.most,
            "example": example(ballot),
        }
    return _("the letters in your order, the best first, for example %(example)s") % {"example": example(ballot)}


def offered():
    """The words for positions, in the language that is active."""
    words = positions.OFFERED.get((get_language() or "")[:2], positions.OFFERED["en"])
    return dict(zip(("consent", "reservation", "objection", "amendment", "present"), words, strict=True))


def without_voting(ballot):
    """How one says by mail that one is there, where that counts; else ""."""
    if ballot.quorum or ballot.opening_quorum or ballot.base == Base.PRESENT:
        return _("To say that you are there without voting, write %(present)s.") % offered()
    return ""


def example(ballot):
    """A vote for some options, in no order that anybody would take for advice: backwards."""
    letters = [option.letter for option in ballot.choices][:3][::-1]
    if ballot.kind == Kind.SCORE:
        return " ".join(f"{letter}={max(0, ballot.most - place)}" for place, letter in enumerate(letters))
    if ballot.kind == Kind.APPROVAL:
        return ", ".join(letters[: min(2, ballot.most)])
    return ">".join(letters)


def first_word(ballot):
    """Any vote, for an example of how one is written after something else."""
    if ballot.kind == Kind.YES_NO:
        return _("yes")
    return ballot.choices[0].letter if ballot.kind == Kind.CHOICE else example(ballot)


def not_understood(ballot):
    """What to write instead, with the options."""
    words = _("Write nothing but %(words)s.") % {"words": allowed(ballot)}
    return "\n".join([words, *map(str, ballot.choices)])


def said(ballot, value):
    """A vote as people read it: `yes`, `B) Two pages`, `C>A>B`."""
    if ballot.kind == Kind.CHOICE:
        return next((str(option) for option in ballot.choices if option.letter == value), value)
    if ballot.kind in (Kind.APPROVAL, Kind.SCORE):
        return pgettext("between letters of a list", ", ").join(value.split(","))
    return outcomes.answer(value)


def rules(ballot):
    """By which rules it is decided, in sentences: who votes, by name or in secret, majority, quorums."""
    facts = {"most": ballot.most}
    found = [outcomes.straw()] if ballot.is_straw else []
    if ballot.kind == Kind.SILENCE:
        found.append(
            _(
                "If nobody objects until the end, the text is adopted. One objection or amendment ends the procedure. "
                "Who agrees sends nothing."
            )
        )
    if ballot.kind == Kind.CONSENT:
        found.append(_("Adopted when somebody consents and nobody objects; reservations are noted."))
    if ballot.kind == Kind.RANKING and ballot.method == Method.IRV:
        found.append(_("Counted by instant-runoff: the last option leaves, round by round."))
    elif ballot.kind == Kind.RANKING:
        found.append(_("Counted by Schulze’s method: every two options are compared on all ballots."))
    if ballot.kind == Kind.APPROVAL:
        found.append(
            ngettext("One may choose %(most)s option.", "One may choose up to %(most)s options.", ballot.most) % facts
        )
    if ballot.kind == Kind.SCORE:
        found.append(_("Each option gets from 0 to %(most)s; the highest sum wins.") % facts)
    if ballot.majority:
        found.append(_("Needed: %(majority)s.") % {"majority": outcomes.of_whom(ballot.majority, ballot.base)})
    if ballot.quorum:
        found.append(_("Quorum to decide: %(part)s.") % {"part": _part(ballot.quorum)})
    if ballot.opening_quorum:
        found.append(
            _("Quorum to open: %(part)s must vote or say that they are there, or no vote is counted.")
            % {"part": _part(ballot.opening_quorum)}
        )
    if ballot.roll_of == RollOf.ORGANISATIONS:
        found.append(_("Each organisation has one vote; whoever holds its mandate casts or changes it."))
    return found


def secrecy(ballot):
    """Who sees how one votes, and when."""
    if ballot.kind == Kind.SILENCE:
        return _("Objections are made by name, and shown when the procedure has ended.")
    if ballot.is_called:
        return _("Roll call: names are called one by one, and each vote is shown as it is called.")
    if ballot.is_secret:
        return _(
            "This ballot is secret: who has voted is recorded, what was voted is kept apart. You get a receipt code, "
            "with which you find your vote on the list that is published after the close, and change it until then."
        )
    return _("Votes are recorded by name. Until the close only their number is shown. The last one you send counts.")


def _part(words):
    return outcomes.of_whom("simple" if words == "majority" else words, "roll")


def window(ballot, now):
    """When it closes, in the time zone that is active, and how long that is from `now`."""
    facts = {"opens": moment(ballot.opens_at), "closes": moment(ballot.ended_at)}
    state = ballot.state_at(now)
    if state == State.COMING:
        return _("Opens on %(opens)s, closes on %(closes)s.") % facts
    if state == State.CLOSED:
        return _("Closed on %(closes)s.") % facts
    if ballot.is_live:
        return open_until(ballot)
    facts["left"] = left(ballot.closes_at - now)
    return _("Closes on %(closes)s, in %(left)s.") % facts


def open_until(ballot):
    """Until when a live ballot is open, which nobody knows to the minute."""
    if ballot.mail_until and ballot.settling:
        return _("Open until the chair closes it. A mail that comes to us by %(until)s counts.") % {
            "until": moment(ballot.mail_until)
        }
    return _("Open until the chair closes it.")


def whole(ballot, *, own=None, may_vote=False):
    """All of a ballot for a mail to one member, as paragraphs: what is asked, until when, their vote, how to vote.

    own: their Vote, if they voted.
    """
    explanation = "\n".join(prose.lines(prose.paragraphs(ballot.text)))
    options = "\n".join(prose.title(str(option)) for option in ballot.choices)
    paragraphs = [explanation, options, " ".join(rules(ballot)), window(ballot, timezone.now())]
    if ballot.text_sha256:
        paragraphs.append(_("SHA-256 of the text: %(digest)s") % {"digest": ballot.text_sha256})
    if own:
        paragraphs.append(_("Your vote so far: %(vote)s.") % {"vote": said(ballot, own.value)})
    if may_vote and ballot.kind == Kind.SILENCE:
        paragraphs.append(
            _("Who agrees sends nothing. To break the silence, reply to this mail and write %(words)s.")
            % {"words": allowed(ballot)}
        )
    elif may_vote:
        paragraphs.append(
            _("To vote, reply to this mail and write nothing but %(words)s.") % {"words": allowed(ballot)}
        )
        paragraphs += [without_voting(ballot), keeping.how(ballot)]
    return [words for words in paragraphs if words]


def annulled(ballot):
    """That it was stopped, why, and what becomes of its votes."""
    cast = counting.cast(ballot)
    told = _("Annulled on %(when)s: %(reason)s") % {
        "when": moment(ballot.annulled_at),
        "reason": ballot.annulled_because,
    }
    kept = ngettext(
        "%(count)s vote had been cast. It is kept and is not counted.",
        "%(count)s votes had been cast. They are kept and are not counted.",
        cast,
    )
    return f"{told} {kept % {'count': cast}}" if cast else told


def result(ballot, facts):
    """What came out, in sentences: `12 votes. A) One page: 7; B) Two pages: 5. Chosen: A) One page.`"""
    return outcomes.explain(facts, {option.letter: apart(option) for option in ballot.choices})
