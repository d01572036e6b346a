"""Telling: one mail says what became of all the commands of a mail; what was fetched comes in mails of its own."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import apart
from notifications.intake import explaining
from notifications.intake.told import Line, Mail, Section, bullet


def tell(case):
    """Compose what the sender of a mail with commands hears."""
    mails = [told for told in case.told if isinstance(told, Mail)]
    rest = [told for told in case.told if not isinstance(told, Mail)]
    left = explaining.left_today(case.member) - 1 if mails else 0  # the last one says that there are no more
    for number, mail in enumerate(mails):
        if number >= left:
            rest.append(_too_many(mail))
            continue
        explaining.bring(
            case,
            mail.subject,
            mail.text,
            place=f"{mail.asked} {mail.place}",
            about=mail.about or _about(case),
            shows=mail.shows,
            file=mail.file,
        )
    if rest:
        subject, text, shows = _one_answer(case, rest, mails[:left])
        explaining.bring(case, subject, text, place="commands", about=_about(case), shows=shows)


def _about(case):
    # Not "arrival:", whose answers would go to where the mail that asked had come from.
    return f"asked:{case.arrival.pk}"


def _too_many(mail):
    most = explaining.MOST_ASKED_A_DAY
    reason = ngettext(
        "not sent. At most %(most)s answer a day goes to one address; please ask again tomorrow.",
        "not sent. At most %(most)s answers a day go to one address; please ask again tomorrow.",
        most,
    )
    return Line(mail.asked, reason % {"most": most}, is_done=False)


def _one_answer(case, rest, mails):
    """(subject, text, what it shows) of the mail on everything that brings no mail of its own."""
    lines = [told for told in rest if isinstance(told, Line)]
    sections = [_section(case, told) for told in rest if isinstance(told, Section)]
    shows = {reference for told in rest if isinstance(told, Section) for reference in told.shows}
    if len(rest) == 1 and not mails:
        subject, text = sections[0] if sections else _alone(lines[0])
    else:
        subject = _subject(rest, lines, mails)
        told = [_said(line) for line in lines]
        told += [_said(Line(mail, _("comes in a mail of its own."))) for mail in dict.fromkeys(m.asked for m in mails)]
        parts = ["\n".join(told)] if told else []
        parts += [f"* * *\n{title}\n\n{text}" for title, text in sections]
        text = "\n\n".join(parts)
    if any(line.is_done for line in lines) and not sections:
        text += "\n\n" + _("Send the word STATUS to see all your settings.")
    footer = explaining.render("_help", {}, case.member)[0]
    return subject, f"{text.strip()}\n\n{footer}", shows


def _section(case, told):
    context = told.context() if callable(told.context) else told.context
    return explaining.render(told.template, {"case": case, **context}, case.member)


def _alone(line):
    title = line.title or (_("Done: %(asked)s") if line.is_done else _("Not done: %(asked)s")) % {
        "asked": apart(line.asked)
    }
    return title, line.text[:1].upper() + line.text[1:]


def _subject(rest, lines, mails):
    failed = sum(1 for line in lines if not line.is_done)
    count = len(rest) + len({mail.asked for mail in mails})
    if not failed:
        return ngettext("%(count)s request: done", "%(count)s requests: all done", count) % {"count": count}
    facts = {"count": count, "done": count - failed, "failed": failed}
    return (
        ngettext(
            "%(count)s request: %(done)s done, %(failed)s not done",
            "%(count)s requests: %(done)s done, %(failed)s not done",
            count,
        )
        % facts
    )


def _said(line):
    """A bullet never begins with a command, so that it is none where a mail program quotes it without a mark."""
    facts = {"asked": apart(line.asked), "text": line.text}
    return bullet((_("%(asked)s: %(text)s") if line.is_done else _("%(asked)s: not done. %(text)s")) % facts)
