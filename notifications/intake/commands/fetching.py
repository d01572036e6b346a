"""Fetching: the whole of a post, or a stretch of a thread, in mails that each keep to the member's budget.

`GET 312` brings what an issue told of in full, `GET 312 THREAD` the discussion from its first post, `THREAD 21` from
the 21st, `THREAD 21-60` as many of these as a few mails hold. Posts are counted as on the web, and by the order in
which they were written, so that a number always means the same post. A post that is longer than a mail comes in parts.
A reply to what was fetched is posted there.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import apart
from forum import keepers, rules
from forum.models import Post, Thread
from journal.models import Entry
from notifications import answers, moderating, references
from notifications.digests import prose, threads
from notifications.digests.pieces import Style
from notifications.files import listing
from notifications.intake import cases, explaining, parting
from notifications.intake.commands import files, forms, pieces
from notifications.intake.told import Mail, not_done
from notifications.models import Issue
from notifications.readers import SHOWN
from notifications.wrapping import WIDTH, wrap, wrap_text

MOST_POSTS = 400  # looked at for one command
AT_ONCE = 40  # posts that the line for several mails names
_FORM = re.compile(r"([FP]?)(\d{1,9})(?: (THREAD|PART)(?: (\d+)(?:-(\d+))?)?)?")
_WITH_REFERENCE = re.compile(r"(.+?)(?: (THREAD|PART)(?: (\d+)(?:-(\d+))?)?)?")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ ]?)+")


def get(case, argument):
    """Mails with what was asked for, or one Line that says why not."""
    if "/" in argument:
        return _by_reference(case, argument)
    if argument.startswith("F"):
        return files.get(case, argument)
    form = _FORM.fullmatch(argument)
    if form is None or (form[3] == "PART" and not form[4]):
        return forms.wrong("GET", argument)
    letter, number, what, first, last = form.groups()
    asked = f"GET {letter}{number}"
    first = int(first or 1)
    last = max(int(last or first), first)
    found, item = _find(case, letter, int(number))
    thing = found.thing if found else None
    if thing is None:
        return _nothing(asked)
    thread, post = (thing.thread, thing) if isinstance(thing, Post) else (thing, None)
    if not isinstance(thread, Thread):
        return other(case, asked, found, first, last)
    if what == "THREAD":
        return _stretch(case, asked, thread, _posts(thread), first, last)
    if post is None:
        told_of = _told_of(case.member, item, thread)
        if len(told_of) != 1:
            if what == "PART":
                return forms.wrong("GET", argument)  # discussions go on by the numbers of posts
            return _stretch(case, asked, thread, told_of or _posts(thread), first, last, is_news=bool(told_of))
        post = told_of[0]
    shown = _posts(thread).filter(pk=post.pk).first()
    if shown is None and rules.decide(case.member, post):
        return _waiting(case, asked, post, first, last)
    return _post(case, asked, thread, shown, first, last) if shown else _nothing(asked)


def _find(case, letter, number):
    """(what the number names, the member's item of that number)"""
    if letter == "P":
        return answers.find(case.member, f"post:{number}"), None
    item = cases.item(case, number)
    return (answers.find(case.member, item.about) if item else None), item


def _by_reference(case, argument):
    """What a reference names: `GET ALP/2026/C3/14 PART 2`, or what was said to it: `GET ALP/2026/C3 Q2 THREAD`."""
    asked, what, first, last = _WITH_REFERENCE.fullmatch(argument).groups()
    found = references.find(case.member, asked)
    if found is None or found.thing is None:
        return _nothing_there(case, asked)
    first = int(first or 1)
    last = max(int(last or first), first)
    thread = getattr(found.thing, "thread", None)
    if what == "THREAD" and isinstance(thread, Thread):
        return _stretch(case, f"GET {asked}", thread, _posts(thread), first, last)
    return other(case, f"GET {asked}", found, first, last)


def _nothing_there(case, asked):
    whole = "/".join(asked.split(" ")[0].split("/")[:3])
    parent = references.find(case.member, whole) if whole != asked else None
    if parent is None or parent.thing is None:
        reason = _("There is nothing under this reference for you. Check it, and send it again.")
    else:
        reason = _("There is nothing under this reference for you. Check it, or ask for the whole: %(get)s")
        reason %= {"get": apart(f"GET {whole}")}
    return not_done(f"GET {asked}", reason)


def _nothing(asked):
    return not_done(
        asked,
        _(
            "There is nothing of this number for you: it never was, or it was removed, or you have no seat in its "
            "workspace any more. The numbers stand in your digests, in front of each item."
        ),
    )


def _posts(thread):
    related = ("author", "organisation", "parent")
    return thread.posts.published().order_by("number").select_related(*related).prefetch_related("attachments")


def _told_of(member, item, thread):
    """The posts of a thread that the issue told of."""
    within = {"first_item__lte": item.number, "last_item__gte": item.number} if item else {"pk": None}
    cursors = Issue.objects.filter(member=member, **within).values_list("cursors", flat=True).first() or {}
    window = cursors.get(str(thread.workspace_id))
    if window is None:
        return []
    after, up_to = window[0], window[1]
    happened = Entry.objects.filter(journal=thread.workspace.journal_id, seq__gt=after, seq__lte=up_to, verb__in=SHOWN)
    ids = [int(about.rpartition(":")[2]) for about in happened.values_list("about", flat=True)[: 10 * MOST_POSTS]]
    return list(_posts(thread).filter(pk__in=ids)[:MOST_POSTS])


# -- A stretch of a thread ---------------------------------------------------------------------------------


def _stretch(case, asked, thread, posts, first, last, *, is_news=False):
    """Mails that hold the posts from `first` on; one of them, or as many as it takes to come to `last`."""
    style = Style(case.member.language, case.member.zone)
    if isinstance(posts, list):
        wanted, count = [post for post in posts if post.number >= first], len(posts)
    else:
        wanted, count = list(posts.filter(number__gte=first)[:MOST_POSTS]), thread.post_count
    if not wanted:
        reason = ngettext("This thread has only %(count)s post.", "This thread has only %(count)s posts.", count)
        return not_done(f"{asked} THREAD {first}", reason % {"count": count})
    keepers.annotate(wanted)
    mails = []
    while wanted and len(mails) < pieces.MOST_MAILS and (not mails or wanted[0].number <= last):
        mail, held = _mail(case, asked, thread, wanted, style, count, is_news=is_news, place=len(mails))
        mails.append(mail)
        wanted = wanted[held:]
    return mails


def _mail(case, asked, thread, wanted, style, count, *, is_news, place):
    """(a Mail with as many of the first posts as fit, how many these are)"""
    subject = prose.title(thread.shown_title)
    frame = _frame(asked, thread, wanted[0].number, wanted[-1].number, count, is_news, goes_on=wanted[-1].number + 1)
    room = explaining.room_for(case, f"{subject} ({count}-{count})", frame)
    blocks = []
    for post in wanted:
        block = _block(post, style)
        size = parting.size_of(block) + block.count("\n") + 2
        if size > room:
            if not blocks:
                blocks.append(_beginning(post, block, room))
            break
        blocks.append(block)
        room -= size
    last = wanted[len(blocks) - 1].number
    goes_on = wanted[len(blocks)].number if len(blocks) < len(wanted) else 0
    opening, closing = _frame(asked, thread, wanted[0].number, last, count, is_news, goes_on=goes_on)
    shown = "" if is_news or (wanted[0].number == 1 and not goes_on) else f" ({wanted[0].number}-{last})"
    mail = Mail(
        asked=asked if is_news else f"{asked} THREAD",
        subject=subject + shown,
        text="\n\n".join([opening, *blocks, closing]),
        about=thread.reference,
        shows=tuple(post.reference for post in wanted[: len(blocks)]),
        place=str(wanted[0].number),
    )
    return mail, len(blocks)


def _frame(asked, thread, first, last, count, is_news, *, goes_on):
    """(opening, closing) of a mail with posts of a thread."""
    facts = {"title": apart(prose.title(thread.shown_title)), "room": apart(prose.title(thread.workspace.shown_name))}
    facts |= {"count": count, "first": first, "last": last}
    if is_news:
        sentence = ngettext(
            "“%(title)s” in the workspace “%(room)s”: %(count)s post that your digest told of.",
            "“%(title)s” in the workspace “%(room)s”: %(count)s posts that your digest told of.",
            count,
        )
    elif count == 1:
        sentence = _("“%(title)s” in the workspace “%(room)s”: the only post there.")
    else:
        sentence = _("“%(title)s” in the workspace “%(room)s”: posts %(first)s to %(last)s of %(count)s.")
    lines = [_("To answer, reply to this mail: what you write becomes a post in this thread.")]
    if goes_on and is_news:
        lines.append(_("To go on:") + f"  {apart(f'{asked} THREAD {goes_on}')}")
    elif goes_on:
        lines.append(_("To go on:") + f"  {apart(f'{asked} THREAD {goes_on}')}")
        example = apart(f"{asked} THREAD {goes_on}-{min(goes_on + AT_ONCE, thread.last_number)}")
        lines.append(_("Several mails at once:") + f"  {example}")
    elif is_news:
        lines.append(_("The whole discussion:") + f"  {apart(f'{asked} THREAD')}")
    return sentence % facts, "\n".join(lines)


def _block(post, style):
    note = wrap(prose.title(str(post.note.text))) if post.note else []
    return "\n".join([_heading(post, style), *note, "", *_whole(post)])


def _heading(post, style):
    facts = {
        "number": post.number,
        "who": threads.byline(post, style),
        "when": apart(threads.when(post.sent_at, style)),
        "parent": post.parent.number if post.parent else "",
    }
    if post.parent:
        return _("* Post %(number)s: %(who)s, %(when)s, answers post %(parent)s:") % facts
    return _("* Post %(number)s: %(who)s, %(when)s:") % facts


def _beginning(post, block, room):
    """Of a post that is larger than a mail by itself, its beginning."""
    more = _("This post is longer than a mail may be for you. All of it:") + f"  {apart(f'GET P{post.pk}')}"
    return f"{parting.part(block, max(room - parting.size_of(more) - 4, 400))[0]}\n\n{more}"


# -- One post ----------------------------------------------------------------------------------------------


def _post(case, asked, thread, post, first, last):
    """Mails that hold one post, or the parts of it from `first` to `last`."""
    style = Style(case.member.language, case.member.zone)
    subject = prose.title(thread.shown_title)
    title, room = apart(subject), apart(prose.title(thread.workspace.shown_name))
    opening = _("%(who)s, %(when)s, in “%(title)s”, workspace “%(room)s”:") % {
        "who": threads.byline(post, style),
        "when": apart(threads.when(post.sent_at, style)),
        "title": title,
        "room": room,
    }
    closing = [_("To answer, reply to this mail.")]
    if thread.post_count > 1:
        count = thread.post_count
        words = ngettext("The whole discussion, %(count)s post:", "The whole discussion, %(count)s posts:", count)
        closing.append(words % {"count": count} + f"  {apart(f'{asked} THREAD')}")
    text = "\n".join(_whole(post))
    fields = {"about": post.reference, "shows": (post.reference,)}
    return pieces.in_parts(case, asked, subject, text, (first, last), opening, closing, **fields)


def _waiting(case, asked, post, first, last):
    """A post that waits, for a moderator, who decides by answering."""
    room, opening = post.thread.workspace, moderating.how([f"P{post.pk}"], f"P{post.pk}")
    about = moderating.reference(room)
    subject = _("“%(room)s”: waiting for a moderator") % {"room": room.shown_name}
    text = "\n".join([explaining.quoted(post.text), *listing.of_post(post)])
    return pieces.in_parts(case, asked, subject, text, (first, last), opening, [], about=about, shows=(about,))


def other(case, asked, found, first, last):
    """Something that is no discussion (a ballot): its text, which says how to answer, if whoever owns it has one."""
    if found.answerable.tell is None:
        return not_done(asked, _("This cannot be fetched by mail. Your digests tell all of it."))
    subject, text = found.answerable.tell(case.member, found.thing)
    fields = {"about": found.about, "shows": (found.about,)}
    return pieces.in_parts(case, asked, subject, pieces.laid(text), (first, last), "", [], **fields)


# -- Words -------------------------------------------------------------------------------------------------


def _whole(post):
    """The lines of a post and of its files."""
    files = listing.of_post(post)
    return [*_lines(post.text), *([""] if files else []), *files]


def _lines(text):
    """A post as it was written, its quotations and lists kept, in lines of a mail."""
    lines = []
    for line in text.strip("\n").split("\n"):
        if quoted := _QUOTE.match(line):
            mark = quoted[0].rstrip() + " "
            lines += [mark + part for part in wrap(line[quoted.end() :], WIDTH - len(mark))] or [mark.rstrip()]
        elif line.rstrip() == "--":
            lines.append("–")
        else:
            lines += wrap_text(prose.title(line)).split("\n")
    return lines
