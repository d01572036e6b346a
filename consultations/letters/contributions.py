"""Letters about contributions: to the writer of a late one, that it was accepted, and why; to an organisation, that an
earlier position of its own stands again because the later one was hidden.

Reads the journals by itself, like every writer of letters.
"""

from django.utils.translation import gettext as _

from consultations.letters import writing
from consultations.models import Contribution
from consultations.models.contributions import Stamp
from consultations.wording.lines import on_the_web
from notifications import journals

READER = "contributions"
FOCAL_POINTS = 20  # of an organisation, who are told
WITH_ALL = Contribution.objects.select_related(
    "consultation", "organisation", "post__author", "post__carried_by", "accepted_by"
)


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        if entry.verb == "contribution.received" and (entry.data or {}).get("stamp") == Stamp.LATE:
            contribution = WITH_ALL.filter(pk=entry.about_id).first()
            if contribution:
                _accepted(contribution)
        elif entry.verb == "contribution.stands":
            contribution = WITH_ALL.filter(pk=entry.about_id).first()
            if contribution and contribution.superseded_by_id is None:
                _stands(contribution, entry)


def _stands(contribution, entry):
    """To those who wrote the two positions, and to the focal points of the organisation."""
    hidden = WITH_ALL.filter(consultation=contribution.consultation, number=(entry.data or {}).get("hidden", 0)).first()
    people = {row.post.carried_by or row.post.author for row in (contribution, hidden) if row}
    focal = contribution.organisation.mandates.in_force().filter(is_focal_point=True).select_related("member")
    people |= {mandate.member for mandate in focal[:FOCAL_POINTS]}
    for member in sorted((member for member in people if member), key=lambda member: member.pk):
        key = f"stands:{entry.pk}:{member.pk}"
        writing.one(member, lambda: _of_standing(contribution, hidden), about=contribution.reference, key=key)


def _of_standing(contribution, hidden):
    """(subject, paragraphs)."""
    facts = {
        "code": contribution.code,
        "later": hidden.code if hidden else "",
        "reason": hidden.post.state_reason if hidden else "",
        "organisation": contribution.organisation.name,
    }
    return _("%(code)s stands again as the position of %(organisation)s") % facts, [
        _("A facilitator hid the position %(later)s of %(organisation)s. Reason: %(reason)s") % facts,
        _("Therefore the earlier one, %(code)s, stands again.") % facts,
        _("If it should not, its author takes it back; while the phase is open, a new one takes its place."),
        on_the_web(contribution.get_absolute_url()),
    ]


def _accepted(contribution):
    post = contribution.post
    member = post.carried_by or post.author
    if member is not None and member != contribution.accepted_by:
        about, key = contribution.reference, f"late:{contribution.pk}"
        writing.one(member, lambda: _of_acceptance(contribution), about=about, key=key)


def _of_acceptance(contribution):
    facts = {
        "code": contribution.code,
        "who": contribution.accepted_by or _("a facilitator"),
        "reason": contribution.accepted_because,
    }
    return _("Accepted late: %(code)s") % facts, [
        _("Your contribution came after the close. %(who)s accepted it as %(code)s, stamped late.") % facts,
        _("Reason: %(reason)s") % facts,
        on_the_web(contribution.get_absolute_url()),
    ]
