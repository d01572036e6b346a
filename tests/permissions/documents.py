"""Who gets what at the addresses of draft texts; tests/permissions explains the words."""

from django.conf import settings

from consultations.models import Amendment, Version
from consultations.services import comments
from consultations.services.comments import Proposal
from tests.consultations.documents import drafting
from tests.permissions import MODERATE, NO_METHOD, READ, SEATED, Row, done

UNPUBLISHED = "in -- -- ok ok"
TWO = drafting.TEXT.replace("shall", "should")


def a_text(world):
    return drafting.drafted(world, room={"visibility": world.workspace.visibility})[1]


def two_versions(world):
    drafting.again(world, a_text(world), TWO)


def one_in_preparation(world):
    version = a_text(world)
    drafting.upload(world, version.phase, TWO, document=version.document)


def a_proposal(world):
    paragraph = drafting.paragraph(a_text(world), "1")
    comments.write(author=world.bob, paragraph=paragraph, proposal=Proposal("delete"))


def consultation(world):
    return dict(zip(("year", "number"), Version.objects.first().consultation.url_key, strict=True))


def document(world):
    return consultation(world) | {"document": 1}


def version(number):
    return lambda world: document(world) | {"version": number}


def paragraph(world):
    return version(1)(world) | {"label": "2(a)"}


def amendment(world):
    return {"pk": Amendment.objects.get().pk}


def cited(world):
    return {"cited": Version.objects.get().code.removeprefix(f"{settings.REFERENCE_PREFIX}/")}


def on_paper(world):
    words = {"kind": "comment", "text": "In buckets.", "consent": "signed sheet of 3 May"}
    return words | {"name": "Village meeting", "language": "en", "key": "sheet-1"}


def new_text(world):
    version = Version.objects.latest("pk")
    return {"title": "Annex", "phase": version.phase_id, "language": "en", "text": "1. One.\n\n2. Two."}


ROWS = {
    "cited": Row(at=cited, scene=a_text, get="go go go go go", post=NO_METHOD),
    "documents": Row(at=consultation, scene=a_text, get=READ, post=NO_METHOD),
    "document": Row(at=document, scene=a_text, get=READ, post=NO_METHOD),
    "version": Row(at=version(1), scene=a_text, get=READ, post=NO_METHOD),
    "version_report": Row(at=version(2), scene=two_versions, get=READ, post=NO_METHOD),
    "compare": Row(at=document, scene=two_versions, get=READ, post=NO_METHOD),
    "paragraph": Row(at=paragraph, scene=a_text, get=READ, post=NO_METHOD),
    "comments": Row(at=document, scene=a_text, get=READ, post=NO_METHOD),
    "comment": Row(
        at=paragraph, scene=a_text, data={"kind": "comment", "text": "Litres?"}, get=SEATED, post=done(SEATED)
    ),
    "enter_remark": Row(at=paragraph, scene=a_text, data=on_paper, get=MODERATE, post=done(MODERATE)),
    "prepare_document": Row(at=consultation, scene=a_text, data=new_text, get=MODERATE, post=done(MODERATE)),
    "prepare_version": Row(at=document, scene=a_text, data=new_text, get=MODERATE, post=done(MODERATE)),
    "publish_version": Row(at=version(2), scene=one_in_preparation, get=UNPUBLISHED, post=done(UNPUBLISHED)),
    "drop_version": Row(at=version(2), scene=one_in_preparation, get=UNPUBLISHED, post=done(UNPUBLISHED)),
    "take_amendment": Row(at=amendment, scene=a_proposal, get=MODERATE, post=done(MODERATE)),
    "decline_amendment": Row(
        at=amendment, scene=a_proposal, data={"reason": "It is needed."}, get=MODERATE, post=done(MODERATE)
    ),
}
