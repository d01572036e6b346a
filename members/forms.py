"""What people fill in about themselves and their organisations."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import languages
from core.text import clean_line
from members import countries, zones
from members.models import Category, Member, Organisation
from members.services import members


class SignupForm(forms.Form):
    """What allauth asks a new member besides the address."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(
        label=_("Language"), choices=languages.CHOICES, initial=lambda: languages.own_code(get_language())
    )

    def signup(self, request, user):
        user.name = clean_line(self.cleaned_data["name"], 120)
        user.language = self.cleaned_data["language"]
        user.save()
        members.join(member=user)


class ProfileForm(forms.ModelForm):
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones.choices,
        help_text=_("Times on pages and in mails are shown in it, and digests come at its hours."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries.choices, required=False)

    class Meta:
        model = Member
        fields = ("name", "language", "timezone", "country", "about")
        labels = {"name": _("Your name")}
        widgets = {"about": forms.Textarea(attrs={"rows": 5, "dir": "auto"})}


class ApplicationForm(forms.Form):
    """Ask to speak for an organisation that is a member, or for one that is not yet."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.all(), required=False, empty_label=_("Not in the list")
    )
    name = forms.CharField(label=_("Name of a new organisation"), max_length=200, required=False)
    category = forms.ChoiceField(label=_("Its category"), choices=[("", "—"), *Category.choices], required=False)
    country = forms.ChoiceField(label=_("Its country"), choices=countries.choices, required=False)
    website = forms.URLField(label=_("Its website"), required=False, assume_scheme="https")
    text = forms.CharField(
        label=_("Your role there, and who can confirm it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def clean(self):
        given = super().clean()
        if not given.get("organisation") and not (given.get("name") and given.get("category")):
            raise forms.ValidationError(_("Choose an organisation, or give the name and category of a new one."))
        return given
