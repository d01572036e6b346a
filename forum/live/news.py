"""News of a live page for who asks again and again: one small JSON, or 304 when there is none."""

from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseNotModified
from django.views.decorators.http import require_safe

from core import rates, visitors
from forum.live import doors, kinds
from journal.live import missed, reading, rooms
from journal.services import site_journal

NEXT = 20  # seconds until a page asks again
ASKED_A_MINUTE = 30
ASKED_FROM_ONE_ADDRESS = 3000  # by those who are not signed in: a hall full of people has one
FAR_BEHIND = 100  # entries; each is drawn anew for each who asks


@require_safe
def news(request, name, pk):
    """What a page missed since `?since=`, and in how many seconds it should ask again.

    The tag is made of where the journal stands, so that nothing is drawn for who knows all of it.
    """
    kind, since = kinds.get(name), kinds.since_of(request.GET.get("since", "0"))
    if since is None:
        return HttpResponseBadRequest()
    member = request.user if request.user.is_authenticated else doors.ANYBODY
    admission = kind and doors.admit_to(kind, pk, {member}, site_journal()).get((kind, pk, member))
    if not admission:
        raise Http404
    if wait := too_often(request, member):
        return said({"next": wait, "entries": "[]"}, status=429, headers={"Retry-After": wait})
    language = kinds.language_of(request.GET.get("language"))
    head = admission.marks[admission.journal_id]
    tag = f'"{head}-{since}-{language}-{member.pk or 0}-{int(admission.moderates)}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    found = texts_since(kind, pk, language, since, admission)
    if found is None:
        return said({"seq": head, "next": NEXT, "snapshot": "true"}, headers={"ETag": tag})
    seq, texts = found
    return said({"seq": seq, "next": NEXT, "entries": f"[{','.join(texts)}]"}, headers={"ETag": tag})


def too_often(request, member):
    """The seconds to wait, where one reader asks too often."""
    if member.pk:
        return rates.wait("news", member.pk, most=ASKED_A_MINUTE)
    return rates.wait("news", visitors.address_of(request), most=ASKED_FROM_ONE_ADDRESS)


def texts_since(kind, pk, language, since, admission):
    """`(seq, texts)` of what is new after `since`, or None where that is too much, or `since` is of another world."""
    head = admission.marks[admission.journal_id]
    if since > head or head - since > FAR_BEHIND:
        return None
    if since == head:
        return head, []
    key = rooms.StripKey(kind, pk, language, admission.moderates)
    _, drawn = reading.read(admission.journal_id, since, head, FAR_BEHIND, [key])
    if drawn[key] is None:
        return None
    texts = [item.frame.text for item in drawn[key] if item.is_for(admission.member_id, admission.moderates)]
    return None if sum(map(len, texts)) > missed.MOST_MISSED else (head, texts)


def said(members, *, status=200, headers=None):
    """A JSON object whose members are JSON already."""
    text = ",".join(f'"{name}":{value}' for name, value in members.items())
    return HttpResponse(f"{{{text}}}", content_type="application/json", status=status, headers=headers)
