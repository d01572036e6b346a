"""Who gets what at the addresses of people and organisations; tests/permissions explains the words."""

from django.core.cache import cache

from members.models import AccessKey, Application, Mandate, Organisation
from members.services import keys
from tests.permissions import Row


def organisation(world=None):
    return Organisation.objects.get_or_create(name="ICIMOD", defaults={"category": "intergovernmental"})[0]


def carol(world):
    return {"pk": world.carol.pk}


def carols_application(world):
    Application.objects.get_or_create(member=world.carol, organisation=organisation(), state="open")


def bobs_mandate(world):
    Mandate.objects.get_or_create(member=world.bob, organisation=organisation())


def bobs_key(world):
    keys.make(by=world.bob, name="Survey", scope="read", days=7)


def key(world):
    return {"pk": AccessKey.objects.get().pk}


def application(world):
    return {"pk": Application.objects.get(member=world.carol).pk}


def profile(world):
    return {"name": "Somebody", "language": "en", "timezone": "UTC"}


ROWS = {
    "member": Row(at=carol, get="in ok ok ok ok", post="in ok ok ok ok"),
    "deactivate": Row(at=carol, get="in 405 405 405 405", post="in no no no go"),
    "reactivate": Row(at=carol, get="in 405 405 405 405", post="in no no no go"),
    "change": Row(get="in ok ok ok ok", post="in go go go go", data=profile),
    "keys": Row(get="in ok ok ok ok", post="in ok ok ok ok", data={"name": "Survey", "scope": "read", "days": "7"}),
    "withdraw_key": Row(at=key, scene=bobs_key, get="in 405 405 405 405", post="in -- go -- --"),
    "api_me": Row(scene=lambda world: cache.clear(), get="401 401 401 401 401", post="405 405 405 405 405"),
    "organisations": Row(get="ok ok ok ok ok", post="ok ok ok ok ok"),
    "organisation": Row(at=lambda world: {"pk": organisation().pk}, get="ok ok ok ok ok", post="ok ok ok ok ok"),
    "apply": Row(
        get="in ok ok ok ok",
        post="in go go go go",
        data=lambda world: {"organisation": organisation().pk, "text": "I work there."},
    ),
    "applications": Row(get="in no no no ok", post="in no no no ok"),
    "accept": Row(at=application, scene=carols_application, get="in 405 405 405 405", post="in no no no go"),
    "decline": Row(
        at=application,
        scene=carols_application,
        get="in 405 405 405 405",
        post="in no no no go",
        data={"text": "Unknown there."},
    ),
    # Bob lays down his own mandate.
    "end": Row(
        at=lambda world: {"pk": Mandate.objects.get(member=world.bob).pk},
        scene=bobs_mandate,
        get="in 405 405 405 405",
        post="in no go no go",
    ),
}
