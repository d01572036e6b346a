"""What people fill in about a synthesis: its beginning, remarks, publication, objections and decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Code, Contribution, Question, Sentence
from consultations.models.syntheses import DAYS, LONGEST
from core import languages
from forum.forms import area
from members.models import Organisation, Region

MOST_DAYS = 90


class BeginForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages.CHOICES)


class TranslateForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(
        label=_("Text"),
        max_length=1_000_000,
        widget=area(30),
        help_text=_("Write over each line. A line that is left as it is counts as not translated."),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class RemarkForm(forms.Form):
    text = forms.CharField(label=_("Remark"), max_length=1000, widget=area(2))


class PublishForm(forms.Form):
    days = forms.IntegerField(
        label=_("Days for objections"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
        help_text=_("Everyone who is cited is told by mail, and can say until then that they are misrepresented."),
    )
    because = forms.CharField(
        label=_("Why some sentences cite nothing"),
        max_length=400,
        required=False,
        help_text=_("Needed only if there are any. It stands below the synthesis."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class SentenceChoice(forms.ModelChoiceField):
    def label_from_instance(self, sentence):
        number = f"{sentence.number}. " if sentence.number else ""
        return f"{number}{sentence.text[:100]}"


class ObjectionForm(forms.Form):
    """Which sentence misrepresents somebody, of those that cite them, and how."""

    sentence = SentenceChoice(
        label=_("Sentence"), queryset=Sentence.objects.none(), required=False, empty_label=_("several, or the whole")
    )
    why = forms.CharField(
        label=_("How it misrepresents you"),
        max_length=4000,
        widget=area(6),
        help_text=_("What you meant, and what should stand there instead. When it is decided, everyone can read it."),
    )

    def __init__(self, *args, sentences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sentence"].queryset = sentences


class AcceptForm(forms.Form):
    """The sentence as it shall read."""

    sentence = SentenceChoice(label=_("Sentence"), queryset=Sentence.objects.none())
    corrected = forms.CharField(
        label=_("As it shall read"),
        max_length=20_000,
        widget=area(5),
        help_text=_("With what it rests on, as in [14] or [14 “words”]."),
    )
    reason = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args, sentences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sentence"].queryset = sentences


class QuestionChoice(forms.ModelChoiceField):
    def label_from_instance(self, question):
        return f"{question.number}. {question.worded().title[:80]}"


class SourcesForm(forms.Form):
    """Which contributions to read, of those a consultation received."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    question = QuestionChoice(label=_("Question"), queryset=Question.objects.none(), required=False)
    code = forms.ModelChoiceField(label=_("Code"), queryset=Code.objects.none(), required=False)
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none(), required=False)
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.none(), required=False)
    uncited = forms.BooleanField(label=_("Never cited"), required=False)

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        came = Contribution.objects.filter(consultation=consultation).order_by()
        self.fields["question"].queryset = Question.objects.filter(consultation=consultation).order_by("number")
        self.fields["code"].queryset = Code.objects.filter(consultation=consultation)
        spoke = Organisation.objects.filter(pk__in=came.values("organisation")).order_by("name")
        self.fields["organisation"].queryset = spoke
        self.fields["region"].queryset = Region.objects.filter(pk__in=came.values("post__region")).order_by("name")
        for name in [name for name in ("question", "code", "organisation", "region") if not self.fields[name].queryset]:
            del self.fields[name]


class CiteForm(forms.Form):
    """In which sentence a contribution is cited, and with which words."""

    sentence = SentenceChoice(
        label=_("Sentence"), queryset=Sentence.objects.none(), required=False, empty_label=_("a new one at the end:")
    )
    text = forms.CharField(
        label=_("New sentence"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    words = forms.CharField(
        label=_("Words that are cited"),
        max_length=20_000,
        required=False,
        widget=area(3),
        help_text=_("Copied from the contribution; none to cite all of it."),
    )

    def __init__(self, *args, sentences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sentence"].queryset = sentences
