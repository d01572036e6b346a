"""What is filled in about live questions: one of one's own, which it is merged into, an answer, words to take out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models.questions import LONGEST, WAITING
from consultations.hearings.services import written_answers
from core import languages
from forum.forms import OnceForm, area
from members.models import Organisation
from members.services import mandates

OFFERED = 200  # questions that another can be merged into


class QuestionForm(OnceForm):
    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST * 2,  # the service says by how much it is too long
        strip=False,
        required=False,
        widget=area(4),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages.CHOICES)
    organisation = forms.ModelChoiceField(
        label=_("You ask"), queryset=Organisation.objects.none(), required=False, empty_label=_("for yourself")
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, member=member, **kwargs)
        if spoken_for := mandates.of(member):
            self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in spoken_for])
        else:
            del self.fields["organisation"]


class AnswerForm(OnceForm):
    text = forms.CharField(
        label=_("The answer"),
        max_length=written_answers.LONGEST * 2,
        strip=False,
        required=False,
        widget=area(8),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages.CHOICES)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(label=_("It asks the same as"), queryset=None, empty_label=None)

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        others = question.hearing.live_questions.filter(state__in=WAITING).exclude(pk=question.pk).wanted_most()
        offered = list(others.values_list("pk", flat=True)[:OFFERED])
        self.fields["into"].queryset = others.filter(pk__in=offered)
        self.fields["into"].label_from_instance = _named


class AddressForm(forms.Form):
    address = forms.EmailField(
        label=_("Address"),
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
        help_text=_("Of the member who is asked to answer; they are told by mail."),
    )


def _named(question):
    return f"{question.code}: {' '.join(question.text.split())[:80]}"
