"""What people fill in: a new ballot, an extension. Times are of the person's own time zone."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import Phase
from consultations.models.ballots import (
    MOST_OPTIONS,
    MOST_SCORE,
    NAMED_ONLY,
    OF_OPTIONS,
    WITH_MAJORITY,
    Base,
    Kind,
    Method,
    RollOf,
)
from consultations.models.phases import PhaseKind
from consultations.words import shares
from core import languages
from forum.forms import area

OTHER = "other"
USUAL_LENGTH = timedelta(days=7)
MAJORITIES = (
    ("simple", _("More than half")),
    ("two_thirds", _("Two thirds")),
    ("absolute", _("More than half of all who may vote")),
    (OTHER, _("Another share")),
)
# What each kind is for, on the page where one chooses.
PURPOSES = {
    Kind.YES_NO: _("A motion: is it adopted? With the majority and the quorum you choose."),
    Kind.CHOICE: _("Everyone names one option; the one with most votes is chosen."),
    Kind.APPROVAL: _("Everyone names all options they could live with, or up to a number."),
    Kind.RANKING: _("Everyone puts the options in order; good for three and more."),
    Kind.SCORE: _("Everyone gives points to each option; the sums decide."),
    Kind.CONSENT: _("Adopted when nobody objects; reservations are noted with their words."),
    Kind.SILENCE: _("A text is adopted when nobody objects until the end. Who agrees sends nothing."),
}


def moment_field(label, **options):
    """A date and a time, which browsers show as one picker."""
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=picker, **options)


class RulesApart(forms.Form):
    """A form of a vote whose RULES most leave as they are; those of ALWAYS_SAID have a value however it is sent."""

    RULES = ()
    ALWAYS_SAID = ()

    @property
    def main_fields(self):
        return [field for field in self.visible_fields() if field.name not in self.RULES]

    @property
    def rule_fields(self):
        return [field for field in self.visible_fields() if field.name in self.RULES]

    @property
    def shows_rules(self):
        """Was something said in the rules, or is something wrong with it?"""
        return any(name in self.errors or self.data.get(name) for name in self.RULES if name not in self.ALWAYS_SAID)


class BallotForm(RulesApart):
    """The fields of one kind of ballot, and no others. `rules` are those that most ballots leave as they are."""

    RULES = ("roll_of", "base", "quorum", "opening_quorum", "is_secret", "opens_at")

    kind = forms.ChoiceField(choices=Kind, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Question"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(label=_("Explanation"), max_length=20_000, required=False, strip=False, widget=area(5))
    options = forms.CharField(
        label=_("Options"),
        required=False,
        max_length=10_000,
        widget=area(4),
        help_text=_("One a line. They get the letters A, B, C in this order."),
    )
    most = forms.IntegerField(min_value=1, required=False)
    method = forms.ChoiceField(label=_("How it is counted"), choices=Method, required=False)
    majority = forms.ChoiceField(label=_("Majority"), choices=MAJORITIES, required=False)
    share = forms.CharField(
        label=_("The other share"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Only if you chose another share: for example 3/5 or 3/4."),
    )
    phase = forms.ModelChoiceField(
        label=_("Open"), queryset=Phase.objects.none(), required=False, empty_label=_("in a window of its own")
    )
    opens_at = moment_field(_("Opens"), required=False, help_text=_("Empty: at once."))
    closes_at = moment_field(
        _("Closes"), required=False, help_text=_("In your own time zone. Votes that come before this moment count.")
    )
    roll_of = forms.ChoiceField(
        label=_("Who votes"), choices=[("", _("As usual here")), *RollOf.choices], required=False
    )
    base = forms.ChoiceField(label=_("The majority is one of"), choices=Base, required=False)
    quorum = forms.CharField(
        label=_("Quorum to decide"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    opening_quorum = forms.CharField(
        label=_("Quorum to open"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_(
            "Empty: none. So many must vote or say that they are there before the close, or no vote is counted."
        ),
    )
    is_secret = forms.BooleanField(label=_("Secret: what each voted is kept apart from who has voted"), required=False)

    def __init__(self, *args, kind, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.initial["kind"] = kind
        self.fields["quorum"].help_text = _(
            "Empty: none. A share of all who may vote, for example 1/3; or the word “%(word)s” for more than half."
        ) % {"word": shares.OFFERED[languages.own_code(get_language())]}
        phases = Phase.objects.filter(
            consultation__workspace=workspace, kind=PhaseKind.BALLOT, closes_at__gt=timezone.now()
        )
        self.fields["phase"].queryset = phases
        self.initial["phase"] = phases.order_by("opens_at").first()
        if self.initial["phase"] is None:
            self.initial["closes_at"] = timezone.localtime().replace(minute=0, second=0, microsecond=0) + USUAL_LENGTH
        if kind == Kind.APPROVAL:
            self.fields["most"].label = _("Options one may choose")
            self.fields["most"].help_text = _("Empty: as many as one likes.")
            self.fields["most"].max_value = MOST_OPTIONS
        if kind == Kind.SCORE:
            self.fields["most"].label = _("Highest score")
            self.fields["most"].initial = 5
            self.fields["most"].max_value = MOST_SCORE
        if kind == Kind.SILENCE:
            self.fields["text"].label = _("The text that is adopted")
            self.fields["text"].widget = area(12)
            self.fields["text"].help_text = _("It stands as it is, with its SHA-256, and cannot be changed any more.")
        if kind in (Kind.CHOICE, Kind.APPROVAL):
            self.fields["majority"].choices = [("", _("None: the option with most votes is chosen")), *MAJORITIES]
        for name in self._unused(kind, phases):
            del self.fields[name]

    def _unused(self, kind, phases):
        """The fields this kind has no use for."""
        unused = set()
        if kind not in OF_OPTIONS:
            unused.add("options")
        if kind not in (Kind.APPROVAL, Kind.SCORE):
            unused.add("most")
        if kind != Kind.RANKING:
            unused.add("method")
        if kind not in WITH_MAJORITY:
            unused |= {"majority", "share", "base"}
        if kind in NAMED_ONLY:
            unused.add("is_secret")
        if kind == Kind.SILENCE:
            unused |= {"quorum", "opening_quorum", "opens_at"}
        if not phases.exists():
            unused.add("phase")
        return unused

    def clean_options(self):
        """The lines with something in them."""
        lines = [line for line in self.cleaned_data["options"].splitlines() if line.strip()]
        return lines[: MOST_OPTIONS + 1]

    def clean(self):
        fields = super().clean()
        if not fields.get("phase") and not fields.get("closes_at") and "closes_at" not in self.errors:
            self.add_error("closes_at", _("Say when the ballot closes."))
        share = fields.pop("share", "")
        if fields.get("majority") == OTHER:
            fields["majority"] = share or OTHER
        for name in ("majority", "base", "roll_of"):
            if not fields.get(name):
                fields.pop(name, None)
        return fields


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
