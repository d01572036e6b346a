"""How far a long command is: a bar that is drawn in place on a terminal, a line now and then elsewhere."""

import time

WORDS = {
    "members": "Loading members",
    "posts": "Writing posts",
    "known": "Loading what is known",
    "read": "Looking at the mails",
    "written": "Writing posts",
}
EACH = {True: 0.2, False: 10.0}  # seconds between two drawings on a terminal, and between two lines elsewhere
WIDTH = 30


class Progress:
    """Call it with (stage, done, total); it draws when it is time to. `total` None: there is no telling."""

    def __init__(self, out):
        self.out = out
        self.is_terminal = out.isatty()
        self.began = self.last = time.monotonic()
        self.stage, self.width = "", 0

    def __call__(self, stage, done, total):
        now = time.monotonic()
        if stage != self.stage:
            self.stage, self.began, self.last = stage, now, now
        if now - self.last < EACH[self.is_terminal] and not (self.is_terminal and done == total):
            return
        self.last = now
        self._show(f"{WORDS.get(stage, stage)} {self._so_far(done, total, now - self.began)}")

    def _so_far(self, done, total, seconds):
        if not total:
            return str(done)
        share = min(1.0, done / total)
        left = seconds / share - seconds if share else 0
        bar = "#" * round(share * WIDTH) if self.is_terminal else ""
        return f"{f'[{bar:<{WIDTH}}] ' if self.is_terminal else ''}{share:4.0%}, {left:.0f} s left"

    def _show(self, line):
        if self.is_terminal:
            self.out.write(f"\r{line:<{self.width}}", ending="")
            self.out.flush()
            self.width = len(line)
        else:
            self.out.write(line)

    def end(self):
        """Leave the line of the bar."""
        if self.is_terminal and self.width:
            self.out.write("")
            self.width = 0
