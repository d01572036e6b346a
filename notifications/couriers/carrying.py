"""Carrying, in a mail: what stands under `FOR: name or code` is posted in that person's name, once they agreed; under
the name of an organisation the sender has a mandate of, it is said for the organisation.

Whoever is not noted yet is asked about: the words are kept, and the courier's YES, with how the person agreed, notes
them and posts the words.
"""

import dataclasses

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Refused
from members.services import mandates
from notifications import answers
from notifications.couriers import delegations
from notifications.intake import cases, commands, replying, rooms
from notifications.intake.outcomes import Outcome, held
from notifications.models import Answer, Arrival
from notifications.reading.yesno import after_the_word, yes_or_no


def carry(case):
    """A step of the intake: takes the blocks of other people, and leaves the sender's own words to the next steps."""
    read = case.reading
    carried = [piece for piece in (*read.answers, *read.refused, *read.unplaced) if piece.on_behalf]
    if not carried:
        return None
    if case.address.kind not in ("reply", "workspace") or case.address.deed:
        return _keep_together(case)
    case.reading = dataclasses.replace(
        read,
        answers=[piece for piece in read.answers if not piece.on_behalf],
        refused=[piece for piece in read.refused if not piece.on_behalf],
        unplaced=[piece for piece in read.unplaced if not piece.on_behalf],
    )
    asked = _Asked()
    for piece in carried:
        _carry(case, piece, asked)
    if asked.held or asked.waiting or asked.stopped:
        case.replies.append(("consent_wanted", asked.shown()))
    if case.text or (case.reading.files and not case.answers):
        return None
    if case.reading.commands:
        commands.carry_out(case)
    return held("consent") if asked.held else replying.said(case)


def _keep_together(case):
    """Where nobody is spoken for (a question to the help address), the blocks are words like any others."""
    read = case.reading
    blocks = [f"FOR: {piece.on_behalf}\n{piece.text}" for piece in read.blocks if piece.on_behalf]
    words = "\n\n".join([*([read.reply] if read.reply else []), *blocks])
    case.reading = dataclasses.replace(read, reply=words, answers=[], refused=[], unplaced=[], blocks=[])
    return None


@dataclasses.dataclass
class _Asked:
    """For whom nothing could be posted yet, and why: lists without repeats."""

    held: list = dataclasses.field(default_factory=list)  # Answer rows that wait for the courier's word
    waiting: dict = dataclasses.field(default_factory=dict)  # delegations of members who have not answered
    stopped: dict = dataclasses.field(default_factory=dict)  # delegations with an objection

    def shown(self):
        names = dict.fromkeys(row.on_behalf for row in self.held)
        return {"names": [*names], "waiting": [*self.waiting], "stopped": [*self.stopped], "held": self.held}


def _carry(case, piece, asked):
    about, item = _place(case, piece.code)
    delegation = delegations.find(case.member, piece.on_behalf)
    organisation = None if delegation else mandates.spoken_for(case.member, piece.on_behalf)
    if about is not None and organisation:
        _take_for(case, piece, about, item, organisation)
    elif about is None:
        reason = _("You have no item with this number.") if piece.code else _("Begin the words with the item's number.")
        _keep(case, piece, Answer.State.REFUSED, reason=reason)
    elif delegation is None and (reason := answers.why_nobody(case.member, about, piece.on_behalf)):
        _keep(case, piece, Answer.State.REFUSED, about=about, reason=reason)
    elif delegation is None:
        asked.held.append(_keep(case, piece, Answer.State.HELD, about=about))
        case.answers.remove(asked.held[-1])  # it is asked about in a mail of its own
    elif delegation.is_live:
        take(case, piece.text, about=about, item=item, code=piece.code, delegation=delegation)
    else:
        (asked.stopped if delegation.objected_at else asked.waiting)[delegation] = True
        _keep(case, piece, Answer.State.REFUSED, about=about, reason=_why_not(delegation))


def _take_for(case, piece, about, item, organisation):
    """Hand on what the sender says for an organisation they have a mandate of."""
    replying.take(
        case,
        about,
        piece.text,
        files=case.uploads_beside(piece.code),
        subject=rooms.title(case, piece.text) if about.startswith("workspace:") else "",
        code=piece.code,
        item=item,
        organisation=organisation,
    )


