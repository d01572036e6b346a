"""Notices: an invitation to the invited address, a decision to whoever asked, and to moderators what waits for them.

A reader of the journals that comes by itself, like the letters about posts. What lies further back than a few days
(a loaded world) is no news and is passed over.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import apart, own_code, speaking
from core.text import excerpt
from forum.models import Invitation, JoinRequest, Post, Redaction, Seat
from forum.models.posts import State
from forum.models.seats import INVITATION_DAYS
from journal.models import Entry
from members.models import Member
from notifications import addresses, journals, letters, moderating
from notifications.intake import explaining
from notifications.models import Letter

logger = logging.getLogger(__name__)
READER = "notices"
NEWS = timedelta(days=3)
EXCERPT = 600  # columns of a waiting post
LISTED = 20  # of these in one letter


def write_due(should_stop=lambda: False):
    """Write the notices that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    news = [entry for entry in entries if timezone.now() - entry.at < NEWS]
    for entry in news:
        if notice := _NOTICES.get(entry.verb):
            notice(workspace, entry)
    _tell_moderators(workspace, [entry for entry in news if entry.verb in ("post.submitted", "seat.requested")])


def _compose(*, key, **fields):
    """Write one notice; one that no mail header can address must not keep all later ones back."""
    try:
        letters.compose(key=key, **fields)
    except ValueError:
        logger.warning("The notice %s cannot be written: its address fits no mail", key)


# -- To those who are invited, or have asked ---------------------------------------------------------------


def _invited(workspace, entry):
    invitation = Invitation.objects.select_related("invited_by").filter(pk=entry.about_id).first()
    if invitation is None or not invitation.is_open:
        return
    member = Member.objects.by_address(invitation.email)
    languages = workspace.languages or [own_code(settings.LANGUAGE_CODE)]
    with speaking(member.language if member else languages[0]):
        facts = {
            "who": invitation.invited_by.shown_name if invitation.invited_by else settings.SITE_NAME,
            "room": workspace.shown_name,
            "site": settings.SITE_NAME,
            "url": settings.SITE_URL + reverse("forum:accept", args=[invitation.token]),
            "day": date_format(timezone.localtime(invitation.created_at + timedelta(days=INVITATION_DAYS))),
        }
        lines = [
            _("%(who)s invites you to the workspace “%(room)s” of %(site)s.") % facts,
            *([invitation.text] if invitation.text else []),
            _("To accept, answer this mail until %(day)s with the one word YES. You can do everything by mail.")
            % facts,
            _("You can also accept on the web:") + "\n" + facts["url"],
            _("If you do not want to come, do nothing."),
        ]
        _compose(
            recipient=invitation.email,
            subject=_("%(who)s invites you to “%(room)s”") % facts,
            text="\n\n".join(lines),
            about=f"invited:{invitation.pk}",
            key=f"invited:{invitation.pk}:{entry.seq}",
        )


def _admitted(workspace, entry):
    if request := JoinRequest.objects.select_related("member").filter(pk=entry.about_id).first():
        _tell(
            request.member,
            entry,
            lambda facts: _("You have a seat in “%(room)s” now") % facts,
            lambda facts: _("A moderator gave you a seat in the workspace “%(room)s”. It is at %(url)s") % facts,
            workspace,
        )


def _declined(workspace, entry):
    if request := JoinRequest.objects.select_related("member").filter(pk=entry.about_id).first():
        _tell(
            request.member,
            entry,
            lambda facts: _("Your request for a seat in “%(room)s”") % facts,
            lambda facts: (
                _("A moderator declined your request for a seat in “%(room)s”. The reason: %(reason)s") % facts
            ),
            workspace,
            reason=request.reason,
        )


def _dismissed(workspace, entry):
    data = entry.data or {}
    if member := Member.objects.filter(pk=data.get("member"), is_active=True).first():
        _tell(
            member,
            entry,
            lambda facts: _("Your seat in “%(room)s”") % facts,
            lambda facts: _("A moderator took back your seat in “%(room)s”. The reason: %(reason)s") % facts,
            workspace,
            reason=data.get("reason", ""),
        )


def _redacted(workspace, entry):
    """The author gets back what was taken out of their post."""
    redaction = Redaction.objects.filter(post=entry.about_id, made_at__lte=entry.at).order_by("-pk").first()
    post = Post.objects.select_related("author", "carried_by", "thread").filter(pk=entry.about_id).first()
    member = (post.carried_by or post.author) if redaction and post else None
    if member and member.is_active:
        with speaking(member.language):
            facts = {"thread": post.thread.shown_title, "reason": redaction.reason, "room": workspace.shown_name}
            lines = [
                _("A moderator took words out of your post in “%(thread)s” (workspace “%(room)s”).") % facts,
                _("Reason: %(reason)s") % facts,
                _("This is what stood there:"),
                redaction.passage,
            ]
            _compose(
                member=member,
                subject=_("Words were taken out of your post in “%(thread)s”") % facts,
                text="\n\n".join(lines),
                key=f"notice:{entry.pk}:{member.pk}",
            )


