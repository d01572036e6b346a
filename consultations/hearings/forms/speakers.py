"""What is filled in about speakers: a request, a text, a point of order; and by the chair a place, a time, a ruling."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.hearings import files
from consultations.hearings.models import Speaker, TimeAccount
from consultations.hearings.services import floor
from core import languages
from core.access import Refused
from forum.forms import area
from members.models import Member, Organisation
from members.services import mandates

ANY_LANGUAGE = [("", _("not said")), *languages.CHOICES]
GENDERS = [("", _("not said")), *Speaker.Gender.choices]
MOST_MINUTES = 24 * 60


def reason(**more):
    return forms.CharField(label=_("Reason"), max_length=1000, **more)


def seconds(label, **more):
    return forms.IntegerField(label=label, min_value=1, max_value=floor.MOST_SECONDS, **more)


class _ForForm(forms.Form):
    """For whom one speaks: oneself, or an organisation one has a mandate of."""

    organisation = forms.ModelChoiceField(
        label=_("You speak"), queryset=Organisation.objects.none(), required=False, empty_label=_("for yourself")
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        if spoken_for := mandates.of(member):
            self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in spoken_for])
        else:
            del self.fields["organisation"]


class RequestForm(_ForForm):
    announced_as = forms.CharField(
        label=_("Who will speak"),
        max_length=200,
        required=False,
        help_text=_("As the chair will call them, with their title. Empty: you."),
    )
    language = forms.ChoiceField(label=_("Language of the speech"), choices=ANY_LANGUAGE, required=False)
    gender = forms.ChoiceField(
        label=_("Gender of the speaker, if you declare it"),
        choices=GENDERS,
        required=False,
        help_text=_("Only for the balance of speakers; it is shown as a figure alone."),
    )
    note = forms.CharField(label=_("Note for the secretary"), max_length=400, required=False)


class ReplyForm(_ForForm):
    note = forms.CharField(label=_("To what you reply"), max_length=400, required=False)


class PointForm(forms.Form):
    point = forms.CharField(
        label=_("What it is about"),
        max_length=400,
        required=False,
        help_text=_("The procedure, not the substance. Who speaks now is interrupted, and the chair rules on it."),
    )


class SpeechForm(forms.Form):
    text = forms.CharField(label=_("Text"), required=False, strip=False, widget=area(14))
    file = forms.FileField(label=_("Or a file (.txt, .md or .docx)"), required=False)
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages.CHOICES)

    def clean(self):
        given = super().clean()
        file = given.pop("file", None)
        if file and not given.get("text"):
            try:
                given["text"] = files.text_of(file.name, file.read())
            except Refused as refused:
                self.add_error("file", str(refused.reason))
        return given


class EnterForm(forms.Form):
    """Somebody in the room: a guest, or a member by the address they sign in with."""

    queue = forms.ChoiceField(label=_("They ask for"), choices=Speaker.Queue.choices, initial=Speaker.Queue.LIST)
    announced_as = forms.CharField(label=_("Who will speak"), max_length=200, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    member = forms.EmailField(
        label=_("Email address of their account"), required=False, help_text=_("Empty: a guest without an account.")
    )
    gender = forms.ChoiceField(label=_("Gender of the speaker, if declared"), choices=GENDERS, required=False)
    point = forms.CharField(
        label=_("What a point of order is about, or to what they reply"), max_length=400, required=False
    )

    def clean_organisation(self):
        name = self.cleaned_data["organisation"].strip()
        if not name:
            return None
        found = Organisation.objects.filter(Q(name__iexact=name) | Q(acronym__iexact=name)).first()
        if found is None:
            raise forms.ValidationError(
                _("No organisation has this name. Leave it empty and write it beside the name.")
            )
        return found

    def clean_member(self):
        address = self.cleaned_data["member"]
        found = Member.objects.by_address(address) if address else None
        if address and found is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return found


class MoveForm(forms.Form):
    to = forms.IntegerField(label=_("New place"), min_value=1, max_value=999)
    reason = reason()
    is_suggested = forms.BooleanField(required=False, widget=forms.HiddenInput)


class PriorityForm(forms.Form):
    priority = forms.IntegerField(
        label=_("Priority"), min_value=0, max_value=9, help_text=_("0 for most; the higher speaks before the lower.")
    )
    reason = reason()


class AllotForm(forms.Form):
    seconds = seconds(_("Seconds of their own"), required=False)
    account = forms.ModelChoiceField(label=_("Shared time"), queryset=TimeAccount.objects.none(), required=False)

    def __init__(self, *args, hearing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = hearing.accounts.all()


class GiveForm(forms.Form):
    seconds = seconds(_("Seconds, where not as allotted"), required=False)
    reason = reason(required=False, help_text=_("Needed when others stand before them."))


class ExtendForm(forms.Form):
    seconds = seconds(_("Seconds more"), initial=60)


class AbsentForm(forms.Form):
    goes_to_end = forms.BooleanField(label=_("They go to the end of the list"), required=False, initial=True)


class CorrectForm(forms.Form):
    seconds = forms.IntegerField(label=_("Seconds they spoke"), min_value=0, max_value=floor.MOST_SECONDS)
    reason = reason()


class RuleForm(forms.Form):
    ruling = forms.ChoiceField(label=_("The point is"), choices=Speaker.Ruling.choices, widget=forms.RadioSelect)
    reason = reason(required=False)


class WithdrawForm(forms.Form):
    reason = reason(required=False)


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Who shares it"), max_length=120)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES)

    def clean(self):
        given = super().clean()
        if "minutes" in given:
            given["seconds"] = 60 * given.pop("minutes")
        return given


class AccountCorrectionForm(forms.Form):
    seconds = forms.IntegerField(
        label=_("Seconds more, or with a minus fewer"), min_value=-60 * MOST_MINUTES, max_value=60 * MOST_MINUTES
    )
    reason = reason()
