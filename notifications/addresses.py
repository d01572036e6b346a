"""The addresses of EMAIL.md section 3: made here, read here, nowhere else.

A reply address carries the code of the letter it answers, signed; the letter knows its member and its issue.
"""

from dataclasses import dataclass
from email.utils import formataddr

from django.conf import settings

from core import tokens

REPLY_DAYS = 180
WORKSPACE_DEEDS = ("join", "leave", "each", "daily", "weekly", "monthly", "none", "moderators")


@dataclass(frozen=True)
class Address:
    """What an address at our domain means: `kind` is reply, bounce, workspace, help, or unknown."""

    kind: str
    code: int | None = None  # of the letter, for reply and bounce
    slug: str = ""  # of the workspace
    deed: str = ""  # what to do there; empty to start a thread


def reply(code):
    """Where an answer to a letter goes."""
    return f"reply+{tokens.mail_token('reply', code)}@{settings.REPLY_DOMAIN}"


def bounce(code):
    """The envelope sender of a letter, so that a bounce names it (VERP)."""
    return f"bounce+{tokens.mail_token('bounce', code)}@{settings.REPLY_DOMAIN}"


def of_workspace(slug, deed=""):
    """Where a mail starts a thread, or does a deed such as `leave`."""
    return f"{slug}+{deed}@{settings.REPLY_DOMAIN}" if deed else f"{slug}@{settings.REPLY_DOMAIN}"


def help_address():
    return f"help@{settings.REPLY_DOMAIN}"


def message_id(code, about=""):
    """The Message-ID of a letter: stable, for it is made from the letter's code."""
    return f"<{about.replace(':', '.') or 'letter'}.{code:x}@{settings.REPLY_DOMAIN}>"


def discussion_id(thread):
    """The Message-ID that all letters about a thread refer to, so that mail programs show them together."""
    return f"<thread.{thread.pk}@{settings.REPLY_DOMAIN}>"


def named(name, address):
    """`Name <address>` for a header, the name encoded where it must be."""
    return formataddr((name, address))


def parse(address):
    """Read an address at our domain; of unknown kind when it is not ours, forged, or means nothing."""
    local, at, domain = address.strip().strip("<>").rpartition("@")
    if not at or domain.lower() != settings.REPLY_DOMAIN.lower():
        return Address("unknown")
    local = local.lower()
    for kind in ("reply", "bounce"):
        for mark in "+-":  # some hosts do not let a plus through
            if local.startswith(kind + mark):
                code = tokens.read_mail_token(kind, local[len(kind) + 1 :])
                return Address("unknown") if code is None else Address(kind, code=code)
    if local in ("help", "postmaster"):
        return Address("help")
    slug, plus, deed = local.partition("+")
    if plus and deed not in WORKSPACE_DEEDS:
        return Address("unknown")
    return Address("workspace", slug=slug, deed=deed)
