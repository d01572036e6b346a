"""How the forum's journal entries read in one line: on pages, in mails, in the audit trail."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from forum.models import Thread, Workspace
from journal import verbs
from members.verbs import who

POST = "forum/_post.html"


def about_member(entry):
    """The name of the member an entry's data is about."""
    return who(f"member:{(entry.data or {}).get('member', 0)}")


def thread_title(entry):
    """The title of the thread an entry belongs to."""
    pk = entry.about_id if entry.about.startswith("thread:") else (entry.data or {}).get("thread")
    thread = Thread.objects.filter(pk=pk).only("title", "titles").first()
    return thread.shown_title if thread else _("a thread")


def workspace_name(entry):
    return Workspace.objects.filter(journal=entry.journal_id).values_list("name", flat=True).first() or ""


def number(entry):
    return (entry.data or {}).get("number", "")


def _post(sentence):
    return lambda entry: (
        _(sentence)
        % {
            "who": who(entry.actor),
            "number": number(entry),
            "thread": thread_title(entry),
        }
    )


def _room(sentence):
    return lambda entry: (
        _(sentence)
        % {
            "who": who(entry.actor),
            "member": about_member(entry),
            "workspace": workspace_name(entry),
        }
    )


def register():
    """Called once, when the app is ready."""
    for verb, sentence in POSTS.items():
        verbs.register(verb, line=_post(sentence), partial=POST)
    for verb, sentence in THREADS.items():
        verbs.register(verb, line=_post(sentence))
    for verb, sentence in ROOMS.items():
        verbs.register(verb, line=_room(sentence))
    verbs.register("record.erased", line=_post(gettext_noop("%(who)s erased it for good")), partial=POST)


POSTS = {
    "post.opened": gettext_noop("%(who)s opened “%(thread)s”"),
    "post.replied": gettext_noop("%(who)s replied in “%(thread)s” (%(number)s)"),
    "post.imported": gettext_noop("%(number)s in “%(thread)s” was taken over from an archive"),
    "post.submitted": gettext_noop("%(who)s sent %(number)s in “%(thread)s”; it waits for a moderator"),
    "post.approved": gettext_noop("%(who)s let %(number)s in “%(thread)s” appear"),
    "post.declined": gettext_noop("%(who)s declined a post"),
    "post.edited": gettext_noop("%(who)s edited %(number)s in “%(thread)s”"),
    "post.withdrawn": gettext_noop("%(who)s withdrew %(number)s in “%(thread)s”"),
    "post.objected": gettext_noop("Number %(number)s in “%(thread)s” was taken back by the person it was written for"),
    "post.redacted": gettext_noop("%(who)s took words out of %(number)s in “%(thread)s”"),
    "post.hidden": gettext_noop("%(who)s hid %(number)s in “%(thread)s”"),
    "post.restored": gettext_noop("%(who)s showed %(number)s in “%(thread)s” again"),
}
THREADS = {
    "thread.started": gettext_noop("%(who)s started “%(thread)s”"),
    "thread.closed": gettext_noop("%(who)s closed “%(thread)s”"),
    "thread.reopened": gettext_noop("%(who)s reopened “%(thread)s”"),
    "thread.pinned": gettext_noop("%(who)s pinned “%(thread)s”"),
    "thread.unpinned": gettext_noop("%(who)s unpinned “%(thread)s”"),
}
ROOMS = {
    "workspace.created": gettext_noop("%(who)s opened the workspace %(workspace)s"),
    "workspace.changed": gettext_noop("%(who)s changed the workspace %(workspace)s"),
    "workspace.closed": gettext_noop("%(who)s closed the workspace %(workspace)s"),
    "workspace.reopened": gettext_noop("%(who)s reopened the workspace %(workspace)s"),
    "seat.taken": gettext_noop("%(member)s took a seat in %(workspace)s"),
    "seat.left": gettext_noop("%(member)s left %(workspace)s"),
    "seat.dismissed": gettext_noop("%(who)s took %(member)s's seat in %(workspace)s away"),
    "seat.changed": gettext_noop("%(who)s changed %(member)s's seat in %(workspace)s"),
    "seat.requested": gettext_noop("%(who)s asked for a seat in %(workspace)s"),
    "seat.admitted": gettext_noop("%(who)s admitted a member to %(workspace)s"),
    "seat.declined": gettext_noop("%(who)s declined a request to join %(workspace)s"),
    "seat.invited": gettext_noop("%(who)s invited somebody to %(workspace)s"),
}
