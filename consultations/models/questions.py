"""Questions of a consultation. Each has a thread, from the moment its phase opens; answers are posts in it."""

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.phases import Phase
from consultations.models.worded import Worded
from forum.models import Thread


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self.filter(consultation__in=Consultation.objects.visible_to(member))


class Question(Worded):
    """Title is what is asked, text explains it. Numbered within the consultation: question 3."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="questions")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    thread = models.OneToOneField(Thread, models.PROTECT, null=True, editable=False, related_name="question")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("consultation", "number")
        verbose_name = _("question")
        constraints = [models.UniqueConstraint(fields=("consultation", "number"), name="question_number")]

    @property
    def reference(self):
        return f"question:{self.pk}"

    @cached_property
    def journal(self):
        return self.consultation.journal

    def get_absolute_url(self):
        if self.thread_id:
            return reverse("forum:thread", args=[self.thread_id])
        return f"{self.consultation.get_absolute_url()}#q{self.number}"
