"""What a report on a letter says: each recipient that failed, how and why.

The standard forms (RFC 3464, RFC 6533 for addresses beyond ASCII, RFC 5965 for complaints) are read here, with the
standard library's reader of header fields. What has no such form is for `wordings`.
"""

import email.parser
import re

from . import causes, charsets, wordings
from .headers import ADDRESS
from .result import Failure
from .wordings import MOST_RECIPIENTS, MOST_TEXT

MOST_REPORT = 200_000  # bytes of a report's fields

STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
RETURNED_TYPES = (
    "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers",
    "text/rfc822",
)  # fmt: skip
NO_COMPLAINTS = ("not-spam", "auth-failure")  # RFC 6430, RFC 6591
NOT_FAILED = ("delivered", "relayed", "expanded")

FIELDS_IN_TEXT = re.compile(r"(?im)^(?:final-recipient|original-recipient|diagnostic-code)\s{0,3}:")
CODE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
ORIGINAL_ID = re.compile(rb"(?im)^[ >\t]{0,8}(?:original-)?message-id:\s{0,20}<([^<>\s]{1,900})>")
OWN = re.compile(r"(?i)(?<![\w.+-])(?:bounce|reply)[+-][a-z2-7]{12,60}@[^\s<>\"',;:()\[\]]{1,200}")
HOTMAIL = re.compile(r"complaint about message from\b", re.IGNORECASE)
ARRIVED_AT = ("x-original-to", "delivered-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to", "cc")


def is_complaint(mail):
    """RFC 5965, or the form that Hotmail sent before it."""
    kind = mail.params.get("report-type", "").lower()
    if "feedback-report" in kind or "message/feedback-report" in mail.types:
        return True
    return bool(HOTMAIL.match(mail.subject)) and "message/rfc822" in mail.types and "@hotmail" in mail.from_address


def failures(mail):
    """[Failure] of a mail that is known to be a report: at least one, even if it only says that something failed.

    None for reports in the form of complaints that are none: that a mail was no spam, or did not pass DMARC.
    """
    text = mail.text()[:MOST_TEXT]
    if is_complaint(mail):
        return _complete(mail, _complaint(mail))
    found = _standard(mail, text) or wordings.find(mail, text)
    return _complete(
        mail,
        found
        or [wordings.failure("", causes.code(text), "", wordings.reason("", text), wordings.is_delay(mail, text))],
    )


def says_only_delivered(mail):
    """True when a standard report speaks of nothing but success."""
    actions = [block["action"] for part in mail.parts if part.type in STATUS_TYPES for block in _blocks(part)]
    told = [action for action in actions if action]
    return bool(told) and all(action.startswith(NOT_FAILED) for action in told)


def _complete(mail, found):
    """Each with the letter it is about; one for each address, the worse of two."""
    came_back = _returned(mail)
    letter, own = _original_id(mail, came_back), _own_address(mail, came_back)
    by_address = {}
    for failure in found[:MOST_RECIPIENTS]:
        other = by_address.get(failure.address)
        if other is None or (failure.is_hard, bool(failure.status)) > (other.is_hard, bool(other.status)):
            by_address[failure.address] = failure
    return [
        Failure(
            failure.address, failure.status, failure.action, failure.message_id or letter, failure.reason, failure.kind,
            failure.cause, own,
        )
        for failure in by_address.values()
    ]  # fmt: skip


# -- The standard form ------------------------------------------------------------------------------------


def _standard(mail, text):
    parts = [part.data()[:MOST_REPORT] for part in mail.parts if part.type in STATUS_TYPES]
    if not parts and mail.types[:1] == ["multipart/report"]:  # a gateway changed the type of the part
        files = [part.data()[:MOST_REPORT] for part in mail.parts[1:5] if part.type not in RETURNED_TYPES]
        parts = [data for data in files if FIELDS_IN_TEXT.search(data[:4_000].decode("latin-1"))]
    if not parts and FIELDS_IN_TEXT.search(text):
        parts = [text[FIELDS_IN_TEXT.search(text).start() :].encode("utf-8", "replace")]
    found = []
    for data in parts:
        for block in _blocks(data):
            if not (block["address"] or block["status"] or block["action"]):
                continue
            if block["action"].startswith(NOT_FAILED) and not block["status"].startswith(("4", "5")):
                continue
            action = "failed" if block["action"].startswith(("fail", "error")) else block["action"][:20]
            reason = block["reason"] or wordings.reason(block["address"], text)
            found.append(wordings.failure(block["address"], block["status"], action, reason))
    with_address = [failure for failure in found if failure.address]
    if found and not with_address:
        named = wordings.named(mail, text) or wordings.by_flufl(mail) or wordings.by_words(mail, text)
        return [
            wordings.failure(other.address, found[0].status, found[0].action, found[0].reason or other.reason)
            for other in named
        ] or found
    return with_address


