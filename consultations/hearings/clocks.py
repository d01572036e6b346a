"""Clocks of speakers as data, and the arithmetic of them. Pure.

A clock is started, stands still, goes on, is given more time, and ends. All its moments are whole seconds (`whole`), so
that nothing is rounded twice: at every moment what was used and what the clock stood still add up to the time since it
was started, to the second.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


class Impossible(ValueError):
    """A clock cannot do this now: it has ended, stands still already, or goes already."""


def whole(moment):
    """A moment to the full second before it, as clocks have it."""
    return moment.replace(microsecond=0)


@dataclass(frozen=True)
class Clock:
    """allotted: all the seconds there are, with what was given besides. paused_at: since when it stands still;
    paused_seconds: how long it stood still before.
    """

    started_at: datetime
    allotted: int
    paused_at: datetime | None = None
    paused_seconds: int = 0
    ended_at: datetime | None = None

    @property
    def is_running(self):
        return self.ended_at is None and self.paused_at is None

    def pause(self, moment):
        """Let it stand still."""
        if not self.is_running:
            raise Impossible("It does not run.")
        return replace(self, paused_at=self._not_before_start(moment))

    def resume(self, moment):
        """Let it go on."""
        if self.ended_at or self.paused_at is None:
            raise Impossible("It does not stand still.")
        stood = _seconds(self._not_before_start(moment) - self.paused_at)
        return replace(self, paused_at=None, paused_seconds=self.paused_seconds + max(0, stood))

    def extend(self, seconds):
        """Give it more time."""
        if self.ended_at or seconds <= 0:
            raise Impossible("It has ended, or nothing is given.")
        return replace(self, allotted=self.allotted + seconds)

    def end(self, moment):
        """Stop it for good. One that stands still ends when it began to."""
        if self.ended_at:
            raise Impossible("It has ended.")
        return replace(self, paused_at=None, ended_at=self.paused_at or self._not_before_start(moment))

    def used_at(self, moment):
        """Seconds spoken by then."""
        until = self.ended_at or self.paused_at or whole(moment)
        return max(0, _seconds(until - self.started_at) - self.paused_seconds)

    def left_at(self, moment):
        """Seconds left by then; below zero the speaker is over their time."""
        return self.allotted - self.used_at(moment)

    def _not_before_start(self, moment):
        return max(whole(moment), self.started_at + timedelta(seconds=self.paused_seconds))


def _seconds(span):
    return int(span.total_seconds())
