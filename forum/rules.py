"""Who may do what in a workspace. Each rule can be read aloud, and each refusal says why.

Web, mail, imports and the secretariat's entries ask these same rules, in the service that does the deed.
"""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.access import No
from forum import keepers
from forum.models.posts import State
from forum.models.seats import Seat
from forum.models.workspaces import Joining, Moderation, Posting, Visibility
from members.rules import sign_in


def day(at):
    return date_format(localtime(at), "DATE_FORMAT")


# -- Rooms and seats ---------------------------------------------------------------------------------------


def is_seated(member, workspace):
    """Only those with a seat take part."""
    return sign_in(member) and (
        workspace.seat_of(member) is not None
        or No(
            _("You have no seat in “%(workspace)s”, so this was not done. Join the workspace first.")
            % {"workspace": workspace}
        )
    )


def moderate(member, workspace):
    """Moderators of the room, and the secretariat everywhere."""
    seat = workspace.seat_of(member)
    return sign_in(member) and (
        member.is_secretariat
        or (seat is not None and seat.moderates)
        or No(_("Only a moderator of “%(workspace)s” may do this.") % {"workspace": workspace})
    )


def may_write(member, workspace):
    """Observers read; everyone else with a seat writes."""
    return moderate(member, workspace) or (
        is_seated(member, workspace)
        and (
            workspace.seat_of(member).may_write
            or No(
                _("Your seat in “%(workspace)s” is for reading only. Ask a moderator to change it.")
                % {"workspace": workspace}
            )
        )
    )


def is_open(workspace):
    return workspace.is_open or No(
        _("The workspace “%(workspace)s” closed on %(day)s.")
        % {"workspace": workspace, "day": day(workspace.closed_at)}
    )


def join(member, workspace):
    """Take a seat at once: where the room is open to all who may see it."""
    return (
        sign_in(member)
        and is_open(workspace)
        and (workspace.seat_of(member) is None or No(_("You already have a seat here.")))
        and (
            (workspace.joining == Joining.OPEN and workspace.visibility != Visibility.PRIVATE)
            or No(
                _("One cannot simply join “%(workspace)s”. Ask its moderators for a seat.") % {"workspace": workspace}
            )
        )
    )


def request_seat(member, workspace):
    """Ask for a seat: where the room takes requests."""
    return (
        sign_in(member)
        and is_open(workspace)
        and (workspace.seat_of(member) is None or No(_("You already have a seat here.")))
        and (
            workspace.joining in (Joining.REQUEST, Joining.OPEN)
            or No(_("“%(workspace)s” is by invitation only.") % {"workspace": workspace})
        )
    )


def invite(member, workspace):
    """Moderators invite, while the room is open."""
    return moderate(member, workspace) and is_open(workspace)


def leave(member, workspace):
    """Anyone leaves when they like; the last moderator first appoints another."""
    seat = workspace.seat_of(member)
    others = workspace.seats.filter(role=Seat.Role.MODERATOR).exclude(member=member)
    return is_seated(member, workspace) and (
        not seat.moderates
        or others.exists()
        or No(_("You are the only moderator here. Make someone else a moderator before you leave."))
    )


def create_workspace(member, thing=None):
    """The secretariat opens rooms."""
    return sign_in(member) and (
        member.is_secretariat or No(_("Only the secretariat opens workspaces. Write to them if you need one."))
    )


# -- Threads -----------------------------------------------------------------------------------------------


def start(member, workspace):
    """Start a thread: as the room's posting rule says."""
    return moderate(member, workspace) or (
        may_write(member, workspace)
        and is_open(workspace)
        and (
            workspace.posting == Posting.SEATED
            or No(_("Only moderators start threads in “%(workspace)s”.") % {"workspace": workspace})
        )
    )


def reply(member, thread, attempt=None):
    """Those with a seat reply while thread and room are open; moderators always may. Whoever keeps a thread says so.

    attempt (keepers.Attempt): how the words came in; without it nobody writes yet.
    """
    if keeper := keepers.of(thread):
        return keeper.may_reply(member, thread, attempt or keepers.Attempt(is_asked=True))
    return reply_freely(member, thread)


def reply_freely(member, thread):
    """The rule of threads nobody keeps, which keepers may ask too."""
    workspace = thread.workspace
    return moderate(member, workspace) or (
        may_write(member, workspace)
        and is_open(workspace)
        and (
            thread.is_open
            or No(
                _("The thread “%(thread)s” closed on %(day)s, so your reply was not posted.")
                % {"thread": thread, "day": day(thread.closed_at)}
            )
        )
        and (
            workspace.posting != Posting.ANNOUNCEMENTS
            or No(_("Only moderators post in “%(workspace)s”.") % {"workspace": workspace})
        )
    )


def close(member, thread):
    return moderate(member, thread.workspace)


def pin(member, thread):
    return moderate(member, thread.workspace)


# -- Posts -------------------------------------------------------------------------------------------------


def is_author(member, post):
    return sign_in(member) and (post.author_id == member.pk or No(_("Only the author may do this.")))


def edit(member, post):
    """Authors edit their own posts while they may still write there and the post stands."""
    return (
        is_author(member, post)
        and (
            post.state in (State.PUBLISHED, State.PENDING)
            or No(_("This post was %(state)s, so it can no longer be edited.") % {"state": post.get_state_display()})
        )
        and reply(member, post.thread)
        and keepers.may_edit(member, post)
    )


def withdraw(member, post):
    """Authors may always take back what they wrote, and who carried somebody's words what they brought."""
    is_theirs = member.is_authenticated and post.carried_by_id == member.pk
    return (is_theirs or is_author(member, post)) and (
        post.state in (State.PUBLISHED, State.PENDING)
        or No(_("This post was %(state)s already.") % {"state": post.get_state_display()})
    )


def object_to(member, post):
    """The person in whose name words were carried takes them back; they may be no member, and have no seat left."""
    return post.carried_by_id is not None or No(_("Nobody carried this post for somebody else."))


def hide(member, post):
    return moderate(member, post.thread.workspace) and (
        post.state == State.PUBLISHED
        or No(
            _("This post is not shown, so there is nothing to hide: it was %(state)s.")
            % {"state": post.get_state_display()}
        )
    )


def restore(member, post):
    return moderate(member, post.thread.workspace) and (
        post.state == State.HIDDEN or No(_("Only a hidden post can be shown again."))
    )


def decide(member, post):
    """Approve or decline a post that waits."""
    return moderate(member, post.thread.workspace) and (
        post.state == State.PENDING or No(_("This post is not waiting for a decision any more."))
    )


def erase(member, post):
    """Only the secretariat erases for good."""
    return sign_in(member) and (
        (member.is_secretariat or No(_("Only the secretariat erases a post for good.")))
        and (post.state != State.ERASED or No(_("This post is erased already.")))
    )


def needs_approval(member, workspace):
    """Must what this member posts here wait for a moderator? Not a permission: a plain yes or no."""
    if workspace.moderation == Moderation.NONE or moderate(member, workspace):
        return False
    if workspace.moderation == Moderation.ALL:
        return True
    return not member.posts.filter(thread__workspace=workspace, state=State.PUBLISHED).exists()
