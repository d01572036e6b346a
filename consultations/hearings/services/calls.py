"""The roll call: the order is drawn by lot, each name is called, and each answer entered, one transaction and one entry
of the journal for each. Whoever goes on after a crash finds the first name without an answer.

Who is on a weak link sends their vote ahead, or while their name is called. What is sent ahead stands from then on, and
is announced when the name is called; what is sent later shows at once. Until the close every answer can be corrected,
and the journal keeps what it was.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations.hearings import lots
from consultations.hearings.models import Call, Hearing, Motion
from consultations.hearings.rules import motions as rules
from consultations.models import Ballot, Elector
from consultations.models.ballots import Through
from consultations.services import voting
from consultations.wording import ballots as wording
from core.access import Refused, require
from journal.models import Journal
from journal.services import Draft, record

MOST = 500  # names in one roll call


def begin(*, by, motion, at=None):
    """Draw the lot and write down the names in the order they are called; in the transaction that opens the vote."""
    electors = list(Elector.objects.filter(ballot=motion.ballot).select_related("member", "organisation"))
    if not electors:
        raise Refused(_("Nobody is on the roll, so there is nobody to call."))
    if len(electors) > MOST:
        said = ngettext(
            "%(count)s name is too many for a roll call. Take an electronic vote by name.",
            "%(count)s names are too many for a roll call. Take an electronic vote by name.",
            len(electors),
        )
        raise Refused(said % {"count": len(electors)})
    listed = [electors[place] for place in lots.alphabetical([row.name for row in electors])]
    # The lock that `record` takes too: what is drawn from is the entry right before the one that tells of it.
    head = Journal.objects.select_for_update(no_key=True).get(pk=motion.journal.pk)
    digest = bytes(head.digest).hex()
    lot = lots.draw(digest, motion.reference, len(listed))
    motion.lot = {"seq": head.seq, "digest": digest, "seed": lot.seed, "drawn": lot.drawn}
    motion.save(update_fields=["lot"])
    Call.objects.bulk_create(
        Call(motion=motion, elector=elector, place=place, name=elector.name[:200])
        for place, elector in enumerate(lots.turned(listed, lot.drawn), 1)
    )
    names = [[who(elector), elector.name] for elector in listed]
    data = {"ballot": motion.ballot.reference, "names": names, **motion.lot}
    record("motion.drawn", actor=by, about=motion, data=data, at=at)


def say(*, by, motion, call, said, seen="", at=None):
    """Enter what was answered to a name, "absent" or "passed"; returns the Call. The same once more changes nothing.

    seen: what the officer's page showed for this name; where another officer entered something meanwhile nothing is
    overwritten unseen. "absent" takes back a vote that was entered by mistake. Raises Refused for it where they sent
    their vote themselves, and when the vote is closed.
    """
    with transaction.atomic():
        motion, call = _locked(motion, call)
        require(lambda who, what: rules.call(who, what, at), by, motion)
        if call.said == said:
            return call
        if call.said != seen:
            facts = {"name": call.name, "said": word(motion.ballot, call.said)}
            raise Refused(_("Meanwhile this was entered for %(name)s: %(said)s. Look again, then correct it.") % facts)
        if said in Call.UNVOTED:
            _take_back(motion.ballot, call, said)
        else:
            voting.enter(
                by=by,
                ballot=motion.ballot,
                elector=call.elector,
                value=said,
                channel=Through.CALLED,
                moment=at or timezone.now(),
            )
        data = _answer(motion, call, said, is_sent=False, at=at)
        record("motion.said", actor=by, about=motion, data=data, at=at)
    return call


def voted(ballot, elector, vote):
    """A vote on the web or by mail: shown at once if the name was called, or is being called; else when it is. Called
    in its transaction, under the lock of the ballot.
    """
    if not ballot.is_called:
        return []
    motion = Motion.objects.select_related("hearing__workspace__journal").get(ballot=ballot)
    call = Call.objects.get(elector=elector)
    is_called = call.said or call.pk == _current(motion).values_list("pk", flat=True).first()
    if not is_called or call.said == vote.value:
        return []
    data = _answer(motion, call, vote.value, is_sent=True)
    return [Draft(verb="motion.said", actor=vote.member, about=motion, data=data)]


def current(motion):
    """The name that is called now, with its elector, or None."""
    return _current(motion).select_related("elector").first()


def word(ballot, said):
    """An answer as people read it."""
    if said in Call.UNVOTED:
        return {
            Call.ABSENT: pgettext("a name of a roll call", "absent"),
            Call.PASSED: pgettext("a name of a roll call", "passed"),
        }[said]
    return wording.said(ballot, said) if said else _("not called yet")


def who(elector):
    """`organisation:3` or `member:12`, as lists of votes have it."""
    return f"organisation:{elector.organisation_id}" if elector.organisation_id else f"member:{elector.member_id}"


def _current(motion):
    return Call.objects.filter(motion=motion, said="").order_by("place")


def _answer(motion, call, said, *, is_sent, at=None):
    """Write it down; returns what the journal keeps."""
    was = call.said
    call.said, call.is_sent, call.said_at = said, is_sent, at or timezone.now()
    call.corrections += 1 if was else 0
    call.save(update_fields=["said", "is_sent", "said_at", "corrections"])
    return {
        "ballot": f"ballot:{motion.ballot_id}",
        "place": call.place,
        "who": who(call.elector),
        "name": call.name,
        "said": said,
        "was": was,
        "sent": is_sent,
    }


def _take_back(ballot, call, said):
    """They said nothing; who passes is there. Raises Refused where they sent a vote."""
    if sent := voting.retract(ballot=ballot, elector=call.elector, is_present=said == Call.PASSED):
        facts = {"name": call.name, "vote": wording.said(ballot, sent.value)}
        raise Refused(_("The vote of %(name)s is there: %(vote)s. Enter that one.") % facts)


def _locked(motion, call):
    """Both fetched anew, with hearing and ballot locked."""
    hearing = Hearing.objects.locked(motion.hearing_id)
    motion = Motion.objects.get(pk=motion.pk)
    motion.hearing = hearing
    if motion.ballot_id:
        motion.ballot = Ballot.objects.locked(motion.ballot_id)
    return motion, motion.calls.select_related("elector__member", "elector__organisation").get(pk=call.pk)
