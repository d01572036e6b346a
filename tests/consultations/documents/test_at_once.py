"""The first comments on a paragraph in the same moment open one thread, and are numbered without gaps."""

import pytest

from consultations.models import Comment, Contribution
from consultations.services import comments
from consultations.services.comments import Proposal
from forum.models import Thread
from journal.models import Journal
from journal.verify import verify
from tests.consultations.documents import drafting
from tests.security.test_at_once import at_once
from tests.world import World


@pytest.fixture
def world(transactional_db):
    world = World()
    yield world
    assert [fault for fault in map(verify, Journal.objects.all()) if fault] == []


def test_several_first_comments_open_one_thread(world):
    version = drafting.drafted(world)[1]
    first, second = drafting.paragraph(version, "1"), drafting.paragraph(version, "2")
    deeds = [
        lambda paragraph=paragraph, who=who, proposal=proposal: comments.write(
            author=who, paragraph=paragraph, text="Mine.", proposal=proposal
        )
        for paragraph in (first, second)
        for who in (world.bob, world.dora)
        for proposal in (None, Proposal("insert", "New."))
    ]

    results = at_once(*deeds)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert Thread.objects.filter(kept_by=comments.KEEPER).count() == 2
    assert sorted(Contribution.objects.values_list("number", flat=True)) == list(range(1, 9))
    labels = Comment.objects.filter(amendment__isnull=False).values_list("amendment__label", flat=True)
    assert sorted(labels) == ["1bis", "1ter", "2bis", "2ter"]
