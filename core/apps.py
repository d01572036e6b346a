"""The core app: text, access, tokens, paging and work; no models, knows no other app."""

from django.apps import AppConfig

from core import disk


class CoreConfig(AppConfig):
    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        disk.register()
