"""Signed tokens: one salt per purpose, so that a token made for one thing opens nothing else.

Two forms. `mail_token` is short and survives mail programs that change case; it names a row, and the row says
until when it is valid. `sign` is for links, carries any small value and its own time.
"""

import base64
import binascii
import hashlib
import hmac
from functools import lru_cache

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare
from django.utils.encoding import force_bytes

SIGNATURE_BYTES = 10  # 80 bits: with `reply+` and the id it stays far below the 64 characters of RFC 5321 4.5.3.1.1


def mail_token(purpose, pk):
    """A token for the local part of an address: case-insensitive base32 of the id and an 80-bit signature."""
    number = pk.to_bytes((pk.bit_length() + 7) // 8 or 1, "big")
    return _base32(number + _signature(purpose, number))


def read_mail_token(purpose, token):
    """The id a token was made for, or None when it was not made here for this purpose."""
    if not 18 <= len(token) <= 40:
        return None
    try:
        packed = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except (binascii.Error, ValueError):
        return None
    number, signature = packed[:-SIGNATURE_BYTES], packed[-SIGNATURE_BYTES:]
    if not number or not constant_time_compare(signature, _signature(purpose, number)):
        return None
    return int.from_bytes(number, "big")


def sign(purpose, value):
    """A token for a link: the value (anything JSON can hold), signed and dated."""
    return signing.dumps(value, salt=f"alphorn.{purpose}", compress=False)


def unsign(purpose, token, *, days):
    """The value of a link's token, or None when it is forged, of another purpose, or older than `days`."""
    try:
        return signing.loads(token, salt=f"alphorn.{purpose}", max_age=days * 86400)
    except signing.BadSignature:
        return None


def _signature(purpose, number):
    return hmac.digest(_key(purpose, settings.SECRET_KEY), number, "sha256")[:SIGNATURE_BYTES]


@lru_cache(maxsize=100)
def _key(purpose, secret):
    """The key that Django's `salted_hmac` would make again for each of a thousand tokens a second."""
    return hashlib.sha256(force_bytes(f"alphorn.{purpose}") + force_bytes(secret)).digest()


def _base32(raw):
    return base64.b32encode(raw).decode("ascii").rstrip("=").lower()
