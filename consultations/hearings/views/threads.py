"""What the thread of an item of an agenda shows over its posts: which item of which hearing it is."""

from django.template.loader import render_to_string

from consultations.hearings.models import Item
from consultations.hearings.views import places


def head(member, thread, request):
    """The item with its hearing; its words where the reader's language is not that of the thread. One query."""
    item = Item.objects.select_related("hearing").filter(thread=thread).first()
    if item is None:
        return ""
    item.hearing.workspace = thread.workspace
    said = item.worded()
    is_apart = request is not None and request.path != thread.get_absolute_url()
    context = {"item": item, "hearing": item.hearing, "wording": said}
    context["is_whole"] = is_apart or said.language != item.language
    context["tools"] = places.item_tools(member, item) if request is not None and not is_apart else ()
    return render_to_string("hearings/_thread_head.html", context, request=request)
