"""Problems: what is not in order with the numbers of a text, one sentence each, naming the number concerned."""

from django.conf import settings
from django.utils.translation import gettext

from consultations.outline import alphabets

MOST = 200  # sentences about one document


def _(sentence):
    """The sentence in the reader's language; in English where no site is set up, for this package needs none."""
    return gettext(sentence) if settings.configured else sentence


def none_at_all():
    """The sentence about a text without numbers."""
    return _("No numbered paragraph was found. Number the paragraphs 1., 2., 3., each at the start of a line.")


def of_chain(links, shown, annexed):
    """Sentences about the main numbers: `links` of the chain, `shown` their numbers as people see them.

    `annexed` tells by part whether it is an annex; there, numbers may go on or start anew.
    """
    told = []
    parts = {}
    for link, number in zip(links, shown, strict=True):
        parts.setdefault(link.part, []).append((link.value, number))
    last = 0
    for part, entries in parts.items():
        start = entries[0][0][0]
        if start != 1 and not (part in annexed and start == last + 1):
            told.append(_("The first number is %(number)s, not 1.") % {"number": entries[0][1]})
        told += _of_run(entries)
        last = max(last, *(value[0] for value, _number in entries))
    return told[:MOST]


def of_list(entries, parent, series, *, goes_on=False):
    """Sentences about one list of sub-paragraphs below the paragraph shown as `parent`.

    `goes_on`: its first number follows the last one of such a list before, as with lists that Word never restarts.
    """
    told = []
    if entries and entries[0][0][0] != 1 and not goes_on:
        told.append(
            _("In paragraph %(parent)s the list starts with %(number)s, not with its first letter or number.")
            % {"parent": parent, "number": entries[0][1]}
        )
    return told + _of_run(entries, parent, series)


def _of_run(entries, parent="", series="decimal"):
    """Gaps, repeats and wrong order in one run of `((number, rank), shown)`."""
    where = parent + " " if parent else ""
    present = {value for value, _shown in entries}
    numbers = {value[0] for value in present}
    told, seen, high = [], set(), None
    for value, shown in entries:
        named = {"number": where + shown}
        if value in seen:
            told.append(_("Number %(number)s stands twice.") % named)
        elif high is not None and value < high[0]:
            told.append(_("Number %(number)s comes after %(high)s.") % (named | {"high": where + high[1]}))
        elif high is not None:
            missing = [n for n in range(high[0][0] + 1, value[0]) if n not in numbers]
            if missing:
                ends = [where + alphabets.like(shown, series, n) for n in (missing[0], missing[-1])]
                gap = ends[0] if len(missing) == 1 else "–".join(ends)
                told.append(
                    _("After %(before)s comes %(number)s: %(gap)s is missing.")
                    % (named | {"before": where + high[1], "gap": gap})
                )
            if value[1] > 1 and (value[0], 1) not in present:
                told.append(_("Number %(number)s stands without the number that it adds to.") % named)
        seen.add(value)
        if high is None or value > high[0]:
            high = (value, shown)
    return told
