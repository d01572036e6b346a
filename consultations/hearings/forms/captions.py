"""What a note-taker fills in: one line of the transcript, which is sent by the return key."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models.captions import LONGEST
from consultations.hearings.services.captions import Line
from core import languages
from forum.forms import OnceForm, ReasonForm


class CaptionForm(OnceForm):
    """`line`: the Line it makes."""

    text = forms.CharField(
        label=_("Line"),
        max_length=LONGEST * 2,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autofocus": True, "autocomplete": "off"}),
    )
    speaker_name = forms.CharField(
        label=_("Who says it"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Empty: whoever has the floor."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages.CHOICES)

    def clean(self):
        return {"line": Line(**{"text": "", **super().clean()})}


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("Line"), max_length=LONGEST * 2, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    speaker_name = forms.CharField(
        label=_("Who says it"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages.CHOICES)


class RemovalForm(ReasonForm):
    """The secretariat may take the words out for good."""

    for_good = forms.BooleanField(label=_("Erase"), required=False)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        if not member.is_secretariat:
            del self.fields["for_good"]
