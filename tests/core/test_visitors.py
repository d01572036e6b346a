"""From where somebody comes: the address by which they are counted."""

import pytest
from django.test import RequestFactory

from core import visitors


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("192.0.2.7", "", 0, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", 0, "192.0.2.7"),  # anybody may say so
        ("192.0.2.7", "", 1, "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9, 198.51.100.1", 1, "198.51.100.1"),
        ("192.0.2.7", "203.0.113.9, 198.51.100.1", 2, "203.0.113.9"),
        ("192.0.2.7", "198.51.100.1", 2, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1:4711", 1, "198.51.100.1"),
        ("192.0.2.7", "[2001:db8:1:2:3:4:5:6]:443", 1, "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "", 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", 0, "192.0.2.7"),
        ("", "", 0, "unknown"),
        ("192.0.2.7", "nobody", 1, "unknown"),
    ],
)
def test_visitors_are_counted_by_one_address_on_pages_and_live_pages(settings, remote, forwarded, proxies, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)
    lines = [(b"x-forwarded-for", part.encode()) for part in forwarded.split(",") if part]

    assert visitors.address_of(request) == address
    assert visitors.address_of_connection({"headers": lines, "client": [remote, 1] if remote else None}) == address
