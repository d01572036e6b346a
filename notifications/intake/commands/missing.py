"""Missing: `MISSING 42-43` sends issues that did not come once more, each in its own mail, with the same words."""

from itertools import groupby

from django.utils.translation import ngettext

from notifications.digests import again
from notifications.intake.commands import forms
from notifications.intake.told import Line, not_done


def missing(case, argument):
    """Lines that say which issues come again, and which do not and why."""
    first, _dash, last = argument.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()):
        return forms.wrong("MISSING", argument)
    made = again.send_again(member=case.member, first=int(first), last=int(last or first))
    numbers = sorted({letter.issue.number for letter in made.letters})
    lines = [Line(f"MISSING {_spans(numbers)}", _on_its_way(numbers))] if numbers else []
    # Neighbours that do not come for the same reason are told of together.
    for reason, refused in groupby(made.refused, key=lambda pair: pair[1]):
        lines.append(not_done(f"MISSING {_spans([number for number, _reason in refused])}", reason))
    return lines


def _on_its_way(numbers):
    return ngettext(
        "Issue %(list)s comes again, in a mail of its own.",
        "Issues %(list)s come again, each in a mail of its own.",
        len(numbers),
    ) % {"list": _spans(numbers)}


def _spans(numbers):
    """`42-44, 46`"""
    spans = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in spans)
