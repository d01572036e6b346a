"""The forum's nouns: workspaces and seats, threads, posts, and what each member has read."""

from forum.models.posts import Attachment, Post, Revision
from forum.models.reading import ReadMark
from forum.models.redactions import Redaction
from forum.models.seats import Invitation, JoinRequest, Seat
from forum.models.threads import Thread
from forum.models.workspaces import Workspace

__all__ = [
    "Attachment",
    "Invitation",
    "JoinRequest",
    "Post",
    "ReadMark",
    "Redaction",
    "Revision",
    "Seat",
    "Thread",
    "Workspace",
]
