"""What other pages show of draft texts: a section on the page of the consultation, the line on a post, tools."""

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consultations.checklist import Check
from consultations.models import Comment, Document
from consultations.models.comments import CommentKind
from consultations.models.phases import PhaseKind
from consultations.rules import documents as rules
from consultations.services import comments
from consultations.views.places import Link
from consultations.wording import consultations as wording
from forum import keepers
from forum.models.posts import State

SHOWN = 20


def section(member, consultation, request):
    """The draft texts with how much was said of the version under discussion; one query."""
    shown = Q(current__paragraphs__comments__contribution__post__state=State.PUBLISHED)
    is_proposal = Q(current__paragraphs__comments__kind=CommentKind.AMENDMENT)
    said = "current__paragraphs__comments"
    rows = Document.objects.visible_to(member).filter(consultation=consultation).select_related("current")
    rows = rows.defer("current__source").annotate(
        comments=Count(said, filter=shown & ~is_proposal), proposals=Count(said, filter=shown & is_proposal)
    )
    rows = list(rows.order_by("number")[:SHOWN])
    for row in rows:
        row.consultation = consultation
    context = {"documents": rows, "consultation": consultation}
    return render_to_string("consultations/_documents.html", context, request=request) if rows else ""


def tools(member, consultation):
    """Uploading, where there is a phase for it."""
    is_asked = any(phase.kind == PhaseKind.DRAFT for phase in consultation.timetable)
    if not (is_asked and rules.prepare(member, consultation)):
        return []
    return [Link(reverse("consultations:documents", args=consultation.url_key), _("Draft texts"))]


def checks(consultation):
    """Has the first phase for a draft text one, and is what later ones have published? One query."""
    phases = [phase for phase in consultation.timetable if phase.kind == PhaseKind.DRAFT]
    if not phases:
        return
    rows = list(Document.objects.filter(consultation=consultation).values_list("phase", "current"))
    url = reverse(f"consultations:{'documents' if rows else 'prepare_document'}", args=consultation.url_key)
    for phase in phases:
        there = [current for of, current in rows if of == phase.pk]
        facts = {"phase": phase}
        if not there and phase != phases[0]:
            continue  # a second round is on the next version of the text of the first
        if not there:
            yield Check(False, _("“%(phase)s” has no draft text yet. Upload one before it opens.") % facts, url)
        elif None in there:
            yield Check(
                False, _("A draft text for “%(phase)s” is not published. Look at it, and publish it.") % facts, url
            )
        else:
            yield Check(True, _("The draft text for “%(phase)s” is published.") % facts, url)


def head(member, thread, request):
    """The paragraph a thread is about, over its posts."""
    paragraph = comments.paragraph_of(thread)
    context = {"paragraph": paragraph, "version": paragraph.version}
    return render_to_string("consultations/_paragraph_head.html", context, request=request)


def notes(posts):
    """The line under each post that is a comment or a proposal; one query."""
    rows = Comment.objects.filter(contribution__post__in=posts).select_related("contribution__consultation")
    return {row.contribution.post_id: _note(row) for row in rows}


def _note(comment):
    said = wording.stamped(comment.contribution)
    text = format_lazy("{} · {}", said, comment.get_kind_display()) if comment.kind == CommentKind.AMENDMENT else said
    return keepers.Note(text, comment.contribution.get_absolute_url())
