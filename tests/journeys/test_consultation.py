"""A consultation from the topic note to the record that an outsider checks, by web, by mail and on paper.

Bob has a browser before a real server, Dora and Fatou have mailboxes before the LMTP door, the village meeting has a
sheet of paper. Journey 3 of the design. Days go by on the clock of this process; the browser comes while it is right.
"""

import datetime as times
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from email import message_from_bytes, policy
from email.utils import format_datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar

from consultations.models import Contribution, Objection, Sentence, WindowChange
from consultations.services import consultations, phases, questions
from journal.models import Entry
from notifications import letters
from notifications.models import Answer, Issue, Letter
from tests.consultations import consulting
from tests.notifications.intake.postman import Door, Postman, words
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TOPIC = {
    "en": ("Water in dry valleys", "Springs run dry **earlier every year**."),
    "fr": ("L’eau des vallées sèches", "Les sources tarissent plus tôt chaque année."),
    "es": ("El agua de los valles secos", "Los manantiales se secan antes cada año."),
}
QUESTIONS = (
    {
        "en": ("What dries up first?", "Name the spring and the month."),
        "fr": ("Qu’est-ce qui tarit d’abord ?", "Nommez la source et le mois."),
        "es": ("¿Qué se seca primero?", "Nombre el manantial y el mes."),
    },
    {"en": ("Who decides on the last water?", ""), "fr": ("Qui décide de la dernière eau ?", "")},
)


