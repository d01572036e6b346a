"""What the secretariat does with a mail that was held or failed: each deed is asked, done, recorded, and told.

Whatever is posted goes through the rules of the member in whose name it is posted, and once: the keys of answers are
the same as if the mail had been understood at once. The member hears what became of their mail, in their language.
"""

import hashlib
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import languages
from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import Draft, record, record_all, site_journal
from members.models.members import normalise_address
from notifications import answers, inbound, letters, rules
from notifications.intake import cases, explaining, outcomes, proofs, replying
from notifications.intake.cases import Case
from notifications.models import Answer, Arrival, Letter

State = Arrival.State
OPEN = (State.HELD, State.FAILED)
PUT_AWAY = ("set_aside", "answered", "given_up", "expired")  # done, but one may think better of it
SENDERS_IN_DOUBT = ("wrong_sender", "unknown_sender")
OURS = timedelta(seconds=60)  # for which a worker leaves a mail alone that is handled here
ONCE = timedelta(days=1)  # in which the same answer is one letter
MOST_REASON = 400
MOST_AT_ONCE = 300  # mails that are tried again with one press


def is_open(arrival):
    """Does this mail wait for a person, or may a person take it up again?"""
    return not arrival.pruned_at and (arrival.state in OPEN or arrival.outcome in PUT_AWAY)


def retry(*, by, arrival):
    """Let the program try a mail once more; what was taken of it before stays one. Returns the arrival afterwards."""
    require(rules.run_desk, by)
    with transaction.atomic():
        found = _locked(arrival)
        _send_in(found)
        _record("retried", by, found)
    return inbound.process(Arrival.objects.get(pk=found.pk))


def retry_all(*, by, outcome):
    """Let the workers try all mails once more that wait for this reason, at most some hundred; returns how many."""
    require(rules.run_desk, by)
    with transaction.atomic():
        waiting = Arrival.objects.filter(state__in=OPEN, outcome=outcome, pruned_at=None).order_by("pk")
        found = list(waiting.defer("raw").select_for_update(of=("self",), skip_locked=True)[:MOST_AT_ONCE])
        again = Arrival.objects.filter(pk__in=[arrival.pk for arrival in found])
        again.update(state=State.NEW, attempts=0, claimed_until=None)
        if found:
            drafts = [
                Draft(verb="mail.desk.retried", actor=by, about=arrival, audience=Audience.MODERATORS)
                for arrival in found
            ]
            record_all(site_journal(), drafts)
    return len(found)


def accept(*, by, arrival, member, add_alias=False):
    """Take a mail as this member's own although another address sent it; returns the arrival afterwards.

    add_alias: from now on what comes from that address is theirs, and they can sign in with it. Raises Refused where
    the sender is not in doubt, or the mail answers a letter to somebody else.
    """
    require(rules.run_desk, by)
    with transaction.atomic():
        found = _locked(arrival)
        if found.outcome not in SENDERS_IN_DOUBT:
            raise Refused(_("The sender of this mail is not in doubt."))
        if found.letter and found.letter.member_id not in (None, member.pk):
            raise Refused(
                _("This mail answers a letter to %(other)s, so it cannot be taken as a mail of %(member)s. Assign it.")
                % {"other": found.letter.member, "member": member}
            )
        if add_alias:
            _add_alias(member, found.from_address)
        found.member, found.confirmed_at = member, timezone.now()
        _send_in(found)
        _record("accepted", by, found, member=member.pk, alias=bool(add_alias))
    handled = inbound.process(Arrival.objects.select_related("member").get(pk=found.pk))
    _tell(handled, member, "accepted", alias=handled.from_address if add_alias else "")
    return handled


def assign(*, by, arrival, member, about):
    """Post what a mail says as this member, in answer to `about` ("thread:7"); returns the Answer.

    Raises Refused with the reason of the rules where the member may not, and nothing is changed then; and for votes
    and consents, which nobody gives for somebody else.
    """
    require(rules.run_desk, by)
    if not answers.may_be_carried(about):
        raise Refused(_("Members vote and agree themselves. Answer the mail, and ask its sender to do so."))
    with transaction.atomic():
        found = _locked(arrival)
        case = cases.open_case(found)
        case.member, case.is_own_address = member, True
        waiting = cases.held(found)
        text = "\n\n".join(row.text for row in waiting) or case.text
        if not text and not case.uploads:
            raise Refused(_("There is no text in this mail that could be posted."))
        subject = texts.clean_line(case.reading.subject, 200)
        with proofs.asking():
            row = replying.take(case, about, text, files=case.uploads, subject=subject)
        if row.state == Answer.State.REFUSED:
            raise Refused(row.reason, text=text)
        found.answers.filter(state__in=(Answer.State.HELD, Answer.State.REFUSED)).exclude(pk=row.pk).delete()
        _finish(found, "assigned", member=member)
        _record("assigned", by, found, member=member.pk, about=about, result=row.result)
        _tell(found, member, "assigned", answer=row, url=_where(member, row), file_problems=case.file_problems)
    return row


def answer(*, by, arrival, text, to_stranger=False):
    """Write to whoever sent a mail; returns the letter, and whether it is new: the same words go out once in `ONCE`.

    It goes to the member's own address. To an address that no member has it goes only where `to_stranger` says so:
    whoever forged a sender must not make us write to somebody.
    """
    require(rules.run_desk, by)
    text = texts.clean_text(text).strip()
    if not text:
        raise Refused(_("Write what you want to answer."))
    with transaction.atomic():
        found = _locked(arrival)
        member = found.member
        if member is None and not to_stranger:
            raise Refused(_("No member has this address. Say so if you want to write to it all the same."), text=text)
        if member is None and (not letters.can_write_to(found.from_address) or found.klass in ("auto", "bounce")):
            raise Refused(_("This mail has no sender one could answer."), text=text)
        key = _key_of(found, member, text)
        if earlier := _written(key):
            return earlier, False
        letter = _write(by, found, member, text, f"{key}{timezone.now():%Y%m%d%H%M%S%f}")
        if found.state in OPEN:
            _finish(found, "answered")
        _record("answered", by, found, letter=letter.pk)
    return letter, True


