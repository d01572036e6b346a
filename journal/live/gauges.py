"""What an operator's monitor is told of the open pages of this process; docs/operate.md explains each figure."""

from core import figures
from journal.live import straight
from journal.live.hub import hubs


def register():
    """Called where pages are served."""
    figures.gauge("alphorn_live_websockets", "Websockets open.", lambda: forms("websocket", "text"))
    figures.gauge("alphorn_live_streams", "Streams of Server-Sent Events open.", lambda: forms("chunk", "event"))
    figures.gauge(
        "alphorn_live_straight",
        "Pages, of both sorts, whose socket is written to straight.",
        lambda: sum(type(page.wire) is straight.Straight for page in pages()),
    )
    figures.gauge(
        "alphorn_live_longest_queue_bytes",
        "Most bytes that wait for one client.",
        lambda: max((page.wire.waiting for page in pages()), default=0),
    )
    figures.gauge(
        "alphorn_live_slow_clients", "Clients for which something waits.", lambda: sum(len(hub.busy) for hub in hubs())
    )
    figures.gauge(
        "alphorn_live_lag_seconds",
        "From the writing of the last entry to its handing out.",
        lambda: max((hub.lag for hub in hubs()), default=0),
    )


def pages():
    return [page for hub in hubs() for page in list(hub.pages)]


def forms(*wanted):
    return sum(page.wire.form in wanted for page in pages())
