"""Reports without a standard form: X-Failed-Recipients, a provider's JSON, flufl.bounce, plain words; in that order.

flufl.bounce knows some fifty old mail systems. It gets short lines of our own making and never the mail itself, for its
patterns take quadratic time on long lines; with these bounds the worst mail takes 0.05 s.
"""

import email.message
import json
import logging
import re

import flufl.bounce

from . import causes
from .headers import ADDRESS
from .result import Failure

MOST_TEXT = 20_000  # characters of words looked at
MOST_RECIPIENTS = 100
MOST_LINES, MOST_LINE = 300, 200  # what flufl.bounce gets to see
MOST_REASON = 400

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)  # it reports what it is about to raise


def find(mail, text):
    """[Failure] from the first way that names somebody, or []."""
    found = named(mail, text) or from_json(text) or by_flufl(mail) or by_words(mail, text)
    if len(found) == 1 and found[0].address and not (found[0].status or found[0].cause):
        words = re.split(RETURNED_WORDS, text, maxsplit=1)[0].split("\n")
        code = next((row for row in words if causes.ENHANCED.search(row) or causes.REPLY.search(row)), "")
        if code:  # it stands apart from the only address
            return [failure(found[0].address, "", found[0].action, f"{found[0].reason} {code[:MOST_REASON]}")]
    return found


def failure(address, status, action, why, is_late=False):
    """A Failure with its kind, and with the status and cause that the words `why` tell."""
    action = action or ("delayed" if is_late else "failed")
    kind = "delayed" if action == "delayed" else "failed"
    why = " ".join(why.split())[:MOST_REASON]
    status = status or causes.code(why)
    return Failure(clean(address), status, action, "", why, kind, causes.find(status, why, action))


def clean(address):
    """An address without what stands around it, in lower case."""
    return address.strip().strip("<>\"'.,;:()[]").lower()[:320]


def named(mail, text):
    """Exim and Gmail: X-Failed-Recipients."""
    people = [found[0] for value in mail.all("x-failed-recipients") for found in ADDRESS.finditer(value)]
    is_late = is_delay(mail, text)
    return [failure(address, "", "", reason(address, text), is_late) for address in people[:MOST_RECIPIENTS]]


def from_json(text):
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
        letter = _text((data.get("mail") or {}).get("commonHeaders", {}).get("messageId")).strip("<>")
        people = body.get("bouncedRecipients") or body.get("complainedRecipients") or []
        out = []
        for person in people[:MOST_RECIPIENTS]:
            address = clean(_text(person.get("emailAddress")))
            if kind.lower() == "complaint":
                out.append(Failure(address, "", "complaint", letter, "abuse", "complaint", "complaint"))
                continue
            status, why = _text(person.get("status"))[:12], _text(person.get("diagnosticCode"))
            passing = str(body.get("bounceType", "")).lower() == "transient" and not status
            cause = "passing" if passing else causes.find(status, why)
            out.append(Failure(address, status, "failed", letter, why, "failed", cause))
        return out
    except (ValueError, RecursionError, AttributeError, TypeError):
        return []


def _text(value):
    """JSON can hold halves of characters, which no database takes."""
    return str(value or "")[:MOST_REASON].encode("utf-8", "replace").decode("utf-8")


def by_flufl(mail):
    """What flufl.bounce finds in a small copy of the mail: its texts as lines cut short."""
    try:
        delayed, failed = flufl.bounce.all_failures(_copy(mail))
    except Exception:  # a library of heuristics meets any mail; where it fails, plain words decide
        return []
    text = mail.text()[:MOST_TEXT]
    found = [
        (address, action)
        for action, people in (("failed", failed), ("delayed", delayed - failed))
        for address in sorted(one.decode("ascii", "replace") for one in people)[:MOST_RECIPIENTS]
        if "@" in address
    ]
    own = re.split(RETURNED_FIELDS, text, maxsplit=1)[0].lower()
    named = [one for one in found if one[0].lower() in own]  # others stand in what came back alone
    is_late = is_delay(mail, text)
    out = [(address, action, reason(address, text)) for address, action in named or found]
    return [
        failure(address, "", "" if is_late and not causes.code(why).startswith("5") else action, why, is_late)
        for address, action, why in out
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
        if part.type in ("text/plain", "text/html"):
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


def by_words(mail, text):
    """The addresses that head a paragraph each, or the first: programs name the one that failed before all others."""
    words = re.split(RETURNED_WORDS, text, maxsplit=1)[0]
    own = {mail.from_address, *(found[0].lower() for found in ADDRESS.finditer(mail.header("to")))}
    heads = [found[1] for found in PARAGRAPH.finditer(words)]
    seen = []
    for found in heads or IN_WORDS.findall(words) or ADDRESS.findall(words):
        address = clean(found)
        if address not in own and address not in seen and "@" in address and not NOT_A_PERSON.match(address):
            seen.append(address)
    seen = seen[: MOST_RECIPIENTS if heads else 1]
    return [failure(address, "", "", reason(address, words), is_delay(mail, text)) for address in seen]


RETURNED_FIELDS = re.compile(r"(?im)^(?:received|return-path|message-id|dkim-signature)\s?:.{0,300}$")
PARAGRAPH = re.compile(r"(?m)^\s{0,4}<([^<>\s@]{1,128}@[^<>\s@]{1,255})>:(?=\s)")
# In languages without spaces an address stands amid letters.
IN_WORDS = re.compile(
    r"(?<![A-Za-z0-9.\u00c0-\u06ff])[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?"
)
RETURNED_WORDS = re.compile(
    r"(?im)^.{0,40}(?:original message|(?:this is )?a copy of (?:the|your) (?:message|mail)|below this line|"
    r"returned message|message (?:header|text|body) follow|unsent message|(?:message|return)[- ]headers|含原邮件|"
    r"原始邮件|исходное (?:сообщение|письмо)).{0,60}$"
)
NOT_A_PERSON = re.compile(
    r"(?:post[-_]?master|mailer-daemon|abuse|support|help(?:desk)?|no-?reply|info|webmaster|bounces?[+-])\b"
)


def reason(address, text):
    """The words around an address, or the first line that has a code; one paragraph at most."""
    own = re.split(RETURNED_WORDS, text, maxsplit=1)[0]
    rows = (own if address and address in own.lower() else text).split("\n")
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


def is_delay(mail, text):
    """True when subject or words say that the other server goes on trying."""
    return bool(DELAY.search(mail.subject)) or bool(DELAY_TEXT.search(text[:3_000]))


DELAY = re.compile(
    r"delay|warning:? (?:message|mail|could not|delivery)|delivery .{0,30}warning|still being (?:re)?tried|отложен|"
    r"задерж|retard|retrasad|verzöger|延迟|延遲|تأخ",
    re.IGNORECASE,
)
DELAY_TEXT = re.compile(
    r"this is a warning message only|you do not need to resend|no action is required on your part|"
    r"will (?:be retried|keep trying|continue to (?:try|attempt))|still trying to deliver|"
    r"has not yet been delivered|delivery attempts will continue",
    re.IGNORECASE,
)
