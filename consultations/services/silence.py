"""The silence procedure: a text stands frozen with its hash; if nobody objects until it expires, it is adopted.

It does not start while mail to an elector comes back, for nobody agrees by a silence they do not know of. One objection
or amendment breaks it at once. At its end the record names those whom the notice did not reach.
"""

import hashlib

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Elector
from consultations.models.ballots import RollOf
from consultations.services import rolls
from core.access import Refused
from members.models import Mandate, Member
from notifications.bounces import scores
from notifications.models import Bounce, Letter, MailProfile

MOST_NAMED = 50  # in the record of those who were not reached


def frozen(title, text):
    """The bytes that are adopted: the question, an empty line, the text, in UTF-8."""
    return f"{title}\n\n{text}".encode()


def sha256(title, text):
    return hashlib.sha256(frozen(title, text)).hexdigest()


def require_possible(workspace, roll_of, text):
    """Raises Refused without a text to adopt; and, naming them, where mail to electors comes back."""
    if not text:
        raise Refused(_("A silence procedure needs the text that is adopted. Write it, or paste it."))
    seated = rolls.writers(workspace)
    members = set(seated.values_list("member", flat=True))
    lost = _silent(members, roll_of, unreachable(members), None)
    if lost:
        raise Refused(
            _(
                "Mail to these comes back, so a silence procedure cannot start: %(names)s. "
                "Reach them by another way, let them confirm another address, and start again."
            )
            % {"names": rolls.names(lost)},
            text=text,
        )


def unreachable(members):
    """The ids of those of these members whose mail is suspended or lately came back for good."""
    suspended = MailProfile.objects.filter(member__in=members, suspended_at__isnull=False)
    hard = Bounce.objects.filter(
        member__in=members, is_hard=True, at__gt=timezone.now() - scores.FORGOTTEN, address=F("member__email")
    ).filter(Q(member__mail__revived_at=None) | Q(at__gt=F("member__mail__revived_at")))
    return set(suspended.values_list("member", flat=True)) | set(hard.values_list("member", flat=True))


def not_reached(ballot, *, is_over=False):
    """Electors whom the notice of a silence procedure did not reach; when it is over, also those it never left for."""
    letters = Letter.objects.filter(about=ballot.reference, kind=Letter.Kind.NOTICE, member__isnull=False)
    came_back = letters.filter(Q(state=Letter.State.FAILED) | Q(bounce__isnull=False))
    failed = set(came_back.values_list("member", flat=True))
    members = set(rolls.writers(ballot.workspace_id).values_list("member", flat=True))
    if is_over:
        failed |= members - set(letters.filter(state=Letter.State.SENT).values_list("member", flat=True))
    return _silent(members, ballot.roll_of, failed, ballot)


def told(ballot):
    """What the record says at the end: how many were not reached, and the first of their names."""
    lost = not_reached(ballot, is_over=True)
    return {"not_reached": len(lost), "not_reached_names": [str(who) for who in lost[:MOST_NAMED]]}


def _silent(members, roll_of, lost, ballot):
    """Of the roll, those all of whose people are lost: the members themselves, or organisations."""
    if not lost:
        return []
    if roll_of == RollOf.MEMBERS:
        if ballot:
            lost = set(Elector.objects.filter(ballot=ballot, member__in=lost).values_list("member", flat=True))
        return list(Member.objects.filter(pk__in=lost).order_by("name", "pk"))
    people = {}
    for mandate in Mandate.objects.in_force().filter(member__in=members).select_related("organisation"):
        people.setdefault(mandate.organisation, set()).add(mandate.member_id)
    on_roll = None
    if ballot:
        on_roll = set(Elector.objects.filter(ballot=ballot).values_list("organisation", flat=True))
    found = [who for who, held in people.items() if held <= lost and (on_roll is None or who.pk in on_roll)]
    return sorted(found, key=lambda who: who.name)
