"""What facilitators fill in about codes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Code
from consultations.models.codes import Colour
from forum.forms import ManyField


class CodeForm(forms.Form):
    name = forms.CharField(label=_("Code"), max_length=60, widget=forms.TextInput(attrs={"dir": "auto"}))
    explanation = forms.CharField(
        label=_("What it means"), max_length=400, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    colour = forms.ChoiceField(label=_("Colour"), choices=Colour)


class CodingForm(forms.Form):
    """The codes a coder finds in one contribution; none is an answer too."""

    codes = ManyField(
        label=_("Codes"), queryset=Code.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["codes"].queryset = consultation.codes.all()
