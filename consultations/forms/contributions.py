"""What people fill in about contributions: a draft of a position, a colleague's answer, words on paper, a late one."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import languages
from forum.forms import REASON_LENGTH, FilesField, ManyField, PostForm, area
from members import countries
from members.models import Category, Member, Organisation, Region


class PositionForm(PostForm):
    """The words of a position, and for which organisation; it says, signed, when it was opened."""

    field_order = ("key", "started", "organisation", "text")

    def __init__(self, *args, organisation=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("files", "language"):
            del self.fields[name]
        if "organisation" in self.fields:
            field = self.fields["organisation"]
            field.label, field.required = _("Organisation"), True
            field.choices = [choice for choice in field.choices if choice[0]]
            if organisation:
                field.choices, field.initial = [(organisation.pk, str(organisation))], organisation
        self.fields["text"].widget = area(14)


class ColleaguesForm(forms.Form):
    """Whom to ask; nobody chosen means the focal points, or all."""

    colleagues = ManyField(
        label=_("Colleagues"), queryset=Member.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleagues"].queryset = Member.objects.filter(pk__in=[member.pk for member in colleagues])


class BecauseForm(forms.Form):
    because = forms.CharField(label=_("Because"), max_length=4_000, required=False, widget=area(4))


class AssociateForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])


class LateForm(forms.Form):
    """Why it is accepted; for which organisation its writer spoke."""

    because = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        required=False,
        widget=area(3),
        help_text=_("Everybody reads it beside the contribution."),
    )
    organisation = forms.ModelChoiceField(
        label=_("They speak"), queryset=Organisation.objects.none(), required=False, empty_label=_("for themselves")
    )

    def __init__(self, *args, organisations=(), **kwargs):
        super().__init__(*args, **kwargs)
        if organisations:
            self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
        else:
            del self.fields["organisation"]


class EntryForm(forms.Form):
    """Words on paper: whose they are, how it is known that they agreed, and the words."""

    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Whose words"), max_length=80, help_text=_("A person, or what met: “Village meeting”, “Water users”.")
    )
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    people = forms.IntegerField(label=_("How many people took part"), required=False, min_value=1, max_value=1_000_000)
    organisation = forms.ModelChoiceField(
        label=_("For an organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("for themselves"),
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), required=False, empty_label=_("not said")
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries.choices, required=False)
    text = forms.CharField(label=_("The words, as they stand on the paper"), strip=False, widget=area(14))
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages.CHOICES)
    files = FilesField(label=_("Scan or photo of the paper"), required=False)
    consent = forms.CharField(
        label=_("How it is known that they agreed"),
        max_length=REASON_LENGTH,
        help_text=_("For example: the sheet is signed; read out and agreed to at the meeting of 3 May."),
    )
    came_at = forms.DateTimeField(
        label=_("When the paper came"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Only where that was before now, in your time zone."),
    )
    because = forms.CharField(
        label=_("Reason, where it is late"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Everybody reads it."),
    )
    address = forms.EmailField(
        label=_("Send the receipt to"),
        required=False,
        help_text=_("An address of theirs; the receipt can be printed, too."),
    )

    def __init__(self, *args, organisations, facilitates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("not said")), *Category.choices]
        self.fields["organisation"].queryset = organisations
        if not facilitates:
            for name in ("came_at", "because"):
                del self.fields[name]

    def clean_came_at(self):
        came_at = self.cleaned_data["came_at"]
        if came_at and came_at > timezone.now():
            raise forms.ValidationError(_("This is in the future."))
        return came_at
