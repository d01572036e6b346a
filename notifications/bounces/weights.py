"""How much a failure says of an address: hard when nobody is there, soft when it may pass, nothing when it is late.

What a failure means is found out by `reading.causes`, for reports by mail, refusals at the door and providers alike.
"""

from notifications.reading import causes
from notifications.reading.result import Failure

HARD, SOFT, NOTHING = "hard", "soft", ""
# RFC 5321 section 4.2.3 and RFC 4954: the dialogue failed, or we may not send at all; no fault of the recipient's.
_OUR_OWN = frozenset((500, 501, 502, 503, 504, 530, 534, 535, 538, 555))


def weigh(failure):
    """HARD, SOFT or NOTHING for a `reading.result.Failure`."""
    if failure.kind != "failed" or failure.action in ("delayed", "delivered", "relayed", "expanded"):
        return NOTHING
    return HARD if failure.is_hard else SOFT


def of_words(*, status="", text="", kind="failed"):
    """The Failure that a server's words tell of; `status` as in RFC 3463 where it is known."""
    status = status or causes.code(text)
    return Failure(status=status, reason=text, kind=kind, cause=causes.find(status, text))


def weigh_refusal(code, text):
    """HARD, SOFT or NOTHING for a refusal at the door: the SMTP code, and the words after it."""
    found = of_words(text=f"{code} {text}")
    if not 500 <= code < 600 or code in _OUR_OWN or found.status.startswith("5.5."):
        return NOTHING
    return weigh(found)
