"""What a hearing is like at this moment, in sections that pages draw: who has the floor, what is before it, what is put
to the vote. Each is small plain JSON with its words in one language and its times in UTC.

A noun registers its sections in its module of `screens/`, and says which verbs change them. So a page that was drawn
from the whole needs of each later entry of the journal only the sections that its verb changes; see docs/live.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from core.languages import speaking
from journal import chain


@dataclass(frozen=True)
class Section:
    """build(hearing) returns what JSON can hold, in the language that is active; None where there is nothing."""

    build: Callable
    verbs: frozenset
    for_moderators: bool = False


_sections: dict[str, Section] = {}


def register(section, build, verbs=(), *, for_moderators=False):
    """Add a section that these verbs change. for_moderators: only chair and secretaries are shown it."""
    if section in _sections:
        raise ValueError(f"The section {section} is registered twice.")
    _sections[section] = Section(build, frozenset(verbs), for_moderators)


def sections_of(verb, *, moderators=False):
    """The names of the sections that an entry of this verb changes."""
    return [name for name, section in _seen(moderators) if verb in section.verbs]


def of(hearing, language, sections=None, *, moderators=False):
    """{section: what it is now}, all or these: as chair and secretaries see it, or as everyone does."""
    with speaking(language), timezone.override("UTC"):
        return {
            name: section.build(hearing) for name, section in _seen(moderators) if sections is None or name in sections
        }


def moment(at):
    """A moment as all of the state has it, or None."""
    return chain.moment(at) if at else None


def _seen(moderators):
    return [(name, section) for name, section in _sections.items() if moderators or not section.for_moderators]
