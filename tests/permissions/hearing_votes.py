"""Who gets what at the addresses of motions and the votes on them; tests/permissions explains the words."""

from consultations.hearings.models import Hearing, Motion, Sheet
from consultations.hearings.services import sheets
from consultations.models import Elector
from tests.hearings import hearing as scene
from tests.hearings import voting
from tests.permissions import MODERATE, NO_METHOD, READ, SEATED, Row, but, done

VOTE = but(SEATED, secretariat="no")  # who has no seat has no vote


def a_hearing(world):
    return scene.running(world, slug="heard", visibility=world.workspace.visibility)


def moved(world):
    return voting.moved(world, scene.item(a_hearing(world)))


def open_vote(world):
    return voting.put(world, scene.item(a_hearing(world)))


def called(world):
    return voting.put(world, scene.item(a_hearing(world)), manner="roll_call")


def counted(world):
    """Nadia has entered the hands; somebody else confirms them."""
    hearing = a_hearing(world)
    motion = voting.put(world, scene.item(hearing), manner="hall")
    sheets.count_hall(by=voting.note_taker(world, hearing), motion=motion, figures={"yes": 2})


def of(world):
    hearing = Hearing.objects.get()
    return {"year": hearing.year, "number": hearing.number}


def of_motion(world):
    return of(world) | {"motion": Motion.objects.get().number}


def of_sheet(world):
    return of_motion(world) | {"sheet": Sheet.objects.get().pk}


def a_motion(world):
    item = scene.item(Hearing.objects.get())
    return {"title": "Break?", "item": item.pk, "form": "straw", "manner": "show", "kind": "yes_no"}


def a_proposal(world):
    return {"title": "That we meet in May", "item": scene.item(Hearing.objects.get()).pk}


def an_answer(world):
    return {"call": Motion.objects.get().calls.get(place=1).pk, "said": "y"}


def by_phone(world):
    return {"what": "phone", "phone-elector": Elector.objects.get(member=world.dora).pk, "phone-value": "yes"}


ROWS = {
    "motions": Row(at=of, scene=moved, get=READ, post=NO_METHOD),
    "motion": Row(at=of_motion, scene=open_vote, get=READ, post=NO_METHOD),
    "move_motion": Row(at=of, scene=a_hearing, data=a_motion, get=MODERATE, post=done(MODERATE)),
    "put_to_vote": Row(at=of_motion, scene=moved, get=MODERATE, post=done(MODERATE)),
    "second_motion": Row(at=of_motion, scene=moved, data={"seconder": "Bob"}, get=MODERATE, post=done(MODERATE)),
    "withdraw_motion": Row(at=of_motion, scene=moved, get=MODERATE, post=done(MODERATE)),
    "close_vote": Row(at=of_motion, scene=open_vote, get=MODERATE, post=done(MODERATE)),
    "propose_motion": Row(at=of, scene=a_hearing, data=a_proposal, get=VOTE, post=done(VOTE)),
    "support_motion": Row(at=of_motion, scene=moved, get=VOTE, post=done(VOTE)),
    "rule_motion_out": Row(at=of_motion, scene=moved, data={"reason": "Late"}, get=MODERATE, post=done(MODERATE)),
    "annul_vote": Row(at=of_motion, scene=open_vote, data={"reason": "Wrong"}, get=MODERATE, post=done(MODERATE)),
    "vote_on_motion": Row(at=of_motion, scene=open_vote, data={"text": "yes"}, get=VOTE, post=done(VOTE)),
    "explain_vote": Row(at=of_motion, scene=open_vote, data={"text": "Because"}, get=VOTE, post=done(VOTE)),
    "call_roll": Row(at=of_motion, scene=called, data=an_answer, get=MODERATE, post=done(MODERATE)),
    "enter_votes": Row(at=of_motion, scene=open_vote, data=by_phone, get=MODERATE, post=done(MODERATE)),
    "confirm_votes": Row(
        at=of_sheet,
        scene=counted,
        data={"yes": 2, "no": 0, "abstain": 0},
        get=MODERATE,
        post=done(MODERATE),
    ),
    "discard_votes": Row(at=of_sheet, scene=counted, get=MODERATE, post=done(MODERATE)),
}
