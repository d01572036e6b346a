"""Remarks: a line that says of which paragraph it speaks, `12: replace "shall" by "should"`, becomes what it says.

Mails are taken line by line here, in time or late and accepted; consultations/words/amendments.py reads the words.
"""

from django.utils.translation import gettext as _

from consultations import labels
from consultations.models import Paragraph
from consultations.models.comments import Action
from consultations.services import comments
from consultations.wording import comments as wording
from consultations.words import amendments as words
from core.access import Refused

NEAREST = 5  # labels that a refusal names
STRIDE = 10_000  # a passage's reference is its first paragraph times this, and how many blocks it has


def read(version, text, paragraph=None):
    """(the paragraph, a Proposal or None, what is said besides) of a line; paragraph: which one where it has no number.

    Raises Refused, with the text, for a number that is not there and for words that the paragraph does not have.
    """
    [part, *_more] = words.split(text) or [words.Part("", "", "")]
    found, is_new = _meant(version, part.label) if part.label else (paragraph, False)
    if found is None:
        raise Refused(_unknown(version, part.label), text=text)
    found = Paragraph.objects.with_all().get(pk=found.pk)
    proposal, besides = _proposal(found, part.text, text, is_new=is_new)
    return found, proposal, besides


def say(*, author, version, text, paragraph=None, **fields):
    """Take one line; returns (the paragraph, the Proposal or None, the post). fields: those of `comments.write`."""
    found, proposal, besides = read(version, text, paragraph)
    post = comments.write(author=author, paragraph=found, text=besides, proposal=proposal, **fields)
    return found, proposal, post


def _meant(version, label):
    """(the paragraph, is it a new one behind it?): `12bis` where there is none means a new one after 12."""
    found = version.paragraphs.filter(label=label).first()
    if found:
        return found, False
    base = next((label.removesuffix(name) for name in labels.AGAIN if label.endswith(name)), "")
    return version.paragraphs.filter(label=base).first() if base else None, True


def _unknown(version, label):
    known = list(version.paragraphs.numbered().order_by("place").values_list("label", flat=True))
    if not label:
        example = f"{wording.number(known[0]) if known else 1}: …"
        return _("Begin each line with the number of the paragraph you speak of, for example %(example)s.") % {
            "example": example
        }
    nearest = ", ".join(wording.number(one) for one in labels.nearest(label, known, NEAREST))
    return _("%(version)s has no paragraph %(label)s. The nearest are: %(nearest)s.") % {
        "version": version.code,
        "label": wording.number(label),
        "nearest": nearest,
    }


def _proposal(paragraph, text, whole, *, is_new):
    """(a Proposal or None, what is said besides)."""
    if is_new:
        return comments.Proposal(Action.INSERT, words.without_verb(text)), ""
    read = words.read(text)
    if not read.action:
        return None, text
    if read.action == words.INSERT:
        return comments.Proposal(Action.INSERT, read.new), read.reason
    if read.action == words.DELETE and not read.old:
        return comments.Proposal(Action.DELETE), read.reason
    if not read.old:
        return comments.Proposal(Action.REPLACE, read.new), read.reason
    proposed = words.applied(paragraph.text, read.old, read.new, after=read.after)
    if proposed is None:
        reason = _("The words “%(words)s” do not stand in paragraph %(label)s. GET %(code)s brings it.")
        facts = {"words": read.old, "label": wording.number(paragraph.label), "code": paragraph.code}
        raise Refused(reason % facts, text=whole)
    return comments.Proposal(Action.REPLACE, proposed), read.reason
