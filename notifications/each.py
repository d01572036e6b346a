"""Letters about single posts: one for each post to each member who reads a workspace or thread post by post.

A reader of the journals that comes by itself: it sees each entry once, in order. The author is left out; whoever has
no seat is left out now, and again when the letter leaves.
"""

import logging
import re

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import speaking
from core.text import clean_line
from forum import keepers
from forum.models import Post
from forum.models.posts import Channel
from journal.models import Audience
from notifications import addresses, journals, letters, outbox, readers, subscriptions
from notifications.digests import prose, threads
from notifications.digests.pieces import Style
from notifications.files import listing
from notifications.models import Letter, MailProfile, Subscription
from notifications.models.subscriptions import Cadence
from notifications.wrapping import WIDTH, wrap

logger = logging.getLogger(__name__)
READER = journals.LETTERS
MEMBERS = 200  # letters written in one piece
MOST = 60_000  # columns of a post in a letter; the whole of all but the longest


def write_due(should_stop=lambda: False):
    """Write the letters about what is new in a few journals; returns how many entries were read."""
    subscriptions.open_for_new_seats()
    return journals.read_on(READER, _handle, limit=50)


def _handle(workspace, entries):
    about = {entry.about_id: entry for entry in entries if _is_shown(entry)}
    if not about:
        return
    rows = list(
        Subscription.objects.filter(workspace=workspace).filter(Q(cadence=Cadence.EACH) | Q(thread__isnull=False))
    )
    if not any(row.cadence == Cadence.EACH for row in rows):
        return
    posts = Post.objects.published().filter(pk__in=about).exclude(channel=Channel.IMPORT)
    posts = posts.select_related("thread", "author", "organisation", "parent__author").defer("html")
    posts = [post for post in posts.prefetch_related("attachments") if not _is_told_otherwise(post)]
    keepers.annotate(posts)
    members = [row.member_id for row in rows if row.cadence == Cadence.EACH]
    seated = readers.seated_pairs(members=members, workspaces=[workspace.pk])
    profiles = MailProfile.objects.select_related("member").in_bulk(members)
    for post in sorted(posts, key=lambda post: about[post.pk].seq):
        wanting = _readers_of(post, about[post.pk], rows, profiles)
        chosen = [profiles[member] for member in wanting if (member, workspace.pk) in seated]
        for start in range(0, len(chosen), MEMBERS):
            _write(post, workspace, chosen[start : start + MEMBERS], wanting)


def write_again(post, members):
    """New letters about a post to those whose letter was taken back, for words were taken out of it."""
    profiles = list(MailProfile.objects.select_related("member").filter(member__in=members))
    keepers.annotate([post])
    _write(post, post.thread.workspace, profiles, dict.fromkeys(members, False))


def _is_shown(entry):
    return entry.verb in threads.SHOWN and entry.audience == Audience.EVERYONE


def _is_told_otherwise(post):
    return post.number == 1 and post.thread.kept_by in keepers.quiet()


def _readers_of(post, entry, rows, profiles):
    """{member id: whether the thread's own subscription says so} of those who get this post by itself."""
    of_thread = {row.member_id: row for row in rows if row.thread_id == post.thread_id}
    of_room = {row.member_id: row for row in rows if row.thread_id is None}
    wanting = {}
    for member in {**of_room, **of_thread}:
        row = of_thread.get(member) or of_room[member]
        profile = profiles.get(member)
        if row.cadence != Cadence.EACH or member == post.author_id or profile is None:
            continue
        paused = profile.paused_until and entry.at < profile.paused_until
        # What was before, and what is while no mail arrives, is told by an issue.
        if entry.at >= row.changed_at and not paused and not profile.suspended_at:
            wanting[member] = member in of_thread
    return wanting


def _write(post, workspace, profiles, of_thread):
    before = _letters_about(post.parent, [profile.member_id for profile in profiles]) if post.parent_id else {}
    drafts = []
    for profile in profiles:
        member = profile.member
        with speaking(member.language), timezone.override(member.zone):
            try:
                drafts.append(_draft(post, workspace, profile, before, of_thread))
            except ValueError:  # no header can carry the address; the others get theirs
                logger.warning("No letter can be written to member %s", member.pk)
    outbox.deliver_all(drafts)


def _draft(post, workspace, profile, before, of_thread):
    member = profile.member
    return letters.draft(
        member=member,
        subject=_subject(post),
        text=_text(post, Style(member.language, member.zone)),
        kind=Letter.Kind.POST,
        about=post.reference,
        workspace=workspace,
        thread=post.thread if of_thread[member.pk] else None,
        sender_name=threads.name_of(post) or _("Unknown sender"),
        in_reply_to=before.get(member.pk) or (addresses.discussion_id(post.thread) if post.number > 1 else ""),
        references=[addresses.discussion_id(post.thread)],
        key=key(post, member),
    )


def key(post, member):
    """One letter about one post for one member."""
    return f"post:{post.pk}:{member.pk}"


def _letters_about(post, members):
    """The Message-IDs under which these members got an earlier post, by member."""
    keys = [f"post:{post.pk}:{member}" for member in members]
    return dict(Letter.objects.filter(key__in=keys).values_list("member_id", "message_id"))


def _subject(post):
    title = clean_line(post.thread.shown_title, 200)
    return title if post.number == 1 else f"Re: {title}"


def _text(post, style):
    """The post as it was written, its quotations and lists kept, and below it where it stands and how to answer."""
    facts = {
        "who": threads.byline(post, style),
        "when": threads.when(post.sent_at, style),
        "title": prose.title(post.thread.shown_title),
        "room": prose.title(post.thread.workspace.shown_name),
        "url": f"{settings.SITE_URL}{post.get_absolute_url()}",
    }
    footer = [
        *([f"{prose.title(str(post.note.text))}."] if post.note else []),
        _("%(who)s, %(when)s, in “%(title)s”, workspace “%(room)s”.") % facts,
        _("To answer, reply to this mail. On the web: %(url)s") % facts,
    ]
    files = listing.of_post(post)
    return "\n".join([*_body(post.text), *([""] if files else []), *files, "", "* * *", *footer])


def _body(text):
    lines, room = [], MOST
    for line in text.split("\n"):
        room -= len(line)
        if room < 0:
            return [*lines, "…"]
        if quoted := _QUOTE.match(line):
            mark = quoted[0].rstrip() + " "
            lines += [mark + part for part in wrap(line[quoted.end() :], WIDTH - len(mark))] or [mark.rstrip()]
        else:
            lines.append("–" if _SIGNATURE.match(line) else prose.title(line))
    return lines


_QUOTE = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
_SIGNATURE = re.compile(r"--[ \t]*$")
