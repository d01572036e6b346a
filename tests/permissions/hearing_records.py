"""Who gets what at the record of a hearing; tests/permissions explains the words."""

from datetime import timedelta

from django.utils import timezone

from consultations.hearings.models import Correction, Hearing, HearingPrinting, Note, Record
from consultations.hearings.services import hearings, notes, printings, records
from tests.hearings import hearing as scene
from tests.permissions import MODERATE, NO_METHOD, READ, SEATED, Row, done
from tests.permissions.hearings import a_hearing, of


def _draft(world):
    a_hearing(world)
    hearing = Hearing.objects.get()
    note = notes.write(by=world.alice, item=scene.item(hearing), text="One.")
    notes.save(by=world.alice, note=note, text="Two.", version=0)
    records.draft(by=world.alice, hearing=hearing)


def _over(world):
    a_hearing(world)
    hearing = Hearing.objects.get()
    notes.write(by=world.alice, item=scene.item(hearing), text="One.")
    records.draft(by=world.alice, hearing=hearing)
    hearings.end(by=world.alice, hearing=hearing)


def _provisional(world):
    _over(world)
    until = timezone.now() + timedelta(days=1)
    record = records.publish_provisional(by=world.alice, hearing=Hearing.objects.get(), until=until)
    records.correct(by=world.bob, record_of=record, why="Two.")


def _decided(world):
    _provisional(world)
    records.decline(by=world.alice, correction=Correction.objects.get(), reason="No.")
    Record.objects.update(corrections_until=timezone.now() - timedelta(hours=1))


def _final(world):
    _decided(world)
    records.finalise(by=world.alice, record_of=Record.objects.get())


def _printed(world):
    _provisional(world)
    language = {"form": "html", "language": "en"}
    printings.ask(by=world.sekou, hearing=Hearing.objects.get(), paper="minutes", **language)
    printings.PRESS.print_due()


def _until(world):
    return {"until": f"{timezone.now() + timedelta(days=3):%Y-%m-%dT%H:%M}"}


def _with(model):
    return lambda world: of(world) | {"pk": model.objects.latest("pk").pk}


PRESIDE = {"get": MODERATE, "post": done(MODERATE)}
SHOWN_TO_MODERATORS = {
    "public": "in -- -- ok ok",
    "members": "in -- -- ok ok",
    "private": "in -- -- ok ok",
}
SIGNED_IN = {"public": "in ok ok ok ok", "members": "in ok ok ok ok", "private": "in -- ok ok ok"}
TAKEN_AWAY = {"public": "-- ok ok ok ok", "members": "-- ok ok ok ok", "private": "-- -- ok ok ok"}
BY_SECRETARIAT = {"public": "in -- -- no ok", "members": "in -- -- no ok", "private": "in -- -- no ok"}


def _note(world):
    return of(world) | {"about": Note.objects.latest("pk").reference}


ROWS = {
    "notes": Row(scene=_draft, at=of, data={"text": "Three."}, **PRESIDE),
    "settle_note": Row(
        scene=_draft, at=_with(Note), data={"keep": "both"}, get="in 405 405 405 405", post=done(MODERATE)
    ),
    "record": Row(scene=_provisional, at=of, get=READ, post=NO_METHOD),
    "summarise": Row(scene=_draft, at=of, data={"text": "All agreed.", "version": 0}, **PRESIDE),
    "publish_record": Row(scene=_over, at=of, data=_until, get=SHOWN_TO_MODERATORS, post=done(SHOWN_TO_MODERATORS)),
    "correct_record": Row(
        scene=_provisional, at=of, data={"part": "text", "why": "Two."}, get=SEATED, post=done(SEATED)
    ),
    "corrections": Row(scene=_provisional, at=of, get=READ, post=NO_METHOD),
    "accept_correction": Row(
        scene=_provisional,
        at=_with(Correction),
        data={"paragraph": 2, "part": "text", "reads": "Two."},
        **PRESIDE,
    ),
    "decline_correction": Row(scene=_provisional, at=_with(Correction), data={"reason": "No."}, **PRESIDE),
    "finalise_record": Row(scene=_decided, at=of, **PRESIDE),
    "issue_corrigendum": Row(scene=_final, at=of, data={"corrections": "2: Two."}, **PRESIDE),
    "redact_everywhere": Row(scene=_provisional, at=of, data={"passage": "One.", "reason": "A name."}, **PRESIDE),
    "redact": Row(
        scene=_provisional,
        at=_note,
        data={"passage": "One.", "reason": "A name."},
        get=SHOWN_TO_MODERATORS,
        post=done(SHOWN_TO_MODERATORS),
    ),
    "erase": Row(
        scene=_provisional,
        at=_note,
        data={"reason": "Asked for."},
        get=BY_SECRETARIAT,
        post=done(BY_SECRETARIAT),
    ),
    "record_page": Row(scene=_provisional, at=of, get=READ, post=NO_METHOD),
    "print_record": Row(
        scene=_provisional,
        at=of,
        data={"paper": "minutes", "form": "html", "language": "en"},
        get=SIGNED_IN,
        post=done(SIGNED_IN),
    ),
    "record_printing": Row(scene=_printed, at=_with(HearingPrinting), get=TAKEN_AWAY, post=NO_METHOD),
}
