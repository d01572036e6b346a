"""Ballots as the tests of voting leave and find them: closed a moment ago, and what was voted in them."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import Ballot, Vote


def values(ballot):
    """{name: what they voted}."""
    return dict(Vote.objects.filter(ballot=ballot).values_list("member__name", "value"))


def close(ballot, ago=timedelta(0)):
    """Move the window so that it has just ended."""
    now = timezone.now()
    Ballot.objects.filter(pk=ballot.pk).update(opens_at=now - timedelta(days=2) - ago, closes_at=now - ago)
