"""Who gets what at the addresses of ballots; tests/permissions explains the words."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import Ballot
from consultations.services import ballots
from forum.models import Workspace
from tests.permissions import MODERATE, NO_METHOD, READ, SEATED, Row, but, done


def room(world):
    return {"slug": world.workspace.slug}


def an_open_ballot(world):
    workspace = Workspace.objects.get(pk=world.workspace.pk)
    closes_at = timezone.now() + timedelta(days=2)
    ballots.open_ballot(by=world.alice, workspace=workspace, title="Shall we meet in May?", closes_at=closes_at)


def ballot(world):
    return {"pk": Ballot.objects.get().pk}


def later(days):
    return f"{timezone.now() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def new_ballot(world):
    return {"title": "Shall we meet?", "kind": "yes_no", "closes_at": later(3)}


def extension(world):
    return {"closes_at": later(9), "authority": "The co-chairs", "reason": "A holiday"}


ROWS = {
    "ballots": Row(at=room, get=READ, post=NO_METHOD),
    "open_ballot": Row(at=room, get=MODERATE, post=done(MODERATE), data=new_ballot),
    "ballot": Row(at=ballot, scene=an_open_ballot, get=READ, post=NO_METHOD),
    # The secretariat may do what moderators may, but only those with a seat vote.
    "vote": Row(
        at=ballot,
        scene=an_open_ballot,
        data={"text": "yes"},
        get=but(SEATED, secretariat="no"),
        post=done(but(SEATED, secretariat="no")),
    ),
    "extend": Row(at=ballot, scene=an_open_ballot, get=MODERATE, post=done(MODERATE), data=extension),
}
