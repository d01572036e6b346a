"""Motions from the floor: proposed on the web and by mail, seconded where the hearing says so, voted on after what
would amend them, ruled out of order with a reason, or withdrawn by their mover.
"""

import pytest

from consultations.hearings import state
from consultations.hearings.letters import motions as letters
from consultations.hearings.models import Motion
from consultations.hearings.services import agenda, motions, proposals, votes
from consultations.services import ballots
from core.access import Refused
from notifications.models import Letter
from tests.consultations import consulting
from tests.hearings import hearing as scene
from tests.hearings import voting
from tests.notifications.intake.postman import Postman, words


def test_bob_proposes_dora_seconds_by_mail_and_an_amendment_is_voted_on_first(world):
    hearing = scene.running(world, needs_second=True)
    consulting.organisation(world, "Alpine Springs", world.bob)
    item, postman = scene.item(hearing), Postman()
    propose = f"{hearing.get_absolute_url()}motions/propose/"
    fields = {"title": "That we meet in May", "text": "Every *year*.", "item": item.pk}
    bob = world.sign_in(world.bob)

    wordless = bob.post(propose, fields | {"title": ""})
    made = bob.post(propose, fields)
    motion = Motion.objects.with_all().get()
    with pytest.raises(Refused, match="Nobody has seconded"):
        votes.put_to_vote(by=world.alice, motion=motion)
    own = bob.post(f"{motion.get_absolute_url()}support/")
    postman.replies(postman.letter(world.dora, item), "SECOND M1")
    postman.replies(postman.letter(world.dora, item), "MOVE: That we meet in June\nMay is too wet.")

    assert (wordless.status_code, own.status_code) == (422, 403)
    assert made["Location"] == motion.get_absolute_url()
    assert "Moved by Bob, seconded by Dora." in words(bob.get(motion.get_absolute_url()).content.decode())
    mailed = Motion.objects.get(number=2)
    assert (mailed.title, mailed.text, mailed.moved_by) == ("That we meet in June", "May is too wet.", world.dora)
    assert [row["wants_second"] for row in state.of(hearing, "en", ["moved"], moderators=True)["moved"]] == [
        False,
        True,
    ]
    theirs = postman.replies(postman.letter(world.dora, item), "WITHDRAW M1")
    mailed_back = postman.replies(postman.letter(world.dora, item), "Withdraw: M2: June is full,\nall 30 days.\n\nDora")
    assert (theirs.outcome, mailed_back.outcome) == ("refused", "posted")
    assert voting.fresh(mailed).withdrawn_because == "June is full, all 30 days."

    gone = proposals.propose(member=world.bob, item=item, title="That we go", text="Now.")
    orphan = proposals.propose(member=world.bob, item=item, title="Later", amends=gone)
    motions.withdraw(by=world.bob, motion=gone)
    proposals.support(member=world.dora, motion=orphan)
    with pytest.raises(Refused, match="does not wait for a vote any more"):
        votes.put_to_vote(by=world.alice, motion=orphan)
    amendment = proposals.propose(member=world.dora, item=item, title="Twice", amends=motion)
    with pytest.raises(Refused, match="Motion 5 would amend it, and is voted on first"):
        votes.put_to_vote(by=world.alice, motion=motion)
    proposals.support(member=world.bob, motion=amendment)
    vote = votes.put_to_vote(by=world.alice, motion=amendment)
    ballots.vote(member=world.dora, ballot=vote.ballot, text="yes")
    votes.close(by=world.alice, motion=vote)
    for deed, reason in ((votes.put_to_vote, "with its words as amended"), (motions.withdraw, "cannot be withdrawn")):
        with pytest.raises(Refused, match=reason):
            deed(by=world.alice, motion=motion)
    put = {"title": "That we meet in May, twice", "text": "", "manner": "roll_call", "majority": "two_thirds"}
    put["quorum"] = "1/3"
    world.sign_in(world.alice).post(f"{motion.get_absolute_url()}put/", put)
    opened = voting.fresh(motion)
    assert (opened.ballot.title, opened.ballot.text, opened.title) == (put["title"], "", put["title"])
    rules = (opened.ballot.is_called, opened.ballot.majority, opened.ballot.quorum)
    assert rules == (True, "two_thirds", "1/3")
    with pytest.raises(Refused, match="no longer to be decided: put to the vote"):
        proposals.rule_out(by=world.alice, motion=motion, reason="Late")


def test_the_chair_rules_a_motion_out_of_order_and_its_mover_is_told_why(world, hearing, item):
    world.bob.language = "en"
    world.bob.save()
    motion = proposals.propose(member=world.bob, item=item, title="That lunch be long")
    world.sign_in(world.alice)
    console = f"{hearing.get_absolute_url()}console/"

    with pytest.raises(Refused, match="Only a moderator"):
        proposals.rule_out(by=world.dora, motion=motion, reason="I am hungry")
    wordless = world.client.post(console, {"deed": "rule_out", "motion": 1})
    world.client.post(console, {"deed": "rule_out", "motion": 1, "reason": "Not on the agenda"})
    letters.write_due()

    assert wordless.status_code == 403
    assert voting.fresh(motion).state == Motion.State.RULED_OUT
    letter = Letter.objects.get(member=world.bob, subject=f"{motion.code} is ruled out of order")
    assert letter.about == item.reference
    page = words(world.client.get(motion.get_absolute_url()).content.decode())
    assert "ruled out of order: Not on the agenda" in page
    with pytest.raises(Refused, match="no seat"):
        proposals.propose(member=world.carol, item=item, title="Me too")
    for _number in range(proposals.MOST_WAITING):
        proposals.propose(member=world.bob, item=item, title="Again")
    with pytest.raises(Refused, match="Withdraw one first"):
        proposals.propose(member=world.bob, item=item, title="Again", text="Kept")
    agenda.close(by=world.alice, item=item)
    with pytest.raises(Refused, match="Item 2 is concluded"):
        proposals.propose(member=world.dora, item=item, title="Too late")
