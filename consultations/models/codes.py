"""Codes: the themes facilitators find in contributions, and which coder found which in what."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.contributions import Contribution


class Colour(models.TextChoices):
    """Told apart by those who do not see all colours as well: T. Okabe, M. Ito, *Color Universal Design*, 2008."""

    BLUE = "blue", _("blue")
    ORANGE = "orange", _("orange")
    GREEN = "green", _("green")
    YELLOW = "yellow", _("yellow")
    SKY = "sky", _("sky blue")
    RED = "red", _("vermilion")
    PURPLE = "purple", _("purple")
    GREY = "grey", _("grey")


class Code(models.Model):
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="codes")
    name = models.CharField(_("code"), max_length=60)
    explanation = models.CharField(_("what it means"), max_length=400, blank=True)
    colour = models.CharField(_("colour"), max_length=6, choices=Colour, default=Colour.BLUE)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("consultation", "name")
        verbose_name = _("code")
        constraints = [models.UniqueConstraint(fields=("consultation", "name"), name="code_once")]

    def __str__(self):
        return self.name

    @property
    def reference(self):
        return f"code:{self.pk}"

    @cached_property
    def journal(self):
        return self.consultation.journal


class Coding(models.Model):
    """What one coder found in one contribution; no codes at all is a finding too."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="codings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="codings")
    codes = models.ManyToManyField(Code, blank=True, related_name="codings")
    coded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("coding")
        constraints = [models.UniqueConstraint(fields=("contribution", "coder"), name="coding_once")]

    def __str__(self):
        return f"coding of {self.contribution_id} by {self.coder_id}"
