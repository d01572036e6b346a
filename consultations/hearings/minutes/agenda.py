"""What the record tells of the agenda: when each item was taken up and concluded, as often as it was."""

from consultations.hearings.minutes.sources import Told

KINDS = {"item.opened": ("opened", -2), "item.closed": ("closed", 900)}


def tell(hearing):
    for entry in hearing.journal.entries.filter(verb__in=KINDS).order_by("seq"):
        kind, rank = KINDS[entry.verb]
        yield Told(item=entry.about_id, kind=kind, at=entry.at, rank=rank)
