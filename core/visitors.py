"""The address by which visitors are counted, where one might do something too often, or too many times at once.

A hall, a ministry, a whole village may share one, so what is allowed to an address has to suit them all.
"""

import ipaddress

from django.conf import settings
from django.http.request import split_domain_port

UNKNOWN = "unknown"


def address_of(request):
    """From where a request of Django's comes."""
    return counted(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))


def address_of_connection(scope):
    """From where a connection of an ASGI server comes."""
    forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    return counted((scope.get("client") or ("",))[0], forwarded.decode("latin1"))


def counted(remote, forwarded):
    """The visitor's address, as many proxies away as TRUSTED_PROXIES says; UNKNOWN where none can be told.

    Of IPv6 the first 64 bits, for the others are the visitor's own to choose.
    """
    said, hops = remote, forwarded.split(",")
    if forwarded and 0 < settings.TRUSTED_PROXIES <= len(hops):
        said = hops[-settings.TRUSTED_PROXIES].strip()
    name, port = split_domain_port(said)
    try:
        address = ipaddress.ip_address(name.strip("[]") if port else said)
    except ValueError:
        return UNKNOWN
    if address.version == 6:
        # A server that listens to both writes IPv4 like this; the first 64 bits are those of everybody.
        address = address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False)
    return str(address)