class Clock:
    """Lets days go by for this process; the server beside it keeps the real time."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch

    def at(self, moment):
        ahead = moment - times.datetime.now(times.UTC)

        class Moved(times.datetime):
            @classmethod
            def now(cls, tz=None):
                return times.datetime.now(tz) + ahead

        self.monkeypatch.setattr(timezone, "datetime", Moved)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def scene(live, settings, client):
    """The world, with a second mailbox: Fatou, focal point of a union of herders."""
    settings.EMAIL_BACKEND = "notifications.outbox.EmailBackend"
    settings.EMAIL_URL = "memory:"
    world = World(client)
    world.fatou = world.member("fatou")
    world.springs = consulting.organisation(world, "Alpine Springs", world.dora)
    world.herders = consulting.organisation(world, "Union of Herders", world.fatou, category="farmers", country="MA")
    return world


def test_from_the_topic_note_to_a_record_that_an_outsider_checks(scene, live, clock, new_page, tmp_path):
    now = timezone.now()

    clock.at(now - 3 * DAY)
    consultation = prepare(scene, opens_at=now - DAY, closes_at=now + 2 * DAY)
    clock.at(now)
    it_opens_by_itself(scene, consultation)

    by_web(scene, live, consultation, new_page)
    by_mail(scene)
    on_paper(scene, consultation)
    coverage_and_reminder(scene, consultation)
    extension(scene, live, consultation, new_page, closes_at=now + 4 * DAY)

    clock.at(now + 3 * DAY)
    in_the_extended_period(scene)
    clock.at(now + 4 * DAY + 2 * HOUR)
    it_closes_by_itself(scene, consultation)
    late_mails(scene)

    clock.at(now + 6 * DAY)
    synthesis(scene, consultation)
    recommendations(scene, consultation)
    the_record_is_checked(consultation, tmp_path)


def prepare(world, *, opens_at, closes_at):
    """A topic note in three languages, two questions, a timetable; published before it opens."""
    consultation = consultations.prepare(
        by=world.sekou,
        slug="dry-valleys",
        wordings=TOPIC,
        facilitators=[world.alice],
        sponsor="The secretariat",
        room={"visibility": "public", "joining": "open"},
    )
    for member in (world.bob, world.dora, world.fatou):
        consulting.seats.give(by=world.sekou, workspace=consultation.workspace, member=member)
    window = {"opens_at": opens_at, "closes_at": closes_at}
    phase = phases.schedule(by=world.alice, consultation=consultation, kind="questions", **window)
    for wordings in QUESTIONS:
        questions.ask(by=world.alice, phase=phase, wordings=wordings)
    phases.schedule(
        by=world.alice,
        consultation=consultation,
        kind="synthesis",
        opens_at=closes_at + 3 * DAY,
        closes_at=closes_at + 30 * DAY,
    )
    consultations.publish(by=world.alice, consultation=consultation)
    work()

    seen = {language: read(world, consultation, f"?lang={language}") for language in TOPIC}
    assert all(title in seen[language] for language, (title, _text) in TOPIC.items())
    assert all("opens on" in page for page in seen.values())
    assert not consultation.questions.exclude(thread=None).exists()
    return consulting.fresh(consultation)


def it_opens_by_itself(world, consultation):
    work()

    assert Entry.objects.filter(verb="phase.opened").count() == 1
    assert consultation.questions.exclude(thread=None).count() == 2
    assert "Open now: Questions" in read(world, consultation)


def by_web(world, live, consultation, new_page):
    bob = new_page()
    live.sign_in(bob, world.bob)
    bob.goto(f"{live.url}{consultation.get_absolute_url()}")
    assert "Springs run dry earlier every year." in bob.locator("main").inner_text()

    bob.locator("#q1").get_by_role("link", name="Answer", exact=True).click()
    bob.locator("textarea[name=text]").fill("The spring at *Gurtnellen*, in July.")
    bob.get_by_role("button", name="Post", exact=True).click()
    bob.wait_for_selector("article >> text=in July")
    bob.goto(f"{live.url}{consultation.get_absolute_url()}1/")

    assert "original period" in bob.locator("main").inner_text()


def by_mail(world):
    """Dora's digest asks in her language; one reply answers both questions, one for her organisation."""
    call_command("send_digests", member=world.dora.email, verbosity=0)
    work()
    letter = Issue.objects.filter(member=world.dora).latest("number").letter
    text = letters.text_of(letter)
    numbers = {title.strip(): number for number, title in re.findall(r"^\[#(\d+)\] (.+)$", text, re.MULTILINE)}
    first, second = numbers["Qu’est-ce qui tarit d’abord ?"], numbers["Qui décide de la dernière eau ?"]
    issues = [letters.text_of(issue.letter) for issue in Issue.objects.filter(member=world.dora)]
    assert any("L’eau des vallées sèches" in issue for issue in issues)

    mail = Postman().answer(
        letter,
        f"#{first}: POUR : Alpine Springs\nLa source de Naldera, en mai.\n\n#{second}: L’assemblée du village.\n",
    )
    brings(mail)
    brings(mail)

    said = Contribution.objects.filter(post__author=world.dora).order_by("question__number")
    assert [(row.question.number, row.organisation, row.stamp, row.post.channel) for row in said] == [
        (1, world.springs, "original", "mail"),
        (2, None, "original", "mail"),
    ]


def on_paper(world, consultation):
    sheet = {
        "name": "Village meeting",
        "place": "Tizi",
        "people": "34",
        "category": "farmers",
        "country": "MA",
        "text": "The lower spring fails before the feast.",
        "language": "en",
        "consent": "Read out and agreed to; the sheet is signed.",
        "key": "sheet",
    }
    receipt = world.sign_in(world.sekou).post(
        f"{consultation.get_absolute_url()}questions/1/enter/", sheet, follow=True
    )

    contribution = Contribution.objects.get(post__channel="paper")
    assert contribution.code in receipt.content.decode()
    assert contribution.post.author_name == "Village meeting, Tizi (34 people)"


def coverage_and_reminder(world, consultation):
    """Dora's organisation has answered; Fatou's is silent, and she alone is reminded, with both questions."""
    board = plain(world.sign_in(world.alice).get(f"{consultation.get_absolute_url()}coverage/"))
    world.client.post(f"{consultation.get_absolute_url()}coverage/remind/")
    work()

    assert "Alpine Springs" in board
    assert "Union of Herders" in board
    text = words(letters.text_of(reminder(world.fatou)))
    assert "Q1. What dries up first?" in text
    assert "Q2. Who decides on the last water?" in text
    assert "begin the mail with this line: FOR: Union of Herders" in text
    assert not Letter.objects.filter(subject__contains="missing", member=world.bob).exists()


