"""Addresses that exist in the demo only: the outbox."""

from django.urls import path

from notifications.views import outbox

urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/digests/", outbox.send_digests, name="outbox_digests"),
    path("outbox/write/", outbox.write, name="outbox_write"),
    path("outbox/<int:pk>/", outbox.letter, name="outbox_letter"),
    path("outbox/<int:pk>/source/", outbox.source, name="outbox_source"),
    path("outbox/arrivals/<int:pk>/", outbox.arrival, name="outbox_arrival"),
]
