"""Addresses of ballots. Each deed has the name of its service."""

from django.urls import path

from consultations.views import ballots

app_name = "consultations"
urlpatterns = [
    path("workspaces/<slug:slug>/ballots/", ballots.ballots, name="ballots"),
    path("workspaces/<slug:slug>/ballots/open/", ballots.open_ballot, name="open_ballot"),
    path("ballots/<int:pk>/", ballots.ballot, name="ballot"),
    path("ballots/<int:pk>/vote/", ballots.vote, name="vote"),
    path("ballots/<int:pk>/extend/", ballots.extend, name="extend"),
]
