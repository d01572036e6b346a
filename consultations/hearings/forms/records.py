"""What is filled in about the record of a hearing: the summary, its publication, corrections and decisions on them."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models import Correction
from consultations.hearings.models.printings import HearingPaper
from consultations.models.printings import Form
from core import languages
from forum.forms import area

MOST_TEXT = 60_000
_LINE = re.compile(r"\s*(\d{1,5})\s*[:.)]\s*(.+)", re.DOTALL)


class SummaryForm(forms.Form):
    text = forms.CharField(label=_("Summary by the chair"), max_length=MOST_TEXT, required=False, widget=area(20))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PublishRecordForm(forms.Form):
    until = forms.DateTimeField(
        label=_("Corrections until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Everyone whose words are in the record is mailed, and can ask for corrections until then."),
    )


class CorrectForm(forms.Form):
    paragraph = forms.IntegerField(
        label=_("Paragraph"), min_value=1, required=False, help_text=_("The number as it stands before it.")
    )
    part = forms.ChoiceField(label=_("What is corrected"), choices=Correction.Part)
    reads = forms.CharField(label=_("How it should read"), max_length=MOST_TEXT, required=False, widget=area(8))
    why = forms.CharField(label=_("Why"), max_length=4000, required=False, widget=area(3))


class AcceptCorrectionForm(forms.Form):
    paragraph = forms.IntegerField(label=_("Paragraph"), min_value=1)
    part = forms.ChoiceField(label=_("What is corrected"), choices=Correction.Part)
    reads = forms.CharField(label=_("How it shall read"), max_length=MOST_TEXT, widget=area(8))
    reason = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class CorrigendumForm(forms.Form):
    """[(number, how the paragraph reads), ...]: a paragraph begins where a line begins with its number."""

    corrections = forms.CharField(
        label=_("Corrections"),
        max_length=4 * MOST_TEXT,
        widget=area(12),
        help_text=_("For each the number of the paragraph, a colon, and how it reads; an empty line between two."),
    )

    def clean_corrections(self):
        parts = [
            part
            for part in re.split(r"\n\s*\n(?=\s*\d{1,5}\s*[:.)])", self.cleaned_data["corrections"])
            if part.strip()
        ]
        found = [_LINE.fullmatch(part.strip()) for part in parts]
        if not found or not all(found):
            raise forms.ValidationError(_("Each begins with the number of its paragraph and a colon."))
        return [(int(match[1]), match[2].strip()) for match in found]


class TakeOutForm(forms.Form):
    passage = forms.CharField(label=_("Words to take out"), max_length=MOST_TEXT, widget=area(3))
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.TextInput(attrs={"dir": "auto"}))


class PrintRecordForm(forms.Form):
    paper = forms.ChoiceField(label=_("Paper"), choices=HearingPaper)
    form = forms.ChoiceField(
        label=_("Form"), choices=Form, help_text=_("The whole record is always a ZIP, and only that is.")
    )
    language = forms.ChoiceField(label=_("Language of what stands around the words"), choices=languages.CHOICES)

    def __init__(self, *args, allowed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [(str(kind), kind.label) for kind in allowed]

    def clean(self):
        """The form that this paper has: the one that was chosen, where it has several."""
        given = super().clean()
        if given.get("paper") == HearingPaper.ARCHIVE:
            given["form"] = str(Form.ZIP)
        elif given.get("form") == Form.ZIP:
            given["form"] = str(Form.PDF)
        return given
