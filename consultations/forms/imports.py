"""What facilitators fill in to import contributions: a file, and what stands for its empty cells."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultations import importing
from consultations.services.rows import Given
from core import languages
from forum.forms import REASON_LENGTH
from members import zones


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8 (with commas, semicolons or tabs), or JSON with one object a line."),
    )
    consent = forms.CharField(
        label=_("How it is known that they agreed"), max_length=REASON_LENGTH, required=False, strip=True
    )
    source = forms.CharField(
        label=_("Where they were collected"),
        max_length=200,
        required=False,
        help_text=_("Use the same words each time: with the id of a row they tell what was imported before."),
    )
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=[("", _("as the thread")), *languages.CHOICES], required=False
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [("", "—"), *zones.choices()],
        required=False,
        help_text=_("Of moments that do not say theirs."),
    )
    because = forms.CharField(
        label=_("Reason, where it is late"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Everybody reads it."),
    )

    def clean(self):
        """`name` and `content` of the file, and what is given for empty cells."""
        given = super().clean()
        file = given.pop("file", None)
        if file is None:
            return given
        if file.size > min(importing.MOST_BYTES, settings.MAX_FILE_BYTES):  # of a larger one not all was kept
            raise forms.ValidationError(importing.too_large())
        return {"name": file.name or "", "content": file.read(), "given": Given(**given)}
