"""Pieces: a text that is larger than one mail comes in parts, of which a command brings a few."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import apart
from core.text import clean_text
from notifications.digests import prose
from notifications.intake import explaining, parting
from notifications.intake.told import Mail, not_done
from notifications.wrapping import wrap_text

MOST_MAILS = 5  # that one command brings


def in_parts(case, asked, subject, text, span, opening, closing, **fields):
    """Mails with the parts of a text from the first to the last of `span`, or one Line when it has no such part.

    The parts depend on nothing but the text, its frame and the member's budget. opening: a sentence; closing: lines.
    """
    first, last = span
    more = _("To go on:") + f"  {apart(f'{asked} PART 999-999')}"
    frame = (opening, "\n".join([*closing, more]))
    parts = parting.part(text, explaining.room_for(case, f"{subject} (999/999)", frame))
    count = len(parts)
    if first > count:
        return not_done(f"{asked} PART {first}", only(count))
    mails = []
    for number in range(first, min(last, count, first + MOST_MAILS - 1) + 1):
        lines = [*closing, *([onward(asked, number, count)] if number < count else [])]
        mails.append(
            Mail(
                asked=asked,
                subject=f"{subject} ({number}/{count})" if count > 1 else subject,
                text="\n\n".join(part for part in (opening, parts[number - 1], "\n".join(lines)) if part),
                place=f"part {number}",
                **fields,
            )
        )
    return mails


def only(count):
    """Why there is no part of a higher number."""
    return ngettext("It has only %(count)s part.", "It has only %(count)s parts.", count) % {"count": count}


def onward(asked, number, count):
    """The line that brings what comes after part `number`, and the one that brings several."""
    line = _("To go on:") + f"  {apart(f'{asked} PART {number + 1}')}"
    last = min(number + MOST_MAILS, count)
    if last > number + 1:
        line += "\n" + _("Several at once:") + f"  {apart(f'{asked} PART {number + 1}-{last}')}"
    return line


def laid(text):
    """A text in lines of a mail, of which none can be taken for the end of it."""
    lines = ["–" if line.rstrip() == "--" else line for line in prose.title(clean_text(text)).split("\n")]
    return wrap_text("\n".join(lines))
