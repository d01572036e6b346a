"""Translating a synthesis: its lines in one language beside those it was written in."""

from django.http import Http404
from django.utils.translation import gettext_lazy

from consultations.forms.syntheses import TranslateForm
from consultations.rules import syntheses as rules
from consultations.services import translations as service
from consultations.views.syntheses import find_synthesis
from core import languages
from core.deeds import deed, perform, posted


@deed
def translate_synthesis(request, year, number, language):
    synthesis = find_synthesis(request, year, number)
    if language not in languages.LANGUAGES or language == synthesis.language:
        raise Http404
    found = synthesis.translations.filter(language=language).first()
    initial = {"title": found.title if found else "", "revision": found.revision if found else 0}
    initial["text"] = service.typed(synthesis, found)
    outdated = found.outdated(synthesis.sentences.standing()) if found else []
    form = TranslateForm(posted(request), initial=initial)
    form.fields["text"].widget.attrs["lang"] = form.fields["title"].widget.attrs["lang"] = language
    return perform(
        request,
        "consultations/translate_synthesis.html",
        form=form,
        do=lambda **fields: service.translate(by=request.user, synthesis=synthesis, language=language, **fields),
        rule=rules.translate,
        about=synthesis,
        said=gettext_lazy("The translation is kept."),
        back=f"{synthesis.get_absolute_url()}?lang={language}",
        context={"outdated": outdated, "into": language, "language_name": languages.LANGUAGES[language][0]},
    )
