"""What is filled in at the documents desk: a paper with a file in each language, and what changed in a new version."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models.desk import Series
from core import languages
from forum.forms import REASON_LENGTH, FilesField, OnceForm, area


class _FilesForm(OnceForm):
    """A file for each language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, name in languages.CHOICES:
            self.fields[f"file_{code}"] = FilesField(
                label=_("File in %(language)s") % {"language": name}, required=False, widget=forms.ClearableFileInput
            )

    def clean(self):
        given = super().clean()
        given["files"] = {
            code: given.pop(f"file_{code}")[0] for code in languages.LANGUAGES if given.get(f"file_{code}")
        }
        for code in languages.LANGUAGES:
            given.pop(f"file_{code}", None)
        return given

    def written(self, given):
        files = [given[f"file_{code}"][0] for code in languages.LANGUAGES if given.get(f"file_{code}")]
        return [hashlib.sha256(one.content).hexdigest() for one in files]


class DocumentForm(_FilesForm):
    series = forms.ChoiceField(label=_("Series"), choices=Series)
    item = forms.ModelChoiceField(label=_("Item"), queryset=None, required=False, empty_label=_("the whole hearing"))
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages.CHOICES)
    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(label=_("What it is about"), max_length=2_000, required=False, widget=area(3))

    field_order = ("key", "series", "item", "language", "title", "text")

    def __init__(self, *args, hearing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = hearing.items.all()
        self.fields["item"].label_from_instance = lambda item: f"{item.label}. {item}"

    def clean(self):
        given = super().clean()
        words = (given.pop("title", ""), given.pop("text", ""))
        given["wordings"] = {given.pop("language", "en"): words}
        return given


class RevisionForm(_FilesForm):
    change = forms.CharField(label=_("What has changed"), max_length=REASON_LENGTH, required=False, widget=area(3))
    field_order = ("key", "change")


class TitleForm(forms.Form):
    """One language of a paper's title and of what it is about."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    text = forms.CharField(label=_("What it is about"), max_length=2_000, required=False, widget=area(3))
