"""What is filled in for an item of the agenda, and to import a whole one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.rooms import line, worded
from consultations.hearings import importing
from consultations.hearings.forms.hearings import RoomMomentField, as_typed, in_zone
from consultations.models.worded import MOST, TITLE
from core import languages, sizes
from core.access import Refused
from forum.forms import area

MOST_BYTES = 1_000_000


class _ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, item):
        return f"{item.label}. {item}"


class PlanForm(forms.Form):
    """When an item is, how long it takes, and until when one may ask to speak on it."""

    session = forms.ModelChoiceField(
        label=_("Session"), queryset=None, required=False, empty_label=_("as the order has it")
    )
    minutes = forms.IntegerField(label=_("Minutes planned"), min_value=1, max_value=importing.LONGEST, required=False)
    takes_speakers = forms.BooleanField(label=_("It has a list of speakers"), required=False, initial=True)
    list_opens_at = RoomMomentField(
        label=_("The list of speakers opens"), required=False, help_text=_("Empty: at publication.")
    )
    list_closes_at = RoomMomentField(
        label=_("The list of speakers closes"),
        required=False,
        help_text=_("In the time zone of the room. Empty: when the chair closes it."),
    )

    def __init__(self, *args, hearing, item=None, **kwargs):
        self.zone = hearing.timezone
        if item:
            initial = {name: getattr(item, name) for name in ("session", "minutes", "takes_speakers")}
            for name in ("list_opens_at", "list_closes_at"):
                initial[name] = as_typed(getattr(item, name), self.zone)
            kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = hearing.sessions.filter(cancelled_at=None)

    def clean(self):
        given = super().clean()
        for name in ("list_opens_at", "list_closes_at"):
            if name in given:
                given[name] = in_zone(given[name], self.zone)
        opens, closes = given.get("list_opens_at"), given.get("list_closes_at")
        if opens and closes and closes <= opens:
            self.add_error("list_closes_at", _("The list closes after it opened. Choose a later moment."))
        return given


class ItemForm(PlanForm):
    """A new item, in the language it is written in."""

    language = forms.ChoiceField(label=_("Language it is written in"), choices=languages.CHOICES)
    title = line(_("Title"), TITLE)
    text = forms.CharField(label=_("Explanation"), max_length=MOST, required=False, strip=False, widget=area(5))
    parent = _ItemChoice(label=_("Under"), queryset=None, required=False, empty_label=_("no other item"))
    field_order = ("language", "title", "text", "parent")

    def __init__(self, *args, hearing, **kwargs):
        super().__init__(*args, hearing=hearing, **kwargs)
        self.fields["parent"].queryset = hearing.items.exclude(label__contains=".").order_by("sort_key") | (
            hearing.items.filter(label__regex=r"^[0-9]+\.[0-9]+$").order_by("sort_key")
        )

    def clean(self):
        return worded(super().clean())


class ImportForm(forms.Form):
    """An agenda as a file, or pasted; `table` goes with the preview from step to step."""

    file = forms.FileField(
        label=_("File"), required=False, help_text=_("CSV in UTF-8, with commas, semicolons or tabs.")
    )
    table = forms.CharField(
        label=_("Or paste the cells here"),
        max_length=importing.MOST_CHARACTERS,
        required=False,
        strip=False,
        widget=area(10),
    )
    language = forms.ChoiceField(label=_("Language it is written in"), choices=languages.CHOICES)

    def clean(self):
        given = super().clean()
        file = given.pop("file", None)
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(most)s. Split it."), params={"most": sizes.said(MOST_BYTES)}
            )
        if file:
            try:
                given["table"] = importing.text_of(file.read())
            except Refused as refused:
                raise forms.ValidationError(str(refused.reason)) from None
        if not self.errors and not given.get("table", "").strip():
            raise forms.ValidationError(_("Choose a file, or paste the table."))
        return given
