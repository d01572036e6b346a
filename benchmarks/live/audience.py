"""Everybody who will look on: members with a seat in a private room, and a session each.

Run with Django set up, `main` is given a number and "thread" or "hearing"; prints JSON: where, since when, cookies.
"""

import json
import sys
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from consultations.hearings.models import Hearing
from consultations.hearings.services import agenda, hearings, sessions
from forum.models import Seat, Workspace
from forum.services import threads, workspaces
from members.models import Member

TITLE = (
    "Item 3 (b) of the provisional agenda: measuring, year by year and before and after the rains, the flow of the "
    "springs above three thousand metres, with the herders who live beside them"
)


def main():
    count, page = int(sys.argv[1]), sys.argv[2]
    chair = Member.objects.create_user("chair@example.org", name="The chair", is_secretariat=True)
    if page == "hearing":
        hearing = hearings.prepare(by=chair, slug="hall", wordings={"en": (TITLE, "Here.")}, visibility="private")
        now = timezone.now()
        sessions.schedule(by=chair, hearing=hearing, starts_at=now, ends_at=now + timedelta(hours=3))
        item = agenda.add(by=chair, hearing=hearing, wordings={"en": (TITLE, "")})
        hearings.publish(by=chair, hearing=Hearing.objects.get(pk=hearing.pk))
        sessions.open_session(by=chair, session=hearing.sessions.get())
        agenda.open_item(by=chair, item=item)
        path = f"/live/hearings/{hearing.pk}/?language=en"
    else:
        room = workspaces.create(by=chair, slug="hall", name="Hall", visibility="private", moderators=[chair])
        thread = threads.start(author=chair, workspace=room, title=TITLE, text="Here.")
        path = f"/live/threads/{thread.pk}/?language=en"
    room = Workspace.objects.select_related("journal").get(slug="hall")
    members = Member.objects.bulk_create(
        [Member(email=f"m{number}@example.org", name=f"Member {number}") for number in range(count)]
    )
    Seat.objects.bulk_create([Seat(workspace=room, member=member, role=Seat.Role.MEMBER) for member in members])
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows, cookies = [], []
    for member in members:
        session = store()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        key = session._get_new_session_key()
        rows.append(
            store.get_model_class()(
                session_key=key,
                session_data=session.encode(session._session),
                expire_date=timezone.now() + timedelta(days=1),
            )
        )
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={key}")
    store.get_model_class().objects.bulk_create(rows, batch_size=500)
    print(json.dumps({"path": path, "seq": room.journal.seq, "cookies": cookies}))
