"""Mail from someone who means harm: in a member's name, to rooms that are none of their business, to many at once."""

import pytest

from forum.models import Post
from notifications.models import Arrival

# Fields in which a careless reader finds Bob, and the mail server that checks DMARC somebody else.
NOT_BOB = [
    '"<bob@example.org>" <eve@evil.example>',
    "eve@evil.example (<bob@example.org>)",
    "eve@evil.example (a (nested) <bob@example.org>)",
    "eve@evil.example, <bob@example.org>",
    "<eve@evil.example> <bob@example.org>",
    '(") eve@evil.example (") <bob@example.org>',
    '"(" eve@evil.example ")" <bob@example.org>',
    '"\\" <bob@example.org>" eve@evil.example',
    "=?utf-8?q?bob=40example.org?=",
    "=?utf-8?q?bob=40example.org?= <eve@evil.example>",
    "friends: eve@evil.example, bob@example.org;",
    '"eve@evil.example <bob@example.org>',
]
IS_BOB = [
    "bob@example.org",
    "<bob@example.org>",
    "Bob <Bob@Example.org>",
    '"bob@example.org" <bob@example.org>',
    '"Dupont, Bob (ICIMOD) <x>" <bob@example.org>',
    "Dupont, Bob <bob@example.org>",
    "bob@example.org (Bob, who is at eve@evil.example)",
    "=?utf-8?b?UsOpbXk=?= <bob@example.org>",
]


@pytest.mark.parametrize("field", NOT_BOB)
def test_a_from_that_can_be_read_in_two_ways_posts_nothing(world, postman, field):
    arrival = postman.brings(postman.mail(field, "plenary@reply.example.org", "I give up.", subject="From Bob"))

    assert arrival.state == Arrival.State.HELD
    assert not Post.objects.filter(text__contains="give up").exists()


@pytest.mark.parametrize("field", IS_BOB)
def test_a_from_that_names_one_address_is_believed(world, postman, field):
    arrival = postman.brings(postman.mail(field, "plenary@reply.example.org", "I agree.", subject="Springs"))

    assert arrival.outcome == "posted"
    assert Post.objects.latest("pk").author == world.bob
