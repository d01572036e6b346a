"""Commands in a mail are carried out one by one; each is answered by a mail of its own (EMAIL.md section 5)."""

from notifications.intake import rooms
from notifications.intake.commands import asking, fetching, settings, told
from notifications.intake.outcomes import Outcome, held

MOST = 20  # commands of one mail that are carried out


def carry_out(case):
    """Do what the commands of a mail ask."""
    for command in case.reading.commands[:MOST]:
        do = COMMANDS.get(command.verb, told.unknown)
        do(case, command.argument if command.verb in COMMANDS else command.verb)


def help_asked(case):
    """A mail to the help address: how everything works; what it says besides is for a person."""
    if not case.reading.commands:
        asking.how(case, "")
    return held("question") if case.text else Outcome("asked")


def _room_deed(deed):
    def do(case, name):
        outcome = deed(case, name)
        if outcome.explain:
            case.replies.append((outcome.explain, outcome.context))

    return do


COMMANDS = {
    "HELP": asking.how,
    "LIST": asking.rooms,
    "STATUS": asking.status,
    "GET": fetching.get,
    "SET": settings.change,
    "PAUSE": settings.pause,
    "RESUME": settings.resume,
    "STOP": settings.stop,
    "JOIN": _room_deed(rooms.join),
    "LEAVE": _room_deed(rooms.leave),
}
