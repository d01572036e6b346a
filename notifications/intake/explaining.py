"""Mails that explain: what happened, why, what to do next; in the member's language, with their text returned.

They go to the member's own address only, at most one per cause and day and ten a day (EMAIL.md section 4), so that
no loop and no stranger can make us write more. Each is a template whose first line is the subject.
"""

import hashlib
import re
from datetime import UTC, datetime, time

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from core import languages
from core import text as texts
from members.models import Member
from notifications import addresses, letters
from notifications.files import enclosing
from notifications.intake import parting
from notifications.models import Letter, MailProfile
from notifications.wrapping import wrap, wrap_text

MOST_A_DAY = 10  # explanations nobody asked for
MOST_ASKED_A_DAY = 50  # answers to commands
MOST_PARTS = 8  # mails that one long answer becomes
FOR_NUMBER = 120  # bytes that the number of a part may add to a subject
MOST_RETURNED = 60_000  # characters of a member's text that are returned in one mail
QUOTE_WIDTH = 64


def explain(case, name, *, cause, context=None, about=""):
    """Tell the member of a case what became of it, once a day; returns the letter, or None when that was enough.

    about: what a reply to it answers, where that is not the case itself.
    """
    key = f"explain:{_digest(cause)}:{case.member.pk if case.member else 0}:{timezone.now():%Y%m%d}"
    return _write(case, lambda: _rendered(case, name, context), key=key, most=MOST_A_DAY, about=about)


def is_about(letter, cause):
    """Is this the letter that explained this cause?"""
    return (letter.key or "").startswith(f"explain:{_digest(cause)}:")


def reply(case, name, context=None):
    """Answer what the member asked for in a mail: one mail of this kind for each arrival."""
    key = _asked_key(case, f"{name} {sorted((context or {}).items(), key=str)!r}")
    return _write(case, lambda: _rendered(case, name, context), key=key, most=MOST_ASKED_A_DAY)


def bring(case, subject, text, *, place, about="", shows=(), file=None):
    """Bring what the member asked for: a text, and a file with it; one mail for each arrival and place.

    about: what a reply to it answers. shows: references of what the member must still be allowed to see when the mail
    leaves. file: an `intake.told.File`. Returns the letter, or None when that was enough for a day.
    """
    return _write(
        case,
        lambda: (subject, text),
        key=_asked_key(case, place),
        most=MOST_ASKED_A_DAY,
        about=about,
        shows=sorted(shows) or None,
        file=file,
    )


def left_today(member):
    """How many more answers to commands this member gets today."""
    return MOST_ASKED_A_DAY - _told_today(member).filter(key__startswith="asked:").count()


def budget_of(member):
    """The most bytes a mail to this member may have, headers and all."""
    profile = getattr(member, "mail", None)
    return profile.size if profile else MailProfile._meta.get_field("size").default


def room_for(case, subject, frame):
    """Bytes that are left in one mail to the member of a case beside its headers and the text around (a tuple)."""
    draft = _draft(subject, "\n\n".join(frame), **_fields(case))
    return budget_of(case.member) - len(draft.raw) - FOR_NUMBER


def _asked_key(case, what):
    return f"asked:{_digest(f'{case.arrival.pk} {what}')}:{case.member.pk if case.member else 0}"


def _rendered(case, name, context):
    return render(name, {"case": case, "arrival": case.arrival, **(context or {})}, case.member)


def _write(case, make, *, key, most, **fields):
    member = case.member
    if member is None or not member.is_active:
        return None
    # One at a time for each member, or two workers would both find room for the tenth.
    Member.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=member.pk)
    told = _told_today(member)
    if told.filter(key=key).exists() or told.filter(key__startswith=f"{key.partition(':')[0]}:").count() >= most:
        return None
    subject, text = make()
    drafts = _within(budget_of(member), subject, text, _fields(case, **fields))
    for number, letter in enumerate(drafts):
        letter.key = f"{key}:{number}" if number else key
        letter.save(force_insert=True)
    return drafts[0]


def _fields(case, *, about="", shows=None, file=None):
    heard = f"<{case.arrival.message_id}>" if case.arrival.message_id else ""
    return {
        "member": case.member,
        "kind": Letter.Kind.ANSWER,
        "about": about or case.arrival.reference,
        "in_reply_to": heard,
        "references": tuple(f"<{found}>" for found in case.reading.references[-10:]) if case.reading else (),
        "shows": shows,
        "file": file,
    }


def _within(budget, subject, text, fields):
    """The mail, in as many parts as the member's budget asks for; what is beyond the last one is left out."""
    whole = _draft(subject, text, **fields)
    if len(whole.raw) <= budget or fields["file"]:
        return [whole]
    laid = wrap_text(texts.clean_text(text))
    room = budget - (len(_draft(subject, "", **fields).raw) + FOR_NUMBER)
    while True:
        pieces = parting.part(laid, room)
        count = len(pieces)
        drafts = [
            _draft(f"{subject} ({number}/{count})", piece, is_wrapped=True, **fields)
            for number, piece in enumerate(pieces[:MOST_PARTS], 1)
        ]
        # Words too long for a line make the whole larger on its way.
        if room < 1_000 or max(len(draft.raw) for draft in drafts) <= budget:
            return drafts
        room = room * 3 // 4


def _draft(subject, text, *, file=None, **fields):
    letter = letters.draft(subject=subject, text=text, **fields)
    if file:
        letter.stored = enclosing.enclose(letter.raw, file=file, boundary=f"=_f{letter.code:x}")
    return letter


def _told_today(member):
    today = datetime.combine(timezone.now().astimezone(UTC).date(), time.min, UTC)
    return Letter.objects.filter(member=member, kind=Letter.Kind.ANSWER, created_at__gte=today)


def render(name, context, member):
    """`(subject, text)` of one of our mails, in the member's language."""
    with languages.speaking(member.language), timezone.override(member.zone):
        shown = {
            "member": member,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "help_address": addresses.help_address(),
            "reply_days": addresses.REPLY_DAYS,
            **context,
        }
        page = render_to_string(f"notifications/mail/{name}.txt", shown)
    subject, _line, text = page.strip().partition("\n")
    return texts.clean_line(subject, 200), re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def quoted(text):
    """A member's own words, returned: each line marked and short enough to stay marked."""
    lines = []
    for line in texts.clean_text(text)[:MOST_RETURNED].split("\n"):
        lines += [f"> {part}" for part in wrap(line, QUOTE_WIDTH)] or [">"]
    return "\n".join(lines)


def together(notes, refused):
    """What a receipt says of several orders: what was done, then what was not, with its words to be sent again.

    refused: {reason: the lines it is the reason of}.
    """
    done = "; ".join(dict.fromkeys(filter(None, notes)))
    given_back = [f"{reason}\n{quoted(chr(10).join(lines))}" for reason, lines in refused.items()]
    return "\n\n".join(filter(None, [done, *given_back]))


def _digest(value):
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:40]
