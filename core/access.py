"""Who may see, and who may do: the two questions every page, mail and command asks.

A rule is a plain function `rule(member, thing)` in an app's rules.py. It returns True, or `No(reason)`, which is
false and so composes with `and` and `or` while it keeps the sentence the person will read.
"""

from django.http import Http404
from django.utils.translation import gettext_lazy as _


class No:
    """A false answer that says why, in a sentence for the person who asked."""

    def __init__(self, reason):
        self.reason = reason

    def __bool__(self):
        return False

    def __repr__(self):
        return f"No({str(self.reason)!r})"


class Refused(Exception):
    """A deed was not allowed or could not be done; `reason` is a sentence for the person who tried.

    `text` is what they had written, so that whoever reports the refusal can give it back; `wrote` the same, of a form
    with several fields: (label, text).
    """

    wrote = ()

    def __init__(self, reason, *, text=""):
        super().__init__(str(reason))
        self.reason = reason
        self.text = text


def require(rule, member, thing=None, *, text=""):
    """Ask a rule; raise Refused with its reason when the answer is no."""
    answer = rule(member, thing)
    if not answer:
        raise Refused(getattr(answer, "reason", _("You may not do this.")), text=text)


def whoever_finds_it(member, thing=None):
    """The rule of a page that shows no more than one sees elsewhere: `find`, or a signed link, has asked already."""
    return True


def find(model, member, **lookup):
    """The one row that this member may see, else 404: what one may not see does not exist for them.

    `model` is a model or a queryset of one, which says what to fetch along with the row.
    """
    rows = getattr(model, "objects", model).visible_to(member)
    try:
        return rows.get(**lookup)
    except (rows.model.DoesNotExist, ValueError, OverflowError) as nothing:
        raise Http404 from nothing
