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
from notifications.models import Letter
from notifications.wrapping import wrap

MOST_A_DAY = 10  # explanations nobody asked for
MOST_ASKED_A_DAY = 50  # answers to commands
MOST_RETURNED = 60_000  # characters of a member's text that are returned in one mail
QUOTE_WIDTH = 64


def explain(case, name, *, cause, context=None):
    """Tell the member of a case what became of it, once a day; returns the letter, or None when that was enough."""
    return _write(case, name, context or {}, key=f"explain:{_digest(cause)}", most=MOST_A_DAY)


def reply(case, name, context=None):
    """Answer what the member asked for in a mail: one mail of this kind for each arrival."""
    key = f"asked:{_digest(f'{case.arrival.pk} {name} {sorted((context or {}).items(), key=str)!r}')}"
    return _write(case, name, context or {}, key=key, most=MOST_ASKED_A_DAY)


def _write(case, name, context, *, key, most):
    member, arrival = case.member, case.arrival
    if member is None or not member.is_active:
        return None
    prefix = key.partition(":")[0]
    key = f"{key}:{member.pk}"
    if prefix == "explain":
        key = f"{key}:{timezone.now():%Y%m%d}"
    # One at a time for each member, or two workers would both find room for the tenth.
    Member.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=member.pk)
    today = datetime.combine(timezone.now().astimezone(UTC).date(), time.min, UTC)
    told = Letter.objects.filter(member=member, kind=Letter.Kind.ANSWER, created_at__gte=today)
    if told.filter(key=key).exists() or told.filter(key__startswith=f"{prefix}:").count() >= most:
        return None
    subject, text = render(name, {"case": case, "arrival": arrival, **context}, member)
    heard = f"<{arrival.message_id}>" if arrival.message_id else ""
    return letters.compose(
        member=member,
        subject=subject,
        text=text,
        kind=Letter.Kind.ANSWER,
        about=arrival.reference,
        in_reply_to=heard,
        references=tuple(f"<{found}>" for found in case.reading.references[-10:]) if case.reading else (),
        key=key,
    )


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


def _digest(value):
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:40]