def set_aside(*, by, arrival, reason, tell=False):
    """Be done with a mail without posting anything; the reason is kept. `tell`: the member hears it."""
    require(rules.run_desk, by)
    reason = texts.clean_line(reason, MOST_REASON)
    if not reason:
        raise Refused(_("Give a reason; others will want to know why."))
    with transaction.atomic():
        found = _locked(arrival)
        _finish(found, "set_aside")
        _record("set_aside", by, found, reason=reason)
        if tell and found.member:
            _tell(found, found.member, "set_aside", reason=reason)
    return found


def erase(*, by, arrival):
    """Take out what a mail said, here and in letters about its posts; that it came, and what it became, stays.

    The post itself is erased where it stands. Letters that have not left are withdrawn. Returns the arrival.
    """
    require(rules.run_desk, by)
    with transaction.atomic():
        found = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
        if found.state in (State.NEW, State.READ):
            raise Refused(_("This mail is being read. Try again in a moment."))
        posts = list(found.answers.filter(result__startswith="post:").values_list("result", flat=True))
        copies = Letter.objects.filter(about__in=posts, kind=Letter.Kind.POST)
        copies.filter(state=Letter.State.QUEUED).update(state=Letter.State.WITHDRAWN, claimed_until=None)
        let_go = {"stored": b"", "pruned_at": timezone.now()}
        copies.exclude(state=Letter.State.SENDING).update(**let_go)
        # What we wrote about this mail returns its text.
        ours = Letter.objects.filter(about__in=(found.reference, f"asked:{found.pk}", f"desk:{found.pk}"))
        ours.filter(state=Letter.State.SENT).update(**let_go)
        found.answers.update(text="", reason="")
        found.raw, found.subject, found.error, found.pruned_at = b"", "", "", timezone.now()
        if found.state in OPEN:
            found.state, found.outcome, found.done_at = State.DONE, "erased", timezone.now()
        found.save()
        _record("erased", by, found)
    return found


# -- Details ---------------------------------------------------------------------------------------------------


def _locked(arrival):
    found = Arrival.objects.select_for_update(of=("self",)).select_related("member", "letter__member")
    found = found.get(pk=arrival.pk)
    if found.pruned_at:
        raise Refused(_("What this mail said is kept no longer."))
    if not is_open(found):
        raise Refused(_("This mail waits for nobody any more: it is %(state)s.") % {"state": found.get_state_display()})
    return found


def _send_in(found):
    """Make it new, and keep the workers off it: it is handled here and now."""
    found.state, found.attempts, found.claimed_until = State.NEW, 0, timezone.now() + OURS
    found.save(update_fields=["state", "attempts", "claimed_until", "member", "confirmed_at"])


def _finish(found, outcome, member=None):
    found.state, found.outcome, found.done_at, found.claimed_until = State.DONE, outcome, timezone.now(), None
    found.member = member or found.member
    found.save(update_fields=["state", "outcome", "done_at", "claimed_until", "member"])


def _record(deed, by, found, **data):
    record(f"mail.desk.{deed}", actor=by, about=found, data=data, audience=Audience.MODERATORS)


def _add_alias(member, address):
    address = normalise_address(address)
    row = EmailAddress.objects.filter(email=address).first()
    if row and row.user_id != member.pk:
        raise Refused(_("The address %(address)s belongs to somebody else.") % {"address": address})
    if row is None:
        EmailAddress.objects.create(user=member, email=address, verified=True, primary=False)
    elif not row.verified:
        EmailAddress.objects.filter(pk=row.pk).update(verified=True)


def _key_of(found, member, text):
    """How the keys of letters begin that answer this mail with these words at this address."""
    address = member.email if member else found.from_address
    said = hashlib.sha256(f"{address} {text}".encode("utf-8", "replace")).hexdigest()[:40]
    return f"desk:{found.pk}:{said}:"


def _written(key):
    """The letter that says the same already: who presses twice writes once."""
    lately = Letter.objects.filter(key__startswith=key, created_at__gt=timezone.now() - ONCE)
    return lately.exclude(state=Letter.State.WITHDRAWN).first()


def _write(by, found, member, text, key):
    heard = f"<{found.message_id}>" if found.message_id else ""
    subject = found.subject if found.subject.lower().startswith("re:") else f"Re: {found.subject}"
    return letters.compose(
        member=member,
        recipient=None if member else found.from_address,
        subject=texts.clean_line(subject, 200),
        text=text,
        kind=Letter.Kind.ANSWER,
        about=f"desk:{found.pk}",
        sender_name=by.shown_name,
        in_reply_to=heard,
        key=key,
    )


def _tell(found, member, deed, **facts):
    """Tell the member what became of their mail."""
    case = Case(arrival=found, address=None, member=member)
    with languages.speaking(member.language), timezone.override(member.zone):
        words = outcomes.WORDS.get(found.outcome, "")
        explaining.reply(case, "desk", {"deed": deed, "outcome": words, **facts})


def _where(member, row):
    """The address of the page on which an answer stands, or an empty string."""
    kind, _colon, pk = row.result.partition(":")
    thing = answers.find(member, row.result).thing if kind in ("post", "thread") and pk.isdecimal() else None
    return f"{settings.SITE_URL}{thing.get_absolute_url()}" if thing else ""
