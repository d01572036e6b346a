"""A result that explains itself: the figures of `services/counting.py` as sentences in the language that is active.

`Not adopted: 5 for, 3 against, 4 abstaining. Two thirds of those voting: 6 of 8 needed. Quorum 9 of 16: met by 12.`
The same sentences stand on the page, in the digest, in letters and in the export.
"""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations.models.ballots import Base, Kind, Method

MOST_NAMED = 10


def explain(facts, options=None):
    """The result in sentences. facts: as `counting.of` gives them, or an entry `ballot.counted` keeps them.

    options: {letter: option with its label}; letters alone where it is empty.
    """
    options = options or {}
    kind = facts.get("kind", "")
    said = _explain(kind, facts, options)
    return f"{straw()} {said}" if facts.get("is_straw") else said


def straw():
    return _("Straw poll: it binds nobody.")


def _explain(kind, facts, options):
    opening = facts.get("opening")
    if opening and not opening["met"]:
        return _("Not opened: too few were there. %(quorum)s No vote was counted.") % {"quorum": quorum(opening)}
    if kind == Kind.YES_NO and facts.get("adopted") is not None:
        parts = [_motion(facts), *_asked(facts)]
    elif kind in (Kind.CONSENT, Kind.SILENCE):
        parts = [_positions(kind, facts), *_unreached(facts)]
    else:
        parts = [votes(facts.get("votes", 0)), *_election(facts, options), *_asked(facts)]
    if hall := facts.get("hall"):
        hands = {"order": [[value, hall[value]] for value in sorted(hall, key=_in_order)]}
        parts.append(_("Of these in the hall: %(figures)s.") % {"figures": rows(hands, options)})
    if facts.get("quorum"):
        parts.append(quorum(facts["quorum"]))
    return " ".join(part for part in parts if part)


def undecided(facts):
    """That a list of figures has no single winner: a tie, by letters, or nothing chosen; "" where there is one."""
    is_election = facts.get("votes") and facts.get("places")
    return _chosen(facts, {}) if is_election and len(facts.get("winners", ())) != 1 else ""


def quorum(figures):
    """`Quorum 9 of 16: met by 12.`"""
    if figures["met"]:
        said = ngettext(
            "Quorum %(needed)s of %(of)s: met by %(present)s.",
            "Quorum %(needed)s of %(of)s: met by %(present)s.",
            figures["present"],
        )
    else:
        said = ngettext(
            "Quorum %(needed)s of %(of)s: not met by %(present)s.",
            "Quorum %(needed)s of %(of)s: not met by %(present)s.",
            figures["present"],
        )
    return said % figures


def share(majority):
    """`Two thirds`, `More than half`, `At least 3/5`: how much a majority asks for."""
    if majority in ("simple", "absolute"):
        return _("More than half")
    if majority == "two_thirds" or Fraction(majority) == Fraction(2, 3):
        return _("Two thirds")
    return _("At least %(share)s") % {"share": majority}


def of_whom(majority, base):
    """`Two thirds of those voting`; whole, for languages join the two in their own ways."""
    words = {"share": share(majority)}
    if base == Base.ROLL:
        return _("%(share)s of all who may vote") % words
    if base == Base.PRESENT:
        return _("%(share)s of those present") % words
    return _("%(share)s of those voting") % words


def votes(number):
    if not number:
        return _("Nobody voted.")
    return _("%(votes)s.") % {"votes": ngettext("%(count)s vote", "%(count)s votes", number) % {"count": number}}


def rows(facts, options):
    """`A) One page: 7; B) Two pages: 5`, by number."""
    parts = [
        _("%(label)s: %(value)s") % {"label": options.get(option) or answer(option), "value": number}
        for option, number in facts.get("order", ())
    ]
    return pgettext("between parts of a result", "; ").join(parts)


def answer(value):
    """A vote that is no option, as people read it; an option's letter as it is."""
    names = {
        "yes": _("yes"),
        "no": _("no"),
        "abstain": _("abstention"),
        "consent": _("consent"),
        "reservation": _("reservation"),
        "objection": _("objection"),
        "amendment": _("amendment"),
    }
    return names.get(value, value)


def _in_order(value):
    """Yes, no, abstentions; options by their letters."""
    return ("yes", "no", "abstain").index(value) if value in ("yes", "no", "abstain") else 3, value


