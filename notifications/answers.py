"""Answerables: the kinds of things a mail can answer, and how each takes an answer.

A letter or an item of an issue names what it is about ("thread:7"). Whoever owns that kind of thing registers here
how to find it for a member, whether it is open, and how it takes an answer; rules are asked there, by the service that
also serves the web. What the forum has registers below; ballots and questions come from the floor above.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from core.access import No, Refused
from forum import keepers, rules
from forum.models import Post, Thread, Workspace
from forum.models.posts import Channel, State
from forum.services import posts, threads
from forum.services.voices import Voice
from members.models import Organisation
from members.services import mandates
from notifications.reading import behalf


@dataclass(frozen=True)
class Said:
    """What a member said: the text, the key that makes it happen once, its subject, the files beside it.

    sent_at: when the mail says it was sent; received_at: when it came to us, which nobody can choose; prove(): when it
    was provably sent, or None. organisation: which the writer says they speak for.
    """

    text: str
    key: str
    subject: str = ""
    files: Sequence = ()  # of forum.services.attachments.Upload
    sent_at: datetime | None = None
    received_at: datetime | None = None
    prove: Callable | None = None
    voice: Voice | None = None  # whose words the member carries
    organisation: Organisation | None = None

    @property
    def proven_at(self):
        """When it was provably sent, where a trusted server's line or a signed date says so. Takes long to find out:
        ask only where it matters (see `attempt_of`).
        """
        return self.prove() if self.prove else None


@dataclass(frozen=True)
class Taken:
    """What an answer became: the reference of it ("post:812"), and whether it still waits for a moderator.

    note: what the receipt says of it besides its number ("your vote: B"). how: where it is kept and does not count yet,
    what its writer can do with it by answering the mail that says so at once. is_partly: was some of it refused? The
    note says what, and its writer hears of it at once. is_soon: is its receipt needed before the next issue? None: as
    the thing that is answered has it; False also where a letter of its own tells of it at once.
    """

    result: str
    is_waiting: bool = False
    note: str = ""
    how: str = ""
    is_partly: bool = False
    is_soon: bool | None = None


@dataclass(frozen=True)
class Answerable:
    """One kind of thing that can be answered.

    find(member, pk): the thing, or None when this member may not see it.
    is_open(member, thing): True, or No(reason).
    take(member, thing, said): does it and returns Taken; raises Refused with the reason.
    place(thing): the reference of the place where the answer will stand. A mail that comes to two addresses of one
    place answers once.
    is_one: all that a mail says to it is one answer, wherever it stands in the mail; a member has one vote.
    is_sealed(pk): is it answered in secret? Then a mail that answers it is shown to nobody, and let go of once taken.
    tell(member, thing): (title, plain text) of the whole thing, for `GET`; discussions do without.
    hears_soon(member, thing): is a receipt in the member's next issue too late, for it goes on now? Then it comes in a
    letter (intake/receipts.py).
    split(text): the texts of the answers in it, where a thing has numbered parts and one text speaks of several. Bare
    numbers below such an item are its own.
    """

    find: Callable
    is_open: Callable
    take: Callable
    place: Callable
    tell: Callable | None = None
    split: Callable | None = None
    hears_soon: Callable | None = None
    is_one: bool = False
    is_carried: bool = False  # may somebody answer it for somebody else? Votes are cast in person.
    is_sealed: Callable | None = None
    takes_files: bool = True  # files beside an answer to other things are left out, and their sender is told
    is_for_organisations: bool = False  # may a member answer it for an organisation (`FOR: WWF`)?


@dataclass(frozen=True)
class Found:
    """A thing as one member meets it; `thing` is None when it is gone or not for them."""

    member: object
    about: str
    answerable: Answerable | None
    thing: object

    @property
    def is_open(self):
        """True while the member can answer it; else No(reason)."""
        return self.answerable.is_open(self.member, self.thing) if self.thing is not None else No(self.why_not)

    @property
    def place(self):
        return self.answerable.place(self.thing) if self.thing is not None else self.about

    @property
    def takes_files(self):
        return self.thing is None or self.answerable.takes_files

    @property
    def hears_soon(self):
        """Would the next issue tell of an answer to it too late?"""
        hears_soon = self.answerable.hears_soon if self.thing is not None else None
        return bool(hears_soon and hears_soon(self.member, self.thing))

    def split(self, text):
        """The texts of the answers in a text: one, unless the thing has numbered parts."""
        return self.answerable.split(text) if self.thing is not None and self.answerable.split else [text]

    @property
    def why_not(self):
        if self.answerable is None:
            return _("It cannot be answered by mail.")
        return _(
            "It is not there for you any more: it was removed, or you have no seat in its workspace. "
            "If you think this is wrong, write to the moderators of the workspace."
        )

    def take(self, said):
        """Hand it an answer; returns Taken, raises Refused with the reason and the text."""
        if self.thing is None:
            raise Refused(self.why_not, text=said.text)
        if said.voice and not self.answerable.is_carried:
            raise Refused(_("Nobody can answer this for somebody else."), text=said.text)
        if said.organisation and not self.answerable.is_for_organisations:
            raise Refused(_("This is answered by each member, not for an organisation."), text=said.text)
        return self.answerable.take(self.member, self.thing, said)


_kinds: dict[str, Answerable] = {}


def register(kind, answerable):
    """Say how things whose reference starts with `kind:` are answered."""
    if kind in _kinds:
        raise ValueError(f"The kind {kind} is registered twice.")
    _kinds[kind] = answerable


def knows(about):
    """Is this the reference of something that can be answered?"""
    return about.partition(":")[0] in _kinds


def is_one(about):
    """Is all that one mail says to this thing one answer?"""
    answerable = _kinds.get(about.partition(":")[0])
    return answerable is not None and answerable.is_one


def is_sealed(about):
    """Is this answered in secret?"""
    kind, _colon, pk = about.partition(":")
    answerable = _kinds.get(kind)
    return bool(answerable and answerable.is_sealed and pk.isdecimal() and answerable.is_sealed(int(pk)))


def is_numbered(about):
    """Has this thing numbered parts, so that a line that begins with a number speaks of one of them?"""
    answerable = _kinds.get(about.partition(":")[0])
    return answerable is not None and answerable.split is not None


def may_be_carried(about):
    """May somebody answer this for somebody else? Votes and consents are everybody's own."""
    answerable = _kinds.get(about.partition(":")[0])
    return answerable is not None and answerable.is_carried


