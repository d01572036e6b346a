"""Who was heard: speakers and the seconds they spoke, by region and category, how many spoke for the first time, and
how many people declared which gender. Speaking is public, so no number of speakers is too small to be shown.

A gender was declared to be "shown as a figure alone". So it is told once, when the record is published, of the hearing
as a whole, and in people, never in times, which would say of whom. It is told where at least ENOUGH people declared it
and as many others were heard who did not; the others stand with those who declared none.
"""

from collections import Counter

from consultations.hearings.models import Delivery, Speaker

ENOUGH = 3
GROUPS = {"region": "region", "category": "category"}


def figures(hearing, *, is_published):
    """{"speakers", "seconds", "first_time", a group: [[name, speakers, seconds], ...]}, the longest heard first, "" of
    whom nothing is known; "gender": [[name, people, None], ...], empty before the record is published.
    """
    clocks = Delivery.objects.filter(hearing=hearing, ended_at__isnull=False).exclude(speaker__queue="point")
    clocks = list(clocks.select_related("speaker"))
    spoken = [(clock.speaker, int(clock.used_at(clock.ended_at).total_seconds())) for clock in clocks]
    return {
        "speakers": len(spoken),
        "seconds": sum(seconds for _speaker, seconds in spoken),
        "first_time": sum(speaker.is_first_time for speaker, _seconds in spoken),
        **{group: _by(spoken, field) for group, field in GROUPS.items()},
        "gender": _genders([speaker for speaker, _seconds in spoken]) if is_published else [],
    }


def _by(spoken, field):
    groups = {}
    for speaker, seconds in spoken:
        name = getattr(speaker, field) or _personal(speaker, field)
        count, total = groups.get(name, (0, 0))
        groups[name] = (count + 1, total + seconds)
    rows = [[name, count, total] for name, (count, total) in groups.items()]
    return sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))


def _personal(speaker, field):
    """Who speaks for no organisation has no category, and that is no gap."""
    is_person = field == "category" and speaker.queue == Speaker.Queue.LIST and speaker.organisation_id is None
    return "personal" if is_person else ""


def _genders(speakers):
    """Each person once, by the last that they declared; who speaks for several is called by one name."""
    people = {}
    for speaker in speakers:
        who = (speaker.member_id, speaker.name.casefold())
        people[who] = speaker.gender or people.get(who, "")
    counts, everybody = Counter(people.values()), len(people)
    told = {name: count for name, count in counts.items() if name and ENOUGH <= count <= everybody - ENOUGH}
    rows = sorted(([name, count, None] for name, count in told.items()), key=lambda row: (-row[1], row[0]))
    others = everybody - sum(told.values())
    return [*rows, ["", others, None]] if told and others else rows
