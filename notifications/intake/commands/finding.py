"""Finding: `FIND words` lists posts with these words, each with the line that brings it: `GET P812`."""

from django.utils.translation import gettext as _

from core.languages import apart
from notifications import search
from notifications.digests import prose, threads
from notifications.digests.pieces import Style
from notifications.intake.commands import forms
from notifications.intake.told import Section, not_done


def look_up(member, argument):
    """The hits, looked for before the mail is acted on."""
    return search.find(member, argument)


def find(case, argument):
    """The section with the hits."""
    if not search.terms(argument):
        return forms.wrong("FIND", argument)
    found = case.prepared.get(("FIND", argument))
    if found is None:
        return not_done(f"FIND {argument}", _("One mail brings at most three of these. Ask in another mail."))
    style = Style(case.member.language, case.member.zone)
    return Section(
        f"FIND {argument}",
        "found",
        {"words": apart(argument), "found": found, "hits": [_hit(hit, style) for hit in found.hits]},
        shows=tuple(hit.post.reference for hit in found.hits),
    )


def _hit(hit, style):
    post = hit.post
    return {
        "title": apart(prose.title(post.thread.shown_title)),
        "room": apart(prose.title(post.thread.workspace.shown_name)),
        "who": threads.byline(post, style),
        "when": apart(threads.when(post.sent_at, style)),
        "words": apart(prose.title(hit.words)),
        "get": apart(f"GET P{post.pk}"),
    }
