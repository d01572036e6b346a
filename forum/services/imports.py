"""Posts by the thousand, out of archives: `add` writes many in one go, `hang` puts one where it belongs afterwards.

The operator who imports answers for the posts, so no rule is asked here. The entries in the journal say
`post.imported`, which digests and letters leave alone: nobody wants mail about what was written years ago.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused
from core.bulk import reserve_ids
from forum.models import Post, ReadMark, Seat, Thread, Workspace
from forum.models.posts import LAST_NUMBER, Channel, State, path_for
from forum.models.workspaces import RESERVED_NAMES, Joining, Visibility
from forum.services import attachments
from forum.services.writing import fingerprint
from journal.models import SITE, Journal
from journal.services import Draft, record, record_all

BATCH = 200  # rows in one statement


@dataclass
class Group:
    """The thread that posts without a parent go into; it is started with the first of them if `thread` is None."""

    title: str = ""
    language: str = ""
    thread: int | None = None


@dataclass(kw_only=True, eq=False)
class Imported:
    """A post to be. `parent` is another of these or the id of a post; without it, `group` says where it goes."""

    text: str
    html: str
    html_version: int
    sent_at: datetime
    group: Group
    parent: object = None
    author: int | None = None
    byline: str = ""
    byline_address: str = ""
    language: str = ""
    files: tuple = ()  # of attachments.Upload, checked
    post: Post | None = None


def add(workspace, drafts):
    """Write posts in the order given, parents first, with their entries; returns them. `drafts` are Imported.

    They are numbered from the end of their threads. Keep batches to some hundred posts, for the locks last as long.
    """
    with transaction.atomic():
        workspace = (
            Workspace.objects.select_for_update(of=("self",), no_key=True)
            .select_related("journal")
            .get(pk=workspace.pk)
        )
        threads = _Threads(workspace, drafts)
        for draft, pk in zip(drafts, reserve_ids(Post, len(drafts)), strict=True):
            draft.post = _post(pk, draft, *threads.place(draft))
        threads.save()
        posts = [draft.post for draft in drafts]
        Post.objects.bulk_create(posts, batch_size=BATCH)
        for draft in drafts:
            if draft.files:
                attachments.attach(draft.post, draft.files)
        record_all(
            workspace.journal,
            [Draft(verb="post.imported", about=post, actor=None, data=fingerprint(post)) for post in posts],
        )
    return posts


def _post(pk, draft, thread, parent):
    thread.last_number += 1
    thread.post_count += 1
    thread.last_post_at = max(thread.last_post_at, draft.sent_at)
    return Post(
        pk=pk,
        thread=thread,
        number=thread.last_number,
        path=path_for(thread.last_number, parent),
        parent=parent,
        author_id=draft.author,
        byline="" if draft.author else draft.byline,
        byline_address="" if draft.author else draft.byline_address,
        text=draft.text,
        html=draft.html,
        html_version=draft.html_version,
        language=draft.language,
        channel=Channel.IMPORT,
        state=State.PUBLISHED,
        sent_at=draft.sent_at,
    )


class _Threads:
    """The threads that a batch writes into: those in being, locked, and new ones, saved once at the end."""

    def __init__(self, workspace, drafts):
        self.workspace = workspace
        self.parents = Post.objects.only("pk", "path", "thread_id").in_bulk(
            {draft.parent for draft in drafts if isinstance(draft.parent, int)}
        )
        wanted = {post.thread_id for post in self.parents.values()}
        wanted |= {draft.group.thread for draft in drafts if draft.group.thread}
        self.being = Thread.objects.select_for_update(no_key=True).in_bulk(wanted)
        self.fresh, self.ids = {}, []
        self.spare = sum(not isinstance(draft.parent, Imported) for draft in drafts)

    def place(self, draft):
        """(thread, parent) for a draft. One whose parent is gone, or whose thread is full, answers nothing."""
        parent = draft.parent.post if isinstance(draft.parent, Imported) else self.parents.get(draft.parent)
        thread = self._thread(parent.thread_id) if parent else None
        if thread and thread.last_number < LAST_NUMBER:
            return thread, parent
        thread = self._thread(draft.group.thread) if draft.group.thread else None
        if thread is None or thread.last_number >= LAST_NUMBER:
            thread = self._start(draft)
            draft.group.thread = thread.pk
        return thread, None

    def _thread(self, pk):
        return self.being.get(pk) or self.fresh.get(pk)

    def _start(self, draft):
        self.ids = self.ids or reserve_ids(Thread, self.spare)[::-1]
        self.workspace.last_thread_number += 1
        thread = Thread(
            pk=self.ids.pop(),
            workspace=self.workspace,
            number=self.workspace.last_thread_number,
            title=texts.clean_line(draft.group.title, 200) or _("(no subject)"),
            language=draft.group.language,
            author_id=draft.author,
            created_at=draft.sent_at,
            last_post_at=draft.sent_at,
        )
        self.fresh[thread.pk] = thread
        return thread

    def save(self):
        Thread.objects.bulk_create(self.fresh.values(), batch_size=BATCH)
        for thread in self.being.values():
            thread.workspace = self.workspace
            thread.save(update_fields=["last_number", "post_count", "last_post_at"])
        self.workspace.save(update_fields=["last_thread_number"])


def open_workspace(*, slug, name, description="", language=""):
    """A public workspace out of an archive, with its journal. Raises Refused when the name means something else."""
    with transaction.atomic():
        if slug in RESERVED_NAMES or slug == SITE or Journal.objects.filter(name=slug).exists():
            raise Refused(_("The name “%(name)s” is taken. Choose another mail name.") % {"name": slug})
        workspace = Workspace(
            slug=slug,
            name=texts.clean_line(name, 120) or slug,
            description=texts.clean_text(description)[:10_000],
            visibility=Visibility.PUBLIC,
            joining=Joining.OPEN,
            languages=[language] if language else [],
            journal=Journal.objects.create(name=slug),
        )
        workspace.full_clean(exclude=["journal"])
        workspace.html = texts.render(workspace.description)
        workspace.save()
        record("workspace.created", about=workspace)
    return workspace


def seat(workspace, members):
    """Give seats to many members at once, by their ids; returns how many had none."""
    with transaction.atomic():
        workspace = (
            Workspace.objects.select_for_update(of=("self",), no_key=True)
            .select_related("journal")
            .get(pk=workspace.pk)
        )
        seated = set(workspace.seats.values_list("member_id", flat=True))
        new = [member for member in dict.fromkeys(members) if member not in seated]
        Seat.objects.bulk_create([Seat(workspace=workspace, member_id=member) for member in new], batch_size=BATCH)
        taken = [{"member": member, "role": Seat.Role.MEMBER.value} for member in new]
        record_all(workspace.journal, [Draft(verb="seat.taken", about=workspace, data=data) for data in taken])
    return len(new)


def hang(post, parent):
    """Put a post, with all that answers it, under another one, found later; joins their threads if there are two.

    Nothing happens when that is so already, or when the parent itself answers the post.
    """
    with transaction.atomic():
        workspace = Workspace.objects.select_for_update(of=("self",), no_key=True).get(threads__posts=post.pk)
        # Locked, so that no reply slips into a thread while it is emptied and removed.
        held = Thread.objects.select_for_update(of=("self",), no_key=True).filter(posts__in=[post.pk, parent.pk])
        list(held.order_by("pk"))
        post = Post.objects.select_related("thread__workspace__journal").get(pk=post.pk)
        parent = Post.objects.select_related("thread__workspace__journal").get(pk=parent.pk)
        if post.parent_id == parent.pk or parent.thread.workspace_id != workspace.pk or _answers(parent, post):
            return
        if post.thread_id != parent.thread_id:
            keep, drop = sorted((post.thread, parent.thread), key=lambda thread: thread.number)
            _join(drop, keep)
            post.thread = keep
            post.refresh_from_db(fields=["number"])
        Post.objects.filter(pk=post.pk).update(parent=parent)
        _renew_paths(post.thread)
        record("post.moved", about=post, data={"thread": post.thread_id, "number": post.number, "under": parent.pk})


def _answers(post, other):
    """Does a post stand somewhere under the other one, or is it that one?"""
    parent_of = dict(Post.objects.filter(thread=post.thread_id).values_list("pk", "parent_id"))
    above = post.pk
    while above and above != other.pk:
        above = parent_of.get(above)
    return above == other.pk


def _join(drop, keep):
    """Move all posts of one thread to the end of another, and remove the empty one."""
    moved = list(drop.posts.order_by("number").only("pk", "number"))
    for number, post in enumerate(moved, keep.last_number + 1):
        post.number = number
        Post.objects.filter(pk=post.pk).update(thread=keep, number=number, path=f"~{post.pk}")
    keep.last_number += len(moved)
    keep.post_count += drop.post_count
    keep.last_post_at = max(keep.last_post_at, drop.last_post_at)
    keep.created_at = min(keep.created_at, drop.created_at)
    keep.save(update_fields=["last_number", "post_count", "last_post_at", "created_at"])
    ReadMark.objects.filter(thread=drop).delete()
    record("thread.joined", about=keep, data={"thread": keep.pk, "joined": drop.pk, "posts": len(moved)})
    drop.delete()


def _renew_paths(thread):
    """Make all paths of a thread anew from parents and numbers."""
    rows = list(thread.posts.order_by("number").values_list("pk", "number", "parent_id", "path"))
    below = defaultdict(list)
    for pk, number, parent, path in rows:
        below[parent].append(Post(pk=pk, number=number, path=path))
    changed, open_ends = [], [None]
    while open_ends:
        above = open_ends.pop()
        for post in below.get(above and above.pk, ()):
            path = path_for(post.number, above)
            if post.path != path:
                post.path = path
                changed.append(post)
            open_ends.append(post)
    # In two steps, for a new path may still be another post's old one.
    for post in changed:
        Post.objects.filter(pk=post.pk).update(path=f"~{post.pk}")
    for post in changed:
        Post.objects.filter(pk=post.pk).update(path=post.path)
