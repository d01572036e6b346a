"""Addresses of live pages."""

from django.urls import path

from forum import consumers

websocket_urlpatterns = [path("live/threads/<int:pk>/", consumers.ThreadConsumer.as_asgi())]
