"""The consultations app: consultations, ballots and, in a wing of its own, hearings."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class ConsultationsConfig(AppConfig):
    name = "consultations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import_string("consultations.ours.register")()