def find(member, about):
    """The thing that a reference names, as `Found`."""
    kind, _colon, pk = about.partition(":")
    answerable = _kinds.get(kind)
    thing = answerable.find(member, int(pk)) if answerable and pk.isdecimal() else None
    return Found(member, about, answerable, thing)


def find_named(member, kind, things):
    """The only thing of a queryset, already limited to what the member may see, as `Found`."""
    thing = things.first()
    return Found(member, f"{kind}:{thing.pk if thing else 0}", _kinds[kind], thing)


# -- Workspaces, threads and posts -------------------------------------------------------------------------------------


def find_workspace(member, pk):
    return Workspace.objects.visible_to(member).filter(pk=pk).first()


def start(member, workspace, said):
    """Start a thread: the subject becomes its title."""
    thread = threads.start(author=member, workspace=workspace, title=said.subject, text=said.text, **_of_mail(said))
    return Taken(thread.reference, is_waiting=thread.post_count == 0)


def find_thread(member, pk):
    return Thread.objects.visible_to(member).select_related("workspace").filter(pk=pk).first()


def find_post(member, pk):
    """A post in a room the member may read. Whether it can still be answered is for the service to say."""
    rooms = Workspace.objects.visible_to(member)
    return Post.objects.select_related("thread__workspace").filter(pk=pk, thread__workspace__in=rooms).first()


def reply(member, thread, said, parent=None):
    """Post an answer into a thread; in one that is kept, as its keeper has it."""
    keeper, said = keepers.of(thread), _with_capacity(member, thread, said)
    attempt = attempt_of(said, lambda attempt: rules.reply(member, thread, attempt))
    post = posts.bring(author=member, thread=thread, parent=parent, text=said.text, attempt=attempt, **_of_mail(said))
    if isinstance(post, Taken):
        return post
    if not isinstance(post, Post):
        return Taken(post.reference, note=post.note, how=post.how)
    note = str(keeper.receipt(post)) if keeper and keeper.receipt else ""
    return Taken(post.reference, is_waiting=post.state == State.PENDING, note=note)


def attempt_of(said, may):
    """How the words of a mail came in, for the keeper of a thread. may(attempt): would it take them?

    When they were sent is looked for only where they came too late; None where it is not known when they came.
    """
    if said.received_at is None:
        return None
    attempt = keepers.Attempt(at=said.received_at, organisation=said.organisation, voice=said.voice)
    return attempt if may(attempt) else replace(attempt, proven_at=said.proven_at)


def why_nobody(member, about, name):
    """Why words in this name are not taken there, where only organisations speak and it is none of the member's."""
    thing = find(member, about).thing
    thread = getattr(thing, "thread", thing)
    keeper = keepers.of(thread) if isinstance(thread, Thread) else None
    try:
        if keeper and keeper.speaks_for:
            keeper.speaks_for(member, thread, name)
    except Refused as refused:
        return str(refused.reason)
    return ""


def _with_capacity(member, thread, said):
    """What was said, with the organisation it speaks for: that of its first line, or the only one it can be."""
    if said.organisation or said.voice:
        return said
    if (introduced := behalf.introduced(said.text)) and (named := mandates.spoken_for(member, introduced[0])):
        return replace(said, organisation=named, text=introduced[1])
    keeper = keepers.of(thread)
    if keeper is None or keeper.speaks_for is None:
        return said
    try:
        return replace(said, organisation=keeper.speaks_for(member, thread))
    except Refused as refused:
        raise Refused(refused.reason, text=said.text) from None


def _of_mail(said):
    return {
        "files": said.files,
        "key": said.key,
        "channel": Channel.MAIL,
        "sent_at": said.sent_at,
        "voice": said.voice,
        "organisation": said.organisation,
    }


def register_forum():
    """Workspaces, threads and posts; called once, when the app starts."""
    register(
        "workspace",
        Answerable(
            find=find_workspace,
            is_open=rules.start,
            take=start,
            place=lambda workspace: workspace.reference,
            is_carried=True,
            is_for_organisations=True,
        ),
    )
    register(
        "thread",
        Answerable(
            find=find_thread,
            is_open=rules.reply,
            take=reply,
            place=lambda thread: thread.reference,
            is_carried=True,
            is_for_organisations=True,
        ),
    )
    register(
        "post",
        Answerable(
            find=find_post,
            is_open=lambda member, post: rules.reply(member, post.thread),
            take=lambda member, post, said: reply(member, post.thread, said, parent=post),
            place=lambda post: post.thread.reference,
            is_carried=True,
            is_for_organisations=True,
        ),
    )
