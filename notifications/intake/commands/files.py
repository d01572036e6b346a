"""Files: `GET F3` brings one, in parts if it is larger than a mail; `TEXT` its words, `SMALL` a small picture."""

import re

from django.utils.translation import gettext as _

from core.languages import apart
from core.text import clean_line
from forum.light import offers, versions
from forum.models import Attachment
from notifications.files import listing, parts
from notifications.intake import explaining
from notifications.intake.commands import forms, pieces
from notifications.intake.told import File, Mail, not_done

MOST_PARTS = 10  # that one command brings
MOST_SUMS = 12  # checksums of parts that stand in the first one's mail
_FORM = re.compile(r"F(\d{1,9})(?: (TEXT|SMALL))?(?: PART (\d+)(?:-(\d+))?)?")


def look_up(member, argument):
    """The light version that `F3 TEXT` or `F3 SMALL` asks for, made if it is not there yet; else None."""
    form = _FORM.fullmatch(argument)
    attachment = _find(member, form[1]) if form and form[2] else None
    if attachment is None:
        return None
    if form[2] == "TEXT":
        return versions.text(attachment)
    return versions.small(attachment, most=parts.room(explaining.budget_of(member)))


def get(case, argument):
    """Mails with a file, its parts, its text or a small picture of it; or one Line that says why not."""
    form = _FORM.fullmatch(argument)
    if form is None:
        return forms.wrong("GET", argument)
    attachment = _find(case.member, form[1])
    asked = f"GET F{form[1]}" + (f" {form[2]}" if form[2] else "")
    if attachment is None:
        return not_done(
            asked,
            _("There is no file of this number for you: it never was, or it was removed, or it is not yours to read."),
        )
    first = int(form[3] or 1)
    span = (first, max(int(form[4] or first), first))
    if not form[2]:
        return _parts(case, asked, attachment, span)
    result = case.prepared.get(("GET", argument))
    if result is None:
        return not_done(asked, _("One mail brings at most three of these. Ask for this one in another mail."))
    if result.verdict != "ok":
        return not_done(asked, _why(result.verdict, form[2], attachment))
    return _text(case, asked, attachment, result, span) if form[2] == "TEXT" else _small(asked, attachment, result)


def _find(member, number):
    visible = Attachment.objects.visible_to(member).select_related("post__thread__workspace")
    return visible.filter(pk=int(number)).first()


# -- As it is ----------------------------------------------------------------------------------------------


def _parts(case, asked, attachment, span):
    budget = explaining.budget_of(case.member)
    part_size = parts.size_for(budget)
    if attachment.size <= parts.room(budget):
        return Mail(
            asked, _shown_name(attachment), _opening(attachment), file=parts.whole(attachment), **_of(attachment)
        )
    count = parts.count(attachment, part_size)
    first, last = span
    if first > count:
        return not_done(f"{asked} PART {first}", pieces.only(count))
    return [
        _part(asked, attachment, parts.part(attachment, number, part_size), count, part_size)
        for number in range(first, min(last, count, first + MOST_PARTS - 1) + 1)
    ]


def _part(asked, attachment, part, count, part_size):
    facts = {"number": part.number, "count": count, "bytes": part_size}
    sums = [
        _("SHA-256 of this part:") + f"\n{part.sha256}",
        _("SHA-256 of the whole file:") + f"\n{attachment.sha256}",
    ]
    lines = [
        _opening(attachment),
        _("This is part %(number)s of %(count)s. A part has %(bytes)s bytes, the last one may have fewer.") % facts,
        "\n".join(sums),
    ]
    if part.number < count:
        lines.append(_onward(asked, part.number, count))
    if part.number in (1, count):
        lines.append(_how_to_join(attachment, part_size))
    if part.number == 1:
        if count <= MOST_SUMS:
            others = [parts.part(attachment, number, part_size) for number in range(2, count + 1)]
            sums = [other.sha256 for other in others]
            lines.append("\n".join([_("SHA-256 of the other parts, in their order:"), *sums]))
        lines.append(_lighter(attachment))
    return Mail(
        asked,
        f"{_shown_name(attachment)} ({part.number}/{count})",
        "\n\n".join(line for line in lines if line),
        file=part.file,
        place=f"{part_size} {part.number}",
        **_of(attachment),
    )


