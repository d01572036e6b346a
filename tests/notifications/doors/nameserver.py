"""Domains of the tests: a key, the signatures made with it, and the records a name server would tell."""

import subprocess

import dkim
import pytest

from notifications.intake import lookups

REJECTING = b"v=DMARC1; p=reject"
QUARANTINING = b"v=DMARC1; p=quarantine; adkim=s"
WATCHING = b"v=DMARC1; p=none"


class Names:
    """A name server: `records` by name; `away` are names nobody answers for; `asked` are those it was asked for."""

    def __init__(self):
        self.records, self.away, self.asked = {}, set(), []

    def ask(self, name):
        self.asked.append(name)
        if name in self.away:
            raise lookups.Unavailable(name)
        return self.records.get(name, []), 60


def make_key(bits=2048):
    """(private key as PEM, the record of its public half)."""
    made = subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], capture_output=True, check=True)
    public = subprocess.run(["openssl", "rsa", "-pubout"], input=made.stdout, capture_output=True, check=True).stdout
    packed = b"".join(public.splitlines()[1:-1])
    return made.stdout, b"v=DKIM1; k=rsa; p=" + packed


def sign(raw, key, *, domain="example.org", selector="sel", **options):
    """The mail with a DKIM-Signature on top, as a server of the domain adds it."""
    options = {"canonicalize": (b"relaxed", b"relaxed"), **options}
    return dkim.DKIM(raw).sign(selector.encode(), domain.encode(), key, **options) + raw


@pytest.fixture(scope="session")
def key():
    return make_key()


@pytest.fixture
def names(monkeypatch, key):
    """A name server that knows the key of example.org; what it is asked is not kept for the next test."""
    found = Names()
    found.records["sel._domainkey.example.org"] = [key[1]]
    monkeypatch.setattr(lookups, "resolver", lookups.Resolver(found.ask))
    return found
