"""What officers see stays with them, also on the page that says why a deed was refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.exporting import data as common
from consultations.hearings.models import Speech
from consultations.hearings.services import (
    accounts,
    agenda,
    captions,
    desk,
    floor,
    hearings,
    imports,
    invitations,
    lists,
    mergers,
    motions,
    notes,
    officers,
    points,
    questions,
    records,
    sessions,
    sheets,
    speakers,
    speeches,
    takeouts,
    votes,
)
from consultations.services import ballots
from core.access import Refused
from core.middleware import ONE_TIME
from forum.services import seats
from members.models import Organisation
from tests.consultations import consulting
from tests.hearings import hearing as scene
from tests.hearings import voting
from tests.hearings.record import telling


def said_to(client, address, *fields):
    """Everything that comes of posting these, all of it refused."""
    answers = [client.post(address, given) for given in ({}, *fields)]
    assert {answer.status_code for answer in answers} == {403}, address
    return " ".join(answer.content.decode() for answer in answers)


def test_nobody_reads_a_vote_before_its_time_by_trying_what_only_officers_do(world, hearing, item):
    nadia = voting.note_taker(world, hearing)
    called = voting.put(world, item, manner="roll_call")
    ballots.vote(member=world.dora, ballot=called.ballot, text="no")
    hall = voting.put(world, item, manner="hall")
    sheet = sheets.count_hall(by=nadia, motion=hall, figures={"yes": 1, "no": 2, "abstain": 0})
    sheets.confirm(by=world.alice, sheet=sheet, figures={"yes": 2, "no": 1, "abstain": 0})
    call, enter = f"{called.get_absolute_url()}call/", f"{hall.get_absolute_url()}enter/"
    dora = called.calls.get(name="Dora").pk
    client = world.sign_in(world.alice)
    theirs = client.get(f"{call}?name={dora}").content.decode() + client.get(enter).content.decode()
    client = world.sign_in(world.bob)
    ours = said_to(client, call, {"call": dora}, {"call": dora, "said": "yes"})
    ours += said_to(client, enter, {"what": "phone"}, {"hands-yes": 1, "hands-no": 1, "hands-abstain": 0})
    ours += said_to(client, f"{enter}{sheet.pk}/confirm/", {"yes": 1, "no": 2, "abstain": 0})

    for told in ("Sent by the voter", "<bdi>Nadia</bdi>"):
        assert told in theirs
        assert told not in ours


def test_a_note_taker_without_a_seat_writes_and_reads_no_more(world, hearing, item):
    nadia = voting.note_taker(world, hearing)
    speaker = speakers.request(member=world.bob, item=item)
    speeches.hand_in(by=world.bob, speaker=speaker, text="The springs are low.")
    assert Speech.objects.visible_to(nadia).exists()

    seats.dismiss(by=world.alice, seat=nadia.seats.get(), reason="Gone home.")

    assert not Speech.objects.visible_to(nadia).exists()
    with pytest.raises(Refused):
        notes.write(by=nadia, item=item, text="Still here.")


def test_a_colleague_with_the_same_mandate_reads_no_embargoed_text_in_the_form_to_hand_it_in(world, hearing, item):
    alps = consulting.organisation(world, "Alpine Springs", world.bob, world.dora)
    speaker = speakers.request(member=world.bob, item=item, organisation=alps)
    speeches.hand_in(by=world.bob, speaker=speaker, text="The springs are low.")
    address = f"{hearing.get_absolute_url()}speakers/{speaker.pk}/text/"

    theirs, ours = (world.sign_in(who).get(address).content.decode() for who in (world.bob, world.dora))

    assert "The springs are low." in theirs
    assert "The springs are low." not in ours
    assert "</textarea>" in ours


def test_words_that_were_taken_out_and_drafts_are_not_read_by_trying_to_change_them(world):
    hearing = telling.told(world, telling.votes_and_papers)
    line = hearing.captions.get()
    captions.correct(by=world.alice, caption=line, text="The springs are very low.")
    captions.remove(by=world.alice, caption=line, reason="A number.")
    records.summarise(by=world.alice, hearing=hearing, text="Not for Bob yet.", version=0)
    at = hearing.get_absolute_url()
    client = world.sign_in(world.bob)
    read = said_to(client, f"{at}record/summary/", {"text": "x", "version": 0})
    for deed in ("correct", "remove"):
        read += said_to(client, f"{at}transcript/{line.number}/{deed}/", {"text": "x", "reason": "x", "language": "en"})
    record = telling.provisional(world, hearing)
    asked = records.correct(by=world.dora, record_of=record, why="My own business.", paragraph=1)
    for deed in ("accept", "decline"):
        read += said_to(client, f"{at}record/corrections/{asked.pk}/{deed}/", {"reason": "x", "paragraph": 1})

    for told in ("springs are", "Not for Bob yet", "My own business"):
        assert told not in read


def test_no_form_of_an_officer_tells_others_who_has_an_account(world, hearing, item):
    """Bob tries an address that is known and one that is not, and is told the same."""
    at = hearing.get_absolute_url()
    client = world.sign_in(world.bob)
    tried = {
        f"{at}officers/appoint/": "address",
        f"{at}items/{item.pk}/speakers/enter/": "member",
        "/hearings/new/": "chairs",
        "/consultations/new/": "facilitators",
    }
    for address, field in tried.items():
        known, unknown = (client.post(address, {field: f"{name}@example.org"}) for name in ("dora", "nobody"))
        assert known.status_code == unknown.status_code == 403, address
        told = [ONE_TIME.sub(rb"\1", answer.content) for answer in (known, unknown)]
        assert told[1].replace(b"nobody", b"dora") == told[0]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00Z", "9999-12-31T23:59Z"])
def test_no_moment_is_too_far_to_be_asked_about(world, hearing, moment):
    hearing.timezone = "America/New_York" if moment[0] == "9" else "Asia/Tokyo"
    hearing.save()
    at = hearing.get_absolute_url()

    assert world.client.get(f"{at}missed/?since={moment}").status_code == 200
    client = world.sign_in(world.alice)
    times = {"starts_at": moment, "ends_at": moment, "reason": "x", "list_opens_at": moment, "takes_speakers": "1"}
    assert client.post(f"{at}sessions/schedule/", times).status_code == 422
    assert client.post(f"{at}items/{scene.item(hearing).pk}/change/", times).status_code == 422


def test_no_deed_of_officers_is_done_for_whoever_has_a_seat(world, hearing, item):
    """Whichever door leads there; pages ask the same rules, which hides what a service forgets to ask."""
    motion = voting.put(world, item)
    question = questions.put(by=world.dora, item=item, text="Why?")
    speaker = speakers.request(member=world.dora, item=item)
    session, alps = hearing.sittings[0], Organisation.objects.create(name="Alps", category="state")
    new = {"wordings": {"en": ("Mine", "")}}
    deeds = [
        (accounts.share, {"hearing": hearing, "name": "Ours", "seconds": 60}),
        (agenda.add, {"hearing": hearing, **new}),
        (agenda.change, {"item": item, **new}),
        (agenda.open_item, {"item": scene.item(hearing, "3")}),
        (captions.say, {"hearing": hearing, "lines": [captions.Line("Mine.")]}),
        (desk.publish, {"hearing": hearing, "series": "CRP", "files": {}, **new}),
        (floor.absent, {"speaker": speaker}),
        (hearings.change, {"hearing": hearing, **new}),
        (invitations.invite, {"hearing": hearing, "organisations": [alps]}),
        (invitations.take_back, {"hearing": hearing, "organisation": alps}),
        (lists.open_list, {"item": item}),
        (mergers.unmerge, {"question": question}),
        (motions.second, {"motion": motion, "seconder": "Bob"}),
        (officers.appoint, {"hearing": hearing, "member": world.bob, "role": "chair"}),
        (points.put_appeal, {"speaker": speaker}),
        (records.publish_provisional, {"hearing": hearing, "until": session.ends_at}),
        (sessions.cancel, {"session": session, "reason": "Mine."}),
        (sessions.drop_session, {"session": session}),
        (sessions.open_session, {"session": session}),
        (sessions.reschedule, {"session": session, "starts_at": session.starts_at, "ends_at": session.ends_at}),
        (speakers.allot, {"speaker": speaker, "seconds": 60}),
        (speakers.prioritise, {"speaker": speaker, "priority": 1, "reason": "Mine."}),
        (speakers.relist, {"speaker": speaker}),
        (speeches.deliver, {"speaker": speaker, "text": "Mine."}),
        (speeches.submit, {"speaker": speaker}),
        (votes.annul, {"motion": motion, "reason": "Mine."}),
    ]
    before = hearing.journal.entries.count()

    for do, given in deeds:
        with pytest.raises(Refused, match="Only"):
            do(by=world.bob, **given)

    assert hearing.journal.entries.count() == before


def test_nobody_is_told_what_stood_in_a_hearing_before_it_was_published(world):
    hearing = scene.prepared(world)
    hearings.change(by=world.alice, hearing=hearing, wordings={"en": ("Not yet", "A draft."), "fr": ("Pas encore", "")})
    hearings.publish(by=world.alice, hearing=hearing)
    since = f"/live/hearings/{hearing.pk}/news.json?since=0"
    ours = [entry["verb"] for entry in world.client.get(since).json()["entries"]]
    theirs = [entry["verb"] for entry in world.sign_in(world.alice).get(since).json()["entries"]]

    assert {"hearing.prepared", "hearing.changed", "item.added"} <= set(theirs)
    assert {"hearing.prepared", "hearing.changed", "item.added"}.isdisjoint(ours)
    assert "hearing.published" in ours
    for entry in common.entries(hearing):
        assert "A draft." not in str(entry["data"]) or entry["verb"] == "hearing.published"


def test_an_item_of_a_hearing_that_goes_on_is_added_room_before_journal(world, hearing):
    """Whoever holds the journal and waits for the room stops whoever holds the room and waits for the journal."""
    asked = (
        lambda: agenda.add(by=world.alice, hearing=hearing, wordings={"en": ("Also this", "")}),
        lambda: imports.take(by=world.alice, hearing=hearing, text="title\nSnow", language="en"),
        lambda: invitations.invite(by=world.alice, hearing=hearing, categories=["state"]),
    )
    world.organisation = Organisation.objects.create(name="Uri", category="state")
    for deed in asked:
        with CaptureQueriesContext(connection) as queries:
            deed()
        said = [query["sql"] for query in queries]
        room = next(place for place, sql in enumerate(said) if 'FROM "forum_workspace" ' in sql)
        assert room < next(place for place, sql in enumerate(said) if 'INSERT INTO "journal_entry"' in sql)


def test_words_are_not_taken_out_of_a_question_until_it_is_a_book(world, item):
    question = questions.put(by=world.bob, item=item, text="Why? " + "a" * 900)

    with pytest.raises(Refused, match="more than can be kept"):
        takeouts.redact(by=world.alice, thing=question, passage="a", reason="r" * 300)


def test_a_line_that_is_no_line_is_asked_for_again(world, hearing):
    client = world.sign_in(world.alice)

    for text in ("9" * 5000, "a\x00b"):
        assert client.post(f"{hearing.get_absolute_url()}transcript/type/", {"text": text}).status_code == 422


def test_no_parameter_breaks_a_page_of_a_hearing(world, hearing, item):
    pages = {
        "": "page",
        "live/": "still",
        "missed/": "since",
        "questions/": "after item",
        "documents/": "page",
        "transcript/": "from at item",
        "notes/": "item",
        "motions/new/": "item form",
        "documents/new/": "item",
        f"motions/{voting.put(world, item).number}/": "page",
        f"motions/{voting.put(world, item, manner='roll_call').number}/call/": "name",
    }
    client = world.sign_in(world.alice)
    for page, names in pages.items():
        for name in names.split():
            for value in ("9" * 5000, "٣", "\x00-1"):
                address = f"{hearing.get_absolute_url()}{page}"
                assert client.get(address, {name: value}).status_code < 500, (page, name, value[:20])
    for field in ("note", "version", "speaker", "key"):
        written = {"text": "x", field: "9" * 5000}
        assert client.post(f"{hearing.get_absolute_url()}notes/?item={item.pk}", written).status_code < 500, field
