"""Who gets what at each address: one module per app, one row per URL, read by tests/house/test_permissions.py.

A new URL needs a row, or the test fails. A row says what each person gets, with GET and with POST, in a public, a
members' and a private workspace. The five words of a line are the people, in this order:

    anonymous   outside (Carol)   seated (Bob)   moderator (Alice)   secretariat (Sekou)

and each word is what they get:

    ok    the page (200)
    go    done, and sent on (a redirect that does not lead to sign-in)
    in    sent to sign in
    no    refused, with the reason (403)
    --    nothing here (404): what one may not know exists
    bad   the form again, as something in it was wrong (422)
    405   not with this method

Add a row like this:

    "hide": Row(
        at=lambda world: {"pk": world.answer.pk},       # what the URL needs
        data={"reason": "Off topic"},                   # what is posted
        scene=lambda world: ...,                        # what must be so before, if anything
        get=MODERATE, post=done(MODERATE),              # one of the sets below, or one of your own
    )

A set is a dict from visibility to a line, or one line where the workspace does not matter.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

PEOPLE = ("anonymous", "outside", "seated", "moderator", "secretariat")
VISIBILITIES = ("public", "members", "private")

# Reading: what everyone who may see the room gets.
READ = {
    "public": "ok ok ok ok ok",
    "members": "-- ok ok ok ok",
    "private": "-- -- ok ok ok",
}
# The same method refused to everyone: a page that is only read.
NO_METHOD = "405 405 405 405 405"
# Deeds: whoever is not signed in is sent to sign in, whether or not there is anything here.
SEE = {"public": "in ok ok ok ok", "members": "in ok ok ok ok", "private": "in -- ok ok ok"}
SEATED = {"public": "in no ok ok ok", "members": "in no ok ok ok", "private": "in -- ok ok ok"}
OUTSIDE = {"public": "in ok no no ok", "members": "in ok no no ok", "private": "in -- no no ok"}
AUTHOR = {"public": "in no ok no no", "members": "in no ok no no", "private": "in -- ok no no"}
MODERATE = {"public": "in no no ok ok", "members": "in no no ok ok", "private": "in -- no ok ok"}
SECRETARIAT = {"public": "in no no no ok", "members": "in no no no ok", "private": "in -- no no ok"}
# A post that not everyone sees (it waits, or is hidden): nothing for Carol, the moderators' for the others.
UNSEEN_BY_OUTSIDE = {"public": "in -- no ok ok", "members": "in -- no ok ok", "private": "in -- no ok ok"}


def done(outcomes):
    """The same people do it as see its form; afterwards they are sent on."""
    return _each(outcomes, lambda line: line.replace("ok", "go"))


def but(outcomes, **people):
    """The same, but for these people: `but(SEATED, moderator="no")`; a -- or in stays as it is."""

    def change(line):
        words = line.split()
        for person, word in people.items():
            place = PEOPLE.index(person)
            if words[place] not in ("--", "in"):
                words[place] = word
        return " ".join(words)

    return _each(outcomes, change)


def _each(outcomes, change):
    if isinstance(outcomes, str):
        return change(outcomes)
    return {visibility: change(line) for visibility, line in outcomes.items()}


@dataclass(frozen=True)
class Row:
    """What each person gets at one URL."""

    get: dict | str
    post: dict | str
    at: Callable = field(default=lambda world: {})
    data: Callable | dict = field(default_factory=dict)
    scene: Callable = field(default=lambda world: None)
