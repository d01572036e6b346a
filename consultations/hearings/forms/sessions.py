"""When a session is, in the time of the room; and the reason for another time."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.rooms import line
from consultations.hearings.forms.hearings import RoomMomentField, as_typed, in_zone
from forum.forms import area


class SessionForm(forms.Form):
    """A session that is new, or has other times; `asks_why` once everyone is told of them."""

    title = line(_("Name"), 200, required=False, help_text=_("Empty: its number, in each reader's language."))
    starts_at = RoomMomentField(label=_("Begins"))
    ends_at = RoomMomentField(label=_("Ends"), help_text=_("In the time zone of the room."))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=area(3), help_text=_("Everyone with a seat is mailed it.")
    )

    def __init__(self, *args, hearing, session=None, asks_why=False, **kwargs):
        self.zone = hearing.timezone
        if session:
            initial = {"starts_at": as_typed(session.starts_at, self.zone), "title": session.title}
            kwargs["initial"] = initial | {"ends_at": as_typed(session.ends_at, self.zone)}
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["reason"]

    def clean(self):
        given = super().clean()
        return given | {name: in_zone(given[name], self.zone) for name in ("starts_at", "ends_at") if name in given}


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=area(3), help_text=_("Everyone with a seat is mailed it.")
    )
