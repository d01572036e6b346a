"""Consultations of any size at once: rows written in bulk, with a record that holds, for tests and measurements."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from consultations.models import Consultation, Contribution, Question
from consultations.models.contributions import Stamp
from consultations.services import questions
from core import text as texts
from forum.models import Post, Seat, Thread, Workspace
from forum.models.posts import path_for
from forum.services.writing import fingerprint
from journal.services import Draft, record_all
from members.models import Mandate, Member, Organisation

BATCH = 500
CATEGORIES = ("ngo", "farmers", "women", "government", "science")
COUNTRIES = ("CH", "NP", "PE", "MA", "KE", "GE")


def ask(consultation, count):
    """So many questions more, in its first phase, each with its thread and its entry in the journal."""
    room, phase = Workspace.objects.get(pk=consultation.workspace_id), consultation.timetable[0]
    first = consultation.questions.count() + 1
    place = room.last_thread_number + 1
    titles = [f"What of valley {number}?" for number in range(first, first + count)]
    threads = Thread.objects.bulk_create(
        [
            Thread(
                workspace=room,
                number=number,
                title=title,
                language="en",
                author=consultation.created_by,
                kept_by=questions.KEEPER,
                last_number=1,
                post_count=1,
            )
            for number, title in enumerate(titles, place)
        ],
        batch_size=BATCH,
    )
    Post.objects.bulk_create(
        [
            Post(
                thread=thread,
                number=1,
                path=path_for(1),
                author=consultation.created_by,
                text=thread.title,
                html=texts.render(thread.title),
                html_version=texts.RENDERER_VERSION,
                language="en",
            )
            for thread in threads
        ],
        batch_size=BATCH,
    )
    asked = Question.objects.bulk_create(
        [
            Question(consultation=consultation, phase=phase, number=number, title=title, language="en", thread=thread)
            for number, (title, thread) in enumerate(zip(titles, threads, strict=True), first)
        ],
        batch_size=BATCH,
    )
    Workspace.objects.filter(pk=room.pk).update(last_thread_number=place + count - 1)
    by = consultation.created_by
    with transaction.atomic():
        record_all(
            consultation.journal,
            [Draft(verb="question.asked", actor=by, about=row, data=questions.facts(row)) for row in asked],
        )


def organisations(consultation, count):
    """So many organisations, each with one who speaks for it and has a seat; returns the mandates."""
    room = consultation.workspace
    first = Organisation.objects.count() + 1
    numbers = range(first, first + count)
    made = Organisation.objects.bulk_create(
        [
            Organisation(name=f"Club {number:05}", category=CATEGORIES[number % 5], country=COUNTRIES[number % 6])
            for number in numbers
        ],
        batch_size=BATCH,
    )
    people = Member.objects.bulk_create(
        [Member(email=f"club{number}@example.org", name=f"Speaker {number}") for number in numbers], batch_size=BATCH
    )
    Seat.objects.bulk_create([Seat(workspace=room, member=member) for member in people], batch_size=BATCH)
    return Mandate.objects.bulk_create(
        [
            Mandate(member=member, organisation=organisation, is_focal_point=True)
            for member, organisation in zip(people, made, strict=True)
        ],
        batch_size=BATCH,
    )


def contribute(consultation, mandates, count, words=lambda number: f"The spring of **valley {number}** fails in July."):
    """So many contributions to its questions, in turn, for those organisations; with their entries in the journal.

    words: the text of each by its number.
    """
    among = list(consultation.questions.exclude(thread=None).select_related("thread").order_by("number"))
    phase, now = consultation.timetable[0], timezone.now()
    consultation = Consultation.objects.get(pk=consultation.pk)
    last = {question.pk: question.thread.last_number for question in among}
    posts, asked = [], []
    for number in range(consultation.last_number + 1, consultation.last_number + count + 1):
        question, mandate = among[number % len(among)], mandates[number % len(mandates)]
        last[question.pk] += 1
        text, at = words(number), now - timedelta(milliseconds=1)
        place = last[question.pk]
        asked.append((number, question, at))
        posts.append(
            Post(
                thread=question.thread,
                number=place,
                path=path_for(place),
                author_id=mandate.member_id,
                capacity="organisation",
                organisation=mandate.organisation,
                category=mandate.organisation.category,
                country=mandate.organisation.country,
                text=text,
                html=texts.render(text),
                html_version=texts.RENDERER_VERSION,
                language="en",
                channel="mail" if number % 3 else "web",
                sent_at=at,
                created_at=at,
            )
        )
    with transaction.atomic():
        Post.objects.bulk_create(posts, batch_size=BATCH)
        rows = Contribution.objects.bulk_create(
            [
                Contribution(
                    consultation=consultation,
                    number=number,
                    post=post,
                    phase=phase,
                    question=question,
                    stamp=Stamp.ORIGINAL,
                    moment=at,
                    came_at=at,
                    organisation=post.organisation,
                )
                for (number, question, at), post in zip(asked, posts, strict=True)
            ],
            batch_size=BATCH,
        )
        for question in among:
            question.thread.last_number = question.thread.post_count = last[question.pk]
        Thread.objects.bulk_update([one.thread for one in among], ["last_number", "post_count"], batch_size=BATCH)
        Consultation.objects.filter(pk=consultation.pk).update(last_number=consultation.last_number + count)
        record_all(consultation.journal, [draft for row in rows for draft in _entries(row)])


def _entries(row):
    post = row.post
    yield Draft(verb="post.replied", actor=post.author, about=post, data=fingerprint(post), at=row.came_at)
    data = {
        "code": row.code,
        "number": row.number,
        "post": row.post_id,
        "phase": row.phase_id,
        "question": row.question_id,
        "organisation": row.organisation_id,
        "stamp": str(row.stamp),
        "moment": row.moment.isoformat(),
        "came": row.came_at.isoformat(),
        "supersedes": None,
        "accepted_because": "",
    }
    yield Draft(verb="contribution.received", actor=post.author, about=row, data=data, at=row.came_at)
