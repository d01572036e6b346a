"""What facilitators fill in about recommendations: the text and what it rests on, the answer, where it stands."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.forms.syntheses import SentenceChoice
from consultations.models import Sentence
from consultations.models.recommendations import Reply, Step
from core import languages
from forum.forms import ManyField, area
from members.models import Organisation


class SentencesChoice(ManyField):
    label_from_instance = SentenceChoice.label_from_instance


class RecommendationForm(forms.Form):
    text = forms.CharField(label=_("Recommendation"), max_length=4000, widget=area(5))
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages.CHOICES)
    sentences = SentencesChoice(
        label=_("Sentences of the synthesis it rests on"),
        queryset=Sentence.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )

    def __init__(self, *args, sentences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sentences"].queryset = sentences


class AnswerForm(forms.Form):
    reply = forms.ChoiceField(label=_("Answer"), choices=Reply, widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why"),
        max_length=4000,
        required=False,
        widget=area(4),
        help_text=_("Needed unless it is accepted as it is."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Responsible organisation"), queryset=Organisation.objects.order_by("name"), required=False
    )
    body = forms.CharField(
        label=_("Or another body"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    due_on = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class ProgressForm(forms.Form):
    step = forms.ChoiceField(label=_("Where it stands"), choices=Step, widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("Since"), initial=lambda: timezone.now().date(), widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=area(3))
