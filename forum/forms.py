"""What people fill in: posts and threads, reasons, rooms, seats and invitations."""

import hashlib
import secrets
from datetime import UTC, datetime

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import languages, tokens
from forum import invitees, keepers
from forum.models import Seat, Workspace
from forum.models.workspaces import RESERVED_NAMES
from forum.services import attachments
from forum.services.attachments import Upload
from members.models import Member, Organisation, Region, Theme

REASON_LENGTH = 400
STARTED_DAYS = 60  # a form that lies open for longer tells no more when it was opened


def area(rows):
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what may be kept is decided by the service, which says why not."""

    widget = FilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        received = [Upload.received(file) for file in given[: settings.MAX_FILES_PER_POST + 1]]
        accepted, problems = attachments.checked(received)
        if problems:
            raise forms.ValidationError(problems)
        return [upload for upload, _kind in accepted]


def once(member, *words):
    """The key under which what a member wrote is taken once."""
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()
    return f"web:{member.pk}:{digest[:40]}"


class OnceForm(forms.Form):
    """A form that is sent twice is done once: its key stands for this form, its member and what was written in it."""

    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        self.initial.setdefault("key", secrets.token_urlsafe(9))

    def clean(self):
        given = super().clean()
        given["key"] = once(self.member, given.get("key") or secrets.token_urlsafe(9), *self.written(given))
        return given

    def written(self, given):
        """What makes another thing of it, as strings."""
        return [given.get("text", "")]


class PostForm(OnceForm):
    """A text for a thread, with all that may go with it. In a kept thread it says, signed, when it was opened."""

    started = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Your text"), strip=False, required=False, widget=area(8))
    files = FilesField(label=_("Files"), required=False)
    organisation = forms.ModelChoiceField(
        label=_("You speak"), queryset=Organisation.objects.none(), required=False, empty_label=_("for yourself")
    )
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=[("", _("as the thread")), *languages.CHOICES], required=False
    )

    def __init__(self, *args, member, about="", thread=None, **kwargs):
        super().__init__(*args, member=member, auto_id="post-%s", **kwargs)
        self.about, self.thread = about, thread
        if thread is not None and thread.kept_by:
            self.initial.setdefault("started", tokens.sign("started", self._started(int(timezone.now().timestamp()))))
        else:
            del self.fields["started"]
        spoken_for = Organisation.objects.none()
        if member.is_authenticated:
            mandates = member.mandates.in_force().values("organisation")
            spoken_for = Organisation.objects.filter(pk__in=mandates).only("name")
        if choices := [(organisation.pk, str(organisation)) for organisation in spoken_for]:
            self.fields["organisation"].queryset = spoken_for
            self.fields["organisation"].choices = [("", _("for yourself")), *choices]
        else:
            del self.fields["organisation"]

    def clean(self):
        given = super().clean()
        if "started" in self.fields:
            given["attempt"] = keepers.Attempt(started_at=self._started_at(given.pop("started", "")))
        return given

    def written(self, given):
        return [self.about, *super().written(given)]

    def _started(self, second):
        """What a form says of its opening: to this member, in this thread, at this second."""
        return [self.member.pk, self.thread.pk, second]

    def _started_at(self, token):
        """The moment at which this member was given this form; None when the token does not show it."""
        said = tokens.unsign("started", token, days=STARTED_DAYS)
        if not said or said != self._started(said[-1]):
            return None
        return datetime.fromtimestamp(said[-1], tz=UTC)


class ManyField(forms.ModelMultipleChoiceField):
    """Several of a list; a number that no database holds is no choice, as any other that is not there."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError as overflow:
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list") from overflow


class ThreadForm(PostForm):
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    field_order = ("key", "title", "text", "files", "organisation", "language")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["dir"] = "auto"
        self.fields["language"].choices = [("", _("not said")), *languages.CHOICES]


class EditForm(forms.Form):
    text = forms.CharField(label=_("Text"), strip=False, required=False, widget=area(12))
    reason = forms.CharField(
        label=_("What you changed, and why"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("All readers see it beside the earlier wording."),
    )


class ReasonForm(forms.Form):
    """The services insist on a reason where one is due."""

    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, required=False, widget=area(3))


class RedactionForm(ReasonForm):
    passage = forms.CharField(
        label=_("The words to take out"),
        max_length=20_000,
        strip=False,
        widget=area(4),
        help_text=_("Copied from the post exactly."),
    )
    field_order = ("passage", "reason")


class RequestForm(forms.Form):
    text = forms.CharField(label=_("Why you would like to join"), max_length=2000, required=False, widget=area(5))


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Seat.Role)


class InvitationForm(forms.Form):
    addresses = forms.CharField(
        label=_("Addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr"}),
        help_text=_("One person a line: an address, or an address and a name with a comma between them."),
    )
    file = forms.FileField(label=_("Or a CSV file with the columns email and name"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Seat.Role, initial=Seat.Role.MEMBER)
    text = forms.CharField(
        label=_("A few words that go with the invitation"), max_length=2000, required=False, widget=area(4)
    )

    def clean(self):
        """`people`: pairs (address, name) from both fields."""
        given = super().clean()
        people = invitees.read(given.get("addresses", ""))
        if file := given.get("file"):
            people += invitees.read(invitees.decode(file.read(4 * invitees.MOST_CHARACTERS)))
        if not people:
            raise forms.ValidationError(_("There was no address. Write one, or choose a file."))
        if len(people) > invitees.MOST:
            reason = ngettext_lazy(
                "This is more than %(most)s person. Invite them in parts; nobody was invited yet.",
                "These are more than %(most)s people. Invite them in parts; nobody was invited yet.",
                invitees.MOST,
            )
            raise forms.ValidationError(reason, params={"most": invitees.MOST})
        given["people"] = people
        return given


class WorkspaceForm(forms.ModelForm):
    """How a room is called and ruled."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=languages.CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Workspace
        fields = (
            "name",
            "description",
            "visibility",
            "joining",
            "posting",
            "moderation",
            "languages",
            "themes",
            "regions",
        )
        widgets = {
            "description": area(6),
            "themes": forms.CheckboxSelectMultiple,
            "regions": forms.CheckboxSelectMultiple,
        }


class NewWorkspaceForm(WorkspaceForm):
    moderator = forms.ModelChoiceField(
        label=_("Moderator"),
        queryset=Member.objects.filter(is_active=True),
        to_field_name="email",
        widget=forms.EmailInput,
        help_text=_("The address of the member who will moderate; more can be appointed later."),
        error_messages={"invalid_choice": _("No member has this address. Check it, or invite this person first.")},
    )

    class Meta(WorkspaceForm.Meta):
        fields = ("name", "slug", *WorkspaceForm.Meta.fields[1:])

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_NAMES:
            raise forms.ValidationError(_("This name is used by the system. Choose another."))
        return slug


class FilterForm(forms.Form):
    """Which rooms to list."""

    theme = forms.ModelChoiceField(
        label=_("Theme"), queryset=Theme.objects.all(), to_field_name="code", required=False, empty_label=_("all")
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), to_field_name="code", required=False, empty_label=_("all")
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("", _("all")), *languages.CHOICES], required=False)