def _hidden(workspace, entry):
    """The author hears that a post was hidden, why, and whom to ask; not when they hid it themselves."""
    post = Post.objects.select_related("author", "carried_by", "thread").filter(pk=entry.about_id).first()
    member = (post.carried_by or post.author) if post and post.state == State.HIDDEN else None
    if member and member.is_active and member.reference != entry.actor:
        with speaking(member.language):
            facts = {"thread": post.thread.shown_title, "reason": post.state_reason, "room": workspace.shown_name}
            facts["address"] = addresses.of_workspace(workspace.slug, "moderators")
            lines = [
                _("A moderator hid your post in “%(thread)s” (workspace “%(room)s”). Its words are kept.") % facts,
                _("Reason: %(reason)s") % facts,
                _("If you think that this is wrong, write to the moderators: %(address)s") % facts,
            ]
            _compose(
                member=member,
                subject=_("Your post in “%(thread)s” was hidden") % facts,
                text="\n\n".join(lines),
                key=f"notice:{entry.pk}:{member.pk}",
            )


def _tell(member, entry, subject, text, workspace, reason=""):
    with speaking(member.language):
        facts = {
            "room": workspace.shown_name,
            "url": settings.SITE_URL + workspace.get_absolute_url(),
            "reason": reason or _("none was given"),
        }
        _compose(
            member=member,
            subject=subject(facts),
            text=text(facts),
            priority=Letter.Priority.SOON,
            key=f"notice:{entry.pk}:{member.pk}",
        )


_NOTICES = {
    "seat.invited": _invited,
    "seat.admitted": _admitted,
    "seat.declined": _declined,
    "seat.dismissed": _dismissed,
    "post.redacted": _redacted,
    "post.hidden": _hidden,
}


# -- To moderators -----------------------------------------------------------------------------------------


def _tell_moderators(workspace, entries: list[Entry]):
    """One mail to each moderator for all that has begun to wait; what was decided meanwhile is not told."""
    of = {kind: [entry.about_id for entry in entries if entry.about.startswith(kind)] for kind in ("post", "join")}
    posts = Post.objects.filter(pk__in=of["post"], state=State.PENDING).select_related("author", "thread")
    requests = JoinRequest.objects.filter(pk__in=of["join"], state=JoinRequest.State.OPEN).select_related("member")
    posts, requests = list(posts), list(requests)
    if not posts and not requests:
        return
    seats = Seat.objects.filter(workspace=workspace, role=Seat.Role.MODERATOR, member__is_active=True)
    for seat in seats.select_related("member"):
        with speaking(seat.member.language):
            _compose(
                member=seat.member,
                subject=_("“%(room)s”: waiting for a moderator") % {"room": workspace.shown_name},
                text=_waiting(workspace, posts, requests),
                priority=Letter.Priority.SOON,
                about=moderating.reference(workspace) if posts else "",
                key=f"waiting:{entries[-1].pk}:{seat.member_id}",
                shows=[moderating.reference(workspace)],
            )


def _waiting(workspace, posts, requests):
    paragraphs = []
    if posts:
        count = ngettext(
            "%(count)s post waits for your decision:", "%(count)s posts wait for your decision:", len(posts)
        )
        codes = [f"P{post.pk}" for post in posts[:LISTED]]
        lines = [
            f"{code}  "
            + _("%(who)s in “%(title)s”:") % {"who": post.author_name, "title": post.thread.shown_title}
            + f"\n{explaining.quoted(excerpt(post.text, EXCERPT))}"
            for code, post in zip(codes, posts, strict=False)
        ]
        whole = _("The whole of one: %(get)s") % {"get": apart(f"GET {codes[0]}")}
        url = settings.SITE_URL + reverse("forum:pending", args=[workspace.slug])
        paragraphs += [count % {"count": len(posts)}, *lines, moderating.how(codes[:2], codes[-1]), whole]
        paragraphs.append(_("Decide here: %(url)s") % {"url": url})
    if requests:
        count = ngettext("%(count)s member asks for a seat:", "%(count)s members ask for a seat:", len(requests))
        lines = [
            _("- %(who)s: %(text)s") % {"who": request.member.shown_name, "text": excerpt(request.text, EXCERPT) or "–"}
            for request in requests
        ]
        url = settings.SITE_URL + reverse("forum:seats", args=[workspace.slug])
        paragraphs += [count % {"count": len(requests)}, *lines, _("Decide here: %(url)s") % {"url": url}]
    return "\n\n".join(paragraphs)
