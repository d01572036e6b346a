"""Addresses of people and organisations."""

from django.urls import path

from members.views import api, keys, mandates, members, organisations

app_name = "members"
urlpatterns = [
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/deactivate/", members.deactivate, name="deactivate"),
    path("members/<int:pk>/reactivate/", members.reactivate, name="reactivate"),
    path("profile/", members.change, name="change"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("mandates/apply/", mandates.apply, name="apply"),
    path("mandates/<int:pk>/end/", mandates.end, name="end"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<int:pk>/withdraw/", keys.withdraw_key, name="withdraw_key"),
    path("api/v1/me/", api.me, name="api_me"),
    path("applications/", mandates.applications, name="applications"),
    path("applications/<int:pk>/accept/", mandates.accept, name="accept"),
    path("applications/<int:pk>/decline/", mandates.decline, name="decline"),
]
