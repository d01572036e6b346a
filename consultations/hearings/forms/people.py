"""Who is appointed, and who is invited."""

import csv
import io

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.rooms import members_at
from consultations.hearings.models import Officer
from core import spreadsheets
from forum.forms import area
from members.models import Category

MOST_BYTES = 500_000
HEADINGS = ("organisation", "organization", "name", "acronym")


class AppointForm(forms.Form):
    address = forms.EmailField(label=_("Address of the member"))
    role = forms.ChoiceField(label=_("Role"), choices=Officer.Role)

    def clean_address(self):
        [member] = members_at(self.cleaned_data["address"])
        return member

    def clean(self):
        given = super().clean()
        if "address" in given:
            given["member"] = given.pop("address")
        return given


class InviteForm(forms.Form):
    """Names a line, a table with a column of them, or whole categories."""

    names = forms.CharField(
        label=_("Organisations"),
        max_length=100_000,
        required=False,
        widget=area(8),
        help_text=_("Their names or acronyms, one a line."),
    )
    file = forms.FileField(
        label=_("Or a file of them"),
        required=False,
        help_text=_("CSV in UTF-8; its first column, or the one named “organisation”, holds the names."),
    )
    categories = forms.MultipleChoiceField(
        label=_("And all that are"), choices=Category, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self):
        given = super().clean()
        file, names = given.pop("file", None), given.get("names", "").splitlines()
        if file:
            names += self._in_table(file)
        given["names"] = [name for name in names if name.strip()]
        if not self.errors and not given["names"] and not given.get("categories"):
            raise forms.ValidationError(_("Name at least one organisation."))
        return given

    def _in_table(self, file):
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than a list of names."))
        try:
            text = spreadsheets.decoded(file.read()).replace("\x00", "")
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=spreadsheets.separator(text)))
        except (UnicodeDecodeError, csv.Error):
            raise forms.ValidationError(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from None
        heads = [cell.strip().casefold() for cell in rows[0]] if rows else []
        named = [name for name in HEADINGS if name in heads]
        column = heads.index(named[0]) if named else 0
        rows = rows[1:] if named else rows
        return [spreadsheets.plain(row[column]) for row in rows if len(row) > column]
