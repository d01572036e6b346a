"""Reading contributions to cite them: beside the editor, or on a page of its own, and from a contribution itself."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations import sources as citable
from consultations.forms.syntheses import CiteForm, SourcesForm
from consultations.models import Contribution, Synthesis
from consultations.rules import syntheses as rules
from consultations.services import sentences as service
from consultations.views.consultations import labelled, number_in
from consultations.views.places import Link
from consultations.views.syntheses import address, find_synthesis, place_of
from core.access import require
from core.deeds import deed, perform, posted


@deed
@require_safe
def sources(request, year, number):
    """The contributions that can be cited, in whole; the editor shows its middle part beside the text."""
    synthesis = find_synthesis(request, year, number)
    require(rules.write, request.user, synthesis)
    form = SourcesForm(request.GET, consultation=synthesis.consultation)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = citable.chosen(synthesis, **wanted)
    rows, more, count = citable.page(synthesis, rows, after=number_in(request.GET, "after"))
    context = {
        "synthesis": synthesis,
        "consultation": synthesis.consultation,
        "form": form,
        "choices": [field for field in form if field.name != "q"],
        "chosen": any(value for name, value in wanted.items() if name != "q"),
        "rows": labelled(rows),
        "more": more,
        "count": count,
    }
    return render(request, "consultations/sources.html", context)


@deed
def cite(request, year, number, contribution):
    """Cite one contribution in a sentence, or in a new one at the end."""
    synthesis = find_synthesis(request, year, number)
    rows = Contribution.objects.shown().select_related("post__author", "organisation", "question")
    row = rows.filter(consultation=synthesis.consultation, number=contribution).first()
    if row is None:
        raise Http404
    row.consultation = synthesis.consultation
    sentences = synthesis.sentences.standing().filter(kind="sentence")
    return perform(
        request,
        "consultations/cite.html",
        form=CiteForm(posted(request), sentences=sentences),
        do=lambda **fields: service.cite(by=request.user, synthesis=synthesis, number=row.number, **fields),
        rule=rules.write,
        sees=rules.see_draft,
        about=synthesis,
        said=gettext_lazy("It is cited."),
        back=place_of,
        context={"row": row},
    )


def deeds(member, contribution):
    """Citing, for those who write a synthesis that is not published."""
    synthesis = Synthesis.objects.visible_to(member).filter(consultation=contribution.consultation_id).first()
    if synthesis is None or synthesis.is_published:
        return []
    synthesis.consultation = contribution.consultation
    if not rules.write(member, synthesis):
        return []
    return [Link(address(synthesis, "cite", contribution.number), _("Cite it"))]
