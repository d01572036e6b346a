"""Themes and regions: what is talked about, and where. Their names come in the six languages."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.languages import own_code


class Named(models.Model):
    """Something with a code, an English name, and names in other languages."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position", "name")

    def __str__(self):
        return self.names.get(own_code(get_language())) or self.name

    @classmethod
    def called(cls, name):
        """What the one with this English name is called in the active language; the name where there is none."""
        one = cls.objects.filter(name=name).first() if name else None
        return str(one) if one else name


class Theme(Named):
    description = models.CharField(_("description"), max_length=400, blank=True)
    descriptions = models.JSONField(_("descriptions in other languages"), default=dict, blank=True)

    class Meta(Named.Meta):
        verbose_name = _("theme")


class Region(Named):
    class Meta(Named.Meta):
        verbose_name = _("region")
