"""What is filled in to prepare a hearing: its beginning, its words in one language, its rules of speaking."""

import re
import zoneinfo
from datetime import UTC

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.forms.rooms import MailNameField, MembersField, WordsForm, line, worded
from consultations.models.worded import MOST, TITLE
from core import languages
from forum.forms import FilesField, area
from forum.models.workspaces import Visibility
from members import zones
from members.models import Category

LONGEST = 3_600  # seconds: an hour
EARLIEST, LATEST = 1970, 9000  # years; beyond them no zone can be reckoned with
KINDS = [
    ("personal", _("Who speaks for nobody else")),
    *Category.choices,
    ("reply", _("Right of reply, the first")),
    ("second_reply", _("Right of reply, the second")),
    ("point", _("Point of order")),
]


def note_field(rows=12):
    return forms.CharField(
        label=_("Concept note"),
        max_length=MOST,
        required=False,
        strip=False,
        widget=area(rows),
        help_text=_("What is heard, by whom, and what becomes of it. Markdown works."),
    )


def zone_field():
    return forms.ChoiceField(label=_("Time zone of the room"), choices=zones.choices)


class RoomMomentField(forms.DateTimeField):
    """A date and time of the room, without a zone: `in_zone` gives it that of the room."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value):
        with timezone.override(UTC):
            at = super().to_python(value)
        if at and not EARLIEST <= at.year <= LATEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return at and at.replace(tzinfo=None)


def in_zone(at, zone):
    """The moment at which a clock in this zone shows what was typed."""
    return at and at.replace(tzinfo=zoneinfo.ZoneInfo(zone))


def as_typed(at, zone):
    """What a picker shows for a moment: date and time in the room."""
    return at and at.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)


class SpanField(forms.CharField):
    """So many minutes, or minutes and seconds (`3`, `3:30`); as seconds. Empty: None."""

    widget = forms.TextInput(attrs={"dir": "ltr", "size": 6, "inputmode": "numeric"})
    _SPAN = re.compile(r"(\d{1,3})(?::([0-5]\d))?")

    def to_python(self, value):
        words = super().to_python(value)
        if words in self.empty_values:
            return None
        found = self._SPAN.fullmatch(words)
        seconds = int(found[1]) * 60 + int(found[2] or 0) if found else 0
        if not 0 < seconds <= LONGEST:
            raise forms.ValidationError(_("Write minutes, or minutes and seconds: 3 or 3:30."))
        return seconds

    def prepare_value(self, value):
        return f"{value // 60}:{value % 60:02}" if isinstance(value, int) else value


class PrepareForm(forms.Form):
    """What is needed to begin; all of it can be changed until publication."""

    language = forms.ChoiceField(
        label=_("Language it is written in"),
        choices=languages.CHOICES,
        help_text=_("Versions in other languages are added on the next page."),
    )
    title = line(_("Title"), TITLE)
    text = note_field()
    timezone = zone_field()
    place = line(_("Place"), 200, required=False, help_text=_("Where the room is. Empty: it is only online."))
    starts_at = RoomMomentField(
        label=_("First session begins"), required=False, help_text=_("In the time zone of the room.")
    )
    ends_at = RoomMomentField(label=_("First session ends"), required=False)
    slug = MailNameField()
    visibility = forms.ChoiceField(label=_("Who may follow"), choices=Visibility, initial=Visibility.PUBLIC)
    chairs = MembersField(_("Chair"), _("The addresses of members, one a line. Empty: you alone."))
    secretaries = MembersField(_("Secretaries"))
    note_takers = MembersField(_("Note-takers"))

    def clean(self):
        """What the service takes: wordings, and the session that was named."""
        given = worded(super().clean())
        first = (given.pop("starts_at", None), given.pop("ends_at", None))
        if any(first) and "timezone" in given and not self.errors:
            if not all(first) or first[0] >= first[1]:
                self.add_error("ends_at", _("A session ends after it began. Choose a later end."))
            given["first"] = [in_zone(at, given["timezone"]) for at in first]
        return given


class RulesForm(forms.Form):
    """Where it is, who may follow, and the rules of speaking."""

    timezone = zone_field()
    place = line(_("Place"), 200, required=False)
    visibility = forms.ChoiceField(
        label=_("Who may follow"), choices=Visibility, help_text=_("From publication on. Until then only its officers.")
    )
    is_by_invitation = forms.BooleanField(label=_("Only invited organisations speak"), required=False)
    confirms = forms.BooleanField(
        label=_("In two steps: who asked to speak confirms it before the day, or is not called"), required=False
    )
    most_per_organisation = forms.IntegerField(
        label=_("Speakers of one organisation on an item"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("Empty: as many as ask."),
    )
    seconds = SpanField(label=_("Minutes to speak"), help_text=_("Or minutes and seconds, for example 2:30."))
    most_replies = forms.IntegerField(
        label=_("Rights of reply of one delegation on an item"), min_value=0, max_value=9, initial=2
    )
    replies_at_end_of_day = forms.BooleanField(
        label=_("Replies are given at the end of the day, not of the item"), required=False
    )
    needs_second = forms.BooleanField(
        label=_("Motions from the floor are seconded before they are put to the vote"), required=False
    )
    holds_questions = forms.BooleanField(
        label=_("Live questions wait until an officer lets them be shown"), required=False
    )

    def __init__(self, *args, hearing, **kwargs):
        initial = {name: getattr(hearing, name) for name in self.base_fields if hasattr(hearing, name)}
        initial |= {f"seconds_{kind}": hearing.seconds_by_kind.get(kind) for kind, _label in KINDS}
        super().__init__(*args, initial=initial, **kwargs)
        if hearing.is_published:
            del self.fields["visibility"]
        for kind, label in KINDS:
            self.fields[f"seconds_{kind}"] = SpanField(label=label, required=False)

    @property
    def general(self):
        return [field for field in self if not self._is_of_kind(field.name)]

    @property
    def of_kinds(self):
        return [field for field in self if self._is_of_kind(field.name)]

    def clean(self):
        given = super().clean()
        by_kind = {kind: given.pop(f"seconds_{kind}", None) for kind, _label in KINDS}
        given["seconds_by_kind"] = {kind: seconds for kind, seconds in by_kind.items() if seconds}
        return given

    @staticmethod
    def _is_of_kind(name):
        return name.startswith("seconds_")


class NoteForm(WordsForm):
    """One language of the concept note."""

    text = note_field(16)


class PublishForm(forms.Form):
    files = FilesField(
        label=_("Background files"),
        required=False,
        help_text=_("They stand beside the concept note, and can be fetched by mail as well."),
    )
