"""Who gets what at the addresses of statements; tests/permissions explains the words."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import Phase, Statement
from consultations.services import consultations, phases, statements
from tests.consultations import consulting
from tests.permissions import MODERATE, NO_METHOD, READ, SEATED, UNSEEN_BY_OUTSIDE, Row, done


def a_statement(world, by="alice"):
    consultation = consulting.prepared(world, room={"visibility": world.workspace.visibility})
    now = timezone.now()
    phase = phases.schedule(
        by=world.alice,
        consultation=consultation,
        kind="statements",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=2),
    )
    consultations.publish(by=world.alice, consultation=consultation)
    statements.propose(by=getattr(world, by), phase=Phase.objects.get(pk=phase.pk), text="Springs belong to all.")


def phase(world):
    return {"pk": Phase.objects.get().pk}


def statement(world):
    return {"pk": Statement.objects.get().pk}


ROWS = {
    "statements": Row(at=phase, scene=a_statement, get=READ, post=NO_METHOD),
    "answer_statement": Row(at=statement, scene=a_statement, data={"answer": "agree"}, get=SEATED, post=done(SEATED)),
}


def bobs(world):
    a_statement(world, by="bob")


def a_hidden(world):
    bobs(world)
    shown = statements.show(by=world.alice, statement=Statement.objects.get())
    statements.hide(by=world.alice, statement=shown, reason="A name.")


ROWS |= {
    "propose_statement": Row(
        at=phase, scene=a_statement, data={"text": "Count them.", "language": "en"}, get=SEATED, post=done(SEATED)
    ),
    "declare": Row(at=phase, scene=a_statement, data={"category": "ngo"}, get=SEATED, post=done(SEATED)),
    "statement_queue": Row(at=phase, scene=a_statement, get=MODERATE, post=MODERATE),
    "show_statement": Row(at=statement, scene=bobs, get=UNSEEN_BY_OUTSIDE, post=done(UNSEEN_BY_OUTSIDE)),
    "decline_statement": Row(
        at=statement,
        scene=bobs,
        data={"reason": "Two thoughts in one."},
        get=UNSEEN_BY_OUTSIDE,
        post=done(UNSEEN_BY_OUTSIDE),
    ),
    "hide_statement": Row(
        at=statement, scene=a_statement, data={"reason": "A name."}, get=MODERATE, post=done(MODERATE)
    ),
    "restore_statement": Row(at=statement, scene=a_hidden, get=UNSEEN_BY_OUTSIDE, post=done(UNSEEN_BY_OUTSIDE)),
}
