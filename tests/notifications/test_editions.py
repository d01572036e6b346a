"""Editions: what readers share is filled to the very bytes that each would have been sent alone."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.languages import speaking
from forum.services import posts, seats, threads
from notifications import letters, slots, subscriptions, wrapping
from notifications.digests import editions, layout, prose, wording
from notifications.digests.pieces import LEVELS, Item, Piece, Style, paragraph
from notifications.models import Edition, Issue, Letter
from tests.world import World

NOW = timezone.now() + timedelta(days=1)
AT = datetime(2026, 5, 3, 6, tzinfo=UTC)


def send(now=NOW):
    call_command("send_digests", now=now, verbosity=0)


class Voice:
    """Words in a draft, as a post brings them."""

    def __init__(self, reference, text):
        self.reference, self.parts = reference, prose.paragraphs(text)

    def piece(self, level, style):
        parts, is_cut = prose.fold(self.parts, LEVELS[level])
        lines = [f"Bob, {self.reference}:", *prose.lines(parts)]
        piece = Piece("\n".join(lines), paragraph(lines) if style.html else "", is_cut)
        return piece, piece.bytes_in(html=style.html)


words = st.text("abc déж水ع#[]>0123456789 \n\ue001\ue004", min_size=1, max_size=600)


@st.composite
def drafts(draw):
    """A draft of up to forty items in three rooms, for a reader whose numbers are of any length."""
    rooms = {
        pk: SimpleNamespace(pk=pk, shown_name=f"Room {pk}", journal=SimpleNamespace(mark=f"{pk}-abcdef"))
        for pk in (1, 2, 3)
    }
    items = [
        Item(
            about=f"thread:{place}",
            workspace_id=draw(st.sampled_from((1, 2, 3))),
            title=draw(words)[:80],
            at=AT + timedelta(minutes=place),
            closes_at=AT if draw(st.booleans()) and place % 7 == 0 else None,
            voices=[Voice(f"post:{place}{number}", draw(words) * repeat) for number in range(draw(st.integers(1, 3)))],
            of=5,
        )
        for place, repeat in enumerate(draw(st.lists(st.integers(1, 12), max_size=40)))
    ]
    number = draw(st.integers(1, 120))
    return layout.Draft(
        number=number,
        last=number - 1,
        first_item=draw(st.integers(1, 1200)),
        style=Style(draw(st.sampled_from(("en", "fr", "ar", "zh", "ru"))), ZoneInfo("UTC"), draw(st.booleans())),
        rooms=rooms,
        items=layout.in_order(items),
        until=AT,
        is_last=draw(st.booleans()),
        is_compact=draw(st.booleans()),
    )


@settings(max_examples=40, deadline=None)
@given(drafts(), st.integers(7_000, 60_000))
def test_no_part_is_larger_than_the_limit_and_each_item_stands_in_one(draft, budget):
    with speaking(draft.style.language):
        laid = editions.lay_out(draft, budget)

    row = laid.row
    issue = Issue(number=draft.number, last=draft.last, first_item=draft.first_item, edition=row)
    shown = []
    for part in range(1, len(row.texts) + 1):
        text, html = issue.text_of(part), issue.html_of(part)
        bare = re.sub("[\u2066-\u2069\u200e\u200f]", "", text)
        shown += [int(number) for number in re.findall(r"^\[#(\d+)\]", bare, re.MULTILINE)]
        size = sum(len(form.replace("\n", "\r\n").encode()) for form in (text, html) if form)
        assert size <= budget
        assert len(laid.titles[part - 1]) <= layout.MOST_ITEMS
        assert not re.search("[\ue000-\ue00f]", text + (html or ""))
    assert shown == list(range(draft.first_item, draft.first_item + len(row.items)))
    assert [item[0] for item in row.items] == [item.about for item in draft.items][: len(row.items)]
    assert len(row.texts) <= (1 if draft.is_compact else layout.MOST_PARTS)


@settings(max_examples=40, deadline=None)
@given(drafts(), st.integers(0, 8), st.integers(0, 8), st.integers(7_000, 40_000))
def test_an_edition_filled_in_is_the_issue_laid_out_for_that_reader(draft, later, more, budget):
    other = replace(draft, number=draft.number + later, last=draft.last + later, first_item=draft.first_item + more)
    with speaking(draft.style.language):
        shared, own = editions.Shelf().get(draft, budget).row, direct(other, budget)

    is_shared = editions.key_of(draft, budget) == editions.key_of(other, budget)
    issue = Issue(number=other.number, last=other.last, first_item=other.first_item, edition=shared)
    if is_shared:
        assert [issue.text_of(part) for part in range(1, len(shared.texts) + 1)] == own
    else:
        assert len(str(other.number)) != len(str(draft.number)) or more or not draft.last


def direct(draft, budget):
    """The texts of an issue laid out for its numbers alone; each line with a number is as if it was written at once."""
    laid = layout.lay_out(draft, budget=budget)
    values = slots.Values(draft.number, draft.last, draft.first_item)
    texts = [slots.fill(slots.split(text), values) for text in laid.texts]
    assert texts[0].startswith("\n".join(wrapping.wrap(wording.first_line(draft.number, draft.last))))
    assert texts[-1].endswith("\n".join(wrapping.wrap(wording.last_line(draft.number, draft))) + "\n")
    for place, item in enumerate(item for part in laid.items for item in part):
        heading = wrapping.wrap(f"[#{draft.first_item + place}] {prose.title(item.title)}")
        assert "\n".join(heading) in "\n".join(texts)
    return texts


def test_readers_of_the_same_share_one_edition_and_the_author_has_another(world):
    send()

    mine = {issue.member.name: issue for issue in Issue.objects.select_related("member", "edition")}
    assert mine["Bob"].edition != mine["Alice"].edition
    assert "We do, twice a year." in mine["Alice"].text
    assert "We do, twice a year." not in mine["Bob"].edition.text


@pytest.mark.parametrize("form", ["text", "html"])
def test_many_who_read_the_same_are_stored_once_and_sent_their_own_bytes(world, form):
    readers = [world.member(f"reader{number}", language="fr") for number in range(6)]
    for reader in readers:
        seats.give(by=world.sekou, workspace=world.workspace, member=reader)
        subscriptions.set_profile(member=reader, form=form)
    posts.reply(author=world.bob, thread=world.thread, text="À tous.")

    send()

    issues = list(Issue.objects.filter(member__in=readers).order_by("member"))
    assert len({issue.edition_id for issue in issues}) == 1
    raws = [issue.letter.raw for issue in issues]
    assert len(set(raws)) == 6
    for reader, raw in zip(readers, raws, strict=True):
        assert raw.count(reader.email.encode()) == 1
        stop = re.search(rb"<(http\S+/mail/stop/\w+/)>", raw)[1]
        assert (raw.count(stop) == 2) == (form == "html")


def test_a_letter_is_the_same_bytes_every_time_whatever_changes_meanwhile(world, settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:1"  # nobody listens there, so it waits
    send()
    letter = Letter.objects.get(member=world.dora, kind="issue")
    raw = letter.raw

    world.dora.name, world.dora.language = "Dora Another", "ru"
    world.dora.save()
    settings.SITE_NAME, settings.SITE_URL = "Elsewhere", "https://elsewhere.example.org"
    settings.REPLY_DOMAIN, settings.SECRET_KEY = "elsewhere.example.org", "another"

    assert Letter.objects.get(pk=letter.pk).raw == raw
    assert letters.text_of(letter) == Issue.objects.get(member=world.dora).text


def test_who_is_told_more_still_reads_the_edition_of_the_others(client, db):
    world = World(client)
    world.dora.language = "en"
    world.dora.save()
    send()
    posts.reply(author=world.bob, thread=world.thread, text="In May.")
    Letter.objects.filter(member=world.dora, kind="issue").update(state=Letter.State.FAILED)

    send(NOW + timedelta(days=1))

    dora, alice = (Issue.objects.get(member=member, number=2) for member in (world.dora, world.alice))
    assert dora.edition == alice.edition
    assert "Issue 1 did not reach you: to get it, answer MISSING 1." in dora.text
    assert "did not reach you" not in alice.text


def test_an_issue_of_a_busy_day_comes_in_parts_that_can_each_be_answered(world):
    for number in range(8):
        thread = threads.start(author=world.bob, workspace=world.workspace, title=f"Subject {number}", text="Begin.")
        for _place in range(6):
            posts.reply(author=world.alice, thread=thread, text="The springs dry up. " * 100)
    world.dora.language = "en"
    world.dora.save()
    subscriptions.set_profile(member=world.dora, size=10_000)

    send()

    issue = Issue.objects.get(member=world.dora)
    first, *others = issue.letters.order_by("part")
    assert others
    assert all(len(letter.raw) <= 10_000 for letter in (first, *others))
    assert f"(1/{len(others) + 1})" in first.subject
    assert f"End of part 1 of {len(others) + 1} of issue 1." in " ".join(letters.text_of(first).split())
    for letter in others:
        assert f"References: {first.message_id}" in letter.raw.decode()
        assert f"part {letter.part} of" in letters.text_of(letter).split("\n")[0]
    assert issue.text == "\n".join(letters.text_of(letter) for letter in (first, *others))


def test_no_edition_outlives_its_process_memory(world):
    send()
    Issue.objects.all().delete()
    Edition.objects.all().delete()
    world.dora.mail.refresh_from_db()
    subscriptions.Subscription.objects.update(cursor=0)

    send(NOW + timedelta(days=1))

    assert Issue.objects.filter(member=world.dora).exists()


@pytest.mark.parametrize("form", ["text", "html"])
def test_what_is_erased_goes_out_of_the_digests_that_are_kept(world, form):
    subscriptions.set_profile(member=world.dora, form=form)
    send()

    posts.erase(by=world.sekou, post=world.answer)
    call_command("work", once=True, verbosity=0)

    issue = Issue.objects.get(member=world.dora)
    assert "twice a year" not in issue.text
    assert b"twice a year" not in issue.letter.raw
    assert b"Who measures the springs?" in issue.letter.raw
    assert issue.text.startswith("Alphorn")
    assert [item.about for item in issue.items] == [world.thread.reference]
