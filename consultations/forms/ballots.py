"""What people fill in: a new ballot, a vote, an extension. Times are of the person's own time zone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models.ballots import MOST_OPTIONS, Kind
from forum.forms import area


def moment_field(label, **options):
    """A date and a time, which browsers show as one picker."""
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=picker, **options)


class BallotForm(forms.Form):
    title = forms.CharField(label=_("Question"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(label=_("Explanation"), max_length=20_000, required=False, strip=False, widget=area(5))
    kind = forms.ChoiceField(label=_("How one votes"), choices=Kind)
    options = forms.CharField(
        label=_("Options"),
        required=False,
        max_length=10_000,
        widget=area(4),
        help_text=_("One a line, for the second and the third kind. They get the letters A, B, C in this order."),
    )
    opens_at = moment_field(_("Opens"), required=False, help_text=_("Empty: at once."))
    closes_at = moment_field(
        _("Closes"), help_text=_("In your own time zone. Votes that come before this moment count.")
    )

    def clean_options(self):
        """The lines with something in them."""
        lines = [line for line in self.cleaned_data["options"].splitlines() if line.strip()]
        return lines[: MOST_OPTIONS + 1]


class VoteForm(forms.Form):
    """One of a few, or for a ranking the letters in order."""

    text = forms.CharField(label=_("Your vote"), max_length=400)

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, **kwargs)
        if ballot.kind == Kind.RANKING:
            self.fields["text"].help_text = _("The letters in your order, the best first, for example %(example)s.") % {
                "example": ">".join([option.letter for option in ballot.choices][:3][::-1])
            }
            self.fields["text"].widget.attrs |= {"dir": "ltr", "autocomplete": "off"}
            return
        if ballot.kind == Kind.CHOICE:
            choices = [(option.letter, str(option)) for option in ballot.choices]
        else:
            choices = [("yes", _("yes")), ("no", _("no")), ("abstain", _("abstention"))]
        self.fields["text"] = forms.ChoiceField(label=_("Your vote"), choices=choices, widget=forms.RadioSelect)


class ExtendForm(forms.Form):
    closes_at = moment_field(_("Closes from now on"), help_text=_("In your own time zone."))
    authority = forms.CharField(
        label=_("By authority of"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Who decided it, for example: the co-chairs."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=1000, required=False, widget=area(3))
