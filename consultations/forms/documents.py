"""What people fill in about draft texts: a text, a comment or another wording, a decision, what to compare."""

from datetime import UTC, datetime

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.contributions import EntryForm
from consultations.models.comments import Action
from consultations.models.phases import PhaseKind
from consultations.services.comments import MOST_PROPOSED, Proposal
from consultations.services.documents import Source, pasted
from core import languages, tokens
from forum import keepers
from forum.forms import STARTED_DAYS, PostForm, area, once


class TextForm(forms.Form):
    """A text, pasted or as a file; `document`: whose next version it is."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    phase = forms.ModelChoiceField(label=_("Open for comments in"), queryset=None, empty_label=None)
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages.CHOICES)
    summary = forms.CharField(label=_("What has changed"), required=False, max_length=2000, widget=area(3))
    text = forms.CharField(
        label=_("The text"),
        required=False,
        strip=False,
        widget=area(16),
        help_text=_("With its paragraph numbers: 1. 2. 3., and (a), (i) below them."),
    )
    file = forms.FileField(label=_("or a file (.txt, .md, .docx)"), required=False)

    def __init__(self, *args, consultation, document=None, **kwargs):
        super().__init__(*args, **kwargs)
        phases = consultation.phases.filter(kind=PhaseKind.DRAFT, closes_at__gt=timezone.now())
        self.fields["phase"].queryset = phases.select_related("consultation").order_by("opens_at")
        self.initial.setdefault("language", languages.own_code(get_language()))
        if document:
            del self.fields["title"]
        else:
            del self.fields["summary"]

    def clean(self):
        """A file goes before the field."""
        given = super().clean()
        file, text = given.pop("file", None), given.pop("text", "")
        if file:
            given["source"] = Source(file.name or "", file.read(settings.MAX_FILE_BYTES + 1))
        elif text.strip():
            given["source"] = pasted(text)
        else:
            self.add_error("text", _("Paste the text, or choose a file."))
        return given


KINDS = [
    ("comment", _("a comment")),
    (Action.REPLACE.value, _("another wording")),
    (Action.INSERT.value, _("a new paragraph after it")),
    (Action.DELETE.value, _("that it be deleted")),
]


class WordingForm(forms.Form):
    """A comment on a paragraph, or another wording of it; both forms that take one have these fields."""

    kind = forms.ChoiceField(label=_("What you write"), choices=KINDS, widget=forms.RadioSelect, initial="comment")
    proposed = forms.CharField(
        label=_("The wording you propose"),
        required=False,
        strip=False,
        max_length=MOST_PROPOSED,
        widget=area(6),
        help_text=_("The paragraph as it stands; change it. For a new paragraph write that one instead."),
    )

    def __init__(self, *args, paragraph, **kwargs):
        super().__init__(*args, **kwargs)
        self.paragraph = paragraph
        self.initial.setdefault("proposed", paragraph.text)

    def propose(self, given):
        """Put a `proposal` in the place of the two fields."""
        kind, proposed = given.pop("kind", ""), given.pop("proposed", "").strip().replace("\r\n", "\n")
        if kind == "comment":
            if proposed and proposed != self.paragraph.text.strip():
                self.add_error(
                    "kind",
                    _("You changed the wording. Say whether it is another wording or a new paragraph, or undo it."),
                )
        elif kind:
            given["proposal"] = Proposal(kind, "" if kind == Action.DELETE else proposed)
        return kind + proposed


class CommentForm(WordingForm, PostForm):
    """What a member says of a paragraph; it says, signed, when it was opened."""

    begun = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    field_order = ("key", "begun", "kind", "text", "proposed", "files", "organisation", "language")

    def __init__(self, *args, paragraph, **kwargs):
        super().__init__(*args, paragraph=paragraph, about=paragraph.reference, **kwargs)
        self.fields["text"].label = _("Your comment, or the reason for what you propose")
        self.fields["text"].widget.attrs["rows"] = 5
        self.initial.setdefault("begun", tokens.sign("begun", self._begun(int(timezone.now().timestamp()))))

    def clean(self):
        given = super().clean()
        given["attempt"] = keepers.Attempt(started_at=self._begun_at(given.pop("begun", "")))
        # One wording sent twice is one; another wording from the same form is another.
        given["key"] = once(self.member, given["key"], self.propose(given))
        return given

    def _begun(self, second):
        return [self.member.pk, self.paragraph.pk, second]

    def _begun_at(self, token):
        """The moment at which this member was given this form; None when the token does not show it."""
        said = tokens.unsign("begun", token, days=STARTED_DAYS)
        if not said or said != self._begun(said[-1]):
            return None
        return datetime.fromtimestamp(said[-1], tz=UTC)


class RemarkEntryForm(WordingForm, EntryForm):
    """Words on paper about a paragraph."""

    def clean(self):
        given = super().clean()
        self.propose(given)
        return given


class TakeForm(forms.Form):
    reason = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=area(3))


class DeclineForm(forms.Form):
    """The service insists on the reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=area(3),
        help_text=_("Whoever made the proposal, and all readers, see it."),
    )
