"""How many live pages an address, and a member, may have open at once in a process; who has more asks instead (`news`).

They are counted from when they come, so those who still wait at the door are, too.
"""

from core import figures

refused = figures.count("alphorn_live_refused_total", "Pages refused, as their address or member had too many open.")
_open = {}


class Visit:
    """A page that comes; when it leaves the `with` block it is counted no more."""

    __slots__ = ("counted",)

    def __init__(self):
        self.counted = ()

    def fits(self, who, most):
        """Count the page for an address or a member's id; False where these have so many already (0: any number)."""
        here = _open.get(who, 0)
        if 0 < most <= here:
            refused.add()
            return False
        _open[who] = here + 1
        self.counted += (who,)
        return True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for who in self.counted:
            _open[who] -= 1
            if not _open[who]:
                del _open[who]
