"""What facilitators fill in to prepare a consultation: its form, its words in one language at a time, its rules."""

from django import forms
from django.core.validators import validate_slug
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consultations import presets
from consultations.forms.ballots import moment_field
from consultations.models.consultations import Clearing, Participation, Preset
from consultations.models.worded import MOST, TITLE
from core import languages
from forum.forms import FilesField, area
from forum.models import Workspace
from forum.models.workspaces import RESERVED_NAMES, Visibility
from members.models import Member
from members.models.members import normalise_address

MOST_FACILITATORS = 20
LONGEST_GRACE = 168  # hours: a week


def line(label, most, **options):
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs={"dir": "auto"}), **options)


def note_field(rows=12):
    return forms.CharField(
        label=_("Topic note"),
        max_length=MOST,
        required=False,
        strip=False,
        widget=area(rows),
        help_text=_("What it is about, why now, and what becomes of the answers. Markdown works."),
    )


class PrepareForm(forms.Form):
    """What is needed to begin; all of it can be changed until publication."""

    preset = forms.ChoiceField(
        label=_("Form"),
        choices=[(preset, format_lazy("{}: {}", preset.label, presets.PRESETS[preset].says)) for preset in Preset],
        initial=Preset.DISCUSSION,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language it is written in"),
        choices=languages.CHOICES,
        help_text=_("Versions in other languages are added on the next page."),
    )
    title = line(_("Title"), TITLE)
    text = note_field()
    starts_at = moment_field(
        _("Start"), help_text=_("In your own time zone. The phases of the form follow one another from here.")
    )
    slug = forms.CharField(
        label=_("Mail name"),
        max_length=40,
        validators=[check for check in Workspace._meta.get_field("slug").validators if check is not validate_slug],
        help_text=_("The web address and the mail address of its workspace, for example: dry-valleys."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    visibility = forms.ChoiceField(label=_("Who may read"), choices=Visibility, initial=Visibility.PUBLIC)
    sponsor = line(_("Sponsor"), 200, required=False, help_text=_("Who asks, for example: the Bureau of the forum."))
    facilitators = forms.CharField(
        label=_("Facilitators"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr"}),
        help_text=_("The addresses of members, one a line; they prepare it with you. Empty: you alone."),
    )

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_NAMES:
            raise forms.ValidationError(_("This name is used by the system. Choose another."))
        if Workspace.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("A workspace has this name already. Choose another."))
        return slug

    def clean_facilitators(self):
        """The members whose addresses these are, in their order."""
        given = [normalise_address(word) for word in self.cleaned_data["facilitators"].replace(",", " ").split()]
        if len(given) > MOST_FACILITATORS:
            raise forms.ValidationError(_("Name a few now; more can be appointed later."))
        known = Member.objects.by_addresses(given)
        if strangers := [address for address in given if address not in known]:
            raise forms.ValidationError(
                _("No member has the address %(address)s. Check it, or invite this person first."),
                params={"address": strangers[0]},
            )
        members = Member.objects.in_bulk([known[address] for address in given])
        return [members[known[address]] for address in dict.fromkeys(given)]

    def clean(self):
        """What the service takes: wordings and the fields of the room."""
        given = super().clean()
        if {"language", "title"} <= given.keys():
            given["wordings"] = {given.pop("language"): (given.pop("title"), given.pop("text", ""))}
        given["room"] = {"visibility": given.pop("visibility", Visibility.PUBLIC)}
        return given


class SettingsForm(forms.Form):
    """Who takes part, and how late a mail may come; who may read, until publication."""

    sponsor = line(_("Sponsor"), 200, required=False)
    participation = forms.ChoiceField(label=_("Who takes part"), choices=Participation, widget=forms.RadioSelect)
    clearing = forms.ChoiceField(label=_("Words for an organisation"), choices=Clearing, widget=forms.RadioSelect)
    grace_hours = forms.IntegerField(
        label=_("Grace for slow links, in hours"),
        min_value=0,
        max_value=LONGEST_GRACE,
        help_text=_("So long after a close a mail is taken that was provably sent before it. Everyone reads this."),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read"),
        choices=Visibility,
        help_text=_("From publication on. Until then only those with a seat see its workspace."),
    )

    def __init__(self, *args, is_published, **kwargs):
        super().__init__(*args, **kwargs)
        if is_published:
            del self.fields["visibility"]


class WordsForm(forms.Form):
    """One language of the topic note, or of a question."""

    title = line(_("Title"), TITLE, required=False)
    text = note_field(16)

    def __init__(self, *args, language, is_question=False, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"lang": language, "dir": languages.direction(language)}
        if is_question:
            self.fields["title"].label = _("Question")
            self.fields["text"].label = _("Explanation")
            self.fields["text"].help_text = ""
            self.fields["text"].widget.attrs["rows"] = 6


class QuestionForm(forms.Form):
    """A question in the language it is asked in."""

    phase = forms.ModelChoiceField(label=_("Phase"), queryset=None, empty_label=None)
    language = forms.ChoiceField(label=_("Language it is asked in"), choices=languages.CHOICES)
    title = line(_("Question"), TITLE, required=False)
    text = forms.CharField(label=_("Explanation"), max_length=MOST, required=False, strip=False, widget=area(6))

    def __init__(self, *args, phases, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = phases

    def clean(self):
        given = super().clean()
        if "language" in given:
            given["wordings"] = {given.pop("language"): (given.pop("title", ""), given.pop("text", ""))}
        return given


class PublishForm(forms.Form):
    files = FilesField(
        label=_("Background files"),
        required=False,
        help_text=_("They stand beside the topic note, and can be fetched by mail as well."),
    )
