"""The API: a program reads what its member may read, and contributes through the same gate."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import Contribution, Draft
from core import rates
from forum.models import Post, Workspace
from forum.services import posts
from members.services import keys
from members.views import api as door
from tests.consultations import consulting, crowds
from tests.consultations.documents import drafting

BASE = "/api/v1/consultations/"


@pytest.fixture(autouse=True)
def no_count():
    cache.clear()


class Program:
    """What has a key of a member."""

    def __init__(self, world, member, scope="contribute"):
        self.client = world.sign_out()
        self.secret = keys.make(by=member, name="Program", scope=scope, days=1)[1]

    def get(self, address, **headers):
        return self.client.get(address, headers=self._headers(headers))

    def post(self, address, said, **headers):
        content = {"data": said, "content_type": "application/json"}
        return self.client.post(address, **content, headers=self._headers(headers))

    def _headers(self, more):
        return {"Authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in more.items()
        }


def at(consultation, rest=""):
    return f"{BASE}{consultation.year}/C{consultation.number}/{rest}"


def test_a_program_finds_a_question_answers_it_and_reads_the_answer(world, consultation):
    program = Program(world, world.bob)

    [listed] = program.get(BASE).json()["consultations"]
    one = program.get(listed["links"]["self"]).json()
    said = {"question": one["questions"][0]["number"], "text": "In **July**.", "language": "fr"}
    made = program.post(listed["links"]["contributions"], said)
    read = program.get(made["Location"])
    again = program.get(made["Location"], If_None_Match=read["ETag"])
    [newest] = program.get(listed["links"]["contributions"]).json()["contributions"]

    contribution = Contribution.objects.get()
    assert (listed["code"], one["phases"][0]["state"]) == (consultation.code, "open")
    assert one["questions"][0]["wordings"]["fr"][0] == "Qu’est-ce qui tarit d’abord ?"
    assert (made.status_code, made.json()["state"], made.json()["stamp"]) == (201, "visible", "original")
    assert (contribution.post.channel, contribution.post.author, contribution.post.language) == ("api", world.bob, "fr")
    assert read.json() == made.json() == newest
    assert (again.status_code, again.content) == (304, b"")
    assert (read["Cache-Control"], read["X-Content-Type-Options"]) == ("private, no-store", "nosniff")


def test_a_request_sent_twice_contributes_once(world, consultation):
    program, address = Program(world, world.bob), at(consultation, "contributions/")
    said = {"question": 1, "text": "In July.\r\n"}

    first = program.post(address, said, Idempotency_Key="k1")
    second = program.post(address, said, Idempotency_Key="k1")
    other = program.post(address, said | {"text": "In June."}, Idempotency_Key="k1")
    anew = program.post(address, said, Idempotency_Key="k2")

    assert (first.status_code, second.status_code, anew.status_code) == (201, 200, 201)
    assert first.json() == second.json()
    assert (other.status_code, other.json()["type"]) == (422, "urn:alphorn:problem:key-used")
    assert Contribution.objects.count() == 2


def test_the_gate_is_the_same_and_the_text_comes_back(world, consultation):
    springs = consulting.organisation(world, "Alpine Springs", world.bob)
    program, address = Program(world, world.bob), at(consultation, "contributions/")
    said = {"question": 1, "text": "In July.", "organisation": springs.pk}

    for_it = program.post(address, said)
    not_theirs = Program(world, world.dora).post(address, said)
    reading = Program(world, world.bob, scope="read").post(address, said)
    outside = Program(world, world.carol).post(address, said | {"organisation": None})
    consulting.close(consultation)
    late = program.post(address, said)

    assert for_it.json()["organisation"] == {"id": springs.pk, "name": "Alpine Springs"}
    assert [one.status_code for one in (not_theirs, reading, outside, late)] == [403] * 4
    assert "Alpine Springs" in not_theirs.json()["detail"]
    assert reading.json()["type"] == "urn:alphorn:problem:scope"
    assert "closed on" in late.json()["detail"]
    assert late.json()["text"] == "In July."
    assert Contribution.objects.count() == 1


def test_what_one_may_not_know_is_not_there(world):
    consultation = consulting.running(world, room={"visibility": "private"})
    consulting.answer(world.bob, consultation.questions.get(number=1), "In July.")
    outside = Program(world, world.carol)
    paths = ["", "contributions/", "1/", "D1.1/"]

    found = [outside.get(at(consultation, path)).status_code for path in paths]
    written = outside.post(at(consultation, "contributions/"), {"question": 1, "text": "Hello"})

    assert outside.get(BASE).json() == {"consultations": [], "next": None}
    assert (found, written.status_code) == ([404] * 4, 404)
    assert outside.get("/api/v1/nothing/").json()["type"] == "urn:alphorn:problem:not-found"
    assert Program(world, world.bob).get(at(consultation, "1/")).json()["text"] == "In July."


def test_its_author_learns_what_became_of_it(world, consultation):
    Workspace.objects.filter(pk=consultation.workspace_id).update(moderation="all")
    bob, address = Program(world, world.bob), at(consultation, "contributions/")

    held = bob.post(address, {"question": 1, "text": "In July."})
    for_others = Program(world, world.dora).get(at(consultation, "1/"))
    posts.decline(by=world.alice, post=Post.objects.latest("pk"), reason="This is no answer.")
    refused = bob.get(at(consultation, "1/")).json()

    assert held.json()["state"] == "held"
    assert for_others.status_code == 404
    assert (refused["state"], refused["reason"], refused["text"]) == ("refused", "This is no answer.", "In July.")


def test_a_colleague_is_asked_first_where_that_is_so(world):
    consultation = consulting.running(world, participation="organisations", clearing="colleague")
    springs = consulting.organisation(world, "Alpine Springs", world.bob, world.dora)
    said = {"question": 1, "text": "In July.", "organisation": springs.pk}

    made = Program(world, world.bob).post(at(consultation, "contributions/"), said)

    assert (made.status_code, made.json()["state"]) == (202, "draft")
    assert Draft.objects.get().channel == "api"


def test_a_paragraph_is_read_and_commented_on(world):
    consultation, _version = drafting.drafted(world)
    program = Program(world, world.bob)

    [document] = program.get(at(consultation)).json()["documents"]
    blocks = program.get(document["paragraphs"]).json()["paragraphs"]
    said = {"paragraph": "D1.1/2(a)", "text": "Once is enough."}
    made = program.post(at(consultation, "contributions/"), said)
    nowhere = program.post(at(consultation, "contributions/"), said | {"paragraph": "3"})

    assert "2(a)" in [block["label"] for block in blocks]
    assert (made.status_code, made.json()["paragraph"]) == (201, "D1.1/2(a)")
    assert (nowhere.status_code, nowhere.json()["field"]) == (422, "paragraph")


MALFORMED = {
    "{": 400,
    "[]": 400,
    f'"{"x" * door.MOST_BYTES}"': 413,
    '{"question": 1}': 422,
    '{"question": 9, "text": "x"}': 422,
    '{"question": true, "text": "x"}': 422,
    '{"question": 1, "paragraph": "D1.1/1", "text": "x"}': 422,
    '{"question": 1, "text": "x", "organization": 3}': 422,
    '{"question": 1, "text": "x", "organisation": 99999999999999999999}': 422,
    '{"question": 1, "text": "x", "language": "xx"}': 422,
    '{"question": 1, "text": ["x"]}': 422,
}


def test_a_malformed_body_is_told_what_is_wrong(world, consultation):
    program, address = Program(world, world.bob), at(consultation, "contributions/")
    send = {"headers": {"Authorization": f"Bearer {program.secret}"}}

    answers = {
        body: program.client.post(address, data=body, content_type="application/json", **send) for body in MALFORMED
    }
    as_text = program.client.post(address, data='{"question": 1, "text": "x"}', content_type="text/plain", **send)

    assert {body: answer.status_code for body, answer in answers.items()} == MALFORMED
    assert as_text.status_code == 415
    for answer in (*answers.values(), as_text):
        assert answer["Content-Type"] == "application/problem+json"
        assert (answer.json()["status"], bool(answer.json()["detail"])) == (answer.status_code, True)
    assert not Contribution.objects.exists()


def test_programs_and_those_who_guess_are_slowed_down(world, consultation, monkeypatch):
    monkeypatch.setattr(door, "A_MINUTE", {"read": 2, "contribute": 1})
    monkeypatch.setattr(door, "STRANGERS_A_MINUTE", 1)
    monkeypatch.setattr(rates, "time", lambda: 1_000_000_000)  # all in one minute
    program = Program(world, world.bob)

    read = [program.get(BASE) for _time in range(3)]
    guessed = [world.client.get(BASE, headers={"Authorization": "Bearer alp_guess"}) for _time in range(2)]

    assert [one.status_code for one in read] == [200, 200, 429]
    assert [one.status_code for one in guessed] == [401, 429]
    assert read[2]["Retry-After"] == "21"


def test_lists_are_paged_from_the_newest_and_ask_no_more_for_many(world, consultation):
    program, address = Program(world, world.bob), at(consultation, "contributions/")

    def queries(count):
        crowds.contribute(consultation, crowds.organisations(consultation, count), count)
        with CaptureQueriesContext(connection) as found:
            assert program.get(address).status_code == 200
        return len(found)

    program.get(address)  # the first request of a day notes the day
    few, many = queries(3), queries(30)
    first = program.get(f"{address}?limit=20&question=1").json()
    rest = program.get(first["next"]).json() if first["next"] else {"contributions": []}
    wrong = program.get(f"{address}?before=x")

    numbers = [one["number"] for one in first["contributions"] + rest["contributions"]]
    expected = consultation.contributions.filter(question__number=1).order_by("-number")
    assert few == many
    assert numbers == list(expected.values_list("number", flat=True))
    assert wrong.status_code == 422
