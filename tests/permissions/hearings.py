"""Who gets what at the addresses of hearings; tests/permissions explains the words."""

from consultations.hearings.models import Hearing, Item
from tests.hearings import hearing as scene
from tests.permissions import NO_METHOD, READ, Row


def a_hearing(world):
    scene.running(world, slug="heard", visibility=world.workspace.visibility)


def of(world):
    hearing = Hearing.objects.get()
    return {"year": hearing.year, "number": hearing.number}


def of_item(world):
    return of(world) | {"item": Item.objects.get(label="2").pk}


ROWS = {
    "hearings": Row(at=lambda world: {}, get="ok ok ok ok ok", post=NO_METHOD),
    "hearing": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "item": Row(scene=a_hearing, at=of_item, get=READ, post=NO_METHOD),
}
