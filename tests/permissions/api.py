"""Who gets what at the addresses of the API without a key: nothing. With keys tests/consultations/test_api.py asks."""

from django.core.cache import cache

from consultations.models import Consultation
from tests.consultations import consulting
from tests.permissions import NO_METHOD, Row

WITHOUT_A_KEY = "401 401 401 401 401"


def uncounted(world):
    """A request without a key counts, so each scene begins anew."""
    cache.clear()


def running(world):
    uncounted(world)
    consulting.running(world, room={"visibility": world.workspace.visibility})


def of(**more):
    return lambda world: dict(zip(("year", "number"), Consultation.objects.get().url_key, strict=True)) | more


ROWS = {
    "api_consultations": Row(scene=uncounted, get=WITHOUT_A_KEY, post=NO_METHOD),
    "api_consultation": Row(at=of(), scene=running, get=WITHOUT_A_KEY, post=NO_METHOD),
    "api_version": Row(at=of(document=1, version=1), scene=running, get=WITHOUT_A_KEY, post=NO_METHOD),
    "api_contributions": Row(at=of(), scene=running, get=WITHOUT_A_KEY, post=WITHOUT_A_KEY),
    "api_contribution": Row(at=of(contribution=1), scene=running, get=WITHOUT_A_KEY, post=NO_METHOD),
    "api_nowhere": Row(at=lambda world: {"rest": "v2/"}, scene=uncounted, get=WITHOUT_A_KEY, post=WITHOUT_A_KEY),
}
