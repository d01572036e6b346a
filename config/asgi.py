"""The doors of the web process: HTTP to Django, websockets to the forum's live pages."""

import os

import django
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from core.handler import PooledHandler  # noqa: E402  what follows needs the apps to be loaded
from forum import routing  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": PooledHandler(),
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(routing.websocket_urlpatterns))),
    }
)
