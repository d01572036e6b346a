"""Who recommends, answers, and notes where a recommendation stands."""

from django.utils.translation import gettext as _

from consultations.models import Synthesis
from consultations.rules import consultations
from core.access import No


def recommend(member, consultation):
    """Facilitators, when the synthesis that recommendations rest on is published."""
    is_there = Synthesis.objects.filter(consultation=consultation, published_at__isnull=False).exists
    return consultations.facilitate(member, consultation) and (
        is_there() or No(_("Recommendations rest on the synthesis. Publish it first."))
    )


def follow(member, recommendation):
    """Whoever recommends also writes what was answered and where it stands."""
    return recommend(member, recommendation.consultation)
