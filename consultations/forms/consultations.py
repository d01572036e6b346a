"""What facilitators fill in to prepare a consultation: its form, its words in one language at a time, its rules."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consultations import presets
from consultations.forms.ballots import moment_field
from consultations.forms.rooms import MailNameField, MembersField, WordsForm, line, worded
from consultations.models.consultations import Clearing, Participation, Preset
from consultations.models.worded import MOST, TITLE
from core import languages
from forum.forms import FilesField, area
from forum.models.workspaces import Visibility

LONGEST_GRACE = 168  # hours: a week


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
    slug = MailNameField()
    visibility = forms.ChoiceField(label=_("Who may read"), choices=Visibility, initial=Visibility.PUBLIC)
    sponsor = line(_("Sponsor"), 200, required=False, help_text=_("Who asks, for example: the Bureau of the forum."))
    facilitators = MembersField(
        _("Facilitators"), _("The addresses of members, one a line; they prepare it with you. Empty: you alone.")
    )

    def clean(self):
        """What the service takes: wordings and the fields of the room."""
        given = worded(super().clean())
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


class NoteForm(WordsForm):
    """One language of the topic note."""

    text = note_field(16)


class QuestionWordsForm(WordsForm):
    title = line(_("Question"), TITLE, required=False)


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
        return worded(super().clean())


class PublishForm(forms.Form):
    files = FilesField(
        label=_("Background files"),
        required=False,
        help_text=_("They stand beside the topic note, and can be fetched by mail as well."),
    )
