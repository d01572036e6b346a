"""Whose mandate comes after an organisation was invited gets a seat and the invitation, once; whose mandate ends loses
the seat that came of it, and is told so by the notices about seats.

Reads the journal of the site by itself, where mandates are given and ended.
"""

from datetime import timedelta

from django.utils import timezone

from consultations.hearings.letters import hearings as writer
from consultations.hearings.services import delegates
from members.models import Mandate, Member
from notifications import journals

READER = "delegates of hearings"
NEWS = timedelta(days=3)  # what lies further back (a loaded world) is no news


def write_due(should_stop=lambda: False):
    """Seat and invite who was given a mandate; returns how many entries were read."""
    return journals.read_site(READER, _handle)


def _handle(entries):
    for entry in entries:
        if entry.verb not in ("mandate.given", "mandate.ended") or timezone.now() - entry.at >= NEWS:
            continue
        mandate = Mandate.objects.select_related("member", "organisation").filter(pk=entry.about_id).first()
        by = Member.objects.filter(pk=entry.actor.partition(":")[2] or 0).first()
        if mandate is None or by is None:
            continue
        if entry.verb == "mandate.ended":
            delegates.depart(by=by, mandate=mandate)
            continue
        for hearing in delegates.arrive(by=by, mandate=mandate, given_at=entry.at):
            writer.invite(entry, hearing, [mandate.organisation_id])
