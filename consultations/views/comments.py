"""What is said of draft texts: the page of one paragraph, with its form; all comments and proposals of a text, to be
looked through by kind, paragraph and organisation; and the drafters' decisions.
"""

import secrets
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import labels, texts
from consultations.forms.documents import CommentForm, DeclineForm, RemarkEntryForm, TakeForm
from consultations.models import Amendment, Paragraph
from consultations.rules import comments as rules
from consultations.rules import contributions as contribution_rules
from consultations.rules import documents as document_rules
from consultations.rules import entries as entry_rules
from consultations.services import comments as service
from consultations.views import entries
from consultations.views.documents import find_document, find_version
from core.access import find
from core.deeds import deed, perform, posted
from forum.keepers import Attempt
from forum.models.posts import State
from members.models import Organisation
from members.services import mandates

FILTERS = (
    ("", _("all")),
    ("comment", _("comments")),
    ("amendment", _("proposals")),
    ("open", _("open proposals")),
    ("taken", _("taken")),
    ("declined", _("declined")),
)


def find_paragraph(request, year, number, document, version, label):
    """(the numbered paragraph, does the one who asks facilitate it?); written as people write it, `12 (A)`, too."""
    found, moderates = find_version(request, year, number, document, version)
    rows = Paragraph.objects.filter(version=found).select_related("thread__workspace")
    paragraph = rows.filter(label=label).first() or rows.filter(label=labels.clean(label)).exclude(label="").first()
    if paragraph is None:
        raise Http404
    paragraph.version = found
    return paragraph, moderates


@require_safe
def paragraph(request, year, number, document, version, label):
    """One paragraph: its words, what was said of it, where else it stands, and the form. Its permanent address."""
    found, moderates = find_paragraph(request, year, number, document, version, label)
    if found.label != label:
        return redirect(found)
    said = texts.placed(request.user, moderates=moderates).filter(paragraph=found)
    listed = Paginator(said.order_by("contribution__number"), texts.COMMENTS).get_page(request.GET.get("page"))
    for comment in listed.object_list:
        comment.paragraph = found
    may = rules.comment(request.user, found, Attempt(is_asked=True))
    before, after = texts.beside(found)
    for other in filter(None, (before, after)):
        other.version = found.version
    elsewhere = texts.elsewhere(found)
    for other in elsewhere:
        other.version.document = found.version.document
    context = {
        "consultation": found.version.consultation,
        "workspace": found.version.consultation.workspace,
        "version": found.version,
        "paragraph": found,
        "comments": texts.drawn(listed.object_list),
        "page": listed,
        "before": before,
        "after": after,
        "elsewhere": elsewhere,
        "moderates": moderates,
        "may_comment": bool(may),
        "why_not": "" if may else may.reason,
        "may_enter": found.version.is_current and bool(entry_rules.enter(request.user, found.version.document)),
        "is_discussed": service.is_discussed(found.version),
        "form": CommentForm(member=request.user, paragraph=found) if may else None,
    }
    return render(request, "consultations/paragraph.html", context)


@deed
def comment(request, year, number, document, version, label):
    """Comment on a paragraph, or propose another wording."""
    found, _moderates = find_paragraph(request, year, number, document, version, label)
    return perform(
        request,
        "consultations/comment.html",
        form=CommentForm(posted(request), request.FILES or None, member=request.user, paragraph=found),
        do=lambda **fields: service.write(author=request.user, paragraph=found, **fields),
        rule=lambda member, paragraph: rules.comment(member, paragraph, Attempt(is_asked=True)),
        sees=lambda member, paragraph: contribution_rules.takes_part(member, paragraph.version.consultation),
        about=found,
        said=_said,
        back=lambda post: f"{found.get_absolute_url()}{_anchor(post)}",
        context={"consultation": found.version.consultation, "version": found.version, "paragraph": found},
    )


