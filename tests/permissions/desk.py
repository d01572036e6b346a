"""Who gets what at the facilitators' desk; tests/permissions explains the words."""

from consultations.models import Code, Consultation
from consultations.services import codes
from tests.consultations import consulting
from tests.permissions import MODERATE, Row, done


def running(world):
    return consulting.running(world, room={"visibility": world.workspace.visibility})


def answered(world):
    consultation = running(world)
    consulting.answer(world.bob, consultation.questions.get(number=1), "In July.")
    codes.make(by=world.alice, consultation=consultation, name="Drought")


def silent(world):
    """Dora speaks for an organisation that has not answered."""
    running(world)
    consulting.organisation(world, "Alpine Springs", world.dora)


def consultation(world):
    return dict(zip(("year", "number"), Consultation.objects.get().url_key, strict=True))


def code(world):
    return consultation(world) | {"pk": Code.objects.get().pk}


BOARD = {"scene": running, "get": MODERATE, "post": "in 405 405 405 405"}
ROWS = {
    "coverage": Row(at=consultation, **BOARD),
    "balance": Row(at=consultation, **BOARD),
    "codes": Row(at=consultation, **BOARD),
    "remind": Row(at=consultation, scene=silent, get=MODERATE, post=done(MODERATE)),
    "make_code": Row(
        at=consultation, scene=running, data={"name": "Goats", "colour": "blue"}, get=MODERATE, post=done(MODERATE)
    ),
    "drop_code": Row(at=code, scene=answered, get=MODERATE, post=done(MODERATE)),
    "code": Row(
        at=lambda world: consultation(world) | {"contribution": 1},
        scene=answered,
        data={"codes": []},
        get=MODERATE,
        post=done(MODERATE),
    ),
}
