"""Mail settings as forms: when, how large and in which form; and how often, for each workspace."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from core import sizes
from members.models import Organisation
from notifications.models import MailProfile
from notifications.models.subscriptions import Cadence

SIZES = (10_000, 15_000, 25_000, 50_000, 100_000)  # bytes
LONGEST_PAUSE = 366  # days


class MailForm(forms.ModelForm):
    """A member's mail profile, and one choice for each workspace they have a seat in."""

    hour = forms.TypedChoiceField(label=_("Hour"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)])
    weekday = forms.TypedChoiceField(
        label=_("Day of weekly digests"), coerce=int, choices=[(day, name) for day, name in WEEKDAYS.items()]
    )
    size = forms.TypedChoiceField(
        label=_("Largest mail"), coerce=int, choices=lambda: [(size, sizes.said(size)) for size in SIZES]
    )
    paused_until = forms.DateField(
        label=_("Pause until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("No digests and no letters about posts until then. Afterwards one mail tells what you missed."),
    )

    class Meta:
        model = MailProfile
        fields = ("hour", "weekday", "size", "form", "receipts_at_once")

    def __init__(self, *args, rooms, cadences, **kwargs):
        """rooms: the workspaces of the member's seats; cadences: what is chosen now, by workspace id."""
        super().__init__(*args, **kwargs)
        size = self.instance.size
        if size not in SIZES:  # set by mail
            self.fields["size"].choices = [*self.fields["size"].choices, (size, sizes.said(size))]
        until = self.instance.paused_until
        if until and until > timezone.now():
            self.initial["paused_until"] = timezone.localtime(until).date()
        self.rooms = {f"cadence-{room.pk}": room for room in rooms}
        for name, room in self.rooms.items():
            initial = cadences.get(room.pk, Cadence.DAILY)
            self.fields[name] = forms.ChoiceField(label=room.name, choices=Cadence, initial=initial)

    def clean_paused_until(self):
        day = self.cleaned_data["paused_until"]
        today = timezone.localdate()
        if day and not today < day <= today + timedelta(days=LONGEST_PAUSE):
            raise forms.ValidationError(_("Choose a day from tomorrow on, within a year."))
        return day

    @property
    def settings_fields(self):
        return [self[name] for name in ("hour", "weekday", "size", "form", "receipts_at_once", "paused_until")]

    @property
    def room_fields(self):
        return [(self[name], room) for name, room in self.rooms.items()]


class WatchForm(forms.Form):
    """How often mail comes about one workspace or thread; for a thread, empty is as its workspace."""

    cadence = forms.ChoiceField(label=_("Mail"), choices=Cadence, widget=forms.RadioSelect)

    def __init__(self, *args, thread=None, **kwargs):
        super().__init__(*args, **kwargs)
        if thread:
            as_room = _("As the workspace “%(workspace)s”") % {"workspace": thread.workspace}
            self.fields["cadence"].choices = [("", as_room), *Cadence.choices]
            self.fields["cadence"].required = False


class DelegationForm(forms.Form):
    """For whom one carries: who, how they agreed, and where they can be told."""

    name = forms.CharField(label=_("Their name"), max_length=200)
    consent = forms.CharField(
        label=_("How they agreed, and when"),
        max_length=400,
        required=False,
        help_text=_("For example: at the village meeting on 3 May. A member of this site is asked by mail instead."),
    )
    address = forms.EmailField(
        label=_("Their email address, if they have one"),
        required=False,
        help_text=_("They then get what you post in their name, and can take it back."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Their organisation, if they have one"), queryset=Organisation.objects.all(), required=False
    )
