"""Addresses of ballots. Each deed has the name of its service."""

from django.urls import path

from consultations.views import ballots, statements

app_name = "consultations"
urlpatterns = [
    path("workspaces/<slug:slug>/ballots/", ballots.ballots, name="ballots"),
    path("workspaces/<slug:slug>/ballots/open/", ballots.open_ballot, name="open_ballot"),
    path("ballots/<int:pk>/", ballots.ballot, name="ballot"),
    path("ballots/<int:pk>/vote/", ballots.vote, name="vote"),
    path("ballots/<int:pk>/extend/", ballots.extend, name="extend"),
    path("phases/<int:pk>/statements/", statements.statements, name="statements"),
    path("phases/<int:pk>/statements/propose/", statements.propose_statement, name="propose_statement"),
    path("phases/<int:pk>/statements/declare/", statements.declare, name="declare"),
    path("phases/<int:pk>/statements/queue/", statements.statement_queue, name="statement_queue"),
    path("statements/<int:pk>/answer/", statements.answer_statement, name="answer_statement"),
    path("statements/<int:pk>/show/", statements.show_statement, name="show_statement"),
    path("statements/<int:pk>/decline/", statements.decline_statement, name="decline_statement"),
]
