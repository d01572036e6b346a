"""Codes are made, and contributions coded; how far the coders agree is reckoned for each code."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import agreement
from consultations.models import Code, Coding, Consultation
from consultations.models.codes import Colour
from consultations.rules import consultations as rules
from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record

MOST = 100  # codes of one consultation


def make(*, by, consultation, name, explanation="", colour=Colour.BLUE, at=None):
    """Add a code; returns it. Raises Refused without a name, or when there is one with it."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.facilitate, by, consultation)
        name = texts.clean_line(name, 60)
        if not name:
            raise Refused(_("A code needs a name."), text=explanation)
        if consultation.codes.filter(name__iexact=name).exists():
            raise Refused(_("There is a code “%(name)s” already.") % {"name": name}, text=explanation)
        if consultation.codes.count() >= MOST:
            raise Refused(_("No more codes fit into a consultation: the most is %(most)s.") % {"most": MOST})
        code = Code.objects.create(
            consultation=consultation,
            name=name,
            explanation=texts.clean_line(explanation, 400),
            colour=colour,
            made_by=by,
        )
        record("code.made", actor=by, about=code, data={"name": name}, audience=Audience.MODERATORS, at=at)
    return code


def drop(*, by, code):
    """Remove a code, from every contribution too."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(code.consultation_id)
        require(rules.facilitate, by, consultation)
        record("code.dropped", actor=by, about=code, data={"name": code.name}, audience=Audience.MODERATORS)
        code.delete()


def code(*, by, contribution, codes, at=None):
    """Say which codes this coder finds in a contribution; returns the Coding. Saying it again takes its place."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(contribution.consultation_id)
        require(rules.facilitate, by, consultation)
        found = list(consultation.codes.filter(pk__in=[code.pk for code in codes]))
        coding, _is_new = Coding.objects.update_or_create(
            contribution=contribution, coder=by, defaults={"coded_at": at or timezone.now()}
        )
        coding.codes.set(found)
        names = sorted(code.name for code in found)
        record(
            "contribution.coded",
            actor=by,
            about=contribution,
            data={"codes": names},
            audience=Audience.MODERATORS,
            at=at,
        )
    return coding


@dataclass
class Agreement:
    """Of one code: in how many contributions anybody found it, and alpha, None where it cannot be reckoned."""

    code: Code
    found: int
    alpha: float | None


def agreements(consultation):
    """(Agreement of each code by name, how many contributions two coders or more have coded); four queries."""
    codings = Coding.objects.filter(contribution__consultation=consultation)
    by_contribution = defaultdict(set)
    for contribution, coder in codings.values_list("contribution", "coder"):
        by_contribution[contribution].add(coder)
    found = defaultdict(set)
    marks = Coding.codes.through.objects.filter(coding__contribution__consultation=consultation)
    for pk, contribution, coder in marks.values_list("code", "coding__contribution", "coding__coder"):
        found[pk].add((contribution, coder))
    shared = {contribution: coders for contribution, coders in by_contribution.items() if len(coders) > 1}
    rows = []
    for one in consultation.codes.all():
        marked = found[one.pk]
        units = [[(contribution, coder) in marked for coder in coders] for contribution, coders in shared.items()]
        count = len({contribution for contribution, _coder in marked})
        rows.append(Agreement(one, count, agreement.alpha(units)))
    return rows, len(shared)


def coders(consultation):
    """[(name, how many contributions they coded)], the busiest first."""
    rows = Coding.objects.filter(contribution__consultation=consultation).values_list("coder__name")
    return list(rows.annotate(n=Count("pk")).order_by("-n", "coder__name"))
