"""When it is somebody's turn, as far as that can be said: from what each before them is allotted, how much longer or
shorter than allotted people have spoken so far, what who speaks now has left, and when the sessions are. Pure.
"""

from datetime import timedelta

GAP = 12  # seconds from one speaker to the next, until some have been measured
PRIOR = 3  # speakers who kept to their time, who are added to those measured
LOWEST, HIGHEST = 0.5, 2.0  # of their time that people are taken to use
LONGEST_GAP = 90
ROUNDED = 5  # minutes


def pace(spoken, usual):
    """How much of their time people use, from [(seconds allotted, seconds used)]; usual: seconds to speak."""
    allotted = sum(one for one, _used in spoken) + PRIOR * usual
    used = sum(used for _allotted, used in spoken) + PRIOR * usual
    return min(HIGHEST, max(LOWEST, used / allotted)) if allotted else 1.0


def gap(gaps):
    """Seconds between two speakers, the one in the middle of those measured."""
    known = sorted(min(LONGEST_GAP, max(0, one)) for one in gaps)
    return known[len(known) // 2] if len(known) >= PRIOR else GAP


def turns(waiting, *, starts_at, left=0, pace=1.0, gap=GAP, sittings=()):
    """{key: when it is their turn, or None where all sessions are over by then}.

    waiting: [(key, seconds)] in their order. left: seconds of who speaks now. sittings: [(from, to)] of the sessions
    that are on or come, in order; time passes in them alone.
    """
    found, together = {}, 0
    for count, (key, seconds) in enumerate(waiting):
        found[key] = after(starts_at, wait(together, count, left=left, pace=pace, gap=gap), sittings)
        together += seconds
    return found


def wait(together, count, *, left=0, pace=1.0, gap=GAP):
    """Seconds until the turn of one before whom so many stand, who are allotted so many seconds together."""
    return left + (gap if left else 0) + together * pace + count * gap


def after(moment, seconds, sittings):
    """The moment so many seconds of sessions later; None when there are not as many."""
    rest = timedelta(seconds=seconds)
    for begins, ends in sittings:
        begins = max(begins, moment)
        if begins + rest < ends:
            return begins + rest
        rest -= max(timedelta(0), ends - begins)
    return None


def rounded(at):
    """To five minutes, for nobody knows better."""
    minutes = at.minute + at.second / 60
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=ROUNDED * round(minutes / ROUNDED))
