"""The scene most tests start from: one workspace, one thread, and the cast.

Alice moderates, Bob takes part, Carol is outside, Dora has only email, Sekou is of the secretariat.
"""

from django.core.cache import cache
from django.test import Client

from forum.models import Workspace
from forum.services import posts, seats, threads, workspaces
from members.models import Member


class World:
    """A public workspace `plenary` with a thread of two posts, by Alice and by Bob."""

    def __init__(self, client=None, visibility="public"):
        cache.clear()  # how often somebody of the same number did something in an earlier test
        self.client = client or Client()
        self.sekou = self.member("sekou", is_secretariat=True)
        self.alice = self.member("alice")
        self.bob = self.member("bob")
        self.carol = self.member("carol")
        self.dora = self.member("dora", language="fr")
        self.workspace = self.room("plenary", visibility=visibility)
        self.thread = threads.start(
            author=self.alice, workspace=self.workspace, title="Water above 3,000 m", text="Who measures the springs?"
        )
        self.post = self.thread.posts.get(number=1)
        self.answer = posts.reply(author=self.bob, thread=self.thread, text="We do, twice a year.", parent=self.post)

    def member(self, name, **fields):
        return Member.objects.create_user(f"{name}@example.org", name=name.title(), **fields)

    def room(self, slug, **fields):
        """A workspace moderated by Alice in which Bob and Dora have seats and Carol has none."""
        room = workspaces.create(by=self.sekou, slug=slug, name=slug.title(), moderators=[self.alice], **fields)
        for member in (self.bob, self.dora):
            seats.give(by=self.sekou, workspace=room, member=member)
        return Workspace.objects.get(pk=room.pk)

    def sign_in(self, member):
        self.client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
        return self.client

    def sign_out(self):
        self.client = Client()
        return self.client
