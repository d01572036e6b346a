"""Who gets what at the addresses of hearings; tests/permissions explains the words."""

from datetime import timedelta

from django.utils import timezone

from consultations.hearings.models import Hearing, Invitee, Item, Officer, Session
from members.models import Organisation
from tests.hearings import hearing as scene
from tests.permissions import MODERATE, NO_METHOD, READ, Row, done

# Until it is published it is there for its officers and the secretariat alone.
PREPARE = "in -- -- ok ok"


def prepared(world):
    scene.prepared(world, slug="heard")


def announced(world):
    scene.announced(world, slug="heard", visibility=world.workspace.visibility)


def with_people(world):
    """In session, with Bob for a note-taker and an organisation invited."""
    a_hearing(world)
    hearing = Hearing.objects.get()
    Officer.objects.create(hearing=hearing, member=world.bob, role=Officer.Role.NOTE_TAKER)
    Invitee.objects.create(hearing=hearing, organisation=Organisation.objects.create(name="Snow", category="ngo"))


def later(hours):
    return f"{timezone.now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def a_hearing(world):
    scene.running(world, slug="heard", visibility=world.workspace.visibility)


def of(world):
    hearing = Hearing.objects.get()
    return {"year": hearing.year, "number": hearing.number}


def of_item(world):
    return of(world) | {"item": Item.objects.get(label="2").pk}


def of_session(world):
    return of(world) | {"session": Session.objects.get().pk}


def of_officer(world):
    return of(world) | {"officer": Officer.objects.get(role=Officer.Role.NOTE_TAKER).pk}


def of_invited(world):
    return of(world) | {"organisation": Invitee.objects.get().organisation_id}


def in_french(world):
    return of(world) | {"language": "fr"}


def item_in_french(world):
    return of_item(world) | {"language": "fr"}


def beginning(world):
    return {"language": "en", "title": "Snow", "timezone": "UTC", "slug": "snow", "visibility": "public"}


def times(world):
    return {"starts_at": later(30), "ends_at": later(33), "reason": "The hall is taken."}


def snow(world):
    Organisation.objects.get_or_create(name="Ice", category="ngo")
    return {"names": "Ice"}


def deed(at, scene=a_hearing, data=None, outcomes=MODERATE):
    """A form and what it does, for the same people."""
    return Row(scene=scene, at=at, data=data or {}, get=outcomes, post=done(outcomes))


WORDS = {"title": "Neige", "text": "Combien ?"}
RULES = {"timezone": "UTC", "seconds": "3", "most_replies": "2", "visibility": "public"}
ONLY_POST = {
    "public": "in 405 405 405 405",
    "members": "in 405 405 405 405",
    "private": "in 405 405 405 405",
}
ROWS = {
    "hearings": Row(at=lambda world: {}, get="ok ok ok ok ok", post=NO_METHOD),
    "hearing": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "item": Row(scene=a_hearing, at=of_item, get=READ, post=NO_METHOD),
    "calendar": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "feed": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "prepare": deed(lambda world: {}, data=beginning, outcomes="in no no no ok"),
    "setup": Row(scene=a_hearing, at=of, get=MODERATE, post=NO_METHOD),
    "change": deed(of, data=RULES),
    "reword": deed(in_french, data=WORDS),
    "publish": deed(of, prepared, outcomes=PREPARE),
    "end": deed(of),
    "appoint": deed(of, data={"address": "bob@example.org", "role": "note_taker"}),
    "dismiss": deed(of_officer, with_people),
    "invite": deed(of, data=snow),
    "invited": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "take_back": deed(of_invited, with_people),
    "schedule": deed(of, data=times),
    "reschedule": deed(of_session, data=times),
    "cancel": deed(of_session, announced, data=times),
    "drop_session": deed(of_session, prepared, outcomes=PREPARE),
    "open_session": deed(of_session, announced),
    "close_session": deed(of_session),
    "add_item": deed(of, data={"language": "en", "title": "Snow"}),
    "import_agenda": deed(of, data={"language": "en", "table": "title\nSnow", "take": "1"}),
    "change_item": deed(of_item, data={"minutes": "20"}),
    "reword_item": deed(item_in_french, data=WORDS),
    "move_item": Row(scene=announced, at=of_item, data={"way": "up"}, get=ONLY_POST, post=done(MODERATE)),
    "drop_item": deed(of_item, prepared, outcomes=PREPARE),
    "open_item": deed(of_item),
    "close_item": deed(of_item),
}
