"""How each command is written: whoever mistypes one gets its form back, with an example."""

from django.utils.translation import gettext as _

from core import sizes
from core.languages import apart
from notifications.intake.told import not_done
from notifications.models import MailProfile


def wrong(verb, argument, reason=""):
    """The Line on a command with a slip in it."""
    return not_done(f"{verb} {argument}".strip(), " ".join(part for part in (reason, form(verb, argument)) if part))


def form(verb, argument=""):
    """One sentence with the right form. An example stands at its end, two spaces before it, as in the instructions."""
    word = argument.partition(" ")[0]
    sentence, example = {
        "GET": (_("Write GET and a number of your digest, or of a file:"), "GET 312   GET 312 THREAD   GET F3 TEXT"),
        "MISSING": (_("Write the numbers of the issues you did not get:"), "MISSING 42-43"),
        "FIND": (_("Write the words to look for:"), "FIND spring water"),
        "PAUSE": (_("Say for how many days, weeks or months, at most a year:"), "PAUSE 3 WEEKS"),
        "JOIN": (_("Write the name of the workspace; LIST brings the names:"), "JOIN plenary"),
        "LEAVE": (_("Write the name of the workspace; STATUS names yours:"), "LEAVE plenary"),
        "SIZE": (_("A mail may have from %(least)s to %(most)s:") % _sizes(), "SET SIZE 20K"),
        "HOUR": (_("The hour is a number from 0 to 23, in your time zone:"), "SET HOUR 6"),
        "ZONE": (_("Write a time zone, its largest city, or your country:"), "SET ZONE Asia/Kathmandu"),
        "LANGUAGE": (_("The languages are en, fr, es, ar, zh and ru:"), "SET LANGUAGE fr"),
    }.get(
        word if verb == "SET" else verb,
        (
            _("Write what to set:"),
            "SET WEEKLY   SET SIZE 20K   SET HOUR 6   SET ZONE Nepal   SET LANGUAGE fr   SET HTML",
        ),
    )
    return f"{sentence}  {'   '.join(apart(one) for one in example.split('   '))}"


def _sizes():
    return {"least": sizes.said(MailProfile.LEAST_SIZE), "most": sizes.said(MailProfile.MOST_SIZE)}


def unknown(case, argument):
    """The Line on a command that is understood, and cannot be carried out."""
    return not_done(argument, _("This cannot be done by mail. HELP says what can."))
