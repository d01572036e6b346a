"""The section `document`: the paper that came to the desk last, with the size of each of its files."""

from consultations.hearings import state
from consultations.hearings.models import DeskVersion
from core import sizes
from forum.models.posts import State

DESK = ("desk.published", "desk.reworded", "desk.withdrawn", "post.hidden", "post.restored", "record.erased")


def register():
    """Called once, when the app is ready."""
    state.register("document", document, DESK)


def document(hearing):
    """The newest version that is there, or None."""
    rows = DeskVersion.objects.filter(document__hearing=hearing, withdrawn_at=None, post__state=State.PUBLISHED)
    rows = rows.select_related("document__item").prefetch_related("files__attachment")
    version = rows.order_by("-published_at", "-pk").first()
    if version is None:
        return None
    version.document.hearing = hearing
    return {
        "id": version.pk,
        "symbol": version.symbol,
        "title": str(version.document),
        "version": version.number,
        "item": version.document.item.label if version.document.item_id else "",
        "change": version.change,
        "at": state.moment(version.published_at),
        "url": version.document.get_absolute_url(),
        "files": [
            {
                "id": file.pk,
                "name": file.attachment.name,
                "language": file.language_name,
                "size": sizes.said(file.attachment.size),
                "url": file.attachment.get_absolute_url(),
            }
            for file in version.files.all()
        ],
    }
