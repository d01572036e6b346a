"""What there are records of: consultations, and what a wing above registers when the app starts."""

from collections.abc import Callable
from dataclasses import dataclass

from consultations.exporting import archive
from consultations.models import Consultation


@dataclass(frozen=True)
class Kind:
    """named(name): the thing of this reference or mail name, or None. write(thing, file, language=): its archive."""

    named: Callable
    write: Callable


_kinds: dict[str, Kind] = {
    "consultation": Kind(lambda name: Consultation.objects.named(name), archive.write),
}


def register(name, kind):
    """Say how the records of one more kind are found and written."""
    if name in _kinds:
        raise ValueError(f"Records of {name} are registered twice.")
    _kinds[name] = kind


def find(name):
    """(the thing, how its archive is written), or None."""
    for kind in _kinds.values():
        if thing := kind.named(name):
            return thing, kind.write
    return None
