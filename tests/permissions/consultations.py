"""Who gets what at the addresses of consultations and ballots; tests/permissions explains the words."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import Ballot, Consultation
from consultations.services import ballots
from forum.models import Workspace
from members.models import Organisation
from tests.consultations import consulting
from tests.permissions import MODERATE, NO_METHOD, READ, SEATED, Row, but, done


def room(world):
    return {"slug": world.workspace.slug}


def an_open_ballot(world):
    workspace = Workspace.objects.get(pk=world.workspace.pk)
    closes_at = timezone.now() + timedelta(days=2)
    ballots.open_ballot(by=world.alice, workspace=workspace, title="Shall we meet in May?", closes_at=closes_at)


def a_secret_ballot(world):
    workspace = Workspace.objects.get(pk=world.workspace.pk)
    closes_at = timezone.now() + timedelta(days=2)
    ballots.open_ballot(by=world.alice, workspace=workspace, title="Who chairs?", closes_at=closes_at, is_secret=True)


def a_counted_secret_ballot(world):
    a_secret_ballot(world)
    ballots.vote(member=world.bob, ballot=Ballot.objects.get(), text="yes")
    now = timezone.now()
    Ballot.objects.update(opens_at=now - timedelta(days=1), closes_at=now)
    ballots.count(Ballot.objects.get())


def a_silence_procedure(world):
    workspace = Workspace.objects.get(pk=world.workspace.pk)
    text = {"title": "The protocol", "text": "1. All is open.", "kind": "silence"}
    ballots.open_ballot(by=world.alice, workspace=workspace, closes_at=timezone.now() + timedelta(days=2), **text)


def a_prepared_ballot(world):
    workspace = Workspace.objects.get(pk=world.workspace.pk)
    now = timezone.now()
    times = {"opens_at": now + timedelta(days=1), "closes_at": now + timedelta(days=2)}
    ballots.open_ballot(by=world.alice, workspace=workspace, title="Shall we meet in May?", **times)


def ballot(world):
    return {"pk": Ballot.objects.get().pk}


def later(days):
    return f"{timezone.now() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def new_ballot(world):
    return {"title": "Shall we meet?", "kind": "yes_no", "closes_at": later(3)}


def extension(world):
    return {"closes_at": later(9), "authority": "The co-chairs", "reason": "A holiday"}


def running(world):
    """A consultation in a room as visible as the world's, with one answer, by Bob for an organisation."""
    consultation = consulting.running(world, room={"visibility": world.workspace.visibility})
    organisation = consulting.organisation(world, "Alpine Springs", world.bob)
    consulting.answer(world.bob, consultation.questions.get(number=1), "In July.", organisation=organisation)


def consultation(world, **more):
    found = Consultation.objects.get()
    return {"year": found.year, "number": found.number, **more}


def one(name):
    """The address of the first of its questions, contributions ..."""
    return lambda world: consultation(world, **{name: 1})


def speaking(world):
    return consultation(world, organisation=Organisation.objects.get().pk)


ROWS = {
    "consultations": Row(get="ok ok ok ok ok", post=NO_METHOD),
    "consultation": Row(at=consultation, scene=running, get=READ, post=NO_METHOD),
    "contribution": Row(at=one("contribution"), scene=running, get=READ, post=NO_METHOD),
    "contributions": Row(at=consultation, scene=running, get=READ, post=NO_METHOD),
    "question": Row(at=one("question"), scene=running, get=READ, post=NO_METHOD),
    "organisations": Row(at=consultation, scene=running, get=READ, post=NO_METHOD),
    "of_organisation": Row(at=speaking, scene=running, get=READ, post=NO_METHOD),
    "calendar": Row(at=consultation, scene=running, get=READ, post=NO_METHOD),
    "feed": Row(at=consultation, scene=running, get=READ, post=NO_METHOD),
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
    "attend": Row(
        at=ballot,
        scene=an_open_ballot,
        get=but(SEATED, secretariat="no"),
        post=done(but(SEATED, secretariat="no")),
    ),
    "roll": Row(at=ballot, scene=an_open_ballot, get=READ, post=NO_METHOD),
    "receipts": Row(at=ballot, scene=a_secret_ballot, get=READ, post=READ, data={"code": "K7QF-M2XP-9TRA"}),
    "receipts_file": Row(at=ballot, scene=a_counted_secret_ballot, get=READ, post=NO_METHOD),
    "ballot_text": Row(at=ballot, scene=a_silence_procedure, get=READ, post=NO_METHOD),
    "drop_ballot": Row(at=ballot, scene=a_prepared_ballot, get=MODERATE, post=done(MODERATE)),
    "annul_ballot": Row(
        at=ballot, scene=an_open_ballot, get=MODERATE, post=done(MODERATE), data={"reason": "Wrong text"}
    ),
    "extend": Row(at=ballot, scene=an_open_ballot, get=MODERATE, post=done(MODERATE), data=extension),
}
