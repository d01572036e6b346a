"""A hearing comes by mail: to everyone when it is published or moves, to who is invited, in digests, on request."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.hearings import glance
from consultations.hearings.digests import hearings as items
from consultations.hearings.letters import delegates
from consultations.hearings.letters import hearings as writer
from consultations.hearings.models import Session, Speaker
from consultations.hearings.services import agenda, hearings, invitations, officers, sessions
from forum.models.workspaces import Joining
from forum.services import posts
from members.models import Mandate, Organisation
from members.services import mandates
from notifications import each, letters, subscriptions
from notifications.digests import run
from notifications.digests.pieces import Style
from notifications.models import Letter
from tests.hearings import hearing as scene
from tests.notifications.intake.postman import Postman


@pytest.fixture
def postman():
    return Postman()


def told(member):
    """The texts of the letters to a member about a hearing."""
    rows = Letter.objects.filter(member=member, about__startswith="hearing:").order_by("pk")
    return [(letter.subject, " ".join(letters.text_of(letter).split())) for letter in rows]


def delegate(member, name="Snow Watch"):
    organisation = Organisation.objects.create(name=name, category="ngo")
    Mandate.objects.create(member=member, organisation=organisation)
    return organisation


def test_everyone_with_a_seat_is_told_once_in_their_language_and_zone(world):
    world.dora.timezone = "Asia/Kathmandu"
    world.dora.save()
    hearing = scene.announced(world)
    writer.write_due()
    writer.write_due()
    [(subject, text)] = told(world.bob)

    assert subject == f"Hearing {hearing.code}: Hearing on springs"
    assert "2. The state of the springs" in text
    assert "SPEAK 1" in text
    assert f"GET {hearing.code}" in text
    [(subject, text)] = told(world.dora)
    assert "Audition sur les sources" in subject
    assert "UTC+5:45" in text
    assert "PAROLE 1" in text
    assert not told(world.carol)


def test_who_speaks_for_an_invited_organisation_gets_a_seat_and_one_letter(world):
    hearing = scene.prepared(world)
    for name in ("Snow Watch", "Ice Union"):
        invitations.invite(by=world.alice, hearing=hearing, names=[delegate(world.carol, name).name])
    writer.write_due()
    assert not told(world.carol)

    hearings.publish(by=world.alice, hearing=hearing)
    writer.write_due()
    invitations.invite(by=world.alice, hearing=hearing, names=[delegate(world.bob, "Firn").name])
    writer.write_due()

    [(subject, text)] = told(world.carol)
    assert subject.startswith("Invitation to the hearing")
    assert "Ice Union, Snow Watch is invited" in text
    assert hearing.workspace.seats.filter(member=world.carol).exists()
    assert [subject.split()[0] for subject, _text in told(world.bob)] == ["Hearing", "Invitation"]


def test_who_is_given_a_mandate_later_is_seated_and_invited_once_and_leaves_with_it(world):
    hearing = scene.prepared(world, room={"joining": Joining.REQUEST})
    organisation = Organisation.objects.create(name="Snow Watch", category="ngo")
    invitations.invite(by=world.alice, hearing=hearing, names=[organisation.name])
    hearings.publish(by=world.alice, hearing=hearing)
    mandate = mandates.give(by=world.sekou, member=world.carol, organisation=organisation)
    mandates.give(by=world.sekou, member=world.bob, organisation=organisation)
    for _round in range(2):
        delegates.write_due()
        writer.write_due()

    [(subject, text)] = told(world.carol)
    assert subject.startswith("Invitation to the hearing")
    assert "Snow Watch is invited" in text
    assert "SPEAK 1 for Snow Watch" in text
    assert hearing.workspace.seats.filter(member=world.carol).exists()
    for ended in (mandate, world.bob.mandates.get()):
        mandates.end(by=world.sekou, mandate=ended)
    delegates.write_due()
    assert not hearing.workspace.seats.filter(member=world.carol).exists()
    entry = hearing.journal.entries.get(verb="seat.dismissed")
    assert entry.data == {"member": world.carol.pk, "reason": "You do not speak for Snow Watch any more."}
    assert hearing.workspace.seats.filter(member=world.bob).exists()


def test_everyone_is_told_at_once_that_a_session_moved_or_is_called_off_and_why(world):
    hearing = scene.prepared(world)
    session, later = hearing.sessions.get(), timezone.now() + timedelta(days=3)
    times = {"starts_at": later, "ends_at": later + timedelta(hours=1)}
    sessions.reschedule(by=world.alice, session=session, **times)
    hearings.publish(by=world.alice, hearing=hearing)
    sessions.reschedule(by=world.alice, session=session, **times, reason="The hall is taken.")
    sessions.cancel(by=world.alice, session=session, reason="Snow.")
    writer.write_due()

    subjects = [subject for subject, _text in told(world.bob)]
    assert [subject.rpartition(":")[0] != "" for subject in subjects] == [True] * 3
    assert "new times" in subjects[1]
    assert "cancelled" in subjects[2]
    assert "Reason: The hall is taken." in told(world.bob)[1][1]


def test_an_officer_hears_of_the_office_and_where_to_begin(world):
    hearing = scene.prepared(world)
    officers.appoint(by=world.alice, hearing=hearing, member=world.bob, role="secretary")
    officers.appoint(by=world.alice, hearing=hearing, member=world.dora, role="note_taker")
    writer.write_due()

    [(subject, text)] = told(world.bob)
    assert subject == f"Secretary of the hearing {hearing.code}: Hearing on springs"
    assert f"{hearing.get_absolute_url()}setup/" in text
    assert [one for one, _text in told(world.alice)] == [f"Chair of the hearing {hearing.code}: Hearing on springs"]
    assert not told(world.dora)


def test_a_reply_to_the_letter_asks_for_the_floor(world, postman):
    hearing = scene.announced(world)
    writer.write_due()
    letter = Letter.objects.get(member=world.bob, about=hearing.reference)
    postman.replies(letter, "SPEAK 2")

    [speaker] = Speaker.objects.filter(member=world.bob)
    assert speaker.item == scene.item(hearing)


def test_a_digest_shows_it_when_it_is_new_and_before_it_begins_with_items_to_answer(world, postman):
    world.dora.language = "en"
    world.dora.save()
    hearing = scene.announced(world)
    starts_at = timezone.now() + timedelta(days=4)
    Session.objects.update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    first = run.write_now(world.dora)
    text = letters.text_of(first)

    assert "Hearing in 4 days." in text or "Hearing in 3 days." in text
    assert "] 2. The state of the springs" in text
    assert not run.write_now(world.dora)
    Session.objects.update(starts_at=timezone.now() + timedelta(hours=22))
    assert "] 2. The state of the springs" in letters.text_of(run.write_now(world.dora))
    agenda.change(by=world.alice, item=scene.item(hearing), minutes=20)
    Session.objects.update(starts_at=timezone.now() + timedelta(hours=20))
    again = letters.text_of(run.write_now(world.dora))
    assert "about" in again
    assert f"The agenda of {hearing.code}, “Hearing on springs”, has changed." in " ".join(again.split())

    number = again.partition("] 2. The state of the springs")[0].rpartition("[#")[2]
    postman.replies(Letter.objects.filter(member=world.dora, about="issue").latest("pk"), f"#{number}: SPEAK")
    assert Speaker.objects.get(member=world.dora).item == scene.item(hearing)


def test_of_many_hearings_a_digest_tells_all_and_numbers_the_items_of_those_that_come_first(world, monkeypatch):
    world.dora.language = "en"
    world.dora.save()
    later, first, open_for_long = (scene.announced(world, slug=slug) for slug in ("later", "first", "stale"))
    for hearing, days in ((later, 5), (first, 3), (open_for_long, -9)):
        at = timezone.now() + timedelta(days=days)
        Session.objects.filter(hearing=hearing).update(starts_at=at, ends_at=at + timedelta(hours=2))
    for _time in range(4):
        agenda.change(by=world.alice, item=scene.item(first), minutes=_time + 1)
    monkeypatch.setattr(items, "MOST", 2)
    monkeypatch.setattr(items, "MOST_ENTRIES", 4)
    monkeypatch.setattr(items, "MOST_ITEMS", 4)
    subscriptions.follow(member=world.dora, workspace=later.workspace, cadence="weekly")
    text = letters.text_of(run.write_now(world.dora))

    assert text.count("Hearing in ") == 2
    assert text.index(f"GET {first.code}\n") < text.index(f"GET {later.code}\n")
    assert [line.partition("] ")[2] for line in text.splitlines() if line.startswith("[#")][:6] == [
        "Hearing on springs",
        "1. Opening",
        "2. The state of the springs",
        "3. Who decides on the last water",
        "Hearing on springs",
        "1. Opening",
    ]
    assert "3. Who decides on the last water" in text.partition(f"GET {first.code}\n")[2].partition("1. Opening")[2]

    card = items.HearingCard(scene.fresh(first), glance.agenda(first, timezone.now()), timezone.now(), timezone.now())
    monkeypatch.setattr(items, "LINES", ((300, 1),))
    whole, short = (card.piece(level, Style("en", world.dora.zone))[0] for level in (0, 8))
    assert (whole.is_cut, short.is_cut, "2 more items" in short.text) == (False, True, True)


def test_get_brings_the_hearing_and_an_item_of_it(world, postman):
    hearing = scene.announced(world)
    arrival = postman.mail(world.bob, "help@reply.example.org", f"GET {hearing.code}\nGET {hearing.code} 2\n")
    postman.brings(arrival)

    text = "\n".join(postman.told(world.bob))
    assert "Who measures, who decides." in text
    assert f"{hearing.code} 2" in text
    assert "SPEAK 2" in text


def test_the_threads_of_items_are_no_news_before_somebody_replies(world):
    hearing = scene.prepared(world)
    subscriptions.follow(member=world.bob, workspace=hearing.workspace, cadence="each")
    hearings.publish(by=world.alice, hearing=hearing)
    each.write_due()
    room = world.sign_in(world.bob).get("/workspaces/springs/").content.decode()
    item = scene.item(hearing)
    assert [letter.subject for letter in Letter.objects.filter(member=world.bob, kind="post")] == ["Hearing on springs"]
    assert item.thread.get_absolute_url() not in room

    posts.reply(author=world.alice, thread=item.thread, text="Read this before.")
    each.write_due()
    assert Letter.objects.filter(member=world.bob, kind="post", subject=f"Re: {item.thread.title}").exists()
    assert item.thread.get_absolute_url() in world.client.get("/workspaces/springs/").content.decode()
    assert "Read this before." in letters.text_of(run.write_now(world.dora))
