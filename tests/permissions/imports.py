"""Who gets what at the addresses of imports; tests/permissions explains the words."""

from django.core.files.uploadedfile import SimpleUploadedFile

from consultations.models import Consultation, Import
from consultations.services import imports
from consultations.services.rows import Given
from tests.consultations import consulting
from tests.permissions import MODERATE, NO_METHOD, Row, done

PRESSED = "in 405 405 405 405"
FILE = b"question,name,text\nQ1,Amina,In July.\nQ9,Bo,Never.\n"


def running(world):
    consulting.running(world, room={"visibility": world.workspace.visibility})


def uploaded(world):
    running(world)
    given = Given(consent="They ticked a box.")
    imports.upload(by=world.alice, consultation=Consultation.objects.get(), name="a.csv", content=FILE, given=given)


def taken(world):
    uploaded(world)
    imports.confirm(by=world.alice, file=Import.objects.get())
    imports.take_due()


def consultation(world):
    return dict(zip(("year", "number"), Consultation.objects.get().url_key, strict=True))


def imported(world):
    return consultation(world) | {"pk": Import.objects.get().pk}


ROWS = {
    "import_contributions": Row(
        at=consultation,
        scene=running,
        data=lambda world: {"file": SimpleUploadedFile("a.csv", FILE)},
        get=MODERATE,
        post=done(MODERATE),
    ),
    "imported_file": Row(at=imported, scene=uploaded, get=MODERATE, post=NO_METHOD.replace("405", "in", 1)),
    "confirm_import": Row(at=imported, scene=uploaded, get=PRESSED, post=done(MODERATE)),
    "drop_import": Row(at=imported, scene=taken, get=PRESSED, post=done(MODERATE)),
    "refused_rows": Row(at=imported, scene=taken, get=MODERATE, post=NO_METHOD.replace("405", "in", 1)),
}
