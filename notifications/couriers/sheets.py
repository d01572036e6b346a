"""The sheet: an issue to print on A4, with codes and lines to write on, for people who have paper and no line.

What the courier may not see any more is not printed, for the sheet is made when it is asked for.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import languages
from core.text import excerpt
from forum.models import Post, Thread
from notifications import answers
from notifications.intake import explaining
from notifications.intake.told import File, Mail, not_done
from notifications.models import Delegation, Issue

MOST_PEOPLE = 40  # sheets of one print
EXCERPT = 600  # columns of each item
HEADERS = 400  # bytes around a file in a mail


@dataclass(frozen=True)
class SheetItem:
    about: str
    number: int
    title: str
    name: str  # who wrote what stands in `text`
    text: str


def items(issue):
    """What of an issue is printed: what can still be answered by its reader."""
    shown = []
    for item in issue.items:
        found = answers.find(issue.member, item.about)
        if found.thing is not None and found.is_open:
            post = _last_post(found.thing)
            name, text = (str(post.author_name), excerpt(post.text, EXCERPT)) if post else ("", "")
            shown.append(SheetItem(item.about, item.number, item.title, name, text))
    return shown


def people(courier):
    """Those for whom a sheet is printed: whose words this member may carry, and who may still agree."""
    return Delegation.objects.filter(courier=courier, ended_at=None, objected_at=None)


def by_mail(case, argument):
    """The command SHEET: the newest issue as a file to print, for a courier without a web browser that is online."""
    issue = Issue.objects.filter(member=case.member).order_by("-number").first()
    if issue is None:
        return not_done("SHEET", _("You have had no digest yet, so there is nothing to print."))
    everybody = list(people(case.member)[:MOST_PEOPLE])
    name = f"issue-{issue.number}.html"
    subject = _("Issue %(number)s to print") % {"number": issue.number}
    text = _(
        "The file %(name)s has issue %(number)s to print: one sheet for each person you carry for, with lines to write "
        "on. It opens in any web browser, which need not be online. Afterwards, send what they wrote in one mail, each "
        "person's words under a line FOR: with their code."
    ) % {"name": name, "number": issue.number}
    less = _(
        "To fit into a mail of your size, it is one sheet to copy, with room for the code, or leaves something out."
    )
    room = explaining.room_for(case, subject, (text, less)) - HEADERS
    page, shown, is_whole = _fitting(issue, everybody, room)
    return Mail(
        "SHEET",
        subject=subject,
        text=text if is_whole else f"{text}\n\n{less}",
        shows=tuple(item.about for item in shown),
        file=File(name, "text/html", page),
    )


def _fitting(issue, everybody, room):
    """(the page as bytes, the items on it, whether nothing was left out) that keeps to a mail's room in its encoding.

    First the excerpts grow shorter, then one sheet serves for all, then the last items are left out.
    """
    shown = items(issue)
    for persons, columns in [(everybody, EXCERPT), (everybody, EXCERPT // 4), ((), EXCERPT), ((), EXCERPT // 4)]:
        cut = [replace(item, text=excerpt(item.text, columns)) for item in shown]
        page = _page(issue, cut, persons)
        if _encoded(page) <= room:
            return page, shown, (persons, columns) == (everybody, EXCERPT)
    while True:
        page = _page(issue, [replace(item, text="") for item in shown], ())
        if _encoded(page) <= room or not shown:
            return page, shown, False
        shown = shown[: len(shown) * 3 // 4]


def _encoded(page):
    """Bytes of base64, with its line ends."""
    return -(-len(page) // 57) * 78


def _page(issue, shown, persons):
    language = languages.own_code(get_language())
    context = {
        "language": language,
        "direction": languages.direction(language),
        "style": (Path(settings.BASE_DIR) / "static" / "sheet.css").read_text(),
        "site_name": settings.SITE_NAME,
        "issue": issue,
        "items": shown,
        "people": persons,
    }
    return render_to_string("notifications/sheet_file.html", context).encode()


def _last_post(thing):
    if isinstance(thing, Post):
        return thing if thing.is_published else None
    if isinstance(thing, Thread):
        return thing.posts.published().select_related("author").order_by("-number").first()
    return None
