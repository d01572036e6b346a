"""Who gets what at the addresses of mail settings; tests/permissions explains the words."""

from django.utils import timezone

from forum.models import Workspace
from notifications import addresses, inbound, letters, subscriptions
from notifications.couriers import delegations
from notifications.models import Arrival, Delegation, Destination, Letter
from notifications.outbox import destinations, pauses
from tests.permissions import MODERATE, NO_METHOD, SEATED, SEE, Row, but

SETTINGS = {"hour": 6, "weekday": 0, "size": 25000, "form": "text"}


def settings_of(world):
    return SETTINGS | {f"cadence-{room.pk}": "daily" for room in Workspace.objects.all()}


def stop_link(world):
    return {"token": letters.stop_url(member_id=world.dora.pk).rstrip("/").rpartition("/")[2]}


def carried(world):
    """Bob carries for Amina, who is no member."""
    delegations.add(by=world.bob, name="Amina Diallo", consent="on 3 May, at the meeting")


def carried_dora(world):
    """Bob has asked to carry for Dora, who has not answered."""
    delegations.add(by=world.bob, name="Dora", address=world.dora.email)


def delegation(world):
    return {"pk": Delegation.objects.get().pk}


# Pages and deeds of the secretariat, whatever the workspace.
DESK = "in no no no ok"
DO_GET, DO_POST = "in 405 405 405 405", "in no no no go"


def dora(world):
    return {"pk": world.dora.pk}


def suspended(world):
    profile = subscriptions.profile_of(world.dora)
    profile.suspended_at, profile.suspended_address = timezone.now(), world.dora.email
    profile.save()


def arrived(world):
    raw = b"From: somebody@example.net\r\nMessage-ID: <1@example.net>\r\n\r\nHello.\r\n"
    found = inbound.accept(raw, inbound.Envelope(recipient=addresses.help_address(), sender="somebody@example.net"))
    inbound.process(found)


def arrival(world):
    return {"pk": Arrival.objects.get().pk}


def written(world):
    letters.compose(member=world.dora, subject="A notice", text="Here.")


def letter(world):
    return {"pk": Letter.objects.get(subject="A notice").pk}


def paused(world):
    pauses.pause(by=world.sekou, reason="The server moves.")


ROWS = {
    "revoke": Row(get="in 405 405 405 405", post="in go go go go"),
    "couriers": Row(get="in ok ok ok ok", post="in go go go go", data={"name": "Amina", "consent": "on 3 May"}),
    # Only the person agrees, and Dora, whom it concerns, is none of these.
    "agree": Row(scene=carried_dora, at=delegation, get="in 405 405 405 405", post="in -- go -- go"),
    "end_delegation": Row(scene=carried, at=delegation, get="in 405 405 405 405", post="in -- go -- go"),
    "object_for": Row(scene=carried, at=delegation, get="in -- ok -- ok", post="in -- go -- go"),
    # The link in a mail is the permission.
    "object": Row(at=lambda world: {"token": "forged"}, get="-- -- -- -- --", post="-- -- -- -- --"),
    # Everyone prints their own issues only, and nobody has one here.
    "sheet": Row(at=lambda world: {"number": 1}, get="in -- -- -- --", post="in -- -- -- --"),
    "settings": Row(get="in ok ok ok ok", post="in go go go go", data=settings_of),
    # Mail can always be stopped; anything else needs a seat, which Sekou has not.
    "watch_workspace": Row(
        at=lambda world: {"slug": world.workspace.slug},
        data={"cadence": "weekly"},
        get=SEE,
        post=but(SEATED, seated="go", moderator="go", outside="bad", secretariat="bad"),
    ),
    "watch_thread": Row(
        at=lambda world: {"pk": world.thread.pk},
        data={"cadence": "each"},
        get=SEE,
        post=but(SEATED, seated="go", moderator="go", outside="bad", secretariat="bad"),
    ),
    # A mail program posts there without being signed in.
    "stop": Row(at=stop_link, get="ok ok ok ok ok", post="ok ok ok ok ok"),
    # The link in a mail is the permission: a forged one leads nowhere, whoever holds it.
    "confirm": Row(at=lambda world: {"token": "forged"}, get="-- -- -- -- --", post="-- -- -- -- --"),
    "own_address": Row(at=lambda world: {"token": "forged"}, get="-- -- -- -- --", post="-- -- -- -- --"),
    # Nothing is there until a provider is set up.
    "webhook": Row(at=lambda world: {"provider": "postmark", "kind": "inbound"}, get=NO_METHOD, post="-- -- -- -- --"),
    # The secretariat's alone; moderators see their own room's, without addresses.
    "unreachable": Row(get=DESK, post=DESK),
    "unreachable_table": Row(get=DESK, post=DESK),
    "unreachable_seats": Row(at=lambda world: {"slug": world.workspace.slug}, get=MODERATE, post=MODERATE),
    "try_all_again": Row(scene=suspended, get=DO_GET, post=DO_POST),
    "try_again": Row(scene=suspended, at=dora, get=DO_GET, post=DO_POST),
    "revive": Row(scene=suspended, at=dora, get=DO_GET, post=DO_POST),
    "note": Row(at=dora, data={"text": "Rang."}, get=DO_GET, post=DO_POST),
    "reach_me": Row(get="in 405 405 405 405", post="in go go go go"),
    "sending": Row(get=DESK, post=DESK),
    "pause_sending": Row(data={"reason": "The server moves."}, get=DO_GET, post=DO_POST),
    "resume_sending": Row(scene=paused, get=DO_GET, post=DO_POST),
    "release_domain": Row(
        scene=lambda world: destinations.hold("example.net", "451 4.7.1 slower"),
        at=lambda world: {"pk": Destination.objects.get().pk},
        get=DO_GET,
        post=DO_POST,
    ),
    "desk": Row(get=DESK, post=DESK),
    "desk_retry": Row(scene=arrived, data={"outcome": "failed"}, get=DO_GET, post=DO_POST),
    "desk_arrival": Row(scene=arrived, at=arrival, get=DESK, post=DESK),
    "desk_source": Row(scene=arrived, at=arrival, get=DESK, post=DESK),
    "desk_do": Row(
        scene=arrived,
        at=lambda world: arrival(world) | {"name": "set_aside"},
        data={"reason": "An advertisement."},
        get=DO_GET,
        post=DO_POST,
    ),
    "desk_letters": Row(get=DESK, post=DESK),
    "desk_letter": Row(scene=written, at=letter, get=DESK, post=DESK),
    "desk_letter_do": Row(
        scene=written, at=lambda world: letter(world) | {"name": "withdraw"}, get=DO_GET, post=DO_POST
    ),
    "desk_person": Row(at=dora, get=DESK, post=DESK),
}
