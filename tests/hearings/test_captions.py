"""The transcript: typed by a note-taker or fed by a program while it is said, mended with a trace, read by all."""

import json

import pytest

from consultations.hearings import state
from consultations.hearings.models import Caption, Officer
from consultations.hearings.services import captions, hearings
from consultations.hearings.services.captions import Line
from core.access import Refused
from journal.models import Entry
from journal.verify import verify
from members.models.keys import Scope
from members.services import keys
from tests.hearings import hearing as scene


def test_bob_types_as_note_taker_and_dora_reads_by_item_and_on_the_screens(world, hearing, client):
    Officer.objects.create(hearing=hearing, member=world.bob, role=Officer.Role.NOTE_TAKER)
    client.force_login(world.bob)
    address = f"/hearings/{hearing.year}/H{hearing.number}/transcript/"
    line = {"text": "  The springs\nare low. ", "speaker_name": "Chair", "language": "en", "key": "1"}
    for sent in (line, line, {"text": "ابدأ", "language": "ar", "key": "2"}):
        assert client.post(f"{address}type/", sent).status_code == 302
    client.force_login(world.dora)
    page = client.get(address).content.decode()

    assert list(Caption.objects.values_list("number", "text")) == [(1, "The springs are low."), (2, "ابدأ")]
    assert '<p dir="rtl" lang="ar">ابدأ</p>' in page
    assert "<bdi>Chair</bdi>" in page
    assert scene.ITEMS[1] in page
    assert client.post(f"{address}type/", line).status_code == 403
    shown = state.of(hearing, "en", ["caption"])["caption"]["lines"]
    assert [(one["id"], one["direction"]) for one in shown] == [(1, "ltr"), (2, "rtl")]
    assert 'http-equiv="refresh"' in client.get(f"{address}?live").content.decode()


def test_a_line_is_corrected_and_taken_out_with_a_trace(world, hearing, client):
    [line, other] = captions.say(by=world.alice, hearing=hearing, lines=[Line("The spirngs."), Line("A name.")])
    captions.correct(by=world.alice, caption=line, text="The springs.")
    with pytest.raises(Refused, match="Say why"):
        captions.remove(by=world.alice, caption=other, reason="")
    captions.remove(by=world.alice, caption=other, reason="It names a child.")
    with pytest.raises(Refused):
        captions.correct(by=world.bob, caption=line, text="Nothing.")

    page = client.get(line.get_absolute_url()).content.decode()

    assert "The springs." in page
    assert "It names a child." in page
    assert "A name." not in page
    assert line.changes.get().text == "The spirngs."
    client.force_login(world.sekou)
    address = f"/hearings/{hearing.year}/H{hearing.number}/transcript/1/remove/"
    assert client.post(address, {"reason": "Asked for.", "for_good": "on"}).status_code == 302
    assert Caption.objects.get(number=1).text == ""
    assert not line.changes.exists()
    verbs = Entry.objects.filter(journal=hearing.journal, verb__startswith="caption.").order_by("seq")
    assert list(verbs.values_list("verb", flat=True)) == ["caption.said", "caption.corrected", *["caption.removed"] * 2]
    assert verify(scene.fresh(hearing).journal) is None
    said = Entry.objects.filter(verb="caption.removed").last().data["instead"]
    assert [one["lines"] for one in said.values() if "lines" in one] == [[None, None]]


def test_a_program_feeds_lines_in_batches_each_once_and_bob_s_key_is_refused(world, hearing, client):
    _key, secret = keys.make(by=world.alice, name="Stenographer", scope=Scope.CONTRIBUTE, days=7)
    _key, bobs = keys.make(by=world.bob, name="Bob", scope=Scope.CONTRIBUTE, days=7)
    address = f"/api/v1/hearings/{hearing.year}/H{hearing.number}/captions/"
    lines = [{"text": "One.", "speaker": "Chair"}, {"text": "Deux.", "language": "fr", "item": "2"}]

    def post(said, key=secret, once="a"):
        headers = {"authorization": f"Bearer {key}", "idempotency-key": once}
        return client.post(address, json.dumps(said), "application/json", headers=headers)

    first, again = post({"lines": lines}), post({"lines": lines})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert [one["number"] for one in first.json()["lines"]] == [1, 2]
    assert Entry.objects.filter(verb="caption.said").count() == 1
    read = client.get(f"{address}?after=1", headers={"authorization": f"Bearer {bobs}"}).json()
    assert [one["text"] for one in read["lines"]] == ["Deux."]
    assert post({"lines": lines}, key=bobs, once="b").status_code == 403
    wrong = ([], [{"text": "x"}] * 51, [{"text": 1}], [{"text": "x", "item": "9"}], [{"text": "x", "at": "now"}], ["x"])
    assert {post({"lines": said}, once=str(n)).status_code for n, said in enumerate(wrong)} == {422}
    assert post({"lines": [{"text": "Other."}, {"text": "Words."}]}).json()["type"].endswith("key-used")
    assert post({"lines": [{"text": "x", "at": "2020-01-01T00:00:00Z"}]}, once="c").status_code == 403
    hearings.end(by=world.alice, hearing=hearing)
    assert post({"lines": [{"text": "Late."}]}, once="d").status_code == 403
    assert post({"lines": lines}).json() == first.json()
    assert Caption.objects.count() == 2


def test_a_key_of_a_request_counts_for_one_hearing_and_one_access_key(world, hearing, client):
    other = scene.prepared(world, slug="dunes")
    hearings.publish(by=world.alice, hearing=other)
    secrets = [keys.make(by=world.alice, name=name, scope=Scope.CONTRIBUTE, days=7)[1] for name in ("A", "B")]

    def post(at, secret):
        headers = {"authorization": f"Bearer {secret}", "idempotency-key": "batch-1"}
        said = json.dumps({"lines": [{"text": "One.", "speaker": "Chair"}]})
        address = f"/api/v1/hearings/{at.year}/H{at.number}/captions/"
        return client.post(address, said, "application/json", headers=headers).status_code

    sent = [post(at, secret) for at in (hearing, other) for secret in secrets]

    assert sent == [201] * 4
    assert post(hearing, secrets[0]) == 200
    assert (hearing.captions.count(), other.captions.count()) == (2, 2)
