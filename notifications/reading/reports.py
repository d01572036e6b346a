"""What a report on a letter says: each recipient that failed, how and why.

The standard forms (RFC 3464, RFC 6533 for addresses beyond ASCII, RFC 5965 for complaints) are read with the standard
library. Then a provider's JSON, then flufl.bounce, which knows some fifty old mail systems, then plain words. Each step
sees bounded input: flufl.bounce gets short lines of our own making and never the mail itself, for its patterns take
quadratic time on long lines.
"""

import email.message
import email.parser
import json
import logging
import re

import flufl.bounce

from . import causes, charsets
from .headers import ADDRESS
from .result import Failure

MOST_TEXT = 20_000  # characters of words looked at
MOST_REPORT = 200_000  # bytes of a report's fields
MOST_RECIPIENTS = 100
MOST_LINES, MOST_LINE = 300, 200  # what flufl.bounce gets to see
MOST_REASON = 400

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
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)  # it reports what it is about to raise


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
    found = _standard(mail, text) or _named(mail, text) or _json(text) or _by_flufl(mail) or _by_words(mail, text)
    return _complete(mail, found or [_failure("", causes.code(text), "", _reason("", text), _is_delay(mail, text))])


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


def _failure(address, status, action, reason, is_delay=False):
    action = action or ("delayed" if is_delay else "failed")
    kind = "delayed" if action == "delayed" else "failed"
    reason = " ".join(reason.split())[:MOST_REASON]
    status = status or causes.code(reason)
    return Failure(_clean(address), status, action, "", reason, kind, causes.find(status, reason, action))


def _clean(address):
    return address.strip().strip("<>\"'.,;:()[]").lower()[:320]


# -- The standard form ------------------------------------------------------------------------------------


def _standard(mail, text):
    parts = [part.data()[:MOST_REPORT] for part in mail.parts if part.type in STATUS_TYPES]
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
            reason = block["reason"] or _reason(block["address"], text)
            found.append(_failure(block["address"], block["status"], action, reason))
    with_address = [failure for failure in found if failure.address]
    if found and not with_address:
        named = _named(mail, text) or _by_flufl(mail) or _by_words(mail, text)
        return [
            _failure(other.address, found[0].status, found[0].action, found[0].reason or other.reason)
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
        Failure(_clean(address), "", "complaint", "", why or "abuse", "complaint", "complaint")
        for address in addresses or [""]
    ]


# -- Other forms ------------------------------------------------------------------------------------------


def _named(mail, text):
    """Exim and Gmail: X-Failed-Recipients."""
    named = [found[0] for value in mail.all("x-failed-recipients") for found in ADDRESS.finditer(value)]
    return [
        _failure(address, "", "", _reason(address, text), _is_delay(mail, text)) for address in named[:MOST_RECIPIENTS]
    ]


def _json(text):
    """What Amazon's mail service sends of bounces and complaints."""
    start = text.find("{")
    if "notificationType" not in text and "eventType" not in text:
        return []
    try:
        data = json.JSONDecoder(strict=False).raw_decode(text[start:])[0]
        if "Message" in data:  # a mail of Amazon's notification service, with the report as a string in it
            data = json.loads(data["Message"], strict=False)
        kind = str(data.get("notificationType") or data.get("eventType"))
        body = data.get(kind.lower()) or {}
        letter = str((data.get("mail") or {}).get("commonHeaders", {}).get("messageId", "")).strip("<>")
        people = body.get("bouncedRecipients") or body.get("complainedRecipients") or []
        out = []
        for person in people[:MOST_RECIPIENTS]:
            address = _clean(str(person.get("emailAddress", "")))
            if kind.lower() == "complaint":
                out.append(Failure(address, "", "complaint", letter, "abuse", "complaint", "complaint"))
                continue
            status, reason = str(person.get("status", ""))[:12], str(person.get("diagnosticCode", ""))[:MOST_REASON]
            passing = str(body.get("bounceType", "")).lower() == "transient" and not status
            cause = "passing" if passing else causes.find(status, reason)
            out.append(Failure(address, status, "failed", letter, reason, "failed", cause))
        return out
    except (ValueError, RecursionError, AttributeError, TypeError):
        return []


