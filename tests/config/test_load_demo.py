"""The demo world: complete, in its own time, and the same after a second run."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, Value
from django.db.models.functions import Concat
from django.test import override_settings
from django.utils import timezone

from config.demo import script, stage
from config.demo.sitting import Sitting
from consultations.exporting import verify as checker
from consultations.hearings.models import Hearing, LiveQuestion, Speaker, Speech
from consultations.hearings.models.hearings import Stage
from consultations.hearings.services import speakers
from consultations.models import (
    Amendment,
    Ballot,
    Code,
    Coding,
    Comment,
    Consultation,
    Contribution,
    Document,
    Opinion,
    Phase,
    Question,
    Recommendation,
    Statement,
    Synthesis,
    Version,
    Vote,
    WindowChange,
)
from consultations.services import counting
from core.languages import LANGUAGES
from forum.models import Attachment, Post, ReadMark, Revision, Seat, Thread, Workspace
from journal.models import Entry, Journal
from journal.verify import verify
from members.models import Category, Mandate, Member, Organisation, Region, Theme
from notifications.models import MailProfile, Subscription

EVERYTHING = (
    Amendment,
    Attachment,
    Ballot,
    Code,
    Coding,
    Comment,
    Consultation,
    Contribution,
    Document,
    Entry,
    Hearing,
    Journal,
    MailProfile,
    Mandate,
    Member,
    Opinion,
    Organisation,
    Phase,
    Post,
    Question,
    ReadMark,
    Region,
    Revision,
    Seat,
    Statement,
    Subscription,
    Theme,
    Thread,
    Version,
    Vote,
    WindowChange,
    Workspace,
)
CAST = ("alice", "bob", "carol", "dora", "samira")

# The demo keeps its database in its own folder, which is SQLite; loading the world takes a minute.
pytestmark = pytest.mark.sqlite_only


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, loaded once for all tests of this module; what it said."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")),
        transaction.atomic(),
    ):
        yield load()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """What the command said while it loaded the world."""
    return loaded


def load():
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


def contents():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in EVERYTHING}


def test_the_world_is_there_and_introduces_its_cast(demo):
    assert Organisation.objects.count() == 40
    assert {row.category for row in Organisation.objects.all()} == set(Category.values)
    assert Member.objects.count() == 120
    assert (Theme.objects.count(), Region.objects.count()) == (8, 6)
    assert Post.objects.count() >= 400
    assert all(f"{name}@example.org" in demo for name in CAST)
    assert not Member.objects.exclude(email__regex=r"@example\.(org|net|com)$").exists()


def test_a_second_run_changes_nothing(demo):
    before = contents()

    said = load()

    assert "Everything was there already" in said
    assert contents() == before


def test_the_record_holds_and_runs_in_the_order_of_time(demo):
    call_command("verify_journal", stdout=io.StringIO())

    for journal in Journal.objects.all():
        moments = list(journal.entries.order_by("seq").values_list("at", flat=True))
        assert moments == sorted(moments), journal
    assert not Entry.objects.filter(at__gt=timezone.now()).exists()
    assert Post.objects.filter(sent_at__gt=timezone.now() - timedelta(hours=12)).count() > 3


def test_the_six_languages_and_every_state_of_a_post_are_there(demo):
    assert set(Post.objects.values_list("language", flat=True)) == set(LANGUAGES)
    assert set(Post.objects.values_list("state", flat=True)) == {"published", "hidden", "withdrawn", "pending"}
    assert set(Post.objects.values_list("channel", flat=True)) == {"web", "mail", "paper"}
    assert Post.objects.filter(capacity="organisation").exists()
    assert Post.objects.get(state="pending").author.name == "Nguyễn Thị Hoa"
    assert all(post.state_reason for post in Post.objects.filter(state="hidden"))
    assert Thread.objects.filter(is_pinned=True).exists()
    assert Thread.objects.exclude(closed_at=None).exclude(closed_reason="").exists()
    mixed = Thread.objects.annotate(spoken=Count("posts__language", distinct=True)).filter(spoken__gte=5)
    assert mixed.exists()


def test_twelve_posts_are_new_to_bob_since_he_was_there(demo):
    bob = Member.objects.get(email="bob@example.org")

    threads = Thread.objects.filter(workspace__slug="hazards").with_unread(bob)

    longest = max(threads, key=lambda thread: thread.post_count)
    assert longest.post_count >= 40
    assert longest.unread == 12


def test_alice_moderates_carol_is_outside_and_dora_has_only_mail(demo):
    alice, carol, dora = (Member.objects.get(email=f"{name}@example.org") for name in ("alice", "carol", "dora"))

    assert alice.seats.filter(role="moderator").count() > 5
    assert not carol.seats.exists()
    assert carol.join_requests.get().workspace.slug == "water"
    assert set(dora.posts.values_list("channel", flat=True)) == {"mail"}
    assert set(dora.subscriptions.values_list("cadence", flat=True)) == {"weekly"}
    assert dora.mail.next_issue_at <= timezone.now()


def test_doras_digest_of_this_week_is_not_empty(demo):
    dora = Member.objects.get(email="dora@example.org")

    for subscription in dora.subscriptions.select_related("workspace__journal"):
        waiting = subscription.workspace.journal.entries.since(subscription.cursor)
        assert all(entry.at > timezone.now() - timedelta(days=7, minutes=1) for entry in waiting)
    assert sum(s.workspace.journal.entries.since(s.cursor).count() for s in dora.subscriptions.all()) > 20


def test_ballots_of_many_kinds_are_open_and_wait_for_bob_and_dora(demo):
    running = [ballot for ballot in Ballot.objects.all() if ballot.is_open]

    assert {ballot.kind for ballot in running} == {"choice", "ranking", "score", "consent", "silence"}
    for ballot in running:
        names = ["bob"] if ballot.kind == "score" else ["bob", "dora"]
        who = {"member__email__in": [f"{name}@example.org" for name in names]}
        assert ballot.electors.filter(**who).count() == len(names), ballot
        assert not ballot.votes.filter(**who).exists(), ballot
        assert ballot.votes.exists() == (ballot.kind != "silence"), ballot


def test_a_secret_ballot_and_one_of_a_consultation_are_counted(demo):
    secret = Ballot.objects.get(is_secret=True)
    approval = Ballot.objects.get(kind="approval")

    assert counting.final(secret).facts["winners"] == ["A"]
    assert len(counting.published(secret)) == counting.turnout(secret)[1] == 24
    assert approval.phase.consultation.workspace.slug == "last-kilometre"
    assert counting.final(approval).facts["order"][0] == ["A", 11]
    assert not Ballot.objects.filter(closes_at__lt=timezone.now(), counted_at=None).exists()


def test_three_consultations_are_each_in_another_phase(demo):
    now = timezone.now()
    running = {row.workspace.slug: row.phase_at(now).kind for row in Consultation.objects.select_related("workspace")}

    assert running == {"springs-before-summer": "questions", "headwaters-charter": "draft", "last-kilometre": "results"}
    assert all(row.published_at and len(row.languages) >= 3 for row in Consultation.objects.all())
    assert all(row.thread_id for row in Question.objects.filter(phase__opens_at__lte=now))
    assert not Phase.objects.filter(opens_at__lte=now, opened_at=None).exists()
    assert not Phase.objects.filter(closes_at__lte=now, closed_at=None).exists()


def test_their_contributions_are_many_in_six_languages_and_of_every_stamp_a_notice_makes(demo):
    found = Contribution.objects.all()

    assert found.count() >= 140
    assert set(found.values_list("post__language", flat=True)) == set(LANGUAGES)
    assert {"original", "extended"} <= set(found.values_list("stamp", flat=True))
    assert set(found.values_list("post__channel", flat=True)) == {"web", "mail", "paper"}
    assert not found.filter(post__channel="paper", consent="").exists()
    for consultation in Consultation.objects.all():
        numbers = list(found.filter(consultation=consultation).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 30
    notice = WindowChange.objects.get()
    extended = found.filter(stamp="extended")
    assert notice.authority
    assert notice.reason
    assert not extended.exclude(moment__gte=notice.old_closes_at, moment__lt=notice.new_closes_at).exists()


def test_the_one_that_is_over_came_to_a_synthesis_that_cites_and_to_recommendations(demo):
    synthesis = Synthesis.objects.get()

    assert synthesis.is_published
    assert synthesis.consultation.workspace.slug == "last-kilometre"
    assert synthesis.corrigenda.count() == 1
    said = synthesis.sentences.standing().filter(kind="sentence")
    assert said.exclude(citations=None).distinct().count() >= 15
    assert synthesis.because
    assert set(Recommendation.objects.values_list("reply", flat=True)) == {"accepted", "part", "refused"}


def test_a_draft_text_is_amended_statements_are_answered_and_contributions_are_coded(demo):
    assert set(Amendment.objects.values_list("action", flat=True)) == {"replace", "insert"}
    assert Document.objects.get().current.number == 2
    assert Statement.objects.filter(state="shown").count() >= 3
    assert Opinion.objects.count() >= 30
    assert Coding.objects.values("coder").distinct().count() >= 2
    assert Coding.objects.filter(codes__isnull=False).count() >= 50


def test_a_hearing_of_today_waits_with_its_list_and_papers_and_another_is_over_with_its_record(demo):
    over, coming = Hearing.objects.order_by("number")

    assert (over.stage, coming.stage) == (Stage.ENDED, Stage.COMING)
    assert coming.sessions.get().starts_at > timezone.now()
    assert Speaker.objects.filter(item__hearing=coming).count() == coming.desk_documents.count() * 5 == 10
    assert {speech.language for speech in Speech.objects.filter(speaker__item__hearing=coming)} == set(LANGUAGES)
    assert over.record.state == "final"
    assert over.record.corrections.get().state == "accepted"
    assert over.motions.get().state == "decided"
    assert not Speaker.objects.filter(item__hearing=over, queue="list").exclude(state="spoke").exists()


def test_the_hearing_of_today_plays_to_its_end_and_is_held_anew(demo, tmp_path):
    hearing = stage.ready(stage.todays())
    said = io.StringIO()

    call_command("play_hearing", hearing.code, minutes=0, stdout=said)

    hearing = Hearing.objects.get(pk=hearing.pk)
    assert "left out" not in said.getvalue()
    assert hearing.stage == Stage.ENDED
    assert hearing.motions.get().ballot.votes.count() == 16
    assert set(LiveQuestion.objects.filter(hearing=hearing).values_list("state", flat=True)) >= {"answered", "shown"}
    assert hearing.record.state == "provisional"
    assert verify(hearing.journal) is None
    for row in Hearing.objects.all():
        call_command("export", row.code, str(tmp_path / f"{row.pk}.zip"), stdout=said)
        assert list(checker.check(tmp_path / f"{row.pk}.zip"))
    with pytest.raises(CommandError, match="is over"):
        call_command("play_hearing", hearing.code, stdout=said)
    assert stage.ready(stage.todays()).workspace.slug == "passes-2"


def test_a_hearing_that_was_stopped_goes_on_with_the_next_line_and_leaves_out_what_is_refused(demo):
    hearing = stage.ready(stage.todays())
    first = Sitting(hearing, stage.todays())
    for number in range(7):
        assert first.play(number) == ""
    speakers.withdraw(by=first.members["giulia"], speaker=first.speaker("giulia"))

    again = Sitting(hearing, stage.todays())
    refused = [again.play(again.played) for _ in range(4)]

    assert again.played == 11
    assert [bool(reason) for reason in refused] == [True, False, False, False]
    with pytest.raises(CommandError, match="no hearing"):
        call_command("play_hearing", "water")


def test_a_site_with_people_of_its_own_is_left_alone(demo):
    Member.objects.update(email=Concat("email", Value(".test")))

    with pytest.raises(CommandError, match="members of its own"):
        load()

    assert Member.objects.count() == 120


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_posts_stand_in_order_at_whatever_hour_the_world_is_loaded(hour):
    now = datetime(2026, 3, 29, hour, 30, tzinfo=UTC)  # the night in which much of Europe changes its clocks

    rooms = list(script.rooms(now, script.people()))

    for talk in (talk for room in rooms for talk in room.talks):
        moments = [line.at for line in talk.lines]
        assert moments == sorted(set(moments)), talk.title
        assert moments[-1] < now, talk.title


def test_nobody_writes_by_chance_under_a_name_that_is_not_there():
    folk = script.people()

    for room in script.rooms(timezone.now(), folk):
        named = {*room.authors, *room.moderators, *room.members, *(key for key, _text in room.requests)}
        assert named <= set(folk), room.slug
