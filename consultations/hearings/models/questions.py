"""Live questions: what people ask on an item of the agenda, who wants each of them asked, and what was answered.

A question is put by its author, for themselves or for an organisation. One that says the same as another is merged into
it: who endorsed either endorses that one, and nobody counts twice.
"""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.hearings.models.agenda import Item
from consultations.hearings.models.hearings import Hearing, OfHearing
from core import languages
from forum.models.posts import Channel
from journal.models import Audience
from members.models import Organisation

LONGEST = 1_000  # characters of a question


class QuestionState(models.TextChoices):
    HELD = "held", pgettext_lazy("a question", "waiting for a moderator")
    SHOWN = "shown", pgettext_lazy("a question", "asked")
    SHORTLISTED = "shortlisted", pgettext_lazy("a question", "shortlisted")
    TAKEN = "taken", pgettext_lazy("a question", "taken up")
    ANSWERED = "answered", pgettext_lazy("a question", "answered")
    MERGED = "merged", pgettext_lazy("a question", "merged into another")
    DECLINED = "declined", pgettext_lazy("a question", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("a question", "withdrawn by its author")
    ERASED = "erased", pgettext_lazy("a question", "erased")


WAITING = (QuestionState.SHOWN, QuestionState.SHORTLISTED)  # shown, and not before the hearing yet
LISTED = (*WAITING, QuestionState.TAKEN, QuestionState.ANSWERED)
GONE = (QuestionState.DECLINED, QuestionState.WITHDRAWN, QuestionState.ERASED)

WITH = ("author", "organisation", "item", "merged_into", "addressee")


class LiveQuestionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those shown at hearings this member may follow; one's own; to chair and secretaries all."""
        seen = self.filter(hearing__in=Hearing.objects.visible_to(member))
        if getattr(member, "is_secretariat", False) and member.is_active:
            return seen
        shown = models.Q(state__in=LISTED) | models.Q(state=QuestionState.MERGED, was_shown=True)
        if member.is_authenticated:
            room = models.OuterRef("hearing__workspace")
            shown |= (models.Q(author=member) | models.Q(addressee=member)) & ~models.Q(state=QuestionState.ERASED)
            shown |= models.Exists(member.seats.filter(workspace=room, role="moderator"))
        return seen.filter(shown)

    def locked(self, question):
        """The question fetched anew, its hearing locked for the transaction."""
        hearing = Hearing.objects.locked(question.hearing_id)
        question = self.select_related(*WITH).get(pk=question.pk)
        question.hearing = question.item.hearing = hearing
        if question.merged_into_id:
            question.merged_into.hearing = hearing
        return question

    def listed(self):
        """Those that stand in the list of questions."""
        return self.filter(state__in=LISTED)

    def wanted_most(self):
        """The most endorsed first; of those with as many, the one put first."""
        return self.order_by("-endorsement_count", "number")


class LiveQuestion(OfHearing):
    """Numbered within its hearing. `state_reason`: why it was declined. `was_shown`: was it ever shown to all?

    `endorsement_count`: how many want it asked besides its author, through it or through those merged into it;
    `told_count`: how many the record was told of last. `addressee`: who was asked to answer it in writing.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="live_questions")
    item = models.ForeignKey(Item, models.CASCADE, related_name="live_questions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="live_questions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="live_questions")
    text = models.TextField(max_length=LONGEST, validators=[MaxLengthValidator(LONGEST)])
    html = models.TextField(editable=False)
    language = models.CharField(max_length=5, choices=languages.CHOICES, default="en")
    state = models.CharField(max_length=11, choices=QuestionState, default=QuestionState.SHOWN)
    state_reason = models.CharField(max_length=400, blank=True)
    was_shown = models.BooleanField(default=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged")
    endorsement_count = models.PositiveIntegerField(default=0, editable=False)
    told_count = models.PositiveIntegerField(default=0, editable=False)
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="questions_put_to_them"
    )
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    asked_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    answered_live_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)

    objects = LiveQuestionQuerySet.as_manager()

    class Meta:
        app_label = "consultations"
        ordering = ("hearing", "number")
        constraints = [models.UniqueConstraint(fields=("hearing", "number"), name="live_question_number")]
        indexes = [
            models.Index("hearing", F("endorsement_count").desc(), "number", name="live_question_wanted"),
            models.Index(fields=("item", "author"), name="live_question_of_author"),
        ]

    def __str__(self):
        return str(_("Question %(number)s") % {"number": self.number})

    @property
    def reference(self):
        return f"live_question:{self.pk}"

    @property
    def code(self):
        """By which people name it in a mail: `Q12`."""
        return f"Q{self.number}"

    @property
    def is_listed(self):
        return self.state in LISTED

    @property
    def is_held(self):
        return self.state == QuestionState.HELD

    @property
    def is_gone(self):
        return self.state in GONE

    @property
    def audience(self):
        """Who hears what becomes of it: everyone hears of what they were shown."""
        return Audience.EVERYONE if self.was_shown else Audience.MODERATORS

    @property
    def counted_at(self):
        """The question at which endorsements of this one count."""
        return self.merged_into if self.merged_into_id else self

    @property
    def asked_by(self):
        """Who asks, as everyone sees it: `Bob Outside`, or `Bob Outside, Mountain Forum`."""
        name = str(self.author.shown_name)
        return f"{name}, {self.organisation.short_name}" if self.organisation_id else name

    def get_absolute_url(self):
        return reverse("hearings:question", args=[*self.hearing.url_key, self.number])


class Endorsement(models.Model):
    """One person wants a question asked; told to nobody else."""

    question = models.ForeignKey(LiveQuestion, models.CASCADE, related_name="endorsements")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="endorsements")
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    endorsed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "consultations"
        constraints = [models.UniqueConstraint(fields=("question", "member"), name="endorsement_once")]

    def __str__(self):
        return f"endorsement of {self.question_id} by {self.member_id}"


class EndorsementMeter(models.Model):
    """When the record of a hearing was last told how often its questions are endorsed, and whether that has changed
    since. Thousands who press within a minute so make a few entries, and none is forgotten when a process dies.
    """

    hearing = models.OneToOneField(Hearing, models.CASCADE, primary_key=True, related_name="endorsement_meter")
    told_at = models.DateTimeField(null=True)
    is_due = models.BooleanField(default=False, db_index=True)

    class Meta:
        app_label = "consultations"

    def __str__(self):
        return f"endorsements of {self.hearing_id}"


class WrittenAnswer(models.Model):
    """An answer in writing. The last one stands; those before it stay readable."""

    question = models.ForeignKey(LiveQuestion, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=20_000)
    html = models.TextField(editable=False)
    language = models.CharField(max_length=5, choices=languages.CHOICES, default="en")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    written_at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)

    class Meta:
        app_label = "consultations"
        ordering = ("question", "number")
        constraints = [models.UniqueConstraint(fields=("question", "number"), name="written_answer_number")]

    def __str__(self):
        return f"answer {self.number} to question {self.question_id}"

    @property
    def reference(self):
        return f"written_answer:{self.pk}"

    @cached_property
    def journal(self):
        return self.question.journal