def _by_flufl(mail):
    """What flufl.bounce finds in a small copy of the mail: its texts as lines cut short."""
    try:
        delayed, failed = flufl.bounce.all_failures(_copy(mail))
    except Exception:  # a library of heuristics meets any mail; where it fails, plain words decide
        return []
    text = mail.text()[:MOST_TEXT]
    return [
        _failure(address, "", action, _reason(address, text))
        for action, found in (("failed", failed), ("delayed", delayed - failed))
        for address in sorted(one.decode("ascii", "replace") for one in found)[:MOST_RECIPIENTS]
        if "@" in address
    ]


def _copy(mail):
    """An email.message.Message with the fields and texts that flufl.bounce asks for."""
    copy = email.message.Message()
    for name in ("from", "to", "subject", "x-mailer", "x-failed-recipients"):
        if mail.has(name):
            copy[name] = mail.header(name)[:500]
    left = MOST_LINES
    texts = []
    for part in mail.parts[:10]:
        if part.type.startswith("text/") and part.type not in RETURNED_TYPES:
            rows = part.text()[:MOST_TEXT].split("\n")[:left]
            left -= len(rows)
            texts.append((part.type, "\n".join(row[:MOST_LINE] for row in rows) + "\n"))
    if len(texts) <= 1 and not (mail.types and mail.types[0].startswith("multipart/")):
        copy["Content-Type"] = "text/plain"
        copy.set_payload(texts[0][1] if texts else "")
        return copy
    copy["Content-Type"] = (
        mail.types[0] if re.fullmatch(r"multipart/[a-z0-9.-]{1,40}", mail.types[0]) else "multipart/mixed"
    )
    for kind, text in texts:
        piece = email.message.Message()
        piece["Content-Type"] = "text/html" if kind == "text/html" else "text/plain"
        piece.set_payload(text)
        copy.attach(piece)
    return copy


def _by_words(mail, text):
    """The first address in the report's own words; programs name the one that failed before all others."""
    words = re.split(RETURNED_WORDS, text, maxsplit=1)[0]
    own = {mail.from_address, *(found[0].lower() for found in ADDRESS.finditer(mail.header("to")))}
    seen = []
    for found in ADDRESS.finditer(words):
        address = _clean(found[0])
        if address not in own and address not in seen and "@" in address and not NOT_A_PERSON.match(address):
            seen.append(address)
    is_delay = _is_delay(mail, text)
    return [_failure(address, "", "", _reason(address, words), is_delay) for address in seen[:1]]


RETURNED_WORDS = re.compile(
    r"(?im)^.{0,40}(?:original message|(?:this is )?a copy of (?:the|your) (?:message|mail)|below this line|"
    r"returned message|message (?:header|text|body) follow|unsent message|(?:message|return)[- ]headers|含原邮件|"
    r"原始邮件|исходное (?:сообщение|письмо)).{0,60}$"
)
NOT_A_PERSON = re.compile(
    r"(?:post[-_]?master|mailer-daemon|abuse|support|help(?:desk)?|no-?reply|info|webmaster|bounces?[+-])\b"
)


def _reason(address, text):
    """The words around an address, or the first line that has a code; one paragraph at most."""
    rows = text.split("\n")
    local = address.partition("@")[0]
    at = next((index for index, row in enumerate(rows) if address and address in row.lower()), None)
    if at is None and len(local) > 2:
        at = next((index for index, row in enumerate(rows) if local in row.lower()), None)
    if at is None:
        at = next(
            (index for index, row in enumerate(rows) if causes.ENHANCED.search(row) or causes.REPLY.search(row)), None
        )
    if at is None:
        return " ".join(" ".join(rows[:30]).split())[:1_500] if not address else ""
    out = []
    for row in rows[at : at + 16]:
        if out and address and ADDRESS.search(row[:MOST_REASON]) and local not in row.lower():
            break  # the next recipient
        if row.strip():
            out.append(row.strip()[:MOST_REASON])
        elif out and (causes.code(words := " ".join(out)) or causes.find("", words)):
            break
    return " ".join(out)


def _is_delay(mail, text):
    return bool(DELAY.search(mail.subject)) or bool(DELAY_TEXT.search(text[:3_000]))


DELAY = re.compile(
    r"delay|warning|still being (?:re)?tried|отложен|задерж|retard|retrasad|verzöger|延迟|延遲|تأخ", re.IGNORECASE
)
DELAY_TEXT = re.compile(
    r"this is a warning message only|you do not need to resend|no action is required on your part|"
    r"will (?:be retried|keep trying|continue to (?:try|attempt))|still trying to deliver|"
    r"has not (?:yet )?been delivered|delivery attempts will continue",
    re.IGNORECASE,
)


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
