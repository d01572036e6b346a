"""Model fields of our own, where Django's default is not what people expect."""

from django.db import models


class WebAddressField(models.URLField):
    """A web address; typed without a scheme it means https."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
