"""Whom a mail is for and who sent it, told from its header, where no mail server says so at the door."""

from notifications import addresses
from notifications.reading import headers

# What the last server wrote down goes before what the sender did. Each may name the mailbox itself, which is skipped.
DELIVERED = ("x-original-to", "delivered-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-forwarded-to")
WRITTEN = ("to", "cc", "resent-to")
MOST = 20  # recipients of one mail


def fields(raw):
    """(name in lower case, bytes) of each field of a mail or of its header."""
    head = raw[: headers.MOST_BYTES].replace(b"\r\n", b"\n")
    return [(name, bytes(value)) for name, value in headers.split(head)[0]]


def recipients(found):
    """The addresses at our domain that a mail is for: one the servers on its way name, else those in To and Cc."""
    for name in DELIVERED:
        ours = _ours(found, (name,))
        if ours:
            return ours[:1]
    return _ours(found, WRITTEN)


def sender(found):
    """The envelope sender as Return-Path has it, "" for a bounce; else the From."""
    for name, value in found:
        if name == "return-path":
            return headers.address(value)[1]
    return from_address(found)


def from_address(found):
    return next((headers.address(value)[1] for name, value in found if name == "from"), "")


def _ours(found, names):
    named = [
        address.lower().strip(".")
        for name, value in found
        if name in names
        for address in headers.ADDRESS.findall(value.decode("utf-8", "replace"))
    ]
    return [address for address in dict.fromkeys(named) if addresses.parse(address).kind != "unknown"][:MOST]


def delivered(found):
    """What the last server wrote down, whatever the domain."""
    for name in ("x-original-to", "delivered-to"):
        yield from (address for field, value in found if field == name and (address := headers.address(value)[1]))