@deed
def enter_remark(request, year, number, document, version, label):
    """A sheet of paper speaks of a paragraph."""
    found, facilitates = find_paragraph(request, year, number, document, version, label)
    consultation = found.version.consultation
    spoken_for = [organisation.pk for organisation in mandates.of(request.user)]
    organisations = Organisation.objects.all() if facilitates else Organisation.objects.filter(pk__in=spoken_for)
    form = RemarkEntryForm(
        posted(request),
        request.FILES or None,
        paragraph=found,
        organisations=organisations,
        facilitates=facilitates,
        initial={"key": secrets.token_urlsafe(9), "language": found.version.language},
    )
    return perform(
        request,
        "consultations/enter_remark.html",
        form=form,
        do=lambda **fields: entries.enter_words(
            request, found.version.document, write=_writer(found, fields.pop("proposal", None)), **fields
        ),
        rule=entry_rules.enter,
        about=found.version.document,
        said=lambda contribution: (
            _("Entered as %(code)s. Print the receipt, or read it out.") % {"code": contribution.code}
        ),
        back=lambda contribution: reverse(
            "consultations:paper_receipt", args=[*consultation.url_key, contribution.number]
        ),
        context={"consultation": consultation, "version": found.version, "paragraph": found},
    )


def _writer(paragraph, proposal):
    return partial(service.write, paragraph=paragraph, proposal=proposal)


def _said(post):
    if post.state == State.PENDING:
        return _("It waits for a facilitator. Until then only you and the facilitators see it.")
    contribution = getattr(post, "contribution", None)
    return _("Received as %(code)s.") % {"code": contribution.code} if contribution else ""


def _anchor(post):
    contribution = getattr(post, "contribution", None)
    return f"#{contribution.number}" if contribution else ""


@require_safe
def comments(request, year, number, document):
    """Everything said of a version, in the order of its paragraphs: for the drafters, and for all who can read it."""
    found, moderates = find_document(request, year, number, document)
    versions = list(found.versions.filter(published_at__isnull=False).defer("source").order_by("number"))
    if not versions:
        raise Http404
    for one in versions:
        one.document = found
    asked = {name: request.GET.get(name, "")[:60] for name in ("version", "kind", "organisation", "paragraph")}
    version = next((one for one in versions if str(one.number) == asked["version"]), versions[-1])
    organisations = list(texts.organisations(version))
    organisation = next((one for one in organisations if str(one.pk) == asked["organisation"]), None)
    said = texts.placed(request.user, moderates=moderates).filter(paragraph__version=version)
    label = labels.clean(asked["paragraph"])
    said = texts.chosen(said, kind=asked["kind"], organisation=organisation, label=label)
    said = said.order_by("paragraph__place", "contribution__number")
    listed = Paginator(said, texts.COMMENTS).get_page(request.GET.get("page"))
    for one in listed.object_list:
        one.paragraph.version = version
    context = {
        "consultation": found.consultation,
        "document": found,
        "version": version,
        "versions": versions,
        "comments": texts.drawn(listed.object_list),
        "page": listed,
        "filters": FILTERS,
        "asked": asked | {"paragraph": label},
        "organisation": organisation,
        "organisations": organisations,
        "moderates": moderates,
    }
    return render(request, "consultations/comments.html", context)


@deed
def take_amendment(request, pk):
    """Take a proposal into the text that is being drafted."""
    said = _("Taken. Begin the next version with the text as it is: what was taken stands in it.")
    return _decide(request, pk, "consultations/take_amendment.html", TakeForm, taken=True, said=said)


@deed
def decline_amendment(request, pk):
    """Decline a proposal, with the reason."""
    return _decide(
        request,
        pk,
        "consultations/decline_amendment.html",
        DeclineForm,
        taken=False,
        said=_("It is declined."),
    )


def _decide(request, pk, template, form, *, taken, said):
    amendment = find(Amendment.objects.with_all(), request.user, pk=pk)
    version = amendment.paragraph.version
    [drawn] = texts.drawn([amendment.comment])
    return perform(
        request,
        template,
        form=form(posted(request)),
        do=lambda reason: service.decide(by=request.user, amendment=amendment, taken=taken, reason=reason),
        rule=document_rules.decide,
        about=amendment,
        said=said,
        back=amendment,
        context={"consultation": version.consultation, "version": version, "comment": drawn},
    )
