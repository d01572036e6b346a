"""Addresses of hearings. Each deed has the name of its service."""

from django.urls import path

from consultations.hearings.views import agenda, bulletins, calendars, hearings, live, people, screens, sessions, setup

app_name = "hearings"
OF = "hearings/<int:year>/H<int:number>"  # ALP/2026/H2
urlpatterns = [
    path("hearings/", hearings.hearings, name="hearings"),
    path(f"{OF}/", hearings.hearing, name="hearing"),
    path("hearings/new/", setup.prepare, name="prepare"),
    path(f"{OF}/setup/", setup.setup, name="setup"),
    path(f"{OF}/rules/", setup.change, name="change"),
    path(f"{OF}/words/<str:language>/", setup.reword, name="reword"),
    path(f"{OF}/publish/", setup.publish, name="publish"),
    path(f"{OF}/end/", sessions.end, name="end"),
    path(f"{OF}/officers/appoint/", people.appoint, name="appoint"),
    path(f"{OF}/officers/<int:officer>/dismiss/", people.dismiss, name="dismiss"),
    path(f"{OF}/invite/", people.invite, name="invite"),
    path(f"{OF}/invited/<int:organisation>/take-back/", people.take_back, name="take_back"),
    path(f"{OF}/sessions/schedule/", sessions.schedule, name="schedule"),
    path(f"{OF}/sessions/<int:session>/reschedule/", sessions.reschedule, name="reschedule"),
    path(f"{OF}/sessions/<int:session>/cancel/", sessions.cancel, name="cancel"),
    path(f"{OF}/sessions/<int:session>/drop/", sessions.drop_session, name="drop_session"),
    path(f"{OF}/sessions/<int:session>/open/", sessions.open_session, name="open_session"),
    path(f"{OF}/sessions/<int:session>/close/", sessions.close_session, name="close_session"),
    path(f"{OF}/items/add/", agenda.add_item, name="add_item"),
    path(f"{OF}/items/import/", agenda.import_agenda, name="import_agenda"),
    path(f"{OF}/items/<int:item>/change/", agenda.change_item, name="change_item"),
    path(f"{OF}/items/<int:item>/words/<str:language>/", agenda.reword_item, name="reword_item"),
    path(f"{OF}/items/<int:item>/move/", agenda.move_item, name="move_item"),
    path(f"{OF}/items/<int:item>/drop/", agenda.drop_item, name="drop_item"),
    path(f"{OF}/items/<int:item>/open/", agenda.open_item, name="open_item"),
    path(f"{OF}/items/<int:item>/close/", agenda.close_item, name="close_item"),
    path(f"{OF}/calendar.ics", calendars.calendar, name="calendar"),
    path(f"{OF}/feed/", calendars.feed, name="feed"),
    path(f"{OF}/items/<int:item>/", hearings.item, name="item"),
    path(f"{OF}/live/", live.live, name="live"),
    path(f"{OF}/projector/", screens.projector, name="projector"),
    path(f"{OF}/follow/", screens.follow, name="follow"),
    path(f"{OF}/bulletins/<int:bulletin>/", bulletins.bulletin, name="bulletin"),
]
