"""Who gets what at the addresses of papers; tests/permissions explains the words."""

from consultations.models import Consultation, Printing
from consultations.services import printings
from tests.consultations import consulting
from tests.permissions import NO_METHOD, READ, SEE, Row, done


def running(world):
    consulting.running(world, room={"visibility": world.workspace.visibility})


def printed(world):
    running(world)
    consultation = Consultation.objects.get()
    printings.ask(by=world.sekou, consultation=consultation, paper="question", form="html", language="en")
    printings.print_due()


def consultation(world):
    return dict(zip(("year", "number"), Consultation.objects.get().url_key, strict=True))


def printing(world):
    return consultation(world) | {"pk": Printing.objects.get().pk}


ROWS = {
    "papers": Row(at=consultation, scene=running, get=READ, post=NO_METHOD),
    "print_paper": Row(
        at=consultation,
        scene=running,
        data={"paper": "question", "form": "docx", "language": "ar"},
        get=SEE,
        post=done(SEE),
    ),
    "printing": Row(
        at=printing,
        scene=printed,
        get={"public": "-- ok ok ok ok", "members": "-- ok ok ok ok", "private": "-- -- ok ok ok"},
        post=NO_METHOD,
    ),
    "paper_page": Row(
        at=lambda world: consultation(world) | {"kind": "organisation"}, scene=running, get=READ, post=NO_METHOD
    ),
    "table": Row(at=consultation, scene=running, get=READ, post=NO_METHOD),
    "lines": Row(at=consultation, scene=running, get=READ, post=NO_METHOD),
}
