"""Erasing: what is erased for good, or has had words taken out, goes out of the mails that are kept, too.

The words of each post stand between marks in their edition (notifications/slots.py), so they are found and taken out;
numbers and all other words stay, and answers still find their item. A digest that was not sent yet is withdrawn when
it is about to leave (see readers); one that was is shown, and sent again, without the words. A letter about the post
alone loses its bytes; one that waits is taken back, and written anew where the post is still shown.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import speaking
from forum.models import Post
from notifications import each, journals, slots
from notifications.models import Edition, Letter

READER = "erasing"
ENTRIES = 1000  # of one journal in one piece of work


def erase_due(should_stop=lambda: False):
    """Take what was erased since the last time out of all editions; returns how many entries were looked at."""
    return journals.read_on(READER, _erase, limit=ENTRIES)


def _erase(workspace, entries):
    for entry in entries:
        if entry.verb in ("record.erased", "post.redacted") and entry.about.startswith("post:"):
            erase(entry.about)


def erase(reference):
    """Take the words of one post ("post:812") out of every edition that has them; returns of how many."""
    mark, count = f"{slots.BEGIN}{reference}{slots.BEGIN}", 0
    for edition in Edition.objects.filter(Q(text__contains=mark) | Q(html__contains=mark)).iterator(chunk_size=20):
        with speaking(edition.language):
            instead = _("[The words of this post were taken out.]")
        edition.text = slots.without(edition.text, reference, instead)
        edition.html = slots.without(edition.html, reference, f"<p>{instead}</p>")
        edition.save(update_fields=["text", "html"])
        count += 1
    _erase_letters(reference)
    return count


def _erase_letters(reference):
    """Letters about this post alone; one that is just being sent is let go of with the old ones (desk/retention)."""
    letters = Letter.objects.filter(about=reference, kind=Letter.Kind.POST, pruned_at=None)
    with transaction.atomic():
        waiting = list(letters.filter(state=Letter.State.QUEUED).select_for_update(of=("self",)))
        again = [letter.member_id for letter in waiting]
        taken_back = {"state": Letter.State.WITHDRAWN, "claimed_until": None, "key": None}
        letters.filter(pk__in=[letter.pk for letter in waiting]).update(**taken_back)
        letters.exclude(state=Letter.State.SENDING).update(stored=b"", pruned_at=timezone.now())
        post = Post.objects.published().select_related("thread__workspace", "author", "organisation", "parent__author")
        if again and (post := post.filter(pk=reference.partition(":")[2]).first()):
            each.write_again(post, again)