def extension(world, live, consultation, new_page, *, closes_at):
    """Alice gives notice in the browser; it is on the page, in the calendar, and in everyone's mailbox."""
    alice = new_page()
    live.sign_in(alice, world.alice)
    before = sequences(alice, live, consultation)
    alice.goto(f"{live.url}{consultation.get_absolute_url()}prepare/")
    alice.get_by_role("link", name="Change by notice").first.click()
    alice.locator("[name=closes_at]").fill(f"{closes_at:%Y-%m-%dT%H:%M}")
    alice.locator("[name=authority]").fill("The bureau")
    alice.locator("[name=reason]").fill("The road to Tizi was closed.")
    alice.get_by_role("button", name="Give notice").click()
    alice.goto(f"{live.url}{consultation.get_absolute_url()}")
    work()

    notice = WindowChange.objects.get()
    assert notice.number == 1
    assert "The road to Tizi was closed." in alice.locator("main").inner_text()
    assert (before, sequences(alice, live, consultation)) == ({0}, {0, 1})
    told = Letter.objects.filter(subject__contains=consultation.code, kind=Letter.Kind.NOTICE)
    mailed = {letter.member for letter in told if "The road to Tizi was closed." in words(letters.text_of(letter))}
    assert mailed == {seat.member for seat in consultation.workspace.seats.select_related("member")}


def sequences(page, live, consultation):
    """The SEQUENCE of each entry of the calendar file as a browser fetches it."""
    raw = page.request.get(f"{live.url}{consultation.get_absolute_url()}calendar.ics").body()
    return {int(event["SEQUENCE"]) for event in Calendar.from_ical(raw).walk("VEVENT")}


def in_the_extended_period(world):
    """Fatou answers the reminder she got, after the first close and before the second."""
    said = "FOR: Union of Herders\n\nQ2: Whoever comes with the oldest animals.\n"
    brings(Postman().answer(reminder(world.fatou), said))

    contribution = Contribution.objects.get(post__author=world.fatou)
    assert (contribution.question.number, contribution.stamp) == (2, "extended")
    assert contribution.organisation == world.herders
    assert "extended period" in plain(world.client.get(contribution.get_absolute_url()))


def it_closes_by_itself(world, consultation):
    work()

    assert Entry.objects.filter(verb="phase.closed").count() == 1
    assert "Open now: Questions" not in read(world, consultation)


def late_mails(world):
    """After the close: what our own server took in before it counts, what nothing proves comes back with its text."""
    letter = reminder(world.fatou)
    took = format_datetime(timezone.now() - 3 * HOUR)
    line = (
        f"Received: from slow.example (slow.example [203.0.113.7])\r\n\tby mx.reply.example.org id 4F2;\r\n\t{took}\r\n"
    )
    brings(line.encode() + Postman().answer(letter, "Q1: The upper one, in May.\n"))
    brings(Postman().answer(letter, "Q1: And the lower one in June, at noon.\n"))
    work()

    in_time = Contribution.objects.get(post__author=world.fatou, question__number=1)
    assert (in_time.stamp, in_time.post.text) == ("grace", "The upper one, in May.")
    refused = Answer.objects.get(state=Answer.State.REFUSED)
    assert "closed on" in refused.reason
    returned = Letter.objects.filter(member=world.fatou).latest("pk")
    assert "And the lower one in June, at noon." in words(letters.text_of(returned))


