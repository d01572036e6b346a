"""Addresses of consultations and ballots. Each deed has the name of its service."""

from django.urls import path

from consultations.views import ballots, consultations, contributions, statements, timetable

app_name = "consultations"
OF = "consultations/<int:year>/C<int:number>"  # ALP/2026/C3
urlpatterns = [
    path("consultations/", consultations.consultations, name="consultations"),
    path(f"{OF}/", consultations.consultation, name="consultation"),
    path(f"{OF}/<int:contribution>/", contributions.contribution, name="contribution"),
    path(f"{OF}/contributions/", contributions.contributions, name="contributions"),
    path(f"{OF}/questions/<int:question>/", contributions.question, name="question"),
    path(f"{OF}/organisations/", contributions.organisations, name="organisations"),
    path(f"{OF}/organisations/<int:organisation>/", contributions.of_organisation, name="of_organisation"),
    path(f"{OF}/calendar.ics", timetable.calendar, name="calendar"),
    path(f"{OF}/feed/", timetable.feed, name="feed"),
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
