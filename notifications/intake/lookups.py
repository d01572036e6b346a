"""TXT records of the DNS, with a bound on the time and a memory: what authenticity of mail is told from."""

import time
from collections import OrderedDict

import dns.exception
import dns.resolver

QUERY_SECONDS = 3
MOST_KEPT = 5_000
SHORTEST, LONGEST = 60, 3_600  # seconds a record is kept, whatever its own time is
NONE_SECONDS, AWAY_SECONDS = 300, 30


class Unavailable(Exception):
    """The DNS cannot say now."""


class Resolver:
    """Looks records up, each at most once in a while. `ask(name)` returns (records, seconds) or raises Unavailable."""

    def __init__(self, ask=None):
        self.ask = ask or _ask
        self.kept = OrderedDict()  # name: (until, records or None when it was unavailable)

    def txt(self, name):
        """The TXT records of a name, each as bytes; raises Unavailable."""
        name = name.lower().rstrip(".")
        until, records = self.kept.get(name, (0, None))
        if until < time.monotonic():
            try:
                records, seconds = self.ask(name)
            except Unavailable:
                records, seconds = None, AWAY_SECONDS
            self.kept[name] = (time.monotonic() + seconds, records)
            self.kept.move_to_end(name)
            if len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
        if records is None:
            raise Unavailable(name)
        return records


def _ask(name):
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=QUERY_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return [], NONE_SECONDS
    except (dns.exception.DNSException, OSError, UnicodeError) as problem:
        raise Unavailable(type(problem).__name__) from problem
    seconds = max(SHORTEST, min(LONGEST, int(answer.expiration - time.time())))
    return [b"".join(record.strings) for record in answer], seconds


resolver = Resolver()
