"""Contributions as whoever writes a synthesis reads them: chosen by words and by who spoke, with how often each is
cited. A fixed number of queries, however many there are.
"""

import re

from django.db.models import Count, Exists, OuterRef, Q

from consultations import meters
from consultations.models import Citation, Code, Coding, Contribution

ROWS = 8  # on one page
LONGEST = 4_000  # characters shown of one; the rest stands on its page
_NUMBER = re.compile(r"(?:\S*/)?(\d{1,7})")


def chosen(synthesis, *, q="", question=None, code=None, organisation=None, region=None, uncited=False):
    """The contributions that can be cited, as a queryset. q: words, a name, or the number or code of one."""
    rows = Contribution.objects.shown().filter(consultation=synthesis.consultation_id)
    if number := _NUMBER.fullmatch(q.strip()):
        rows = rows.filter(number=int(number[1]))
    elif words := q.strip():
        named = Q(post__byline__icontains=words) | Q(post__author__name__icontains=words)
        rows = rows.filter(Q(post__text__icontains=words) | named | Q(organisation__name__icontains=words))
    if question:
        rows = rows.filter(question=question)
    if code:
        rows = rows.filter(Exists(Coding.objects.filter(contribution=OuterRef("pk"), codes=code)))
    if organisation:
        rows = rows.filter(organisation=organisation)
    if region:
        rows = rows.filter(post__region=region)
    return rows.exclude(meters.cited_in(synthesis)) if uncited else rows


def page(synthesis, rows, *, after=0):
    """(rows with `cited`, how often, and `codes`; the number the next page comes after or 0; how many there are)."""
    count = rows.count()
    found = rows.filter(number__gt=after).select_related("question", "organisation", "post__author", "post__region")
    found = list(found.order_by("number")[: ROWS + 1])
    more = found[ROWS - 1].number if len(found) > ROWS else 0
    found = found[:ROWS]
    cited = Citation.objects.filter(contribution__in=found, sentence__synthesis=synthesis, sentence__dropped_at=None)
    times = dict(cited.values_list("contribution").annotate(n=Count("sentence", distinct=True)).order_by())
    marks = Code.objects.filter(codings__contribution__in=found).values_list("codings__contribution", "name", "colour")
    marks = list(marks.distinct().order_by("name"))
    for row in found:
        row.consultation = synthesis.consultation
        row.cited = times.get(row.pk, 0)
        row.codes = [(name, colour) for pk, name, colour in marks if pk == row.pk]
        row.text = row.post.text[:LONGEST]
        row.is_cut = len(row.post.text) > LONGEST
    return found, more, count