def _blocks(part):
    """The groups of fields of a delivery-status part (RFC 3464 section 2.1); the first is about the whole letter."""
    data = part if isinstance(part, bytes) else part.data()[:MOST_REPORT]
    for piece in re.split(rb"\n[ \t]*\n", data.strip(), maxsplit=MOST_RECIPIENTS + 1)[: MOST_RECIPIENTS + 1]:
        try:
            fields = email.parser.BytesHeaderParser().parsebytes(piece.lstrip()[:16_000])
        except (ValueError, LookupError, TypeError, AttributeError, IndexError):
            continue
        yield {
            "address": _recipient(fields),
            "status": next(iter(CODE.findall(_field(fields, "status"))), ""),
            "action": _field(fields, "action").lower().strip(" <>"),
            "reason": _field(fields, "diagnostic-code").partition(";")[2].strip() or _field(fields, "diagnostic-code"),
        }


def _field(fields, name):
    """Text of one field, its bytes beyond ASCII decoded."""
    return next(iter(_fields(fields, name)), "")


def _fields(fields, name):
    values = [value[:4_000] for key, value in fields.raw_items() if key.lower() == name][:MOST_RECIPIENTS]
    return [" ".join(charsets.decode(value.encode("utf-8", "surrogateescape")).split()) for value in values]


def _recipient(fields):
    """The address of `rfc822; a@b` or `utf-8; ...` (RFC 6533); the final one is who failed, unless it is only local."""
    for name in ("final-recipient", "original-recipient", "x-actual-recipient"):
        kind, semicolon, value = _field(fields, name).partition(";")
        value = value if semicolon else kind
        if "utf-8" in kind.lower():
            value = ESCAPED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), value)
            value = value.encode("utf-8", "replace").decode("utf-8")
        address = ADDRESS.search(value.strip().strip("<>"))
        if address:
            return address[0]
    return ""


# -- Complaints -------------------------------------------------------------------------------------------


def _complaint(mail):
    """One Failure of kind complaint for each recipient named; many providers name none, and the letter tells who."""
    addresses, why = [], ""
    for part in mail.parts:
        if part.type == "message/feedback-report":
            try:
                fields = email.parser.BytesHeaderParser().parsebytes(part.data()[:MOST_REPORT].lstrip())
            except (ValueError, LookupError, TypeError, AttributeError, IndexError):
                continue
            why = why or _field(fields, "feedback-type").lower()
            if why in NO_COMPLAINTS:
                return []
            for name in ("original-rcpt-to", "removal-recipient"):
                for value in _fields(fields, name):
                    addresses += [found[0] for found in ADDRESS.finditer(value)]
    if not addresses:
        head = _returned(mail)[:20_000].partition(b"\n\n")[0]
        named = re.findall(rb"(?im)^(?:x-hmxmroriginalrecipient|x-rcpt-to|x-original-to|to):\s{0,9}(.{1,400})$", head)
        addresses = [found[0] for value in named for found in ADDRESS.finditer(charsets.decode(value))][:1]
    return [
        Failure(wordings.clean(address), "", "complaint", "", why or "abuse", "complaint", "complaint")
        for address in addresses or [""]
    ]


# -- The letter it is about -------------------------------------------------------------------------------


def _returned(mail):
    """Bytes of the letter that came back, or of its head."""
    return b"\n".join(
        (part.data() if part.header("content-transfer-encoding") else part.body)[:MOST_TEXT]
        for part in mail.parts
        if part.type in RETURNED_TYPES
    )


def _original_id(mail, came_back):
    found = ORIGINAL_ID.search(came_back)
    if not found:
        rows = mail.text()[: MOST_TEXT * 4].encode("utf-8", "replace")
        found = next(
            (one for one in ORIGINAL_ID.finditer(rows) if one[1].decode("utf-8", "replace") != mail.message_id), None
        )
    if found:
        return found[1].decode("utf-8", "replace")
    return mail.in_reply_to or next(iter(mail.references[-1:]), "")


def _own_address(mail, came_back):
    """VERP: the report was sent to the envelope sender of the letter; or it stands in the letter's own fields."""
    for name in ARRIVED_AT:
        for value in mail.all(name)[:10]:
            found = OWN.search(value[:2_000])
            if found:
                return found[0].lower()
    found = OWN.search(charsets.decode(came_back[:MOST_TEXT])) or OWN.search(mail.text()[:MOST_TEXT])
    return found[0].lower() if found else ""
