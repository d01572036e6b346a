"""Who was heard: speakers and the seconds they spoke, by region, category, gender where they declared one, and how many
spoke for the first time. Speaking is public, so no number is too small to be shown; what nobody declared is "".
"""

from consultations.hearings.models import Delivery, Speaker

GROUPS = {"region": "region", "category": "category", "gender": "gender"}


def figures(hearing):
    """{"speakers", "seconds", "first_time", a group: [[name, speakers, seconds], ...]}, the longest heard first."""
    clocks = Delivery.objects.filter(hearing=hearing, ended_at__isnull=False).exclude(speaker__queue="point")
    clocks = list(clocks.select_related("speaker"))
    spoken = [(clock.speaker, int(clock.used_at(clock.ended_at).total_seconds())) for clock in clocks]
    return {
        "speakers": len(spoken),
        "seconds": sum(seconds for _speaker, seconds in spoken),
        "first_time": sum(speaker.is_first_time for speaker, _seconds in spoken),
        **{group: _by(spoken, field) for group, field in GROUPS.items()},
    }


def _by(spoken, field):
    groups = {}
    for speaker, seconds in spoken:
        name = getattr(speaker, field) or _personal(speaker, field)
        count, total = groups.get(name, (0, 0))
        groups[name] = (count + 1, total + seconds)
    rows = [[name, *sums] for name, sums in groups.items()]
    return sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))


def _personal(speaker, field):
    """Who speaks for no organisation has no category, and that is no gap."""
    is_person = field == "category" and speaker.queue == Speaker.Queue.LIST and speaker.organisation_id is None
    return "personal" if is_person else ""
