"""Who gets what at the addresses of speakers; tests/permissions explains the words."""

from consultations.hearings.models import Speaker, TimeAccount
from consultations.hearings.services import accounts, floor, points, speakers, speeches
from tests.hearings import hearing as scene
from tests.permissions import MODERATE, NO_METHOD, READ, SEATED, SEE, Row, done
from tests.permissions.hearings import a_hearing, of, of_item


def row():
    return Speaker.objects.select_related("item__hearing").earliest("pk")


def of_speaker(world):
    return of(world) | {"speaker": row().pk}


def listed(world):
    """Bob waits on item 2, and has handed in his text."""
    a_hearing(world)
    speaker = speakers.request(member=world.bob, item=scene.item(scene.Hearing.objects.get()))
    speeches.hand_in(by=world.bob, speaker=speaker, text="We measure twice.")


def followed(world):
    listed(world)
    speakers.request(member=world.alice, item=row().item)


def speaking(world):
    listed(world)
    floor.give(by=world.alice, hearing=row().item.hearing)


def spoke(world):
    speaking(world)
    floor.end(by=world.alice, speaker=row())


def absent(world):
    listed(world)
    floor.absent(by=world.alice, speaker=row(), goes_to_end=False)


def point(world):
    a_hearing(world)
    points.raise_point(member=world.bob, item=scene.item(scene.Hearing.objects.get()), point="No quorum")


def ruled(world):
    point(world)
    points.rule(by=world.alice, speaker=row(), ruling="overruled")


def appealed(world):
    ruled(world)
    points.appeal(member=world.bob, speaker=row())


def shared(world):
    a_hearing(world)
    accounts.share(by=world.alice, hearing=scene.Hearing.objects.get(), name="Women", seconds=600)


def of_account(world):
    return of(world) | {"account": TimeAccount.objects.get().pk}


def deed(scene=listed, at=of_speaker, outcomes=MODERATE, **data):
    return Row(scene=scene, at=at, data=data, get=outcomes, post=done(outcomes))


ROWS = {
    "speakers": Row(scene=listed, at=of_item, get=READ, post=NO_METHOD),
    "speaker": Row(scene=listed, at=of_speaker, get=READ, post=NO_METHOD),
    # The room is open: who has no seat takes one by asking.
    "request_floor": deed(a_hearing, of_item, SEE),
    "request_reply": deed(a_hearing, of_item, SEE, note="To Carol"),
    "raise_point": deed(a_hearing, of_item, SEE, point="No quorum"),
    "appeal_ruling": deed(ruled, outcomes=SEE),
    "confirm_speaker": deed(outcomes=SEATED),
    "withdraw_speaker": deed(outcomes=SEATED, reason="Ill"),
    "hand_in_speech": deed(outcomes=SEATED, text="We measure.", language="en"),
    "submit_speech": deed(outcomes=SEATED),
    "deliver_speech": deed(spoke, outcomes=SEATED, text="We measure.", language="en"),
    "enter_speaker": deed(a_hearing, of_item, announced_as="The mayor", queue="list"),
    "close_list": deed(a_hearing, of_item),
    "open_list": deed(a_hearing, of_item),
    "give_next": deed(at=of_item),
    "give_floor": deed(),
    "pause_floor": deed(speaking),
    "resume_floor": deed(speaking),
    "extend_floor": deed(speaking, seconds="30"),
    "end_floor": deed(speaking),
    "correct_time": deed(spoke, seconds="30", reason="Late"),
    "absent_speaker": deed(),
    "relist_speaker": deed(absent),
    "move_speaker": deed(to="1", reason="First"),
    "skip_speaker": deed(followed, reason="On the telephone"),
    "prioritise_speaker": deed(priority="1", reason="The host"),
    "allot_speaker": deed(seconds="60"),
    "rule_on_point": deed(point, ruling="upheld"),
    "put_appeal": deed(appealed),
    "share_time": deed(a_hearing, of, name="Women", minutes="10"),
    "correct_account": deed(shared, of_account, seconds="30", reason="Applause"),
}
