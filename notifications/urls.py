"""Addresses of mail settings and one-click unsubscribe."""

from django.urls import path

from notifications.views import confirm, couriers, settings, stop

app_name = "notifications"
urlpatterns = [
    path("mail/", settings.settings, name="settings"),
    path("mail/workspaces/<slug:slug>/", settings.watch_workspace, name="watch_workspace"),
    path("mail/threads/<int:pk>/", settings.watch_thread, name="watch_thread"),
    path("mail/stop/<str:token>/", stop.stop, name="stop"),
    path("mail/confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("mail/couriers/", couriers.couriers, name="couriers"),
    path("mail/couriers/<int:pk>/agree/", couriers.agree, name="agree"),
    path("mail/couriers/<int:pk>/end/", couriers.end, name="end_delegation"),
    path("mail/couriers/<int:pk>/object/", couriers.object_for, name="object_for"),
    path("mail/object/<str:token>/", couriers.object_to, name="object"),
    path("mail/sheet/<int:number>/", couriers.sheet, name="sheet"),
]
