"""Who is let in to live pages: the answers of the pages over HTTP, for many at once and with few queries."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.live import doors, events, kinds
from forum.live.doors import Ask
from forum.models import Thread, Workspace
from journal.services import site_journal
from members.models import Member
from members.services import members

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def session(member):
    client = Client()
    client.force_login(member, backend=BACKEND)
    return client.session.session_key


@pytest.mark.parametrize("visibility", ["public", "members", "private"])
@pytest.mark.parametrize("shown", [True, False])
def test_the_door_and_the_page_agree_on_who_may_see_a_thread(world, visibility, shown):
    Workspace.objects.update(visibility=visibility)
    Thread.objects.filter(pk=world.thread.pk).update(post_count=int(shown))
    kind, everybody = kinds.get("threads"), {*Member.objects.all(), AnonymousUser()}

    admitted = doors.admit_to(kind, world.thread.pk, everybody, site_journal())

    let_in = {member for _, _, member in admitted}
    assert let_in == {one for one in everybody if Thread.objects.visible_to(one).filter(pk=world.thread.pk).exists()}
    moderating = {member for (_, _, member), admission in admitted.items() if admission.moderates}
    assert moderating == {world.alice, world.sekou}


def test_forty_at_the_door_cost_as_many_queries_as_two(world):
    Workspace.objects.update(visibility="private")
    site_journal()
    kind, costs = kinds.get("threads"), []
    keys = [session(member) for member in (world.alice, world.bob, world.dora, world.sekou)]
    for asks in (
        [Ask(kind, world.thread.pk, key) for key in keys[:2]],
        [Ask(kind, world.thread.pk, key) for key in keys] * 10,
    ):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answers = doors.admit(asks)
        assert all(answers)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 5


def test_who_is_signed_out_changed_their_password_or_left_is_nobody(world):
    Workspace.objects.update(visibility="private")
    keys = {member: session(member) for member in (world.alice, world.bob, world.dora, world.carol, world.sekou)}
    ask = {member: Ask(kinds.get("threads"), world.thread.pk, key) for member, key in keys.items()}
    Session.objects.filter(session_key=keys[world.alice]).delete()
    world.dora.set_password("another")
    world.dora.save()

    def let_in(*people):
        return [answer and answer.member_id for answer in doors.admit([ask[member] for member in people])]

    assert let_in(world.alice, world.dora, world.carol) == [None, None, None]
    assert let_in(world.bob, world.sekou) == [world.bob.pk, world.sekou.pk]
    members.deactivate(by=world.sekou, member=world.bob)
    assert let_in(world.bob) == [None]


def test_nonsense_for_a_session_is_nobody(world):
    asks = [Ask(kinds.get("threads"), world.thread.pk, key) for key in ("", "x" * 40, "' OR 1=1 --")]

    assert [answer.member_id for answer in doors.admit(asks)] == [None] * 3


def test_whoever_says_a_new_session_each_time_opens_no_more_streams(world, monkeypatch):
    monkeypatch.setattr(events, "FROM_ONE_ADDRESS", 3)
    monkeypatch.setattr("core.rates.time", lambda: 1_000_000_000)  # all in one minute

    waits = [events.too_often(f"session{number}", "192.0.2.77") for number in range(5)]
    assert [bool(wait) for wait in waits] == [False, False, False, True, True]
