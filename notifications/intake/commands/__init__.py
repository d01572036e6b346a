"""Commands in a mail are carried out one by one, and one answer says what became of each (EMAIL.md section 5).

Each is a function that takes the case and the argument, and returns what is told about it (see intake.told): a line or
a section of that answer, or mails of their own for what was fetched. What takes long is looked up before the mail is
acted on (`prepare`), while nothing waits for it.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import text as texts
from core.languages import apart
from notifications import wishes
from notifications.couriers import sheets
from notifications.intake import rooms, senders
from notifications.intake.commands import asking, fetching, files, finding, forms, missing, naming, settings, status
from notifications.intake.outcomes import Outcome, held
from notifications.intake.told import Line, Section, not_done
from notifications.models import Arrival
from notifications.reading import commands as reading

MOST = 20  # commands of one mail that are carried out
MOST_LOOKED_UP = 3  # of those that take long
MOST_SHOWN = 60  # columns of a question that is told of
MOST_LINES = 5  # of a mail to the help address that may all be commands


def prepare(case):
    """Look up what commands of this mail take long to find, for the member who wrote it."""
    arrival = case.arrival
    if case.reading.klass != "accept" or case.member is None or arrival.state == Arrival.State.DONE:
        return
    wanted = [command for command in asked_for(case)[:MOST] if command.verb in LOOK_UP]
    if wanted and (arrival.confirmed_at or senders.is_member(case)):
        for command in wanted:
            found = LOOK_UP[command.verb](case.member, command.argument)
            if found is not None:  # a `GET 312` takes no time
                case.prepared[command.verb, command.argument] = found
            if len(case.prepared) == MOST_LOOKED_UP:
                return


def asked_for(case):
    """The commands of a mail: those the reader found, and for the help address whole lines in small letters, too."""
    if case.address.kind != "help" or case.reading.commands or not case.text:
        return case.reading.commands
    lines = [line for line in case.text.splitlines() if line.strip()][: MOST_LINES + 1]
    found = [reading.recognise(line, first=True, only=True) for line in lines]
    return found if all(found) and len(found) <= MOST_LINES else []


def carry_out(case):
    """Do what the commands of a mail ask."""
    commands = asked_for(case)
    # The language and the zone first: what is told about the others is in them.
    for command in sorted(commands[:MOST], key=lambda command: not settings.is_about_words(command)):
        told = COMMANDS.get(command.verb, forms.unknown)(case, command.argument)
        case.told += told if isinstance(told, list) else [told]
    for command in commands[MOST:]:
        reason = ngettext("A mail may ask for %(most)s thing.", "A mail may ask for %(most)s things.", MOST)
        case.told.append(not_done(_typed(command), reason % {"most": MOST}))


def help_asked(case):
    """A mail to the help address: how everything works; what it says besides is for a person."""
    if not case.reading.commands and asked_for(case):  # in small letters, and carried out by now
        return Outcome("asked")
    if told := wishes.take(case.member, case.text or case.reading.subject):
        case.told += told
        return Outcome("asked")
    question = apart(texts.excerpt(case.text, MOST_SHOWN)) if case.text else ""
    if not case.reading.commands:
        case.told.append(Section("HELP", "help", asking.instructions(case) | {"question": question}))
    elif question:
        case.told.append(Line(question, _("A person of the secretariat reads this and answers you by mail.")))
    return held("question") if question else Outcome("asked")


def _typed(command):
    return apart(f"{command.verb} {command.argument}".strip())


def _in_room(verb):
    def deed(case, name):
        return rooms.by_command(case, verb.lower(), name) if name else forms.wrong(verb, name)

    return deed


COMMANDS = {
    "HELP": asking.help_wanted,
    "LIST": asking.list_wanted,
    "STATUS": status.status,
    "GET": fetching.get,
    "MISSING": missing.missing,
    "FIND": finding.find,
    "SHEET": sheets.by_mail,
    "SET": settings.change,
    "PAUSE": settings.pause,
    "RESUME": settings.resume,
    "STOP": settings.stop,
    "REVOKE": settings.revoke,
    "ASSOCIATE": naming.deed("ASSOCIATE"),
    "DISSOCIATE": naming.deed("DISSOCIATE"),
    "JOIN": _in_room("JOIN"),
    "LEAVE": _in_room("LEAVE"),
}
LOOK_UP = {"FIND": finding.look_up, "GET": files.look_up}
