"""Who gets what at the addresses of mail settings; tests/permissions explains the words."""

from forum.models import Workspace
from notifications import letters
from notifications.couriers import delegations
from notifications.models import Delegation
from tests.permissions import SEATED, SEE, Row, but

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


ROWS = {
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
}
