"""Statements: short sentences that people agree or disagree with, or pass; and whom they are counted with.

Opinions are shown as numbers by region and category alone, never by name, and small numbers are left out.
"""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.consultations import Consultation
from consultations.models.phases import Phase
from core import languages
from forum.models.posts import Channel
from members.models import Category, Region

LONGEST = 1000  # characters


class StatementState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("a statement", "waiting for a facilitator")
    SHOWN = "shown", pgettext_lazy("a statement", "shown")
    DECLINED = "declined", pgettext_lazy("a statement", "declined")
    HIDDEN = "hidden", pgettext_lazy("a statement", "taken down")


class StatementQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those shown, in consultations the member may read; one's own; to facilitators all."""
        seen = self.filter(consultation__in=Consultation.objects.visible_to(member))
        if getattr(member, "is_secretariat", False) and member.is_active:
            return seen
        shown = models.Q(state=StatementState.SHOWN)
        if member.is_authenticated:
            room = models.OuterRef("consultation__workspace")
            shown |= models.Q(author=member)
            shown |= models.Exists(member.seats.filter(workspace=room, role="moderator"))
        return seen.filter(shown)

    def shown(self):
        return self.filter(state=StatementState.SHOWN)

    def in_results(self):
        """Those shown, and those taken down, whose answers stay counted while their words do not stand there."""
        return self.filter(state__in=(StatementState.SHOWN, StatementState.HIDDEN))

    def left_for(self, member):
        """Those the member has not said anything to, the least answered first, so that none is passed over."""
        said = Opinion.objects.filter(member=member, statement=models.OuterRef("pk"))
        return self.shown().exclude(models.Exists(said)).order_by("opinion_count", "number")


class Statement(models.Model):
    """Numbered within its consultation. `state_reason`: why it was declined, which its author is told, or taken down,
    which everyone is.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="statements")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="statements")
    text = models.CharField(_("statement"), max_length=LONGEST, validators=[MaxLengthValidator(LONGEST)])
    language = models.CharField(_("language"), max_length=5, choices=languages.CHOICES, blank=True)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    state = models.CharField(max_length=8, choices=StatementState, default=StatementState.WAITING)
    state_reason = models.CharField(max_length=400, blank=True)
    opinion_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ("consultation", "number")
        verbose_name = _("statement")
        constraints = [models.UniqueConstraint(fields=("consultation", "number"), name="statement_number")]
        indexes = [models.Index(fields=("phase", "state", "opinion_count", "number"), name="statement_next")]

    def __str__(self):
        return self.text

    @property
    def reference(self):
        return f"statement:{self.pk}"

    @property
    def is_hidden(self):
        return self.state == StatementState.HIDDEN

    @cached_property
    def journal(self):
        return self.consultation.journal

    def get_absolute_url(self):
        return f"{reverse('consultations:statements', args=[self.phase_id])}?number={self.number}"


class Answer(models.TextChoices):
    AGREE = "agree", pgettext_lazy("I …", "agree")
    DISAGREE = "disagree", pgettext_lazy("I …", "disagree")
    PASS = "pass", pgettext_lazy("I …", "pass")


class Opinion(models.Model):
    """What one member says to one statement; a later one takes its place."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="opinions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="opinions")
    answer = models.CharField(max_length=8, choices=Answer)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    said_at = models.DateTimeField()  # when it came to us, which for a mail is before it was read

    class Meta:
        verbose_name = _("opinion")
        constraints = [models.UniqueConstraint(fields=("statement", "member"), name="opinion_once")]

    def __str__(self):
        return f"{self.answer} of {self.member_id} to {self.statement_id}"


class Declaration(models.Model):
    """The group a member is counted with in a consultation, as they declare it themselves."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="declarations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="declarations")
    category = models.CharField(_("category"), max_length=20, choices=Category, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=("consultation", "member"), name="declaration_once")]

    def __str__(self):
        return f"declaration of {self.member_id} in {self.consultation_id}"
