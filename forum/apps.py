"""The forum app: workspaces, seats, threads and posts."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class ForumConfig(AppConfig):
    name = "forum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import_string("forum.verbs.register")()
        import_string("forum.live.threads.register")()
