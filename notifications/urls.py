"""Addresses of mail settings and one-click unsubscribe."""

from django.urls import path

from notifications.views import confirm

app_name = "notifications"
urlpatterns = [
    path("mail/confirm/<str:token>/", confirm.confirm, name="confirm"),
]