def _onward(asked, number, count):
    last = min(number + MOST_PARTS, count)
    line = _("The next part:") + f"  {apart(f'{asked} PART {number + 1}')}"
    if last > number + 1:
        line += "\n" + _("Several at once:") + f"  {apart(f'{asked} PART {number + 1}-{last}')}"
    return line


def _how_to_join(attachment, part_size):
    stem, whole = parts.stem(attachment, part_size), f"F{attachment.pk}{parts.ending(attachment)}"
    return "\n".join(
        [
            _("To put the parts together, save all of them in one folder; all must be of the same size. Then"),
            _("- on Windows, open a command prompt there and type:") + f"\n  {apart(f'copy /b {stem}.* {whole}')}",
            _("- on Linux or a Mac, open a terminal there and type:") + f"\n  {apart(f'cat {stem}.* > {whole}')}",
            _("- on a phone, open the part that ends in .001 with an app such as ZArchiver or 7-Zip."),
        ]
    )


def _lighter(attachment):
    """What there is besides for those who do not want all of it."""
    code = listing.code(attachment)
    offered = []
    if offers.has_text(attachment.content_type):
        offered.append(_("Its words alone:") + f"  {apart(f'GET {code} TEXT')}")
    if offers.has_picture(attachment.content_type):
        offered.append(_("A small picture of it:") + f"  {apart(f'GET {code} SMALL')}")
    return "\n".join(offered)


def _opening(attachment):
    post = attachment.post
    facts = {
        "file": listing.described(attachment),
        "title": apart(clean_line(post.thread.shown_title, 100)),
        "who": apart(clean_line(str(post.author_name), 60)),
    }
    return _("%(file)s. It came with a post by %(who)s in “%(title)s”. A reply to this mail answers that post.") % facts


def _shown_name(attachment):
    return clean_line(attachment.name, 60)


def _of(attachment):
    return {"about": attachment.post.reference, "shows": (attachment.post.reference,)}


# -- Lighter -----------------------------------------------------------------------------------------------


def _text(case, asked, attachment, result, span):
    text = result.content.decode("utf-8", "replace")
    closing = [_("The file itself:") + f"  {apart(f'GET {listing.code(attachment)}')}"]
    subject = _shown_name(attachment)
    return pieces.in_parts(
        case, asked, subject, pieces.laid(text), span, _opening(attachment), closing, **_of(attachment)
    )


def _small(asked, attachment, result):
    name = f"{listing.code(attachment)}.jpg"
    text = _opening(attachment) + "\n\n" + _("This is a small picture of it. The file itself:")
    text += f"  {apart(f'GET {listing.code(attachment)}')}"
    file = File(name, "image/jpeg", result.content)
    return Mail(asked, _shown_name(attachment), text, file=file, place="small", **_of(attachment))


def _why(verdict, wanted, attachment):
    """Why there is no light version, and what to ask for instead."""
    code = listing.code(attachment)
    whole = _("The file as it is:") + f"  {apart(f'GET {code}')}"
    if verdict == "empty" and wanted == "TEXT" and offers.has_picture(attachment.content_type):
        reason = _("There is no text inside; its pages are probably scanned. A picture of the first one:")
        return f"{reason}  {apart(f'GET {code} SMALL')}"
    reason = {
        "encrypted": _("The file is locked with a password, so it cannot be read here."),
        "empty": _("There is no text inside.") if wanted == "TEXT" else _("There is no picture inside."),
        "unknown": _("A file of this kind has no text to take out.")
        if wanted == "TEXT"
        else _("A file of this kind is no picture."),
        "too_much": _("The file is too large inside to be opened here."),
    }.get(verdict, _("The file seems to be damaged; it could not be opened."))
    return f"{reason} {whole}"
