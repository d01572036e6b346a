"""Live fan-out: thousands of open pages, ours beside a naive consumer, node and a bare C loop, in one run.

python -m benchmarks.live [--clients 500 2000 5000] [--processes 1 2] [--pin] [--quick]

One process stands on SQLite; two stand on PostgreSQL with a Redis of their own, and the naive consumer beside them on
the Redis layer. The targets take turns; figures are medians of the rounds. The load client is compiled from client.c.

deliv./s: many events are published at once. Ours joins what waits into pieces, which the others do not; so one line
of C does that too. 1 event: the same for a single event, from the first page that has it to the last. p50 and p99: from
publishing (for ours: from the commit) to the last page, at two events a second. wrong: missed, twice, out of order.
Of several numbers of clients the middle one is met by slow readers and by some who leave and return, too.
"""

import argparse
import contextlib
import json
import os
import resource
import tempfile
import time

from benchmarks import rig
from benchmarks.live import measures, targets
from benchmarks.live.measures import median, percentile, spread

HEAD = (
    f"{'server':<36} {'deliv./s':>9} {'max/min':>7} {'1 event':>8} {'p50 ms':>8} {'p99 ms':>8}"
    f" {'CPU s/100k':>10} {'kB/conn':>8} {'joins/s':>8} {'client busy':>11} {'wrong':>6}"
)


def main():
    options = arguments()
    raise_limit()
    begun = time.monotonic()
    print(rig.machine())
    version = targets.has_ws()
    print(f"node's ws package: {version or 'not found (Debian: node-ws, or NODE_PATH); a server without it stands in'}")
    for processes in options.processes:
        for clients in options.clients:
            with contextlib.ExitStack() as stack:
                measure(stack, options, clients, processes, has_ws=bool(version), has_node=version is not None)
    print(f"\n{time.monotonic() - begun:.0f} s")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, nargs="+", default=[500, 2000, 5000])
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--deliveries", type=int, default=200_000, help="of a round, to all pages together")
    parser.add_argument("--paced", type=int, default=30, help="events at two a second")
    parser.add_argument("--page", choices=["thread", "hearing"], default="hearing", help="what our clients look at")
    parser.add_argument("--pin", action="store_true", help="the load client on the last processor, servers on the rest")
    parser.add_argument("--redis", action="store_true", help="one process: the naive consumer on Redis too")
    parser.add_argument("--only", nargs="+", choices=["ours", "naive", "node", "c"], help="leave the others out")
    parser.add_argument("--no-hardship", action="store_true", help="without slow readers, comings and goings")
    parser.add_argument("--quick", action="store_true", help="500 clients, one process, few events")
    options = parser.parse_args()
    if options.quick:
        options.clients, options.processes, options.rounds, options.paced = [500], [1], 3, 10
        options.deliveries = 50_000
    return options


def raise_limit():
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def measure(stack, options, clients, processes, *, has_ws, has_node):
    """One table: so many clients on so many processes."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="alphorn-live-"))
    stands = [measures.Stand(one) for one in chosen(stack, options, clients, processes, folder, has_ws, has_node)]
    cores = sorted(os.sched_getaffinity(0))
    pinned = {"server_cores": [{core} for core in cores[:-1]], "client_cores": {cores[-1]}} if options.pin else {}
    ours = stands[0]
    for stand in stands:
        if stand is not ours:
            stand.target.text = as_sent(ours.sample)
        stand.open(stack, folder, **pinned)
    events = max(10, options.deliveries // clients)
    naive = [stand for stand in stands if stand.target.is_naive]
    others = [stand for stand in stands if not stand.target.is_naive]
    for _ in range(options.rounds):
        for stand in others:
            stand.saturate(events)
    measures.pace(others, options.paced)
    for stand in naive:
        stand.one_by_one(2)
        stand.saturate(2)
    show(clients, processes, stands, options)
    if not options.no_hardship and clients == sorted(options.clients)[len(options.clients) // 2]:
        show_hardship(measures.hardship(ours, paced=20, bursts=12, burst=150), clients)


def chosen(stack, options, clients, processes, folder, has_ws, has_node):
    """The targets of a table; ours first."""
    wanted = options.only or ["ours", "naive", "node", "c"]
    redis = stack.enter_context(targets.redis()) if processes > 1 or options.redis else ""
    shared = {"REDIS_URL": redis} if processes > 1 else {}
    environment = stack.enter_context(rig.site("postgres" if processes > 1 else "sqlite", **shared))
    found = [targets.ours(clients, processes, environment, options.page)]
    if "naive" in wanted:
        found += [targets.naive(clients, processes)] if processes == 1 else []
        found += [targets.naive(clients, processes, redis)] if redis else []
    if "node" in wanted and has_node:
        found.append(targets.node(clients, "ws" if has_ws else "plain", processes))
        found.append(targets.node(clients, "prebuilt", processes))
    if "c" in wanted:
        found.append(targets.floor(clients, folder, processes))
        found.append(targets.floor(clients, folder, processes, joined=targets.PIECE))
    return found


def as_sent(sample):
    """Our event as a text for the others, with a place for its number."""
    text = json.dumps({**sample, "seq": "%SEQ%"}, ensure_ascii=False, separators=(",", ":"))
    return text.replace('"%SEQ%"', "%SEQ%").encode()


def show(clients, processes, stands, options):
    size = len(as_sent(stands[0].sample))
    kept = ", cores pinned" if options.pin else ""
    print(f"\n{clients} clients, {processes} process{'es' if processes > 1 else ''}, events of {size} bytes{kept}")
    print(HEAD)
    for stand in stands:
        row = stand.row
        print(
            f"{stand.target.name:<36} {median(row.rates):>9,.0f} {spread(row.rates):>7.2f}"
            f" {f'{median(row.singles):,.0f}' if row.singles else '-':>8}"
            f" {percentile(row.latencies, 0.5):>8.1f} {percentile(row.latencies, 0.99):>8.1f}"
            f" {median(row.costs):>10.2f} {row.memory:>8.1f} {row.joins:>8,.0f} {median(row.busy):>10.0%} "
            f" {row.wrong + row.late:>6}"
        )
    ours = stands[0].row
    print(
        f"ours: {median(ours.published):,.0f} entries/s written by the bulk publisher; with the writing of the entry"
        f" p50 {percentile(ours.with_writing, 0.5):.1f} ms, p99 {percentile(ours.with_writing, 0.99):.1f} ms"
    )
    for stand in stands[1:]:
        single = f", one event {median(ours.singles) / median(stand.row.singles):.2f}" if stand.row.singles else ""
        print(f"ours / {stand.target.name}: {median(ours.rates) / median(stand.row.rates):.2f}{single}")


def show_hardship(found, clients):
    print(
        f"5 % read 1 kB/s, 10 % leave and return: {found['missed']} missed, {found['twice']} twice or out of order;"
        f" {found['returned']} returns, {found['closed']} cut or closed, {found['snapshots']} sent to a snapshot;"
        f" the others p50 {percentile(found['latencies'], 0.5):.1f} ms, p99 {percentile(found['latencies'], 0.99):.1f};"
        f" memory at most +{found['memory']:.0f} MB; {found['finished']} of {clients} have all"
    )


if __name__ == "__main__":
    main()
