"""How the forum's journal entries read in one line: on pages, in mails, in the audit trail."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

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
    return Thread.objects.filter(pk=pk).values_list("title", flat=True).first() or _("a thread")


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
    verbs.register("record.erased", line=_post(noop("%(who)s erased it for good")), partial=POST)


POSTS = {
    "post.opened": noop("%(who)s opened “%(thread)s”"),
    "post.replied": noop("%(who)s replied in “%(thread)s” (%(number)s)"),
    "post.imported": noop("%(number)s in “%(thread)s” was taken over from an archive"),
    "post.submitted": noop("%(who)s sent %(number)s in “%(thread)s”; it waits for a moderator"),
    "post.approved": noop("%(who)s let %(number)s in “%(thread)s” appear"),
    "post.declined": noop("%(who)s declined a post"),
    "post.edited": noop("%(who)s edited %(number)s in “%(thread)s”"),
    "post.withdrawn": noop("%(who)s withdrew %(number)s in “%(thread)s”"),
    "post.hidden": noop("%(who)s hid %(number)s in “%(thread)s”"),
    "post.restored": noop("%(who)s showed %(number)s in “%(thread)s” again"),
}
THREADS = {
    "thread.started": noop("%(who)s started “%(thread)s”"),
    "thread.closed": noop("%(who)s closed “%(thread)s”"),
    "thread.reopened": noop("%(who)s reopened “%(thread)s”"),
    "thread.pinned": noop("%(who)s pinned “%(thread)s”"),
    "thread.unpinned": noop("%(who)s unpinned “%(thread)s”"),
}
ROOMS = {
    "workspace.created": noop("%(who)s opened the workspace %(workspace)s"),
    "workspace.changed": noop("%(who)s changed the workspace %(workspace)s"),
    "workspace.closed": noop("%(who)s closed the workspace %(workspace)s"),
    "workspace.reopened": noop("%(who)s reopened the workspace %(workspace)s"),
    "seat.taken": noop("%(member)s took a seat in %(workspace)s"),
    "seat.left": noop("%(member)s left %(workspace)s"),
    "seat.dismissed": noop("%(who)s took %(member)s's seat in %(workspace)s away"),
    "seat.changed": noop("%(who)s changed %(member)s's seat in %(workspace)s"),
    "seat.requested": noop("%(who)s asked for a seat in %(workspace)s"),
    "seat.admitted": noop("%(who)s admitted a member to %(workspace)s"),
    "seat.declined": noop("%(who)s declined a request to join %(workspace)s"),
    "seat.invited": noop("%(who)s invited somebody to %(workspace)s"),
}
