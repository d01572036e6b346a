"""Letters are written here: `compose` makes one mail, its headers and exact bytes, and puts it into the outbox.

What is stored is what is sent, however often that is tried. From and Reply-To are the letter's own reply address, so
that an answer names the letter it answers and DMARC passes whoever wrote the text ("Bob via Plenary").
"""

from email import message_from_bytes, policy
from email.utils import parseaddr

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import tokens
from core.text import clean_text
from notifications import addresses, wire
from notifications.models import Letter
from notifications.models.letters import new_code
from notifications.wrapping import wrap_text

LOOP_HEADER = "X-Alphorn-Loop"
ONE_CLICK = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
MOST_TIMES = 200  # that a passage is taken out of one letter
DIGESTS, WORKSPACE, THREAD = 0, 1, 2  # what a one-click link stops
PRIORITY = {
    Letter.Kind.NOTICE: Letter.Priority.NEXT,
    Letter.Kind.ANSWER: Letter.Priority.NEXT,
    Letter.Kind.POST: Letter.Priority.SOON,
    Letter.Kind.ISSUE: Letter.Priority.BULK,
}


def compose(*, key=None, **fields):
    """Write one letter into the outbox and return it; a key that was used before returns that letter again.

    `fields` are those of `draft`. Raises ValueError for an address that no mail header can carry.
    """
    if key and (earlier := Letter.objects.filter(key=key).first()):
        return earlier
    letter = draft(key=key, **fields)
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        if key and (earlier := Letter.objects.filter(key=key).first()):
            return earlier
        raise
    return letter


def draft(
    *,
    subject,
    text,
    html=None,
    member=None,
    recipient=None,
    kind=Letter.Kind.NOTICE,
    about="",
    workspace=None,
    thread=None,
    sender_name="",
    sender="",
    in_reply_to="",
    references=(),
    priority=None,
    key=None,
    code=None,
    is_wrapped=False,
    at=None,
    shows=None,
):
    """A letter that is not stored yet, for those who store many at once.

    member or recipient (an address): who gets it. about: what a reply to it answers ("post:812"). sender_name: who
    wrote it; with a workspace they are shown as "Bob via Plenary". sender: an address instead of the reply address,
    for notices nobody answers. thread: what one click stops, where it is not the workspace's mail. code: the
    letter's code, where it had to be known before. is_wrapped: the text is laid out in lines already. shows: what its
    reader must still be allowed to see when it leaves (notifications/shows.py).
    """
    code = code or new_code()
    at = at or timezone.now()
    recipient = recipient or member.email
    message_id = addresses.message_id(code, about)
    headers = [
        *_people(code, sender_name, sender, workspace, recipient, member),
        wire.text_header("Subject", subject),
        wire.date_header(at),
        wire.header("Message-ID", message_id),
        *_place(in_reply_to, references),
        *_list(code, kind, member, workspace, thread),
        *_machine(kind),
    ]
    text = (text if is_wrapped else wrap_text(clean_text(text))).rstrip("\n") + "\n"
    raw = wire.message(headers, text=text, html=html, boundary=f"=_{code:x}")
    return Letter(
        code=code,
        member=member,
        kind=kind,
        priority=PRIORITY[kind] if priority is None else priority,
        about=about,
        shows=shows,
        recipient=recipient,
        domain=domain_of(recipient),
        sender=addresses.bounce(code),
        subject=subject[:400],
        message_id=message_id,
        stored=raw,
        key=key,
        due_at=min(at, timezone.now()),  # `at` may be a pretended future
        created_at=at,
    )


def of_issue(*, member, subject, code, at, stop, part=1, first=None):
    """The letter of one part of an issue, not stored yet; it stores the header lines that are its own.

    The lines that all readers of an edition share are those of `issue_head`. stop: see `stop_url`; first: the letter
    of the first part, under which mail programs show the others.
    """
    reply, message_id = addresses.reply(code), addresses.message_id(code, "issue")
    own = "".join(
        (
            wire.address_header("From", settings.SITE_NAME, reply),
            wire.address_header("To", member.name, member.email),
            f"Reply-To: <{reply}>\r\n",
            wire.text_header("Subject", subject),
            wire.date_header(at),
            f"Message-ID: {message_id}\r\n",
            *(_place(first.message_id, ()) if first else ()),
            f"List-Post: <mailto:{reply}>\r\n",
            f"List-Unsubscribe: <mailto:{reply}?subject=STOP>,\r\n <{stop}>\r\n",
        )
    )
    return Letter(
        code=code,
        member=member,
        kind=Letter.Kind.ISSUE,
        priority=PRIORITY[Letter.Kind.ISSUE],
        about="issue",
        recipient=member.email,
        domain=domain_of(member.email),
        sender=addresses.bounce(code),
        subject=subject[:400],
        message_id=message_id,
        part=part,
        stored=own.encode("ascii"),
        due_at=min(at, timezone.now()),  # `at` may be a pretended future
        created_at=at,
    )


def issue_head():
    """The header lines of an issue that are the same for every reader."""
    return "".join(
        (
            wire.address_header("List-Id", settings.SITE_NAME, f"@digest.{settings.REPLY_DOMAIN}").replace("<@", "<"),
            wire.header("List-Help", f"<mailto:{addresses.help_address()}?subject=HELP>"),
            ONE_CLICK,
            *_machine(Letter.Kind.ISSUE),
        )
    )


