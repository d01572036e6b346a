"""Two deeds in the same moment: one of them happens, or both do, and what must hold still holds."""

import threading

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from core.access import Refused
from forum.models import Post, Seat, Workspace
from forum.services import posts, seats
from journal.models import Journal
from journal.verify import verify
from members.services import mandates
from notifications import subscriptions
from notifications.digests import plan, run, sources, write
from notifications.models import MailProfile
from tests.patience import PATIENCE
from tests.world import World


@pytest.fixture
def world(transactional_db):
    world = World()
    yield world
    assert [fault for fault in map(verify, Journal.objects.all()) if fault] == []


def at_once(*deeds):
    """Do these in threads that start together; returns what each returned or raised."""
    results, barrier = [None] * len(deeds), threading.Barrier(len(deeds))

    def task(place):
        try:
            barrier.wait(PATIENCE)
            results[place] = deeds[place]()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    tasks = [threading.Thread(target=task, args=(place,)) for place in range(len(deeds))]
    for each in tasks:
        each.start()
    for each in tasks:
        each.join(4 * PATIENCE)
    assert not any(each.is_alive() for each in tasks), results
    return results


def refused(results):
    return [type(result) for result in results if isinstance(result, Exception)] == [Refused]


def room(world):
    return Workspace.objects.select_related("journal").get(pk=world.workspace.pk)


@pytest.mark.parametrize("attempt", range(4))
def test_the_last_two_moderators_cannot_leave_at_once(world, attempt):
    seats.appoint(by=world.alice, seat=world.workspace.seats.get(member=world.bob), role=Seat.Role.MODERATOR)

    results = at_once(
        *(
            lambda member=member: seats.leave(member=member, workspace=room(world))
            for member in (world.alice, world.bob)
        )
    )

    assert refused(results)
    assert world.workspace.seats.filter(role="moderator").count() == 1


@pytest.mark.parametrize("attempt", range(4))
def test_two_moderators_cannot_take_the_role_from_each_other(world, attempt):
    bobs = seats.appoint(by=world.alice, seat=world.workspace.seats.get(member=world.bob), role=Seat.Role.MODERATOR)
    alices = world.workspace.seats.get(member=world.alice)

    results = at_once(
        lambda: seats.appoint(by=world.alice, seat=bobs, role=Seat.Role.MEMBER),
        lambda: seats.dismiss(by=world.bob, seat=alices, reason="As an example"),
    )

    assert refused(results)
    assert world.workspace.seats.filter(role="moderator").count() == 1


def test_one_who_leaves_twice_at_once_leaves_once(world):
    results = at_once(*[lambda: seats.leave(member=world.bob, workspace=room(world))] * 3)

    assert sum(isinstance(result, Refused) for result in results) == 2
    assert room(world).journal.entries.filter(verb="seat.left").count() == 1


def test_an_invitation_is_accepted_once(world):
    invitation = seats.invite(by=world.alice, workspace=world.workspace, email=world.carol.email)

    results = at_once(*[lambda: seats.accept(member=world.carol, invitation=invitation)] * 3)

    assert sum(isinstance(result, Refused) for result in results) == 2
    assert world.workspace.seats.filter(member=world.carol).count() == 1


def test_a_post_is_approved_or_declined_and_not_both(world):
    Workspace.objects.update(moderation="all")
    post = posts.reply(author=world.bob, thread=world.thread, text="Snow is late.")

    results = at_once(
        lambda: posts.approve(by=world.alice, post=post),
        lambda: posts.decline(by=world.alice, post=post, reason="As an example"),
    )

    assert refused(results)


def test_what_is_erased_stays_erased_whatever_its_author_does_meanwhile(world):
    results = at_once(
        lambda: posts.erase(by=world.sekou, post=world.answer),
        lambda: posts.edit(by=world.bob, post=world.answer, text="We do, thrice a year."),
        lambda: posts.withdraw(by=world.bob, post=world.answer),
    )

    post = Post.objects.get(pk=world.answer.pk)
    assert (post.state, post.text, post.html, post.revisions.count()) == ("erased", "", "", 0)
    assert all(result is None or isinstance(result, (Refused, Post)) for result in results)
    assert world.thread.posts.count() == 2


def test_one_key_of_two_members_is_two_posts_and_of_one_member_one(world):
    form = {"text": "I agree.", "key": "the-same-key"}

    def send(member):
        def deed():
            client = Client()
            client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
            return client.post(f"/threads/{world.thread.pk}/reply/", form).status_code

        return deed

    results = at_once(send(world.bob), send(world.dora), send(world.bob))

    assert results == [302, 302, 302]
    assert sorted(Post.objects.filter(text="I agree.").values_list("author__name", flat=True)) == ["Bob", "Dora"]


def test_who_stops_the_digests_while_one_is_written_has_stopped_them(world):
    run.prepare(force=True)
    posts.reply(author=world.bob, thread=world.thread, text="Snow is late.")
    profiles = list(MailProfile.objects.filter(member=world.dora).select_related("member"))
    now = profiles[0].next_issue_at
    batch = plan.plan(profiles, now=now)
    gathered = [source.gather(batch) for source in sources.all_sources()]
    subscriptions.stop_digests(member=world.dora)
    write.write(batch, gathered, {})

    profile = MailProfile.objects.get(member=world.dora)
    assert profile.stopping
    run.write_due(now=now)
    run.write_due(now=now)
    assert not world.dora.subscriptions.exclude(cadence="none").exists()


def test_asking_twice_for_a_seat_is_asking_once(world):
    results = at_once(*[lambda: seats.request_seat(member=world.carol, workspace=room(world))] * 3)

    assert not any(isinstance(result, Exception) for result in results), results
    assert world.workspace.join_requests.count() == 1


@pytest.mark.parametrize("proposed", [{}, {"name": "Springs", "category": "ngo"}], ids=["member", "new"])
def test_asking_twice_for_a_mandate_is_asking_once(world, proposed):
    organisation = None if proposed else mandates.admit(by=world.sekou, name="ICIMOD", category="science")

    results = at_once(*[lambda: mandates.apply(member=world.bob, organisation=organisation, text="x", **proposed)] * 3)

    assert not any(isinstance(result, Exception) for result in results), results
    assert world.bob.applications.count() == 1
