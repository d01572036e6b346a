"""What the people themselves answer: YES or NO to being carried, NO to a post in their name.

Who is a member answers through the register of answerables, like anything else. Who is not is known by the address the
letter went to, and by nothing else: their mail is read here before it is set aside as a stranger's.
"""

from django.utils.translation import gettext as _

from core.access import No, Refused
from forum.models import Post
from notifications import answers
from notifications.couriers import delegations
from notifications.intake import senders
from notifications.intake.outcomes import Outcome
from notifications.models import Delegation
from notifications.reading.yesno import is_plain_no, yes_or_no


def register():
    """Delegations and carried posts; called once, when the app starts."""
    answers.register(
        "delegation",
        answers.Answerable(
            find=_find_delegation,
            is_open=lambda member, row: (row.objected_at is None and row.ended_at is None) or No(_("This has ended.")),
            take=_answer,
            place=lambda row: row.reference,
        ),
    )
    answers.register(
        "carried",
        answers.Answerable(
            find=_find_carried,
            is_open=lambda member, post: True,
            take=_take_back,
            place=lambda post: f"carried:{post.pk}",
        ),
    )


def objected(case):
    """A step of the intake: somebody who is no member takes back what was posted in their name."""
    kind, _colon, pk = case.letter.about.partition(":") if case.letter else ("", "", "")
    if kind != "carried" or case.letter.member_id is not None or not is_plain_no(case.text):
        return None
    if case.reading.from_address != case.letter.recipient.lower() or senders.is_doubted(case.arrival):
        return None
    post = Post.objects.select_related("thread").filter(pk=pk).first()
    delegation = delegations.of_post(post) if post else None
    if delegation is None:
        return None
    delegations.object_to(delegation=delegation, only=post)
    delegations.confirm_objection(delegation, post)
    return Outcome("objected")


def _find_delegation(member, pk):
    return Delegation.objects.select_related("courier", "person").filter(pk=pk, person=member).first()


def _answer(member, delegation, said):
    agrees = yes_or_no(said.text)
    if agrees is None:
        raise Refused(_("Answer with the one word YES if you agree to it, or with NO."), text=said.text)
    if agrees:
        delegations.agree(by=member, delegation=delegation)
    else:
        delegations.object_to(delegation=delegation, by=member)
    return answers.Taken(delegation.reference)


def _find_carried(member, pk):
    return (
        Post.objects.select_related("thread__workspace").filter(pk=pk, author=member).exclude(carried_by=None).first()
    )


def _take_back(member, post, said):
    delegation = delegations.of_post(post)
    if delegation is None or not is_plain_no(said.text):
        reason = _(
            "To take the post back, answer with the one word NO. To write in its thread, answer a mail about it."
        )
        raise Refused(reason, text=said.text)
    delegations.object_to(delegation=delegation, by=member, only=post)
    return answers.Taken(f"carried:{post.pk}")
