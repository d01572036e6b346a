"""What is worded in several languages (`Worded`) gets its words in one of them, beside the original."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import languages
from core.deeds import perform, posted


def cells(thing):
    """For each language (code, name, whether there is a version)."""
    return [(code, name, code in thing.languages) for code, name in languages.CHOICES]


def reword(request, template, thing, language, *, form, do, rule, home, gap, sees=None, context=()):
    """The form of one language. form: a class, such as forms.rooms.WordsForm. home: where one goes when it is saved;
    `then` goes on to gap(), the address of what has no version in this language yet.
    """
    if language not in languages.LANGUAGES:
        raise Http404
    title, text = thing.wordings.get(language, ("", ""))
    return perform(
        request,
        template,
        form=form(posted(request), language=language, initial={"title": title, "text": text}),
        do=do,
        rule=rule,
        sees=sees,
        about=thing,
        said=_("Saved."),
        back=lambda _done: gap() if "then" in request.POST else home,
        context={
            "code": language,
            "name": languages.LANGUAGES[language][0],
            "original": thing.worded(thing.language) if language != thing.language else None,
            "cells": [(*cell, _address(request, cell[0])) for cell in cells(thing)],
            **dict(context),
        },
    )


def _address(request, language):
    """The same form in another language."""
    match = request.resolver_match
    return reverse(match.view_name, kwargs=match.kwargs | {"language": language})
