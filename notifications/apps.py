"""The notifications app: letters, digests and incoming mail."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import_string("notifications.tasks.ours.register")()
        import_string("notifications.intake.ours.register")()
        import_string("notifications.couriers.ours.register")()
        import_string("notifications.bounces.ours.register")()
        import_string("notifications.desk.ours.register")()
