"""Who gets what at the addresses of contributions: associations, drafts of positions, paper, late ones."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import Consultation, Contribution, Draft, Phase
from consultations.models.consultations import Clearing, Participation
from consultations.services import associations, consultations, entries, phases, positions, questions
from forum.models import Seat, Workspace
from members.models import Organisation
from members.services import mandates
from notifications import addresses, inbound, letters
from notifications.models import Answer, Letter
from tests.permissions import MODERATE, NO_METHOD, SEATED, Row, but, done

# Drafts are for those who speak for the organisation, and there is nothing for anybody else; Bob wrote it.
AUTHOR = "in -- ok -- --"
SIGNED_IN = {"public": "in ok ok ok ok", "members": "in ok ok ok ok", "private": "in -- ok ok ok"}


def of(world):
    consultation = Consultation.objects.get()
    return {"year": consultation.year, "number": consultation.number}


def on_question(world):
    return of(world) | {"question": 1}


def on_contribution(world):
    return of(world) | {"contribution": Contribution.objects.earliest("pk").number}


def on_draft(world):
    return {"pk": Draft.objects.get().pk}


def on_late(world):
    return of(world) | {"pk": Answer.objects.get().pk}


def organisation(world, name, *members):
    made = Organisation.objects.create(name=name, category="ngo")
    for member in members:
        mandates.give(by=world.sekou, member=member, organisation=made)
    return made


def running(world, **fields):
    """A consultation in the room of the test, whatever that is like; one question is open."""
    workspace = Workspace.objects.get(pk=world.workspace.pk)
    consultation = consultations.prepare(
        by=world.sekou, slug="dry", wordings={"en": ("Dry valleys", "Springs.")}, facilitators=[world.alice], **fields
    )
    room = consultation.workspace
    Seat.objects.filter(workspace=room).delete()
    for seat in workspace.seats.all():
        Seat.objects.create(workspace=room, member=seat.member, role=seat.role)
    Consultation.objects.filter(pk=consultation.pk).update(visibility=workspace.visibility)
    consultation = Consultation.objects.get()
    now = timezone.now()
    phase = phases.schedule(
        by=world.alice,
        consultation=consultation,
        kind="questions",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )
    questions.ask(by=world.alice, phase=phase, wordings={"en": ("What dries up first?", "")})
    consultations.publish(by=world.alice, consultation=consultation)
    return Consultation.objects.get().questions.get()


def a_paper(world):
    """Words of a village that Alice entered; Bob speaks for an organisation."""
    question = running(world)
    entries.enter(
        by=world.alice,
        question=question,
        origin=entries.Origin("Village meeting", people=34),
        text="In July.",
        consent="A signed sheet.",
    )
    organisation(world, "Dry Valleys", world.bob)
    return question


def an_association(world):
    a_paper(world)
    associations.associate(
        by=world.bob, contribution=Contribution.objects.get(), organisation=Organisation.objects.get()
    )


def a_draft(world):
    question = running(world, participation=Participation.ORGANISATIONS, clearing=Clearing.COLLEAGUE)
    springs = organisation(world, "Alpine Springs", world.bob, world.dora)
    positions.write(by=world.bob, question=question, organisation=springs, text="In July.")


def for_positions(world):
    running(world, participation=Participation.ORGANISATIONS, clearing=Clearing.COLLEAGUE)
    organisation(world, "Alpine Springs", world.bob, world.dora)


def a_late_draft(world):
    a_draft(world)
    closed = timezone.now() - timedelta(hours=48)
    Draft.objects.update(started_at=closed - timedelta(days=1))
    Phase.objects.update(opens_at=closed - timedelta(days=2), closes_at=closed, first_closes_at=closed)
    positions.clear(by=world.dora, clearance=Draft.objects.get().clearances.get())


def a_late_mail(world):
    question = running(world)
    closed = timezone.now() - timedelta(hours=48)
    Phase.objects.update(opens_at=closed - timedelta(days=2), closes_at=closed, first_closes_at=closed)
    letter = letters.compose(
        member=world.dora, subject="A question", text="What?", kind=Letter.Kind.POST, about=question.thread.reference
    )
    to = addresses.reply(letter.code)
    raw = f"From: dora@example.org\r\nTo: {to}\r\nMessage-ID: <late@example.org>\r\nSubject: Re\r\n\r\nIn July.\r\n"
    inbound.process(inbound.accept(raw.encode(), inbound.Envelope(recipient=to, sender="dora@example.org")))


def chosen(world):
    return {"organisation": Organisation.objects.get().pk}


def a_text(world):
    return {"organisation": Organisation.objects.get().pk, "text": "In June."}


def on_paper(world):
    return {"name": "Amina", "text": "In July.", "language": "en", "consent": "She signed.", "key": "k"}


ROWS = {
    "associate": Row(
        at=on_contribution,
        scene=a_paper,
        data=chosen,
        get=but(SEATED, moderator="no", secretariat="no"),
        post=done(but(SEATED, moderator="no", secretariat="no")),
    ),
    "dissociate": Row(at=on_contribution, scene=an_association, data=chosen, get=AUTHOR, post=done(AUTHOR)),
    "paper_receipt": Row(at=on_contribution, scene=a_paper, get=SIGNED_IN, post=NO_METHOD),
    "enter": Row(at=on_question, scene=running, data=on_paper, get=MODERATE, post=done(MODERATE)),
    "write_position": Row(
        at=on_question,
        scene=for_positions,
        data=a_text,
        get=but(SEATED, moderator="no", secretariat="no"),
        post=done(but(SEATED, moderator="no", secretariat="no")),
    ),
    "positions": Row(at=of, scene=a_draft, get=SIGNED_IN, post=NO_METHOD),
    "late": Row(at=of, scene=a_late_mail, get=MODERATE, post=NO_METHOD),
    "accept_late": Row(
        at=on_late, scene=a_late_mail, data={"because": "The line was cut."}, get=MODERATE, post=done(MODERATE)
    ),
    "position": Row(at=on_draft, scene=a_draft, get=AUTHOR, post=NO_METHOD),
    "change_position": Row(at=on_draft, scene=a_draft, data=a_text, get=AUTHOR, post=done(AUTHOR)),
    "ask_colleagues": Row(at=on_draft, scene=a_draft, get=AUTHOR, post=done(AUTHOR)),
    "remind_colleagues": Row(at=on_draft, scene=a_draft, get=AUTHOR, post=done(AUTHOR)),
    "drop_position": Row(at=on_draft, scene=a_draft, get=AUTHOR, post=done(AUTHOR)),
    # Bob wrote it himself, and was not asked.
    "clear_position": Row(at=on_draft, scene=a_draft, get="in -- -- -- --", post="in -- -- -- --"),
    "refuse_position": Row(at=on_draft, scene=a_draft, get="in -- -- -- --", post="in -- -- -- --"),
    "accept_late_position": Row(
        at=on_draft,
        scene=a_late_draft,
        data={"because": "The line was cut."},
        get="in -- -- ok ok",
        post="in -- -- go go",
    ),
}
