"""What people fill in about themselves and their organisations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import languages
from core.text import clean_line


class SignupForm(forms.Form):
    """What allauth asks a new member besides the address."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=languages.CHOICES)

    def signup(self, request, user):
        user.name = clean_line(self.cleaned_data["name"], 120)
        user.language = self.cleaned_data["language"]
        user.save()
