"""What people fill in about statements: a new one, and whom they are counted with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models.statements import LONGEST
from core import languages
from forum.forms import area
from members.models import Category, Region


class StatementForm(forms.Form):
    """One sentence others can agree or disagree with."""

    text = forms.CharField(
        label=_("Your statement"),
        max_length=LONGEST * 2,  # the service says by how much it is too long
        widget=area(3),
        help_text=_("One thought, in words that others can agree or disagree with."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages.CHOICES)


class DeclarationForm(forms.Form):
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("not declared")), *Category.choices], required=False
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), required=False, empty_label=_("not declared")
    )