def can_write_to(address):
    """Is this an address that a header of ours can carry?"""
    try:
        return all(wire.plain_address(address).rpartition("@"))
    except ValueError:
        return False


def domain_of(recipient):
    """The domain a letter goes to, each of which has its own pace."""
    return recipient.rpartition("@")[2].lower()[:253]


def text_of(letter):
    """The plain text of a letter as it was sent, for reading an answer against it."""
    if letter.part and letter.issue:
        return letter.issue.text_of(letter.part)
    body = message_from_bytes(bytes(letter.raw), policy=policy.default).get_body(("plain", "html"))
    return body.get_content().replace("\r\n", "\n") if body else ""


def without(letter, passage, instead):
    """The bytes of a letter of plain text with other words for a passage, however that is wrapped in it; None where it
    does not stand there, b"" where it does all over.
    """
    text, gone = text_of(letter), "".join(char for char in passage if _is_of_words(char))
    places = [place for place, char in enumerate(text) if _is_of_words(char)]
    joined, kept, begins, count = "".join(text[place] for place in places), [], 0, 0
    at = joined.find(gone) if gone else -1
    while at >= 0 and count <= MOST_TIMES:
        kept += [text[begins : places[at]], instead]
        begins, count = places[at + len(gone) - 1] + 1, count + 1
        at = joined.find(gone, at + len(gone))
    if not kept or count > MOST_TIMES:
        return b"" if kept else None
    head = letter.raw.decode().partition(wire.MIME)[0]
    return wire.message([head], text=wrap_text("".join([*kept, text[begins:]])), boundary=letter.boundary)


def _is_of_words(char):
    """Not of the line ends and marks of quotation between them."""
    return not char.isspace() and char != ">"


def stop_url(*, member_id, kind=DIGESTS, pk=0):
    """The web address that stops one kind of mail with one click (RFC 8058); valid for as long as it is true."""
    token = tokens.mail_token("stop", member_id << 34 | pk << 2 | kind)
    return f"{settings.SITE_URL}/mail/stop/{token}/"


def read_stop_token(token):
    """(member's id, kind, id) of a stop link, or None when it was not made here."""
    packed = tokens.read_mail_token("stop", token)
    return None if packed is None else (packed >> 34, packed & 3, packed >> 2 & 0xFFFFFFFF)


def _people(code, sender_name, sender, workspace, recipient, member):
    to = wire.address_header("To", member.name if member else "", recipient)
    if sender:
        return [wire.address_header("From", *parseaddr(sender)), to]
    place = workspace.shown_name if workspace else settings.SITE_NAME
    shown = _("%(name)s via %(place)s") % {"name": sender_name, "place": place} if sender_name else place
    reply = addresses.reply(code)
    return [wire.address_header("From", shown, reply), to, wire.header("Reply-To", f"<{reply}>")]


def _place(in_reply_to, references):
    """Where clients put it among other mails."""
    references = list(dict.fromkeys([*references, *([in_reply_to] if in_reply_to else [])]))[-20:]
    lines = [wire.header("In-Reply-To", _message_ids([in_reply_to]))] if in_reply_to else []
    return lines + ([wire.header("References", _message_ids(references))] if references else [])


def _message_ids(values):
    """Message-IDs that came from outside cannot bring a line end, a space or anything but ASCII with them."""
    return " ".join("".join(sign for sign in value if "!" <= sign <= "~")[:300] for value in values)


def _list(code, kind, member, workspace, thread):
    """RFC 2369, 2919 and 8058: what mail programs make their own buttons from."""
    if kind not in (Letter.Kind.POST, Letter.Kind.ISSUE) or member is None:
        return []
    domain, reply = settings.REPLY_DOMAIN, addresses.reply(code)
    if workspace:
        list_id = wire.address_header("List-Id", workspace.name, f"@{workspace.slug}.{domain}").replace("<@", "<")
        post, stop_mail = addresses.of_workspace(workspace.slug), addresses.of_workspace(workspace.slug, "none")
        link = stop_url(member_id=member.pk, kind=WORKSPACE, pk=workspace.pk)
        if thread:
            link = stop_url(member_id=member.pk, kind=THREAD, pk=thread.pk)
            stop_mail = f"{reply}?subject=STOP"
    else:
        list_id = wire.address_header("List-Id", settings.SITE_NAME, f"@digest.{domain}").replace("<@", "<")
        post, stop_mail = reply, f"{reply}?subject=STOP"
        link = stop_url(member_id=member.pk)
    return [
        list_id,
        wire.header("List-Post", f"<mailto:{post}>"),
        wire.header("List-Help", f"<mailto:{addresses.help_address()}?subject=HELP>"),
        wire.header("List-Unsubscribe", f"<mailto:{stop_mail}>, <{link}>"),
        ONE_CLICK,
    ]


def _machine(kind):
    """What tells other programs that a program wrote this, so that they do not answer (RFC 3834 section 5)."""
    lines = [
        f"Auto-Submitted: {'auto-replied' if kind == Letter.Kind.ANSWER else 'auto-generated'}\r\n",
        "X-Auto-Response-Suppress: All\r\n",  # Exchange looks at this one
        wire.header(LOOP_HEADER, settings.REPLY_DOMAIN),
    ]
    if kind in (Letter.Kind.POST, Letter.Kind.ISSUE):
        lines.append("Precedence: list\r\n")
    return lines
