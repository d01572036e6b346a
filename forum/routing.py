"""Addresses of live pages."""

websocket_urlpatterns = []
