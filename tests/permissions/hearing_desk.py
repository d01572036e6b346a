"""Who gets what at the addresses of the documents desk and of the transcript; tests/permissions explains the words."""

from consultations.hearings.models import Hearing
from consultations.hearings.services import captions, desk
from consultations.hearings.services.captions import Line
from forum.services.attachments import Upload
from tests.permissions import MODERATE, NO_METHOD, READ, Row, api, done
from tests.permissions.hearings import a_hearing, of

FILE = Upload("plan.txt", b"The springs are measured.")


def a_paper(world):
    a_hearing(world)
    desk.publish(by=world.alice, hearing=Hearing.objects.get(), wordings={"en": ("Plan", "")}, files={"en": FILE})


def a_line(world):
    a_hearing(world)
    captions.say(by=world.alice, hearing=Hearing.objects.get(), lines=[Line("The springs are low.")])


def a_fed_line(world):
    api.uncounted(world)
    a_line(world)


def of_paper(world):
    return of(world) | {"symbol": "CRP.1"}


def of_version(world):
    return of_paper(world) | {"version": 1}


def of_line(world):
    return of(world) | {"line": 1}


# Nobody brings a paper without a file: chair and secretaries are told so, others that they may not.
REFUSED = {"public": "in no no no no", "members": "in no no no no", "private": "in -- no no no"}
# A form without a file is shown again with the reason.
NO_FILE = {"title": "Plan", "series": "CRP", "language": "en"}

ROWS = {
    "desk": Row(scene=a_paper, at=of, get=READ, post=NO_METHOD),
    "document": Row(scene=a_paper, at=of_paper, get=READ, post=NO_METHOD),
    "compare_document": Row(scene=a_paper, at=of_paper, get=READ, post=NO_METHOD),
    "publish_document": Row(scene=a_hearing, at=of, data=NO_FILE, get=MODERATE, post=REFUSED),
    "revise_document": Row(scene=a_paper, at=of_paper, data={"change": "x"}, get=MODERATE, post=REFUSED),
    "reword_document": Row(
        scene=a_paper,
        at=lambda world: of_paper(world) | {"language": "fr"},
        data={"title": "Projet"},
        get=MODERATE,
        post=done(MODERATE),
    ),
    "withdraw_version": Row(
        scene=a_paper, at=of_version, data={"reason": "The wrong annex."}, get=MODERATE, post=done(MODERATE)
    ),
    "transcript": Row(scene=a_line, at=of, get=READ, post=NO_METHOD),
    "captions": Row(scene=a_line, at=of, data={"text": "So.", "language": "en"}, get=MODERATE, post=done(MODERATE)),
    "correct_caption": Row(
        scene=a_line, at=of_line, data={"text": "They are high.", "language": "en"}, get=MODERATE, post=done(MODERATE)
    ),
    "remove_caption": Row(scene=a_line, at=of_line, data={"reason": "A name."}, get=MODERATE, post=done(MODERATE)),
    "api_captions": Row(scene=a_fed_line, at=of, get=api.WITHOUT_A_KEY, post=api.WITHOUT_A_KEY),
}
