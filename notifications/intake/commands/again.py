"""Again: what was asked for by mail and taken back on its way, for words were taken out of it, comes as it is now."""

import re

from notifications import answers
from notifications.intake import explaining
from notifications.intake.cases import Case
from notifications.intake.commands import fetching
from notifications.intake.told import Mail
from notifications.models import Arrival

_PART = re.compile(r"\((\d+)/\d+\)$")


def bring(letter, asked):
    """Write the letter of one part of what GET brought anew; asked: the command (`GET ALP/2026/H2/R`)."""
    member, part = letter.member, _PART.search(letter.subject)
    found = answers.find(member, letter.about)
    if found.thing is None:
        return
    case = Case(arrival=Arrival(member=member), address=None, member=member)
    number = int(part[1]) if part else 1
    told = fetching.other(case, asked, found, number, number)
    for mail in told if isinstance(told, list) else ():
        if isinstance(mail, Mail):
            place = f"again {letter.pk}"
            explaining.bring(case, mail.subject, mail.text, place=place, about=mail.about, shows=mail.shows)
