"""Addresses of mail settings and one-click unsubscribe."""

from django.urls import path

from notifications.views import confirm, settings, stop

app_name = "notifications"
urlpatterns = [
    path("mail/", settings.settings, name="settings"),
    path("mail/workspaces/<slug:slug>/", settings.watch_workspace, name="watch_workspace"),
    path("mail/threads/<int:pk>/", settings.watch_thread, name="watch_thread"),
    path("mail/stop/<str:token>/", stop.stop, name="stop"),
    path("mail/confirm/<str:token>/", confirm.confirm, name="confirm"),
]
