"""What a note-taker fills in: one line of the transcript, which is sent by the return key."""

import hashlib
import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.hearings.models.captions import LONGEST
from consultations.hearings.services.captions import Line
from core import languages
from forum.forms import ReasonForm


class CaptionForm(forms.Form):
    """`line`: the Line it makes. Sent twice it is written once: the key stands for this form and these words."""

    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Line"),
        max_length=LONGEST * 2,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autofocus": True, "autocomplete": "off"}),
    )
    speaker_name = forms.CharField(
        label=_("Who says it"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Empty: whoever has the floor."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages.CHOICES)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        self.initial.setdefault("key", secrets.token_urlsafe(9))

    def clean(self):
        given = super().clean()
        words = f"{given.pop('key', '') or secrets.token_urlsafe(9)}\n{given.get('text', '')}"
        key = f"web:{self.member.pk}:{hashlib.sha256(words.encode()).hexdigest()[:40]}"
        return {"line": Line(key=key, **{"text": "", **given})}


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("Line"), max_length=LONGEST * 2, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    speaker_name = forms.CharField(
        label=_("Who says it"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages.CHOICES)


class RemovalForm(ReasonForm):
    """The secretariat may take the words out for good."""

    for_good = forms.BooleanField(label=_("Erase"), required=False)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        if not member.is_secretariat:
            del self.fields["for_good"]
