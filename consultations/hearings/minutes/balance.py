"""Who was heard: speakers and the seconds they spoke, by region, category, gender where they declared one, and how many
spoke for the first time. Speaking is public, so no number is too small to be shown; what nobody declared is "".

A gender was declared to be "shown as a figure alone", and who spoke for how long is known: where fewer than ENOUGH
people declared one, they are with those who did not, and times are in whole minutes.
"""

from consultations.hearings.models import Delivery, Speaker

ENOUGH = 3
GROUPS = {"region": "region", "category": "category", "gender": "gender"}


def figures(hearing):
    """{"speakers", "seconds", "first_time", a group: [[name, speakers, seconds], ...]}, the longest heard first."""
    clocks = Delivery.objects.filter(hearing=hearing, ended_at__isnull=False).exclude(speaker__queue="point")
    clocks = list(clocks.select_related("speaker"))
    spoken = [(clock.speaker, int(clock.used_at(clock.ended_at).total_seconds())) for clock in clocks]
    few = _few(spoken)
    return {
        "speakers": len(spoken),
        "seconds": sum(seconds for _speaker, seconds in spoken),
        "first_time": sum(speaker.is_first_time for speaker, _seconds in spoken),
        **{group: _by(spoken, field, few) for group, field in GROUPS.items()},
    }


def _few(spoken):
    """The genders that fewer than ENOUGH people declared; who spoke twice is one."""
    people = {}
    for speaker, _seconds in spoken:
        people.setdefault(speaker.gender, set()).add((speaker.member_id, speaker.announced_as.casefold()))
    return {gender for gender, found in people.items() if len(found) < ENOUGH}


def _by(spoken, field, few):
    groups = {}
    for speaker, seconds in spoken:
        name = getattr(speaker, field) or _personal(speaker, field)
        name = "" if field == "gender" and name in few else name
        count, total = groups.get(name, (0, 0))
        groups[name] = (count + 1, total + seconds)
    rows = [[name, count, _told(total, field)] for name, (count, total) in groups.items()]
    return sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))


def _told(seconds, field):
    return round(seconds / 60) * 60 if field == "gender" else seconds


def _personal(speaker, field):
    """Who speaks for no organisation has no category, and that is no gap."""
    is_person = field == "category" and speaker.queue == Speaker.Queue.LIST and speaker.organisation_id is None
    return "personal" if is_person else ""