def _motion(facts):
    numbers = dict(map(tuple, facts["order"]))
    figures = pgettext("between parts of a result", ", ").join(
        [
            ngettext("%(count)s for", "%(count)s for", numbers["yes"]) % {"count": numbers["yes"]},
            ngettext("%(count)s against", "%(count)s against", numbers["no"]) % {"count": numbers["no"]},
            ngettext("%(count)s abstaining", "%(count)s abstaining", numbers["abstain"])
            % {"count": numbers["abstain"]},
        ]
    )
    said = _("Adopted: %(figures)s.") if facts["adopted"] else _("Not adopted: %(figures)s.")
    return said % {"figures": figures} + (" " + _("A tie is not adopted.") if facts.get("is_tied") else "")


def _asked(facts):
    """The majority; of nobody there is none."""
    if facts.get("majority") and not facts.get("base"):
        if facts.get("kind") == Kind.YES_NO and not facts.get("votes"):
            yield votes(0)
    elif facts.get("majority"):
        figures = {
            "majority": of_whom(facts["majority"], facts["of"]),
            "needed": facts["needed"],
            "base": facts["base"],
        }
        yield (
            ngettext(
                "%(majority)s: %(needed)s of %(base)s needed.",
                "%(majority)s: %(needed)s of %(base)s needed.",
                facts["base"],
            )
            % figures
        )


def _election(facts, options):
    if not facts.get("votes"):
        return
    if facts.get("order"):
        yield _("%(rows)s.") % {"rows": rows(facts, options)}
    elif facts.get("places"):
        yield _order(facts["places"], options)
    if facts.get("kind") == Kind.YES_NO:
        return
    yield _chosen(facts, options)
    if facts.get("kind") == Kind.RANKING:
        yield (
            _("Counted by instant-runoff.") if facts.get("method") == Method.IRV else _("Counted by Schulze’s method.")
        )


def _order(places, options):
    """`Order: B) Two pages; A) One page = C) None.`: equals beside each other."""
    tied = [" = ".join(options.get(letter, letter) for letter in letters) for letters in places]
    return _("Order: %(order)s.") % {"order": pgettext("between parts of a result", "; ").join(tied)}


def _chosen(facts, options):
    winners = [options.get(letter, letter) for letter in facts.get("winners", ())]
    names = {"options": pgettext("between parts of a result", "; ").join(winners[:MOST_NAMED])}
    if not facts.get("is_complete", True):
        return _("No option is named as chosen: ties can be broken in more ways than are followed here.")
    if len(winners) == 1:
        return _("Chosen: %(options)s.") % names
    if winners:
        return _("A tie, which stays one: %(options)s.") % names
    if facts.get("is_tied"):
        return _("Nothing is chosen, for several options have the same number of votes.")
    return _("Nothing is chosen.")


def _positions(kind, facts):
    numbers = dict(map(tuple, facts["order"]))
    if kind == Kind.SILENCE:
        if facts["adopted"]:
            return _("Adopted by silence: nobody objected.")
        if numbers.get("amendment"):
            return _("Not adopted: the silence was broken by an amendment.")
        return _("Not adopted: the silence was broken by an objection.")
    figures = pgettext("between parts of a result", ", ").join(
        [
            ngettext("%(count)s consent", "%(count)s consents", numbers["consent"]) % {"count": numbers["consent"]},
            ngettext("%(count)s reservation", "%(count)s reservations", numbers["reservation"])
            % {"count": numbers["reservation"]},
            ngettext("%(count)s objection", "%(count)s objections", numbers["objection"])
            % {"count": numbers["objection"]},
        ]
    )
    said = _("Adopted: %(figures)s.") if facts["adopted"] else _("Not adopted: %(figures)s.")
    why = "" if facts["adopted"] else " " + _("Consent needs that somebody consents and nobody objects.")
    return said % {"figures": figures} + why


def _unreached(facts):
    number = facts.get("not_reached")
    if number:
        names = facts.get("not_reached_names", ())
        yield ngettext(
            "%(count)s of the roll was not reached by mail: %(names)s.",
            "%(count)s of the roll were not reached by mail: %(names)s.",
            number,
        ) % {"count": number, "names": ", ".join(names[:MOST_NAMED]) + ("…" if number > MOST_NAMED else "")}