def consented(case):
    """A step of the intake: the courier says how the people of an earlier mail agreed, and their words are posted.

    What had been posted before this mail broke off, or by the same word sent twice, is not posted again.
    """
    kind, _colon, pk = case.letter.about.partition(":") if case.letter else ("", "", "")
    asked = Arrival.objects.filter(pk=pk, member=case.member).first() if kind == "arrival" else None
    said = case.text or _first_line(case)
    if asked is None or yes_or_no(said) is not True:
        return None
    waiting = asked.answers.filter(state=Answer.State.HELD).exclude(on_behalf="").order_by("pk")
    rows = list(waiting.values_list("pk", flat=True))
    carried = Answer.objects.filter(member=case.member).exclude(delegation=None).select_related("delegation")
    mine = carried.filter(arrival=case.arrival).order_by("pk")
    if not rows and not mine.exists():
        return Outcome("repeated") if carried.filter(arrival__letter=case.letter).exists() else None
    how = after_the_word(said).partition("\n\n")[0] or _("said so in a mail")
    for row in rows:
        _post_held(case, row, how)
    here = {row.pk for row in case.answers}
    case.answers += [row for row in mine if row.pk not in here]  # another worker's, or from before
    if not asked.answers.filter(state=Answer.State.HELD).exists():
        Arrival.objects.filter(pk=asked.pk, state=Arrival.State.HELD).update(
            state=Arrival.State.DONE, outcome="settled"
        )
    if people := list(dict.fromkeys(row.delegation for row in case.answers if row.delegation_id)):
        case.replies.append(("consent_noted", {"people": people}))
    return replying.said(case)


def _first_line(case):
    """What a mail begins with, though it was copied from our example: the reader takes that for our own words."""
    first = next((line for line in case.reading.lines if line.text.strip()), None)
    return first.text.strip() if first and first.kind == "known" and not first.depth else ""


@transaction.atomic
def _post_held(case, pk, how):
    """Post the words that were held for one person; where they cannot be carried, the reason stands with them."""
    row = Answer.objects.select_for_update(of=("self",)).filter(pk=pk, state=Answer.State.HELD).first()
    if row is None:
        return  # another worker did
    delegation = delegations.find(case.member, row.on_behalf)
    try:
        if delegation is None:
            delegation = delegations.add(by=case.member, name=row.on_behalf, consent=how)
        if not delegation.is_live:
            raise Refused(_why_not(delegation))
    except Refused as refused:
        row.state, row.reason = Answer.State.REFUSED, str(refused.reason)
        row.save(update_fields=["state", "reason"])
        case.answers.append(row)
        return
    item = cases.item(case, row.code) if row.code else None
    take(case, row.text, about=row.about, item=item, code=row.code, delegation=delegation)
    row.delete()


def _why_not(delegation):
    return _("They have objected.") if delegation.objected_at else _("They have not agreed yet.")


def take(case, text, *, about, item, code, delegation):
    """Post one person's words, and tell them where they have an address."""
    row = replying.take(
        case,
        about,
        text,
        files=case.uploads_beside(code) if code else (),
        subject=rooms.title(case, text) if about.startswith("workspace:") else "",
        code=code,
        item=item,
        delegation=delegation,
    )
    if row.state in (Answer.State.TAKEN, Answer.State.WAITING) and row.result.startswith(("post:", "thread:")):
        delegations.tell(delegation, delegations.post_of(row))
    return row


def _place(case, code):
    """What a block answers: the item of its number, or what the letter is about; (None, None) when there is none."""
    if code:
        item = cases.item(case, code)
        return (item.about, item) if item else (None, None)
    if case.address.kind == "workspace":
        room = rooms.find(case.member, case.address.slug)
        return (room.reference if room else None), None
    if row := case.sent_back:
        return row.about, row.item
    if case.issue is None and answers.knows(case.letter.about):
        return case.letter.about, None
    items = case.issue.items if case.issue else []
    open_items = [item for item in items if answers.find(case.member, item.about).is_open]
    return (open_items[0].about, open_items[0]) if len(open_items) == 1 else (None, None)


def _keep(case, block, state, *, about="", reason=""):
    return replying.keep(
        case, block.text, state=state, reason=reason, code=block.code, about=about, on_behalf=block.on_behalf
    )
