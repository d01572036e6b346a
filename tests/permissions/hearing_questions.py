"""Who gets what at the addresses of live questions; tests/permissions explains the words."""

from consultations.hearings.models import Item, LiveQuestion
from consultations.hearings.services import questions
from tests.permissions import MODERATE, NO_METHOD, READ, SEE, Row, done
from tests.permissions.hearings import a_hearing, of, of_item


def a_question(world):
    a_hearing(world)
    questions.put(by=world.alice, item=Item.objects.get(label="2"), text="Who measures?")


def of_question(world):
    return of(world) | {"question": LiveQuestion.objects.get().number}


ROWS = {
    "questions": Row(scene=a_question, at=of, get=READ, post=NO_METHOD),
    "held_questions": Row(scene=a_question, at=of, get=MODERATE, post=MODERATE),
    "question": Row(scene=a_question, at=of_question, get=READ, post=NO_METHOD),
    "question_deed": Row(
        scene=a_question,
        at=lambda world: of_question(world) | {"deed": "shortlist"},
        get=MODERATE,
        post=done(MODERATE),
    ),
    # Every member who sees it may take part, and takes a seat by asking.
    "put_question": Row(
        scene=a_hearing, at=of_item, data={"text": "Who pays?", "language": "en"}, get=SEE, post=done(SEE)
    ),
    "ask_on": Row(
        scene=a_hearing, at=lambda world: of_item(world) | {"deed": "close"}, get=MODERATE, post=done(MODERATE)
    ),
}
