"""What is filled in alike for a consultation and for a hearing, each of which owns a room: its mail name, who leads it,
and its words in one language.
"""

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from consultations.models.worded import MOST, TITLE
from core import languages
from forum.forms import area
from forum.models import Workspace
from forum.models.workspaces import RESERVED_NAMES
from members.models import Member
from members.models.members import normalise_address

MOST_MEMBERS = 20  # named in one field


def line(label, most, **options):
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs={"dir": "auto"}), **options)


class MailNameField(forms.CharField):
    """The name of a room that is to be made; no other has it."""

    widget = forms.TextInput(attrs={"dir": "ltr"})

    def __init__(self):
        super().__init__(
            label=_("Mail name"),
            max_length=40,
            validators=[check for check in Workspace._meta.get_field("slug").validators if check is not validate_slug],
            help_text=_("The web address and the mail address of its workspace, for example: dry-valleys."),
        )

    def clean(self, value):
        slug = super().clean(value)
        if slug in RESERVED_NAMES:
            raise forms.ValidationError(_("This name is used by the system. Choose another."))
        if Workspace.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("A workspace has this name already. Choose another."))
        return slug


class MembersField(forms.CharField):
    """Members by their addresses, one a line; none need be named."""

    widget = forms.Textarea(attrs={"rows": 2, "dir": "ltr"})

    def __init__(self, label, help_text=""):
        super().__init__(label=label, help_text=help_text, required=False)

    def clean(self, value):
        return members_at(super().clean(value))


def members_at(words):
    """The members whose addresses stand in a text, each once, in their order; raises ValidationError for another."""
    given = [normalise_address(word) for word in words.replace(",", " ").split()]
    if len(given) > MOST_MEMBERS:
        raise forms.ValidationError(_("Name a few now; more can be appointed later."))
    known = Member.objects.by_addresses(given)
    if strangers := [address for address in given if address not in known]:
        raise forms.ValidationError(
            _("No member has the address %(address)s. Check it, or invite this person first."),
            params={"address": strangers[0]},
        )
    members = Member.objects.in_bulk([known[address] for address in given])
    return list(dict.fromkeys(members[known[address]] for address in given))


def worded(given):
    """What was given, with language, title and text as wordings {language: (title, text)} where both are right."""
    if {"language", "title"} <= given.keys():
        given["wordings"] = {given.pop("language"): (given.pop("title"), given.pop("text", ""))}
    return given


class WordsForm(forms.Form):
    """A title and a text in one language."""

    title = line(_("Title"), TITLE, required=False)
    text = forms.CharField(label=_("Explanation"), max_length=MOST, required=False, strip=False, widget=area(8))

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        set_in(self, language)


def set_in(form, language):
    """Let all fields of a form hold words of one language."""
    for field in form.fields.values():
        field.widget.attrs |= {"lang": language, "dir": languages.direction(language)}
