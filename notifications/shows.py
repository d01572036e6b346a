"""What a letter shows: asked again when it is about to leave, for letters that are not about one post alone.

`Letter.shows` lists it: "post:812" for a post whose words stand in it, and the reference of anything else that can be
answered, as "pending:5" for what waits in workspace 5 (see moderating).
"""

from collections import defaultdict

from forum.models import Post
from members.models import Member
from notifications import answers


def unreadable(batch):
    """The ids of those letters of a batch that show what their readers may not see any more."""
    wanted = defaultdict(set)
    for letter in batch:
        if letter.shows and letter.member_id:
            wanted[letter.member_id].update(letter.shows)
    lost = {
        (member.pk, reference)
        for member in Member.objects.filter(pk__in=wanted)
        for reference in wanted[member.pk] - _visible(member, wanted[member.pk])
    }
    return {
        letter.pk
        for letter in batch
        if letter.shows and any((letter.member_id, reference) in lost for reference in letter.shows)
    }


def _visible(member, references):
    posts = {_id(reference): reference for reference in references if reference.startswith("post:")}
    others = references - set(posts.values())
    seen = {reference for reference in others if answers.find(member, reference).thing is not None}
    if posts:
        visible = Post.objects.visible_to(member).filter(pk__in=posts).values_list("pk", flat=True)
        seen |= {posts[pk] for pk in visible}
    return seen


def _id(reference):
    return int(reference.rpartition(":")[2])
