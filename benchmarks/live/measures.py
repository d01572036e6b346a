"""What is done to each target: joined, saturated, paced, and met by slow readers and people who come and go."""

import contextlib
import statistics
import time
from dataclasses import dataclass, field

from benchmarks.live.client import Client

PACE = 0.5  # seconds between two events of one target
SLOW, SLOW_RATE = 50, 1024  # of 1000 pages; bytes a second
COMING, AWAY = 100, 500  # of 1000 pages; milliseconds they are away


@dataclass
class Row:
    """The figures of one target."""

    joins: float = 0.0
    memory: float = 0.0  # kB a connection
    rates: list = field(default_factory=list)  # deliveries a second, of many events at once
    singles: list = field(default_factory=list)  # deliveries a second, of one event from the first page to the last
    costs: list = field(default_factory=list)  # seconds of processor for 100,000
    busy: list = field(default_factory=list)  # share of a processor that the load client used
    latencies: list = field(default_factory=list)  # ms from publishing to the last page
    with_writing: list = field(default_factory=list)  # the same from before the transaction
    published: list = field(default_factory=list)  # entries a second written
    wrong: int = 0  # missed, twice or out of order
    late: int = 0  # rounds that did not end in time


class Stand:
    """A target, its load client, and what was measured."""

    def __init__(self, target):
        self.target, self.row = target, Row()

    def open(self, stack, folder, *, server_cores=None, client_cores=None):
        """Start it and let everybody in."""
        self.target.start(stack, server_cores)
        before = self.target.memory()
        self.client = Client(self.target, folder=folder, cores=client_cores)
        stack.callback(self.client.stop)
        self.row.joins = self.client.join()
        self.sample = self.warm_up()
        self.row.memory = (self.target.memory() - before) * 1024 / self.target.clients

    def warm_up(self):
        """One event; returns it."""
        first = self.client.expect(1)
        self.target.publish(first, 1)
        said = self.client.result()
        self.check(said)
        return said["sample"]

    def check(self, said):
        self.row.wrong += said["missed"] + said["twice"]
        if said["is_late"]:
            self.row.late += 1
            self.row.wrong += self.target.clients - said["finished"]

    def saturate(self, events):
        """All events at once."""
        first = self.client.expect(events)
        spent = self.target.spent()
        published = self.target.publish(first, events)
        said = self.client.result()
        spent = self.target.spent() - spent - published.spent
        self.check(said)
        seconds = (max(said["last"]) - published.times[0]) / 1e9
        if seconds > 0:
            deliveries = said["deliveries"]
            self.row.rates.append(deliveries / seconds)
            self.row.costs.append(spent / deliveries * 100_000)
            self.row.busy.append(said["spent"] / seconds)
        if published.seconds:
            self.row.published.append(events / published.seconds)

    def hear(self, first, last, published):
        """One event has reached everybody."""
        self.row.latencies.append((last - published) / 1e6)
        if not self.target.is_naive:  # which hands the first out when it is nearly through with all
            self.row.singles.append(self.target.clients / ((last - first) / 1e9))

    def one_by_one(self, events):
        """The next event when the last has reached everybody, for those who take longer than the pace."""
        for _ in range(events):
            first = self.client.expect(1)
            at = self.target.publish(first, 1).times[0]
            said = self.client.result()
            self.check(said)
            self.hear(said["first"][0], said["last"][0], at)


def pace(stands, events):
    """Two events a second to each, the targets taking turns within the half second."""
    for stand in stands:
        stand.next = stand.client.expect(events)
        stand.said = []
    begun = time.monotonic()
    for number in range(events):
        for place, stand in enumerate(stands):
            due = begun + PACE * (number + place / len(stands))
            time.sleep(max(0, due - time.monotonic()))
            stand.said.append(stand.target.publish(stand.next + number, 1))
    for stand in stands:
        said = stand.client.result(30)
        stand.check(said)
        for published, first, last in zip(stand.said, said["first"], said["last"], strict=True):
            stand.hear(first, last, published.times[0])
            if published.begun:
                stand.row.with_writing.append((last - published.begun) / 1e6)


def hardship(stand, *, paced, bursts, burst):
    """Slow readers, and others who leave and return: what the rest feel, what is lost, what it costs in memory."""
    client, target = stand.client, stand.target
    before = target.memory()
    client.tell(f"slow {SLOW} {SLOW_RATE}")
    client.tell(f"churn {COMING} {AWAY}")
    first = client.expect(paced + bursts * burst)
    times, most = [], before
    for number in range(paced):
        times.append(target.publish(first + number, 1).times[0])
        time.sleep(PACE)
    for number in range(bursts):
        target.publish(first + paced + number * burst, burst)
        time.sleep(PACE)
        most = max(most, target.memory())
    client.tell("churn 0 0")
    client.tell("slow 0 0")
    said = client.result(120)
    latencies = [(last - at) / 1e6 for at, last in zip(times, said["last"], strict=False) if last]
    return {**said, "latencies": latencies, "memory": most - before}


def percentile(values, share):
    """The value below which that share of them lies; not a number when there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def median(values):
    return statistics.median(values) if values else float("nan")


def spread(values):
    """The largest through the smallest: over 1.5 says that the machine was disturbed."""
    with contextlib.suppress(ValueError, ZeroDivisionError):
        return max(values) / min(values)
    return float("nan")
