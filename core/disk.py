"""How much room is left where everything is kept: what is full loses nothing, and takes nothing any more."""

import shutil

from django.conf import settings

from core import figures


def register():
    figures.gauge(
        "alphorn_data_free_bytes",
        "Bytes that are free where the data is kept.",
        lambda: shutil.disk_usage(settings.DATA).free,
    )
