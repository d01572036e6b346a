"""What a mail says about motions: MOVE, SECOND M3 and WITHDRAW M3 to an item of the agenda; to the ballot of one a vote
with `EXPLAIN: why`, or that alone.
"""

import re
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from consultations import keeping
from consultations.answering import ballots as answering
from consultations.hearings.answering import items, soon
from consultations.hearings.models import Hearing, Motion
from consultations.hearings.services import calls, explanations, motions, proposals, votes
from consultations.hearings.words import endings
from consultations.hearings.words import explanations as words
from consultations.hearings.words import motions as orders
from consultations.words.votes import is_polite
from core.access import Refused
from forum.models.posts import Channel
from notifications import answers, references

_REFERENCE = re.compile(r"([^/\s]+)/(\d{4})/H(\d{1,5})[ /]M(\d{1,4})")
_NUMBER = re.compile(r"\s*[^\W\d]?(\d{1,4})\s*[:：]\s*")  # `M3: …`
_FIRST = re.compile(r"\W{0,5}(?:[^\W\d]{1,2}\W{0,3})?(\d{1,4})\b[\s.:：,،，—–-]{0,5}")  # `M3`, `no. 3: …`


def instead(member, ballot, said):
    """The explanation, with the vote above it where there is one, as Taken; None where nothing is explained."""
    before, text = words.split(endings.cut(said.text, member.name)[0])
    if not text:
        return None
    if said.voice:
        raise Refused(_("Nobody can do this for somebody else by mail. The secretary can."), text=said.text)
    motion = Motion.objects.get(ballot=ballot)
    with transaction.atomic():
        Hearing.objects.locked(motion.hearing_id)  # before the ballot is, as by every officer
        return _voted_and_explained(member, ballot, motion, replace(said, text=before), text)


def _voted_and_explained(member, ballot, motion, said, text):
    has_vote = any(not is_polite(line, member.name) for line in said.text.splitlines())
    taken = answering.take(member, ballot, said) if has_vote else None
    try:
        explanation = explanations.explain(
            by=member, motion=motion, text=text, organisation=said.organisation, channel=Channel.MAIL
        )
    except Refused as refused:
        if not taken:
            raise
        facts = {"vote": taken.note, "reason": refused.reason}
        return replace(taken, note=_("%(vote)s. Your explanation was not taken: %(reason)s") % facts)
    if taken:
        return replace(taken, note=_("%(vote)s; your explanation stands with it") % {"vote": taken.note})
    return answers.Taken(explanation.reference, note=_("your explanation of vote stands with its result"))


def explain(member, item, order, said):
    """The order EXPLAIN in a mail to an item of the agenda: on the motion whose number stands behind it, else on the
    last one.
    """
    found = _NUMBER.match(order.text)
    rows = Motion.objects.filter(item=item, withdrawn_at=None)
    rows = Motion.objects.filter(hearing=item.hearing_id, number=found[1]) if found else rows.order_by("-number")
    motion = rows.first()
    if motion is None:
        raise Refused(_("There is no such motion here. Write its number behind the word, as “M3: …”."), text=said.text)
    text = order.text[found.end() :] if found else order.text
    explanation = explanations.explain(
        by=member, motion=motion, text=text, organisation=said.organisation, channel=Channel.MAIL
    )
    return answers.Taken(explanation.reference, note=_("your explanation of vote stands with its result"))


def propose(member, item, order, said):
    """The order MOVE: what stands behind it is the question, the lines below its text."""
    motion = proposals.propose(
        member=member, item=item, title=order.rest, text=order.below, organisation=said.organisation
    )
    facts = {"code": motion.code, "words": f"{items.offered(orders.WITHDRAW.name)} {motion.number}"}
    note = _("your motion %(code)s is before the chair; until the vote, “%(words)s” takes it back") % facts
    return answers.Taken(motion.reference, note=note)


def second(member, item, order, said):
    """The order SECOND: the motion whose number stands behind it, else the only one that waits on the item."""
    found = re.search(r"\d{1,4}", order.rest)
    waiting = Motion.objects.filter(item=item).waiting()
    motion = proposals.support(member=member, motion=_meant(item, found and found[0], waiting, said))
    return answers.Taken(motion.reference, note=_("you seconded motion %(number)s") % {"number": motion.number})


def withdraw(member, item, order, said):
    """The order WITHDRAW M3: the motion of that number, else the only one of theirs that waits; then the reason."""
    found = _FIRST.match(order.rest)
    own = Motion.objects.filter(hearing=item.hearing_id, moved_by=member).waiting()
    reason = "\n".join([order.rest[found.end() if found else 0 :], order.below])
    motion = motions.withdraw(by=member, motion=_meant(item, found and found[1], own, said), reason=reason)
    return answers.Taken(motion.reference, note=_("motion %(number)s is withdrawn") % {"number": motion.number})


def _meant(item, number, rows, said):
    """The motion of a number in the hearing; where none was written the only one of `rows`."""
    rows = Motion.objects.filter(hearing=item.hearing_id, number=int(number)) if number else rows
    rows = list(rows[:2])
    if len(rows) != 1:
        raise Refused(_("There is no such motion here. Write its number behind the word, as “M3: …”."), text=said.text)
    return rows[0]


def look(member, reference):
    """The ballot of what `ALP/2026/H2/M3` names for this member: who is told it by mail votes by answering."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[1] != settings.REFERENCE_PREFIX.upper():
        return ""
    found = Motion.objects.filter(hearing__year=int(match[2]), hearing__number=int(match[3]), number=int(match[4]))
    motion = found.select_related("ballot", "hearing").first()
    is_seen = motion and motion.ballot and Hearing.objects.visible_to(member).filter(pk=motion.hearing_id).exists()
    return motion.ballot.reference if is_seen else ""


def hears_soon(member, ballot):
    """A secret vote has its code, in a letter of its own."""
    motion = Motion.objects.filter(ballot=ballot).select_related("hearing").first()
    return motion is not None and not ballot.is_secret and soon.is_due(member, motion.hearing)


def how(ballot):
    """How one explains a vote by mail, where that can be done."""
    if ballot.is_secret or ballot.is_straw:
        return ""
    return _("To explain your vote, write “%(word)s:” and your reasons on the lines below.") % {
        "word": items.offered(words.EXPLAIN.name)
    }


def register():
    """Motions keep their ballots; called once, when the app is ready."""
    references.register(look)
    items.register_word(words.EXPLAIN, explain)
    items.register_word(orders.MOVE, propose)
    items.register_word(orders.SECOND, second)
    items.register_word(orders.WITHDRAW, withdraw)
    keeper = keeping.Keeper(voted=calls.voted, instead=instead, hears_soon=hears_soon, place=votes.place, how=how)
    keeping.register(votes.KEEPER, keeper)
