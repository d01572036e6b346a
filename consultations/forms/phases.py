"""What facilitators fill in for the timetable. Times are of the person's own time zone, to the minute."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.ballots import moment_field
from consultations.models.phases import PhaseKind
from forum.forms import area


class PhaseForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is done in it"), choices=PhaseKind)
    title = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Empty: the name of its kind, in each reader's language."),
    )
    opens_at = moment_field(_("Opens"))
    closes_at = moment_field(_("Closes"), help_text=_("In your own time zone. What comes before this moment counts."))


class WindowForm(forms.Form):
    """New times for a phase; once it is published, by whose authority, and why. What was not changed is left out."""

    opens_at = moment_field(_("Opens"))
    closes_at = moment_field(_("Closes"), help_text=_("In your own time zone. What comes before this moment counts."))
    move_later = forms.BooleanField(
        label=_("Move the phases after it as far as they would be in the way"), required=False, initial=True
    )
    authority = forms.CharField(
        label=_("By authority of"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Who decided it, for example: the co-chairs."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=1000, required=False, widget=area(3))

    def __init__(self, *args, phase, is_notice, is_open, is_last, **kwargs):
        initial = {"opens_at": phase.opens_at, "closes_at": phase.closes_at}
        super().__init__(*args, initial=initial, **kwargs)
        if is_open:
            del self.fields["opens_at"]
        if is_last:
            del self.fields["move_later"]
        if not is_notice:
            del self.fields["authority"], self.fields["reason"]

    def clean(self):
        """Pickers know minutes only: a time that differs by less than that was not changed."""
        given = super().clean()
        for name in ("opens_at", "closes_at"):
            if given.get(name) == self.initial[name].replace(second=0, microsecond=0):
                del given[name]
        return {"authority": "", "reason": ""} | given
