"""Addresses of mail settings and one-click unsubscribe."""

from django.urls import path, re_path

from notifications.views import confirm, couriers, desk, reach, sending, settings, stop, webhooks

app_name = "notifications"
urlpatterns = [
    path("mail/", settings.settings, name="settings"),
    path("mail/revoke/", settings.revoke, name="revoke"),
    path("mail/workspaces/<slug:slug>/", settings.watch_workspace, name="watch_workspace"),
    path("mail/threads/<int:pk>/", settings.watch_thread, name="watch_thread"),
    path("mail/stop/<str:token>/", stop.stop, name="stop"),
    path("mail/confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("mail/address/<str:token>/", confirm.own_address, name="own_address"),
    path("mail/webhooks/<slug:provider>/<slug:kind>/", webhooks.webhook, name="webhook"),
    path("mail/couriers/", couriers.couriers, name="couriers"),
    path("mail/couriers/<int:pk>/agree/", couriers.agree, name="agree"),
    path("mail/couriers/<int:pk>/end/", couriers.end, name="end_delegation"),
    path("mail/couriers/<int:pk>/object/", couriers.object_for, name="object_for"),
    path("mail/object/<str:token>/", couriers.object_to, name="object"),
    path("mail/sheet/<int:number>/", couriers.sheet, name="sheet"),
    path("mail/unreachable/", reach.unreachable, name="unreachable"),
    path("mail/unreachable.csv", reach.unreachable_table, name="unreachable_table"),
    path("mail/unreachable/try-again/", reach.try_all_again, name="try_all_again"),
    path("mail/unreachable/<int:pk>/try-again/", reach.try_again, name="try_again"),
    path("mail/unreachable/<int:pk>/revive/", reach.revive, name="revive"),
    path("mail/unreachable/<int:pk>/note/", reach.note, name="note"),
    path("mail/workspaces/<slug:slug>/unreachable/", reach.unreachable_seats, name="unreachable_seats"),
    path("mail/reach-me/", reach.reach_me, name="reach_me"),
    path("mail/sending/", sending.sending, name="sending"),
    path("mail/sending/pause/", sending.pause, name="pause_sending"),
    path("mail/sending/resume/", sending.resume, name="resume_sending"),
    path("mail/sending/domains/<int:pk>/release/", sending.release, name="release_domain"),
    path("mail/desk/", desk.desk, name="desk"),
    path("mail/desk/retry/", desk.desk_retry, name="desk_retry"),
    path("mail/desk/arrivals/<int:pk>/", desk.desk_arrival, name="desk_arrival"),
    path("mail/desk/arrivals/<int:pk>/source/", desk.desk_source, name="desk_source"),
    re_path(
        r"^mail/desk/arrivals/(?P<pk>\d{1,18})/(?P<name>retry|accept|assign|answer|set_aside|erase)/$",
        desk.desk_do,
        name="desk_do",
    ),
    path("mail/desk/letters/", desk.desk_letters, name="desk_letters"),
    path("mail/desk/letters/<int:pk>/", desk.desk_letter, name="desk_letter"),
    re_path(
        r"^mail/desk/letters/(?P<pk>\d{1,18})/(?P<name>resend|withdraw)/$", desk.desk_letter_do, name="desk_letter_do"
    ),
    path("mail/desk/people/<int:pk>/", desk.desk_person, name="desk_person"),
]
