"""Addresses of hearings. Each deed has the name of its service."""

from django.urls import path

from consultations.hearings.views import hearings, live, screens

app_name = "hearings"
OF = "hearings/<int:year>/H<int:number>"  # ALP/2026/H2
urlpatterns = [
    path("hearings/", hearings.hearings, name="hearings"),
    path(f"{OF}/", hearings.hearing, name="hearing"),
    path(f"{OF}/items/<int:item>/", hearings.item, name="item"),
    path(f"{OF}/live/", live.live, name="live"),
    path(f"{OF}/projector/", screens.projector, name="projector"),
    path(f"{OF}/follow/", screens.follow, name="follow"),
]
