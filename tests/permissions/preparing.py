"""Who gets what where a consultation is prepared, and at its formal acts; tests/permissions explains the words."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import Phase
from consultations.services import phases, questions
from tests.consultations import consulting
from tests.permissions import MODERATE, NO_METHOD, Row, done
from tests.permissions.consultations import consultation, later, one

# Until it is published it is there for its facilitators and the secretariat alone.
PREPARE = "in -- -- ok ok"


def prepared(world):
    """In preparation: a phase of questions with one question, and a phase in which nothing is asked."""
    made = consulting.prepared(world, room={"visibility": world.workspace.visibility})
    opens_at = timezone.now() + timedelta(days=2)
    for kind in ("results", "questions"):
        closes_at = opens_at + timedelta(days=2)
        phase = phases.schedule(by=world.alice, consultation=made, kind=kind, opens_at=opens_at, closes_at=closes_at)
        opens_at = closes_at
    questions.ask(by=world.alice, phase=phase, wordings=consulting.QUESTIONS[0])


def running(world):
    consulting.running(world, room={"visibility": world.workspace.visibility})


def phase(kind):
    return lambda world: consultation(world, phase=Phase.objects.get(kind=kind).pk)


def in_french(world, **more):
    return consultation(world, language="fr", **more)


def question_in_french(world):
    return in_french(world, question=1)


def beginning(world):
    return {
        "preset": "survey",
        "language": "en",
        "title": "Snow",
        "starts_at": later(9),
        "slug": "snow",
        "visibility": "public",
    }


def asking(world):
    return {"phase": Phase.objects.get(kind="questions").pk, "language": "en", "title": "Who decides?"}


WORDS = {"title": "Neige", "text": "Combien ?"}
RULES = {"sponsor": "", "participation": "members", "clearing": "none", "grace_hours": "24", "visibility": "public"}

ROWS = {
    "prepare": Row(get="in no no no ok", post="in no no no go", data=beginning),
    "setup": Row(at=consultation, scene=running, get=MODERATE, post=NO_METHOD),
    "change": Row(at=consultation, scene=prepared, get=PREPARE, post=done(PREPARE), data=RULES),
    "reword": Row(at=in_french, scene=prepared, get=PREPARE, post=done(PREPARE), data=WORDS),
    "publish": Row(at=consultation, scene=prepared, get=PREPARE, post=done(PREPARE)),
    "ask": Row(at=consultation, scene=running, get=MODERATE, post=done(MODERATE), data=asking),
    "reword_question": Row(at=question_in_french, scene=prepared, get=PREPARE, post=done(PREPARE), data=WORDS),
    "place_question": Row(at=one("question"), scene=prepared, get=NO_METHOD, post=done(PREPARE)),
    "drop_question": Row(at=one("question"), scene=prepared, get=PREPARE, post=done(PREPARE)),
    "schedule": Row(
        at=consultation,
        scene=running,
        get=MODERATE,
        post=done(MODERATE),
        data=lambda world: {"kind": "results", "opens_at": later(9), "closes_at": later(12)},
    ),
    "change_window": Row(
        at=phase("questions"),
        scene=running,
        get=MODERATE,
        post=done(MODERATE),
        data=lambda world: {"closes_at": later(9), "authority": "The co-chairs", "reason": "Floods"},
    ),
    "drop_phase": Row(at=phase("results"), scene=prepared, get=PREPARE, post=done(PREPARE)),
}
