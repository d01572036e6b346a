"""Who gets what at the forum's addresses; tests/permissions explains the words."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from core import tokens
from forum.models import Attachment, Invitation, JoinRequest, Post, Thread
from tests.permissions import (
    AUTHOR,
    MODERATE,
    NO_METHOD,
    OUTSIDE,
    READ,
    SEATED,
    SECRETARIAT,
    SEE,
    UNSEEN_BY_OUTSIDE,
    Row,
    but,
    done,
)

REASON = {"reason": "As an example"}


def room(world):
    return {"slug": world.workspace.slug}


def thread(world):
    return {"pk": world.thread.pk}


def bobs_post(world):
    return {"pk": world.answer.pk}


def waiting(world):
    Post.objects.filter(pk=world.answer.pk).update(state="pending")


def hidden(world):
    Post.objects.filter(pk=world.answer.pk).update(state="hidden")


def joining(how):
    def scene(world):
        world.workspace.joining = how
        world.workspace.save(update_fields=["joining"])

    return scene


def closed(world):
    Thread.objects.filter(pk=world.thread.pk).update(closed_at=world.thread.created_at)


def request(world):
    JoinRequest.objects.get_or_create(workspace=world.workspace, member=world.carol, state="open")


def carols_request(world):
    return {"pk": JoinRequest.objects.get(workspace=world.workspace).pk}


def bobs_seat(world):
    return {"pk": world.workspace.seats.get(member=world.bob).pk}


def invitation(world):
    Invitation.objects.get_or_create(workspace=world.workspace, email=world.carol.email)


def carols_invitation(world):
    return {"token": tokens.sign("invitation", Invitation.objects.get(workspace=world.workspace).pk)}


def file(world):
    kept = Attachment(post=world.answer, name="a.txt", content_type="text/plain", size=2, sha256="0" * 64)
    kept.file.save("a.txt", ContentFile(b"hi"))


def picture(world):
    kept = Attachment(post=world.answer, name="a.png", content_type="image/png", size=70, sha256="1" * 64)
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "blue").save(out, "PNG")
    kept.file.save("a.png", ContentFile(out.getvalue()))


def bobs_document(world):
    return {"pk": Attachment.objects.get(post=world.answer).pk}


def bobs_file(world):
    return {"pk": Attachment.objects.get(post=world.answer).pk, "name": "a.txt"}


def settings(world):
    return {
        "name": "Plenary",
        "visibility": world.workspace.visibility,
        "joining": "request",
        "posting": "seated",
        "moderation": "none",
    }


def new_room(world):
    return {**settings(world), "slug": "annex", "moderator": world.alice.email}


ROWS = {
    "news": Row(at=lambda world: {"name": "threads", "pk": world.thread.pk}, get=READ, post=NO_METHOD),
    # Rooms
    "home": Row(get="ok ok ok ok ok", post=NO_METHOD),
    "workspaces": Row(get="ok ok ok ok ok", post=NO_METHOD),
    "workspace": Row(at=room, get=READ, post=NO_METHOD),
    "create_workspace": Row(get="in no no no ok", post="in no no no go", data=new_room),
    "change_workspace": Row(at=room, get=MODERATE, post=done(MODERATE), data=settings),
    "close_workspace": Row(at=room, get=MODERATE, post=done(MODERATE)),
    "reopen_workspace": Row(at=room, get=MODERATE, post=done(MODERATE)),
    # Seats
    "seats": Row(at=room, get=SEATED, post=SEATED),
    "join": Row(
        at=room,
        scene=joining("open"),
        get={**OUTSIDE, "private": "in -- no no no"},
        post=done({**OUTSIDE, "private": "in -- no no no"}),
    ),
    "request_seat": Row(at=room, get=OUTSIDE, post=done(OUTSIDE)),
    # Alice is the only moderator, so she cannot leave; the secretariat has no seat to leave.
    "leave": Row(
        at=room,
        get=but(SEATED, moderator="no", secretariat="no"),
        post=done(but(SEATED, moderator="no", secretariat="no")),
    ),
    "invite": Row(at=room, get=MODERATE, post=MODERATE, data={"addresses": "eve@example.org", "role": "member"}),
    "admit": Row(at=carols_request, scene=request, get=MODERATE, post=done(MODERATE)),
    "decline_seat": Row(at=carols_request, scene=request, get=MODERATE, post=done(MODERATE), data=REASON),
    "appoint": Row(at=bobs_seat, get=MODERATE, post=done(MODERATE), data={"role": "observer"}),
    "dismiss": Row(at=bobs_seat, get=MODERATE, post=done(MODERATE), data=REASON),
    # Whoever holds the link may see what it is; only the owner of the invited address, Carol, may take the seat.
    "accept": Row(at=carols_invitation, scene=invitation, get="ok ok ok ok ok", post="in go no no no"),
    # Threads
    "thread": Row(at=thread, get=READ, post=NO_METHOD),
    "start": Row(at=room, get=SEATED, post=done(SEATED), data={"title": "Snow", "text": "How much?"}),
    "reply": Row(at=thread, get=SEATED, post=done(SEATED), data={"text": "Twice."}),
    "unread": Row(at=thread, get={name: line.replace("ok", "go") for name, line in SEE.items()}, post=NO_METHOD),
    "mark_read": Row(at=thread, get=SEE, post=done(SEE)),
    "close": Row(at=thread, get=MODERATE, post=done(MODERATE), data=REASON),
    "reopen": Row(at=thread, scene=closed, get=MODERATE, post=done(MODERATE)),
    "pin": Row(at=thread, get=MODERATE, post=done(MODERATE)),
    "unpin": Row(at=thread, get=MODERATE, post=done(MODERATE)),
    # Posts: the one spoken of is Bob's
    "post": Row(at=bobs_post, get=READ, post=NO_METHOD),
    "revisions": Row(at=bobs_post, get=READ, post=NO_METHOD),
    "edit": Row(at=bobs_post, get=AUTHOR, post=done(AUTHOR), data={"text": "We do, three times a year."}),
    "withdraw": Row(at=bobs_post, get=AUTHOR, post=done(AUTHOR)),
    "hide": Row(at=bobs_post, get=MODERATE, post=done(MODERATE), data=REASON),
    "redact": Row(
        at=bobs_post, get=MODERATE, post=done(MODERATE), data={"passage": "twice a year", "reason": "Not for all"}
    ),
    "restore": Row(at=bobs_post, scene=hidden, get=UNSEEN_BY_OUTSIDE, post=done(UNSEEN_BY_OUTSIDE)),
    "approve": Row(at=bobs_post, scene=waiting, get=UNSEEN_BY_OUTSIDE, post=done(UNSEEN_BY_OUTSIDE)),
    "decline": Row(at=bobs_post, scene=waiting, get=UNSEEN_BY_OUTSIDE, post=done(UNSEEN_BY_OUTSIDE), data=REASON),
    "erase": Row(at=bobs_post, get=SECRETARIAT, post=done(SECRETARIAT)),
    "pending": Row(at=room, get=MODERATE, post=NO_METHOD),
    # Files
    "attachment": Row(at=bobs_file, scene=file, get=READ, post=NO_METHOD),
    "words": Row(at=bobs_document, scene=file, get=READ, post=NO_METHOD),
    "small": Row(at=bobs_document, scene=picture, get=READ, post=NO_METHOD),
}
