"""Who gets what at the screens of hearings; tests/permissions explains the words."""

from consultations.hearings.letters import bulletins
from consultations.hearings.models import Item
from consultations.hearings.services import agenda
from tests.hearings import hearing as scene
from tests.permissions import MODERATE, NO_METHOD, READ, Row, done
from tests.permissions.hearings import a_hearing, of


def a_bulletin(world):
    a_hearing(world)
    agenda.close(by=world.alice, item=scene.item(Item.objects.get(label="2").hearing))
    bulletins.write_due()


def of_bulletin(world):
    return of(world) | {"bulletin": 1}


# Whoever may take a seat asks a question and so takes it.
ASKS = {"public": "in go go go go", "members": "in go go go go", "private": "in -- go go go"}

ROWS = {
    "live": Row(scene=a_hearing, at=of, data={"deed": "ask", "text": "Who measures?"}, get=READ, post=ASKS),
    "console": Row(scene=a_hearing, at=of, data={"deed": "close_list"}, get=MODERATE, post=done(MODERATE)),
    "projector": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "follow": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "missed": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "bulletin": Row(scene=a_bulletin, at=of_bulletin, get=READ, post=NO_METHOD),
}
