"""What a process counts and measures of itself, for its operator's monitor: counts that only grow, and gauges.

Each process tells its own figures; a monitor adds them up. The names are those of the metrics page.
"""

from dataclasses import dataclass


@dataclass
class Count:
    """A number that only grows. Adding is for one thread; reading is for any."""

    name: str
    help: str
    value: float = 0

    def add(self, number=1):
        self.value += number


@dataclass
class Gauge:
    """A number as it is when asked: `read()` gives it."""

    name: str
    help: str
    read: object


_figures = {}


def count(name, help):
    """A count by this name, made when it is new."""
    return _figures.setdefault(name, Count(name, help))


def gauge(name, help, read):
    """Let `read()`, called from any thread, answer for this name."""
    _figures[name] = Gauge(name, help, read)


def all_now():
    """Every figure as `(name, "counter" or "gauge", help, value)`, in the order in which they were named."""
    for figure in _figures.values():
        if isinstance(figure, Count):
            yield figure.name, "counter", figure.help, figure.value
        else:
            yield figure.name, "gauge", figure.help, figure.read()
