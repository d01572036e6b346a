"""Motions are moved, seconded, withdrawn, put to the vote; the chair closes the vote, and then the result is there.

The ballot of a motion is made when it is put to the vote. Votes on the web and by mail come in as in every ballot
(`consultations/services/ballots.py`); the roll call is called in `calls.py`, votes that officers enter in `sheets.py`.
"""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import keeping
from consultations.hearings.models import Hearing, Motion, Sheet
from consultations.hearings.rules import motions as rules
from consultations.hearings.services import calls
from consultations.models.ballots import MOST_OPTIONS, OF_OPTIONS, Kind, RollOf
from consultations.services import ballots, counting, profiles
from core import text as texts
from core.access import Refused, require
from journal.services import record
from members.models import Mandate, Organisation

KEEPER = "motion"
MOST = 500  # motions of one hearing
LATEST = timedelta(hours=12)  # after which a vote that nobody closed closes by itself
SETTLING = 5  # minutes that a mail may lie unread, where mail was promised to count
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
        rules=_checked(hearing, form, manner, asked, text),
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
    """Take a motion back before it was put to the vote."""
    with transaction.atomic():
        motion = locked(motion)
        require(rules.withdraw, by, motion, text=reason)
        motion.withdrawn_at, motion.withdrawn_because = at or timezone.now(), texts.clean_line(reason, 1000)
        motion.save(update_fields=["withdrawn_at", "withdrawn_because"])
        record("motion.withdrawn", actor=by, about=motion, data={"reason": motion.withdrawn_because}, at=at)
    return motion


def put_to_vote(*, by, motion, mail_minutes=0, manner=None, majority=None, title="", text=None, at=None):
    """Open the vote on a motion; returns it with its ballot. A roll call begins with the name drawn by lot.

    manner, majority: where not as it was moved. title, text: its words as amended, once an amendment was adopted.
    mail_minutes: so long votes by mail are promised to be taken; all on the roll are mailed at once. Raises Refused
    when the member may not, when no session is open, and for what is wrong with the ballot.
    """
    now = at or timezone.now()
    with transaction.atomic():
        motion = locked(motion)
        require(rules.put_to_vote, by, motion)
        until = now + timedelta(minutes=mail_minutes) if mail_minutes else None
        _amend(motion, texts.clean_line(title, 200), text)
        motion.manner = manner or motion.manner
        asked = motion.rules if majority is None else motion.rules | {"majority": majority}
        motion.rules = _checked(motion.hearing, motion.form, motion.manner, asked, motion.text)
        motion.ballot = ballots.open_ballot(
            by=by,
            workspace=motion.hearing.workspace,
            title=motion.title,
            text=motion.text,
            closes_at=now + LATEST,
            is_secret=motion.manner == Motion.Manner.SECRET,
            is_straw=motion.is_straw,
            is_called=motion.manner == Motion.Manner.ROLL_CALL,
            settling=SETTLING if mail_minutes else 0,
            mail_until=until,
            kept_by=KEEPER,
            at=at,
            **motion.rules,
        )
        motion.save(update_fields=["ballot", "manner", "rules", "title", "text", "html"])
        data = facts(motion) | {"ballot": motion.ballot.reference, "mail_until": until and until.isoformat()}
        record("motion.opened", actor=by, about=motion, data=data, at=at)
        if motion.manner == Motion.Manner.ROLL_CALL:
            calls.begin(by=by, motion=motion, at=at)
    return motion


def adopted_amendments(motion):
    """What the hearing decided to change in it."""
    rows = motion.amendments.filter(ballot__counted_at__isnull=False).with_all().order_by("number")
    return [row for row in rows if counting.final(row.ballot).facts.get("adopted")]


def _amend(motion, title, text):
    """Give a motion its words as amended; it keeps those of its mover where nothing was adopted."""
    adopted = adopted_amendments(motion)
    if adopted and not title:
        said = _("“%(amendment)s” was adopted. Put the motion to the vote on its page, with its words as amended.")
        raise Refused(said % {"amendment": adopted[-1]})
    if adopted:
        motion.title, motion.text = title, texts.clean_text(text or "").strip()
        motion.html = texts.render(motion.text)


def close(*, by, motion, at=None):
    """Close the vote on a motion; returns it. The result is there at once, where no mail is waited for.

    Raises Refused while names have not been called, while votes wait for a second officer, and while votes by mail are
    promised to count.
    """
    with transaction.atomic():
        motion = locked(motion)
        require(lambda who, what: rules.close(who, what, at), by, motion)
        if waiting := motion.sheets.filter(state=Sheet.State.WAITING).count():
            said = ngettext(
                "Votes on %(count)s sheet wait for a second officer. Let them be confirmed or discarded first.",
                "Votes on %(count)s sheets wait for a second officer. Let them be confirmed or discarded first.",
                waiting,
            )
            raise Refused(said % {"count": waiting})
        if uncalled := motion.calls.filter(said="").count():
            said = ngettext(
                "%(count)s name has not been called yet.", "%(count)s names have not been called yet.", uncalled
            )
            raise Refused(said % {"count": uncalled})
        motion.ballot = ballots.close(by=by, ballot=motion.ballot, at=at)
    return motion


def annul(*, by, motion, reason, at=None):
    """Stop a vote that was begun by mistake or with the wrong words; returns the motion. Nothing of it is counted; what
    was voted is kept. Put right, it is moved anew. Raises Refused once the result is there, and without a reason.
    """
    with transaction.atomic():
        motion = locked(motion)
        require(rules.annul, by, motion, text=reason)
        motion.ballot = ballots.annul(by=by, ballot=motion.ballot, reason=reason, at=at)
    return motion


def require_none_open(hearing, item=None):
    """Raises Refused while a vote is being taken, in the hearing or on an item of it."""
    running = hearing.motions.open_at(timezone.now()).filter(**({"item": item} if item else {}))
    if motion := running.first():
        raise Refused(_("A vote is being taken: “%(motion)s”. Close the vote first.") % {"motion": motion})


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


def place(ballot):
    """The page of the motion a ballot is of, for `keeping.py`."""
    motion = Motion.objects.select_related("hearing").filter(ballot=ballot).first()
    return motion and keeping.Place(motion.code, motion.get_absolute_url())


def locked(motion):
    """The motion fetched anew, with its hearing locked."""
    hearing = Hearing.objects.locked(motion.hearing_id)
    motion = Motion.objects.select_related("item", "ballot__workspace__journal").get(pk=motion.pk)
    motion.hearing = hearing
    return motion


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


def _checked(hearing, form, manner, asked, text):
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
