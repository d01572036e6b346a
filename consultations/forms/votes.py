"""What people fill in to vote: a form for each kind of ballot, whose `text` is what a mail would say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Elector
from consultations.models.ballots import Kind
from consultations.words import positions
from forum.forms import area
from members.models import Organisation

PLACE, SCORE = "place_", "score_"


class VoteForm(forms.Form):
    """electors: the rows of the roll the member votes for; own: their vote so far, None in a secret ballot."""

    def __init__(self, *args, ballot, electors=(), own=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        value = own.value if own else ""
        making = {
            Kind.APPROVAL: self._approval,
            Kind.RANKING: self._ranking,
            Kind.SCORE: self._score,
            Kind.CONSENT: self._position,
            Kind.SILENCE: self._position,
        }
        making.get(ballot.kind, self._radio)(value, own)
        if len(electors) > 1:
            names = Organisation.objects.filter(pk__in=[row.organisation_id for row in electors])
            self.fields["organisation"] = forms.ModelChoiceField(label=_("You vote for"), queryset=names)
        if ballot.is_secret and any(row.has_voted for row in electors):
            self.fields["code"] = forms.CharField(
                label=_("Receipt code of your vote"),
                max_length=40,
                required=len(electors) == 1,
                widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
                help_text=_("You have voted. Your vote can be changed only with the code you got for it."),
            )

    def _radio(self, value, own):
        choices = [("yes", _("yes")), ("no", _("no")), ("abstain", _("abstention"))]
        if self.ballot.kind == Kind.CHOICE:
            choices = self._options()
        self.fields["text"] = forms.ChoiceField(
            label=_("Your vote"), choices=choices, widget=forms.RadioSelect, initial=value
        )

    def _approval(self, value, own):
        self.fields["text"] = forms.MultipleChoiceField(
            label=_("Your vote"),
            choices=self._options(),
            widget=forms.CheckboxSelectMultiple,
            initial=value.split(","),
        )

    def _ranking(self, value, own):
        """A place for each option; those without one stand behind all others."""
        letters = value.split(">") if value else []
        places = [("", "–"), *((str(place), str(place)) for place in range(1, len(self.ballot.choices) + 1))]
        for option in self.ballot.choices:
            initial = str(letters.index(option.letter) + 1) if option.letter in letters else ""
            self.fields[PLACE + option.letter] = forms.ChoiceField(
                label=str(option), choices=places, required=False, initial=initial
            )

    def _score(self, value, own):
        given = dict(part.split("=") for part in value.split(",")) if value else {}
        for option in self.ballot.choices:
            self.fields[SCORE + option.letter] = forms.IntegerField(
                label=str(option),
                min_value=0,
                max_value=self.ballot.most,
                required=False,
                initial=given.get(option.letter, 0),
            )

    def _position(self, value, own):
        choices = [
            (positions.CONSENT, _("I consent")),
            (positions.RESERVATION, _("I consent with a reservation")),
            (positions.OBJECTION, _("I object")),
        ]
        if self.ballot.kind == Kind.SILENCE:
            choices = [(positions.OBJECTION, _("I object")), (positions.AMENDMENT, _("I propose an amendment"))]
        self.fields["text"] = forms.ChoiceField(
            label=_("Your position"), choices=choices, widget=forms.RadioSelect, initial=value
        )
        self.fields["words"] = forms.CharField(
            label=_("Your reasons, or your amendment"),
            max_length=positions.MOST_REASONS,
            required=False,
            widget=area(4),
            initial=own.words if own else "",
        )

    def _options(self):
        return [(option.letter, str(option)) for option in self.ballot.choices]

    def clean(self):
        """text, and organisation and code where there are such: what the service takes."""
        fields = super().clean()
        said = {"text": self._text(fields)} if not self.errors else {}
        return said | {name: fields[name] for name in ("organisation", "code") if name in fields}

    def _text(self, fields):
        kind = self.ballot.kind
        if kind == Kind.RANKING:
            return self._order({name[-1]: place for name, place in fields.items() if name.startswith(PLACE) and place})
        if kind == Kind.SCORE:
            scores = {name[-1]: score for name, score in fields.items() if name.startswith(SCORE)}
            return " ".join(f"{letter}={score or 0}" for letter, score in scores.items())
        if kind == Kind.APPROVAL:
            return ", ".join(fields["text"])
        words = fields.get("words", "").strip()
        return f"{fields['text']}: {words}" if words else fields["text"]

    def _order(self, places):
        if not places:
            raise forms.ValidationError(_("Give at least one option a place; 1 is the best."))
        if len(set(places.values())) < len(places):
            raise forms.ValidationError(_("Two options have the same place. Give each its own, or none."))
        return ">".join(sorted(places, key=lambda letter: int(places[letter])))


def of(request, ballot, own=None, data=None):
    """The form of this member for this ballot."""
    electors = list(Elector.objects.filter(ballot=ballot).cast_by(request.user).select_related("organisation"))
    return VoteForm(data, ballot=ballot, electors=electors, own=own)
