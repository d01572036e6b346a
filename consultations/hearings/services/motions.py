"""Motions are moved, seconded and withdrawn, as chair and secretaries write it down. What delegates do themselves is in
`proposals.py`, the vote in `votes.py`.
"""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import Hearing, Motion
from consultations.hearings.rules import motions as rules
from consultations.models.ballots import MOST_OPTIONS, OF_OPTIONS, Kind, RollOf
from consultations.services import counting, profiles
from core import text as texts
from core.access import Refused, require
from journal.services import record
from members.models import Mandate, Organisation

MOST = 500  # motions of one hearing
SAID_ALOUD = (Kind.YES_NO, Kind.CHOICE)  # kinds that can be called by name, or shown by hand
RULES = ("kind", "options", "majority", "base", "quorum", "opening_quorum", "method", "most", "roll_of")


def move(
    *,
    by,
    item,
    title,
    text="",
    form=Motion.Form.FORMAL,
    manner=Motion.Manner.SHOW,
    mover="",
    seconder="",
    amends=None,
    at=None,
    **asked,
):
    """Write down a motion on an item; returns it. It is decided once it is put to the vote.

    mover, seconder: as the chair names them; who has this very name in the room is known to have moved it. amends: the
    motion it would change. asked: rules of the ballot, those of RULES. Raises Refused when the member may not, or with
    what is wrong with the rules.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(item.hearing_id)
        require(rules.move, by, hearing, text=text)
        mover = texts.clean_line(mover, 200)
        member, organisation = _named(hearing, mover)
        said = {"mover": mover, "moved_by": member, "moved_for": organisation}
        said |= {"seconder": texts.clean_line(seconder, 200), "amends": amends}
        return write(hearing, item, by=by, title=title, text=text, form=form, manner=manner, asked=asked, at=at, **said)


def write(hearing, item, *, by, title, text, form, manner, asked, at, **said):
    """Write a motion down in a hearing the caller has locked; returns it. said: who moved it, and what it amends."""
    title, text = texts.clean_line(title, 200), texts.clean_text(text).strip()
    if not title:
        raise Refused(_("A motion needs a question. Nothing was written down; your text is kept."), text=text)
    if hearing.last_motion >= MOST:
        raise Refused(_("This hearing has as many motions as it can have."), text=text)
    if said.get("amends") and not hearing.motions.waiting().filter(pk=said["amends"].pk).exists():
        raise Refused(_("What it would amend does not wait for a vote any more."), text=text)
    Hearing.objects.filter(pk=hearing.pk).update(last_motion=hearing.last_motion + 1)
    motion = Motion.objects.create(
        hearing=hearing,
        item=hearing.items.get(pk=item.pk),
        number=hearing.last_motion + 1,
        form=form,
        manner=manner,
        title=title,
        text=text,
        html=texts.render(text),
        rules=checked(hearing, form, manner, asked, text),
        recorded_by=by,
        moved_at=at or timezone.now(),
        **said,
    )
    record("motion.moved", actor=by, about=motion, data=facts(motion), at=at)
    return motion


def second(*, by, motion, seconder, at=None):
    """Write down who seconded a motion."""
    with transaction.atomic():
        motion = locked(motion)
        require(rules.second, by, motion)
        motion.seconder = texts.clean_line(seconder, 200)
        if not motion.seconder:
            raise Refused(_("Say who seconded it."))
        motion.save(update_fields=["seconder"])
        record("motion.seconded", actor=by, about=motion, data={"seconder": motion.seconder}, at=at)
    return motion


def withdraw(*, by, motion, reason="", at=None):
    """Take a motion back before it was put to the vote, and before it was amended (A/520, rule 80)."""
    with transaction.atomic():
        motion = locked(motion)
        require(rules.withdraw, by, motion, text=reason)
        if adopted := adopted_amendments(motion):
            said = _("“%(amendment)s” was adopted, so the motion cannot be withdrawn any more (A/520, rule 80).")
            raise Refused(said % {"amendment": adopted[-1]}, text=reason)
        motion.withdrawn_at, motion.withdrawn_because = at or timezone.now(), texts.clean_line(reason, 1000)
        motion.save(update_fields=["withdrawn_at", "withdrawn_because"])
        record("motion.withdrawn", actor=by, about=motion, data={"reason": motion.withdrawn_because}, at=at)
    return motion


def adopted_amendments(motion):
    """What the hearing decided to change in it."""
    rows = motion.amendments.filter(ballot__counted_at__isnull=False).with_all().order_by("number")
    return [row for row in rows if counting.final(row.ballot).facts.get("adopted")]


def facts(motion):
    """What the journal keeps of a motion."""
    return {
        "number": motion.number,
        "item": motion.item_id,
        "form": str(motion.form),
        "manner": str(motion.manner),
        "title": motion.title,
        "text_sha256": hashlib.sha256(motion.text.encode()).hexdigest(),
        "mover": motion.mover,
        "seconder": motion.seconder,
        **({"amends": motion.amends.number} if motion.amends_id else {}),
    }


def locked(motion):
    """The motion fetched anew, with its hearing locked."""
    hearing = Hearing.objects.locked(motion.hearing_id)
    motion = Motion.objects.select_related("item", "ballot__workspace__journal").get(pk=motion.pk)
    motion.hearing = hearing
    return motion


def checked(hearing, form, manner, asked, text):
    """The rules of the ballot to come; what is wrong with them is said now, and not when the vote is to begin."""
    rules_asked = {name: asked[name] for name in RULES if asked.get(name) not in (None, "", [])}
    kind = Kind(rules_asked.get("kind", Kind.YES_NO))
    if kind == Kind.SILENCE:
        raise Refused(_("A silence procedure takes days. Open one in the workspace."), text=text)
    if manner in (Motion.Manner.ROLL_CALL, Motion.Manner.HALL) and kind not in SAID_ALOUD:
        raise Refused(
            _("By roll call, and in the hall, one says yes, no or abstains, or names one option. Choose another way."),
            text=text,
        )
    if form == Motion.Form.STRAW:
        rules_asked = {name: rules_asked[name] for name in ("options", "method", "most") if name in rules_asked}
        rules_asked |= {"majority": "", "roll_of": str(RollOf.MEMBERS)}
    elif "roll_of" not in rules_asked:
        rules_asked["roll_of"] = str(RollOf.ORGANISATIONS if hearing.is_by_invitation else RollOf.MEMBERS)
    labels = [label for option in rules_asked.pop("options", ()) if (label := texts.clean_line(option, 200))]
    if kind in OF_OPTIONS and not 2 <= len(labels) <= MOST_OPTIONS:
        raise Refused(
            _("Give at least two options and at most %(most)s, each on a line of its own.") % {"most": MOST_OPTIONS},
            text=text,
        )
    profiles.check(
        kind=kind,
        labels=labels,
        majority=rules_asked.get("majority"),
        base=rules_asked.get("base", "voting"),
        quorum=rules_asked.get("quorum", ""),
        opening_quorum=rules_asked.get("opening_quorum", ""),
        method=rules_asked.get("method", ""),
        most=rules_asked.get("most"),
        is_secret=manner == Motion.Manner.SECRET,
        text=text,
    )
    plain = {name: value if isinstance(value, int) else str(value) for name, value in rules_asked.items()}
    return plain | {"kind": str(kind)} | ({"options": labels} if kind in OF_OPTIONS else {})


def _named(hearing, name):
    """(member, organisation): who of the room has this very name."""
    if not name:
        return None, None
    seated = hearing.workspace.seats.filter(member__is_active=True)
    spoken = Mandate.objects.in_force().filter(member__in=seated.values("member"))
    organisations = Organisation.objects.filter(pk__in=spoken.values("organisation"), name__iexact=name)[:2]
    members = [seat.member for seat in seated.filter(member__name__iexact=name).select_related("member")[:2]]
    organisation = organisations[0] if len(organisations) == 1 else None
    return members[0] if len(members) == 1 and not organisation else None, organisation