def synthesis(world, consultation):
    """Alice writes it, each sentence with what it rests on; Fatou, who is cited, has one of them corrected by mail."""
    client, base = world.sign_in(world.alice), f"{consultation.get_absolute_url()}synthesis/"
    client.post(f"{base}begin/", {"title": "What the valleys said", "language": "en"})
    text = (
        '# Springs\nSprings fail from May on [1 "in July"; 2 "en mai"; 4].\nAnimals decide [5 "the oldest animals"].\n'
    )
    client.post(f"{base}write/?new=1", {"text": f"{text}Nobody disagrees.", "base": ""})
    refused = client.post(f"{base}publish/", {"days": 7})
    bare = Sentence.objects.get(text="Nobody disagrees.")
    page = client.get(f"{base}write/?sentence={bare.pk}").context
    client.post(f"{base}write/?sentence={bare.pk}", {"text": "An assembly decides as well [3].", "base": page["base"]})
    client.post(f"{base}publish/", {"days": 7})
    work()

    assert "1 sentence cites no contribution" in plain(refused, 403)
    assert not Sentence.objects.standing().filter(kind="sentence", citations=None).exists()
    told = Letter.objects.filter(subject__contains="What the valleys said")
    assert {letter.member for letter in told} >= {world.bob, world.dora, world.fatou}

    brings(Postman().answer(told.get(member=world.fatou), "MISREPRESENTED 2: The herders decide, by their animals."))
    objection = Objection.objects.get()
    page = client.get(f"{base}objections/{objection.pk}/accept/")
    corrected = 'Herders decide [5 "the oldest animals"].'
    client.post(f"{base}objections/{objection.pk}/accept/", {"sentence": objection.sentence_id, "corrected": corrected})
    client.post(f"{base}correct/")

    shown = plain(client.get(base))
    assert "Herders decide." in shown
    assert "Corrigendum 1" in shown


def recommendations(world, consultation):
    """What follows is answered by who is responsible, and followed until it is done."""
    client, base = world.sign_in(world.alice), f"{consultation.get_absolute_url()}results/"
    rests_on = Sentence.objects.standing().get(text__startswith="Springs fail")
    wanted = {"text": "Measure every spring in May.", "language": "en", "sentences": [rests_on.pk]}
    client.post(f"{base}recommend/", wanted)
    reply = {"reply": "part", "why": "Money is there for half of them.", "organisation": world.springs.pk}
    client.post(f"{base}1/answer/", reply | {"due_on": "2030-05-01"})
    client.post(f"{base}1/progress/", {"step": "under_way", "on": f"{timezone.now():%Y-%m-%d}", "note": "Six so far."})
    work()

    page = plain(world.sign_out().get(base))
    for said in ("Measure every spring in May.", "accepted in part", "half of them", "Alpine Springs", "Six so far."):
        assert said in page


def the_record_is_checked(consultation, folder):
    """`verify.py`, alone, finds that all holds, and finds one changed byte."""
    packed, out = folder / "record.zip", folder / "record"
    call_command("export", consultation.code, str(packed), verbosity=0)
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(out)
    done = check(out, "--head", consulting.fresh(consultation).journal.mark)
    assert done.returncode == 0, done.stderr
    assert "6 contributions are numbered without gaps, 6 of them shown" in done.stdout
    assert "citations of 3 sentences stand in what they cite" in done.stdout

    path = out / "data/contributions.jsonl"
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"Naldera", b"Naldere", 1))
    changed = check(out)
    assert path.read_bytes() != raw
    assert changed.returncode == 1


def check(folder, *arguments):
    """Run the checker as an outsider does: alone, with nothing of the house."""
    command = [sys.executable, "-I", str(folder / "verify.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def work():
    call_command("work", once=True, verbosity=0)


def brings(raw):
    """A mail comes through the LMTP door to the address it answers, and is processed."""
    mail = message_from_bytes(raw, policy=policy.default)
    with Door() as door:
        assert door.sends(raw, mail["To"].addresses[0].addr_spec, sender=mail["From"].addresses[0].addr_spec) == {}
    work()


def read(world, consultation, query=""):
    """The words on its page as a visitor reads it."""
    return plain(world.sign_out().get(f"{consultation.get_absolute_url()}{query}"))


def plain(response, status=200):
    """The words of a page."""
    assert response.status_code == status
    return words(re.sub(r"<[^>]+>", " ", response.content.decode()))


def reminder(member):
    return Letter.objects.filter(subject__contains="missing", member=member).latest("pk")
