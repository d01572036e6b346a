"""What officers fill in to move a motion, put it to the vote, call the roll and enter votes; and to explain a vote."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.forms.ballots import MAJORITIES, OTHER, RulesApart
from consultations.hearings.models import Motion
from consultations.hearings.services import explanations
from consultations.hearings.services.sheets import MOST_HANDS
from consultations.hearings.words import calls as words
from consultations.models import Elector
from consultations.models.ballots import MOST_OPTIONS, MOST_SCORE, WITH_MAJORITY, Base, Kind, Method, RollOf
from consultations.services import voting
from consultations.wording import ballots as wording
from forum.forms import area
from members.models import Organisation

MAIL_MINUTES = (5, 10, 15, 30, 60)
KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.SILENCE]


def mail_choices():
    """How long mails are promised to be taken."""
    spans = [(span, ngettext("%(count)s minute", "%(count)s minutes", span) % {"count": span}) for span in MAIL_MINUTES]
    return [(0, _("not waited for")), *spans]


class MailForm(forms.Form):
    mail_minutes = forms.TypedChoiceField(
        label=_("Votes by mail"),
        coerce=int,
        empty_value=0,
        required=False,
        choices=mail_choices,
        help_text=_("So long the vote stays open at least. All on the roll get a mail that says so."),
    )


class PutForm(MailForm):
    """How the vote is taken, as it was moved unless the chair says otherwise."""

    manner = forms.ChoiceField(label=_("How one votes"), choices=Motion.Manner, required=False)
    majority = forms.ChoiceField(
        label=_("Majority"),
        choices=[("", _("As usual for this kind")), *(one for one in MAJORITIES if one[0] != OTHER)],
        required=False,
    )
    quorum = forms.CharField(label=_("Quorum to decide"), max_length=20, required=False)
    title = forms.CharField(
        label=_("Question, as amended"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    text = forms.CharField(label=_("Text, as amended"), max_length=20_000, required=False, strip=False, widget=area(5))
    field_order = ("title", "text", "manner", "majority", "quorum")

    def __init__(self, *args, motion, is_amended, **kwargs):
        asked = motion.rules.get("majority", "")
        initial = {"manner": motion.manner, "majority": asked, "title": motion.title, "text": motion.text}
        super().__init__(*args, initial=initial | {"quorum": motion.rules.get("quorum", "")}, **kwargs)
        if not is_amended:
            del self.fields["title"], self.fields["text"]
        has_its_own = asked not in dict(self.fields["majority"].choices)  # a share that no list has
        if has_its_own or motion.is_straw or motion.rules.get("kind") not in WITH_MAJORITY:
            del self.fields["majority"]
        if motion.is_straw:
            del self.fields["quorum"]

    def clean(self):
        fields = super().clean()
        for name in {"majority", "quorum"} - set(self.data):  # nothing was said of it, so it stays
            fields.pop(name, None)
        return fields


class ProposeForm(forms.Form):
    """A motion from the floor; how it is voted on the chair says."""

    title = forms.CharField(label=_("Question"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(label=_("Text"), max_length=20_000, required=False, strip=False, widget=area(5))
    item = forms.ModelChoiceField(label=_("Item of the agenda"), queryset=None)
    amends = forms.ModelChoiceField(
        label=_("It amends"), queryset=Motion.objects.none(), required=False, empty_label=_("nothing: it stands alone")
    )
    organisation = forms.ModelChoiceField(
        label=_("You speak"), queryset=Organisation.objects.none(), required=False, empty_label=_("for yourself")
    )

    def __init__(self, *args, hearing, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = hearing.items.filter(closed_at=None)
        self.fields["item"].label_from_instance = lambda item: f"{item.label}. {item}"
        self.initial.setdefault("item", hearing.current_item_id)
        self.fields["amends"].queryset = hearing.motions.waiting()
        self.fields["amends"].label_from_instance = lambda motion: f"{motion.number}. {motion}"
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
        for name, has_any in (("amends", self.fields["amends"].queryset.exists()), ("organisation", organisations)):
            if not has_any:
                del self.fields[name]


class MotionForm(RulesApart, MailForm):
    """A motion with the rules of its vote. `rule_fields` are those that most motions leave as they are."""

    RULES = ("options", "most", "method", "majority", "share", "base", "quorum", "roll_of")
    ALWAYS_SAID = ("base",)

    title = forms.CharField(label=_("Question"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(label=_("Text"), max_length=20_000, required=False, strip=False, widget=area(5))
    item = forms.ModelChoiceField(label=_("Item of the agenda"), queryset=None)
    form = forms.ChoiceField(label=_("Form"), choices=Motion.Form)
    manner = forms.ChoiceField(label=_("How one votes"), choices=Motion.Manner)
    mover = forms.CharField(
        label=_("Moved by"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    seconder = forms.CharField(
        label=_("Seconded by"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    kind = forms.ChoiceField(label=_("What one votes"), choices=KINDS)
    options = forms.CharField(
        label=_("Options"), required=False, max_length=10_000, widget=area(3), help_text=_("One a line.")
    )
    majority = forms.ChoiceField(
        label=_("Majority"), choices=[("", _("As usual for this kind")), *MAJORITIES], required=False
    )
    share = forms.CharField(label=_("The other share"), max_length=20, required=False)
    base = forms.ChoiceField(label=_("The majority is one of"), choices=Base, required=False)
    quorum = forms.CharField(label=_("Quorum to decide"), max_length=20, required=False)
    method = forms.ChoiceField(label=_("How it is counted"), choices=[("", "–"), *Method.choices], required=False)
    most = forms.IntegerField(
        label=_("Options one may choose, or the highest score"), min_value=1, max_value=MOST_SCORE, required=False
    )
    roll_of = forms.ChoiceField(
        label=_("Who votes"), choices=[("", _("As usual here")), *RollOf.choices], required=False
    )
    at_once = forms.BooleanField(label=_("Put it to the vote now"), required=False)

    field_order = ("title", "text", "item", "form", "manner", "kind", "options", "mover", "seconder")

    def __init__(self, *args, hearing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = hearing.items.all()
        self.fields["item"].label_from_instance = lambda item: f"{item.label}. {item}"
        self.initial.setdefault("item", hearing.current_item_id)
        self.order_fields([*self.field_order, *self.RULES, "at_once", "mail_minutes"])

    def clean_options(self):
        lines = [line for line in self.cleaned_data["options"].splitlines() if line.strip()]
        return lines[: MOST_OPTIONS + 1]

    def clean(self):
        fields = super().clean()
        share = fields.pop("share", "")
        if fields.get("majority") == OTHER:
            fields["majority"] = share or OTHER
        fields["mail_minutes"] = fields.get("mail_minutes") or 0
        return fields


def again(hearing, number):
    """What the form begins with where a motion whose vote was annulled is moved anew."""
    row = hearing.motions.filter(number=int(number)).first() if number.isdecimal() and len(number) <= 4 else None
    if row is None:
        return {}
    fields = {name: getattr(row, name) for name in ("title", "text", "form", "manner", "mover", "seconder")}
    asked = row.rules | ({"options": "\n".join(row.rules["options"])} if row.rules.get("options") else {})
    return {**asked, **fields, "item": row.item_id}


class SecondForm(forms.Form):
    seconder = forms.CharField(label=_("Seconded by"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=400, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class CallForm(forms.Form):
    """One answer of a roll call, typed or pressed. `seen`: what the page showed for this name."""

    call = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)
    said = forms.CharField(
        label=_("Answer"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "dir": "auto"}),
    )
    answer = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, **kwargs)
        self.ballot = ballot

    def clean(self):
        fields = super().clean()
        labels = [option.label for option in self.ballot.choices]
        typed = fields.pop("answer", "") or fields.get("said", "")
        fields["said"] = words.read(typed, kind=self.ballot.kind, labels=labels)
        if not fields["said"] and not self.errors:
            self.add_error("said", wording.not_understood(self.ballot))
        return fields


class HandsForm(forms.Form):
    """A number of hands for each answer there is."""

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, **kwargs)
        for value in voting.answers(ballot):
            self.fields[value] = forms.IntegerField(
                label=wording.said(ballot, value),
                min_value=0,
                max_value=MOST_HANDS,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def clean(self):
        return {"figures": super().clean()}


class SaidForm(forms.Form):
    """What somebody said by phone."""

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(value, wording.said(ballot, value)) for value in voting.answers(ballot)]
        self.fields["value"] = forms.ChoiceField(label=_("Vote"), choices=choices, widget=forms.RadioSelect)


class PhoneForm(SaidForm):
    """What somebody on the roll said by phone."""

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, ballot=ballot, **kwargs)
        rows = Elector.objects.filter(ballot=ballot).named()
        self.fields["elector"] = forms.ModelChoiceField(label=_("Who called"), queryset=rows)
        self.fields["elector"].label_from_instance = lambda elector: elector.name
        self.order_fields(["elector", "value"])


class ExplainForm(forms.Form):
    text = forms.CharField(label=_("Your explanation of vote"), max_length=explanations.MOST, widget=area(5))

    def __init__(self, *args, organisations=(), **kwargs):
        super().__init__(*args, **kwargs)
        if len(organisations) > 1:
            names = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
            self.fields["organisation"] = forms.ModelChoiceField(label=_("You speak for"), queryset=names)
