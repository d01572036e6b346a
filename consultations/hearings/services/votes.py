"""The vote on a motion: the chair puts it to the vote and closes it, and then the result is there; put wrongly, it is
annulled.

Its ballot is made here. Votes on the web and by mail come in as in every ballot (`consultations/services/ballots.py`);
the roll call is called in `calls.py`, votes that officers enter in `sheets.py`.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import keeping
from consultations.hearings.models import Motion, Sheet
from consultations.hearings.rules import motions as rules
from consultations.hearings.services import calls, motions
from consultations.services import ballots
from consultations.wording import ballots as wording
from core import text as texts
from core.access import Refused, require
from journal.services import record

KEEPER = "motion"
LATEST = timedelta(hours=12)  # after which a vote that nobody closed closes by itself
SETTLING = 5  # minutes that a mail may lie unread, where mail was promised to count


def put_to_vote(*, by, motion, mail_minutes=0, manner=None, majority=None, quorum=None, title="", text=None, at=None):
    """Open the vote on a motion; returns it with its ballot. A roll call begins with the name drawn by lot.

    manner, majority, quorum: where not as it was moved. title, text: its words as amended, once an amendment was
    adopted. mail_minutes: so long votes by mail are promised to be taken; all on the roll are mailed at once. Raises
    Refused when the member may not, when no session is open, and for what is wrong with the ballot.
    """
    now = at or timezone.now()
    with transaction.atomic():
        motion = motions.locked(motion)
        require(rules.put_to_vote, by, motion)
        until = now + timedelta(minutes=mail_minutes) if mail_minutes else None
        _amend(motion, texts.clean_line(title, 200), text)
        motion.manner = manner or motion.manner
        said = {name: value for name, value in (("majority", majority), ("quorum", quorum)) if value is not None}
        motion.rules = motions.checked(motion.hearing, motion.form, motion.manner, motion.rules | said, motion.text)
        motion.ballot = ballots.open_ballot(
            by=by,
            workspace=motion.hearing.workspace,
            title=motion.title,
            text=motion.text,
            closes_at=now + LATEST,
            is_secret=motion.manner == Motion.Manner.SECRET,
            live=keeping.Live(
                kept_by=KEEPER,
                settling=SETTLING if mail_minutes else 0,
                mail_until=until,
                is_straw=motion.is_straw,
                is_called=motion.manner == Motion.Manner.ROLL_CALL,
            ),
            at=at,
            **motion.rules,
        )
        motion.save(update_fields=["ballot", "manner", "rules", "title", "text", "html"])
        data = motions.facts(motion) | {"ballot": motion.ballot.reference, "mail_until": until and until.isoformat()}
        record("motion.opened", actor=by, about=motion, data=data, at=at)
        if motion.manner == Motion.Manner.ROLL_CALL:
            calls.begin(by=by, motion=motion, at=at)
    return motion


def cast(*, member, motion, text, **said):
    """A vote by name, from a page of the hearing; returns the Vote. said: as for `ballots.vote`.

    Raises Refused where no vote is taken, and for one in secret: its receipt is shown on the page of its ballot alone.
    """
    require(rules.cast, member, motion, text=text)
    if motion.ballot.is_secret:
        raise Refused(wording.secrecy(motion.ballot), text=text)
    return ballots.vote(member=member, ballot=motion.ballot, text=text, **said)


def close(*, by, motion, at=None):
    """Close the vote on a motion; returns it. The result is there at once, where no mail is waited for.

    Raises Refused while names have not been called, while votes wait for a second officer, and while votes by mail are
    promised to count.
    """
    with transaction.atomic():
        motion = motions.locked(motion)
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
        motion = motions.locked(motion)
        require(rules.annul, by, motion, text=reason)
        motion.ballot = ballots.annul(by=by, ballot=motion.ballot, reason=reason, at=at)
    return motion


def require_none_open(hearing, item=None):
    """Raises Refused while a vote is being taken, in the hearing or on an item of it."""
    running = hearing.motions.open_at(timezone.now()).filter(**({"item": item} if item else {}))
    if motion := running.first():
        raise Refused(_("A vote is being taken: “%(motion)s”. Close the vote first.") % {"motion": motion})


def place(ballot):
    """The page of the motion a ballot is of, for `keeping.py`."""
    motion = Motion.objects.select_related("hearing").filter(ballot=ballot).first()
    return motion and keeping.Place(motion.code, motion.get_absolute_url())


def _amend(motion, title, text):
    """Give a motion its words as amended; it keeps those of its mover where nothing was adopted."""
    adopted = motions.adopted_amendments(motion)
    if adopted and not title:
        said = _("“%(amendment)s” was adopted. Put the motion to the vote on its page, with its words as amended.")
        raise Refused(said % {"amendment": adopted[-1]})
    if adopted:
        motion.title, motion.text = title, texts.clean_text(text or "").strip()
        motion.html = texts.render(motion.text)
