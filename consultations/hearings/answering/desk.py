"""Papers of the documents desk by their symbols: `GET ALP/2026/H2/CRP.1` tells of the newest version, and which files
can be had; `GET ALP/2026/H2/CRP.1/REV.1` of that version. An answer to it stands in the discussion, under the paper.
"""

import re

from django.conf import settings

from consultations.hearings.models import DeskVersion, Hearing
from consultations.hearings.models.desk import Series
from consultations.wording.lines import on_the_web
from forum import rules as forum_rules
from forum.models.posts import State
from notifications import answers, references
from notifications.files import listing

_SYMBOL = re.compile(
    rf"([^/\s]+)/(\d{{4}})/H(\d{{1,5}})[ /]({'|'.join(Series.values)})\.(\d{{1,4}})(?:/REV\.(\d{{1,3}}))?"
)
SHOWN = DeskVersion.objects.filter(withdrawn_at=None, post__state=State.PUBLISHED)
SHOWN = SHOWN.select_related("document__hearing", "post__thread__workspace")


def look(member, reference):
    """The version a symbol names that this member may read."""
    match = _SYMBOL.fullmatch(reference)
    if match is None or match[1] != settings.REFERENCE_PREFIX.upper():
        return ""
    hearing = Hearing.objects.visible_to(member).filter(year=int(match[2]), number=int(match[3])).first()
    rows = SHOWN.filter(document__hearing=hearing, document__series=match[4], document__number=int(match[5]))
    rows = rows.filter(number=int(match[6]) + 1) if match[6] else rows
    found = rows.order_by("-number").first() if hearing else None
    return found.reference if found else ""


def find(member, pk):
    return SHOWN.filter(pk=pk, document__hearing__in=Hearing.objects.visible_to(member)).first()


def tell(_member, version):
    """(title, text): what it is, what changed, and how each file is had."""
    said = version.document.worded()
    files = [
        f"{file.language_name}: {listing.line(file.attachment)}" if file.language else listing.line(file.attachment)
        for file in version.files.select_related("attachment")
    ]
    web = on_the_web(version.document.get_absolute_url())
    parts = [f"{version.symbol}  {said.title}", said.text, version.change, "\n".join(files), web]
    return version.symbol, "\n\n".join(part for part in parts if part)


def register():
    """Called once, when the app is ready."""
    references.register(look)
    answers.register(
        "desk_version",
        answers.Answerable(
            find=find,
            is_open=lambda member, version: forum_rules.reply(member, version.post.thread),
            take=lambda member, version, said: answers.reply(member, version.post.thread, said, parent=version.post),
            place=lambda version: version.post.thread.reference,
            tell=tell,
            is_carried=True,
            is_for_organisations=True,
        ),
    )
