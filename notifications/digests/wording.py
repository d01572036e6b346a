"""The sentences of an issue that are ours: what this is, how to answer, what was received, how to stop."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core import text as texts
from notifications.digests import prose
from notifications.models import Answer
from notifications.wrapping import columns, cut, keep

MOST_SHOWN = 40  # columns of an answer without a number that is told of
NAMED = 12  # numbers of received answers that are named one by one
MOST_TITLE = 80  # columns of a title in the subject


def first_line(number, last):
    """`Alphorn, issue 44; your last was 43.` A member who sees a gap knows that a mail is missing."""
    facts = {"site": settings.SITE_NAME, "number": number, "last": last}
    if last:
        return _("%(site)s, issue %(number)s; your last was %(last)s.") % facts
    return _("%(site)s, issue %(number)s: your first.") % facts


def in_parts(parts):
    """Said in the first of several mails."""
    return ngettext(
        "This issue comes in %(parts)s mail. Each can be answered alone.",
        "This issue comes in %(parts)s mails. Each can be answered alone.",
        parts,
    ) % {"parts": parts}


def part_line(number, part, parts):
    """The first line of the second and later mails of an issue."""
    facts = {"site": settings.SITE_NAME, "number": number, "part": part, "parts": parts}
    return _("%(site)s, issue %(number)s, part %(part)s of %(parts)s.") % facts


def part_ends(number, part, parts, *, first, count):
    """The last line of a mail that another one follows."""
    facts = {"number": number, "part": part, "parts": parts, "next": part + 1, "first": first, "count": count}
    return (
        ngettext(
            "End of part %(part)s of %(parts)s of issue %(number)s. Part %(next)s brings %(count)s more: %(first)s.",
            "End of part %(part)s of %(parts)s of issue %(number)s. "
            "Part %(next)s brings %(count)s more, from %(first)s on.",
            count,
        )
        % facts
    )


def how_to_answer(example, draft):
    """An example never stands at the start of a line, where it would be read as an answer."""
    words = keep(_("for example %(tag)s we agree") % {"tag": example})
    return _(
        "To answer, reply to this mail: start a line with the number of the item and write your text, %(example)s. "
        "You can answer several items in one mail. Answers are taken until %(day)s."
    ) % {"example": words, "day": keep(date_format(draft.until, "DATE_FORMAT"))}


def left_out(count):
    return ngettext(
        "%(count)s more item did not fit. On the web: %(url)s",
        "%(count)s more items did not fit. On the web: %(url)s",
        count,
    ) % {"count": count, "url": f"{settings.SITE_URL}/"}


def last_line(number, draft):
    if draft.is_last:
        return _(
            "End of issue %(number)s. This was your last: digests are off now. To have them again, answer SET WEEKLY."
        ) % {"number": number}
    return _("End of issue %(number)s. To stop these mails, answer %(stop)s.") % {
        "number": number,
        "stop": keep("STOP"),
    }


def more_news(count):
    """Said where not all that only this reader is told fits."""
    return ngettext(
        "And %(count)s more message about your own posts, which did not fit. On the web: %(url)s",
        "And %(count)s more messages about your own posts, which did not fit. On the web: %(url)s",
        count,
    ) % {"count": count, "url": f"{settings.SITE_URL}/"}


def receipts(answers):
    """What became of the answers that came since the last issue: taken, or waiting for a moderator; where more than one
    has a note, each note on a line of its own.
    """
    lines = []
    for state, one_or_many in _RECEIPTS.items():
        if told := [answer for answer in answers if answer.state == state]:
            notes = [note for answer in _last(told) if (note := _note(answer))]
            apart = len(notes) > 1
            lines.append(one_or_many(len(told)) % {"count": len(told), "list": _numbers(told, with_notes=not apart)})
            lines += notes[:NAMED] if apart else []
    return lines


_RECEIPTS = {
    Answer.State.TAKEN: lambda count: ngettext(
        "%(count)s answer received: %(list)s.", "%(count)s answers received: %(list)s.", count
    ),
    Answer.State.WAITING: lambda count: ngettext(
        "%(count)s answer waits for a moderator: %(list)s.", "%(count)s answers wait for a moderator: %(list)s.", count
    ),
}


def _last(answers):
    """Of several votes under a number the last counts."""
    by_number = {answer.number or f"answer {answer.pk}": answer for answer in answers}
    return list(by_number.values())


def _numbers(answers, *, with_notes):
    comma = pgettext("between numbers of a list", ", ")
    numbered = [answer for answer in _last(answers) if answer.number]
    parts = [(with_notes and _note(answer)) or f"#{answer.number}" for answer in numbered][:NAMED]
    bare = [answer for answer in answers if not answer.number]
    parts += [note for answer in bare if with_notes and (note := _note(answer))][:NAMED]
    without = sum(1 for answer in bare if not with_notes or not answer.reason)
    if without:
        parts.append(
            ngettext("%(count)s text without a number", "%(count)s texts without a number", without)
            % {"count": without}
        )
    if len(numbered) > NAMED:
        parts.append("…")
    return comma.join(parts)


def _note(answer):
    """What exactly was counted: `#320 – your vote: B) Two pages`; without a number, with the words that were sent."""
    if not answer.reason:
        return ""
    what = f"#{answer.number}" if answer.number else prose.title(texts.excerpt(answer.text, MOST_SHOWN))
    return f"{what} – {prose.title(answer.reason)}" if what else prose.title(answer.reason)


def subject(number, titles, *, part=1, parts=1):
    """`Alphorn 44: Water above 3,000 m, and 4 more`; of an issue in parts, `Alphorn 44 (2/2): ...`."""
    shown = f"{number} ({part}/{parts})" if parts > 1 else number
    first = titles[0] if titles else ""
    if columns(first) > MOST_TITLE:
        first = cut(first, MOST_TITLE)
    facts = {"site": settings.SITE_NAME, "number": shown, "title": first}
    if not titles:
        return _("%(site)s %(number)s: what became of your answers") % facts
    if len(titles) == 1:
        return _("%(site)s %(number)s: %(title)s") % facts
    facts["more"] = len(titles) - 1
    return (
        ngettext(
            "%(site)s %(number)s: %(title)s, and %(more)s more",
            "%(site)s %(number)s: %(title)s, and %(more)s more",
            facts["more"],
        )
        % facts
    )
