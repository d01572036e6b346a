"""Writing: issues, their editions, the letters that carry them and the cursors, in one transaction.

Only then can a letter be sent; whatever happens afterwards, the same bytes go out, and the next issue starts where
this one ended.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from core import bulk
from core.languages import speaking
from notifications import addresses, letters, slots, subscriptions
from notifications.digests import earlier, editions, frame, layout, sources, wording
from notifications.digests.plan import Batch, Reader
from notifications.models import Answer, Edition, Issue, Letter, MailProfile, Subscription
from notifications.models.letters import new_code
from notifications.models.subscriptions import Cadence

logger = logging.getLogger(__name__)

HEADERS = 2000  # bytes a mail's headers take at most, with a short name and address
NEWS = 600  # bytes kept for what only this reader is told; who is told more has that much less of the rest
PUT_OFF = timedelta(hours=1)  # for a member whose issue could not be written


@dataclass(slots=True)
class Written:
    """What is to be stored for one reader; without an issue there was nothing to tell."""

    reader: Reader
    issue: Issue | None = None
    edition: editions.Laid | None = None
    letters: list = field(default_factory=list)
    answers: list = field(default_factory=list)


def write(batch: Batch, gathered, untold):
    """Write what each reader of a batch gets; returns the letters. A reader that fails is put off, the others go on.

    gathered: what each source has fetched, in their order; untold: answers by member that no issue has told of.
    """
    made, failed = [], []
    editions.shelf().check()
    before = earlier.last_issues([reader.profile.member_id for reader in batch.readers if reader.profile.last_issue])
    for reader in batch.readers:
        try:
            member = reader.profile.member_id
            made.append(compose(batch, reader, gathered, untold.get(member, ()), before.get(member)))
        except DatabaseError:
            raise
        except Exception:
            logger.exception("The issue for member %s could not be written", reader.profile.member_id)
            failed.append(reader.profile.member_id)
    try:
        _store(batch, made)
    except DatabaseError:
        logger.exception("A batch of %d issues could not be stored; they are stored one by one", len(made))
        made = [one for one in made if _store_alone(batch, one, failed)]
    if failed:
        put_off = {"next_issue_at": batch.now + PUT_OFF, "claimed_until": None}
        MailProfile.objects.filter(member__in=failed).update(**put_off)
    return _letters(made)


def compose(batch, reader, gathered, answers, before=None):
    """The issue of one reader and its letters, not stored yet; Written without letters if there is nothing to tell."""
    profile, member = reader.profile, reader.member
    with speaking(member.language), timezone.override(member.zone):
        items, news = [], []
        for source, material in zip(sources.all_sources(), gathered, strict=True):
            if reader.windows:
                items += source.items(material, reader)
                news += source.news(material, reader) if source.news else []
        answers = list(answers) if reader.hears_receipts else []
        if not items and not news and not answers:
            return Written(reader)
        told_from = {room for room, _line in news}
        news = earlier.told(reader, before) + wording.receipts(answers) + [line for _room, line in news]
        draft = layout.Draft(
            number=profile.last_issue + 1,
            last=profile.last_issue,
            first_item=profile.last_item + 1,
            style=reader.style,
            rooms=batch.rooms,
            items=layout.in_order(layout.merged(items)),
            until=timezone.localtime(batch.now) + timedelta(days=addresses.REPLY_DAYS),
            is_last=reader.is_last,
            is_compact=earlier.is_catch_up(reader),
            short_of=_short_of(gathered, reader),
        )
        written = _written(reader, draft, frame.news(news), answers, batch.now)
        written.issue.cursors = _cursors(reader, written.edition.items, told_from)
        return written


def _written(reader, draft, news, answers, now):
    """The issue and the letters of its parts, each within the reader's limit in its true bytes."""
    profile, member = reader.profile, reader.member
    stop = letters.stop_url(member_id=member.pk)
    own = sum(map(slots.width, news)) if draft.style.html else slots.width(news[0])
    edition = editions.shelf().get(draft, profile.size - _head_room(member) - max(NEWS, -(-own // NEWS) * NEWS))
    issue = Issue(
        member=member,
        number=draft.number,
        last=draft.last,
        first_item=draft.first_item,
        last_item=draft.first_item + len(edition.items) - 1,
        news=news[0],
        news_html=news[1] if draft.style.html else "",
        stop=stop if draft.style.html else "",
        created_at=now,
    )
    written, parts = Written(reader, issue, edition, answers=answers), len(edition.titles)
    for part, titles in enumerate(edition.titles, 1):
        subject = wording.subject(draft.number, titles, part=part, parts=parts)
        first = written.letters[0] if part > 1 else None
        written.letters.append(
            letters.of_issue(member=member, subject=subject, code=new_code(), at=now, stop=stop, part=part, first=first)
        )
    return written


def _head_room(member):
    """Bytes that the headers of this member's issues take at most, in steps, so that members have the same."""
    # The name and the address stand in one line; a subject of 400 bytes and all other lines take less than HEADERS.
    names = len(member.name.encode()) * 3 + len(member.email) - 120
    return HEADERS + max(0, -(-names // 256) * 256)


def _cursors(reader, items, told_from):
    """What the issue covers of each room it tells from; a room without news in it is not in the issue."""
    rooms = {room for _about, room, _title in items} | told_from
    covered = {}
    for window in reader.windows:
        room = window.row.workspace_id
        if room in rooms:
            after = min(window.after, covered.get(str(room), [window.after])[0])
            covered[str(room)] = [after, window.up_to]
    return covered


def _short_of(gathered, reader):
    """Rooms in which so much happened that the oldest of it was not even fetched."""
    short = set()
    for material in gathered:
        earlier = getattr(material, "earlier", {})
        short |= {
            window.row.workspace_id
            for window in reader.windows
            if window.after < earlier.get(window.row.workspace_id, 0)
        }
    return short


def _store_alone(batch, one, failed):
    try:
        _store(batch, [one])
    except DatabaseError:
        logger.exception("The issue for member %s could not be stored", one.reader.profile.member_id)
        failed.append(one.reader.profile.member_id)
        return False
    return True


def _store(batch, made):
    issued = [one for one in made if one.issue]
    new = list({id(one.edition): one.edition for one in issued if one.edition.pk is None}.values())
    try:
        with transaction.atomic():
            bulk.insert(Edition, [laid.row for laid in new])
            for one in issued:
                one.issue.edition_id = one.edition.pk or one.edition.row.pk
            bulk.insert(Issue, [one.issue for one in issued])
            for one in issued:
                for letter in one.letters:
                    letter.issue_id = one.issue.pk
            bulk.insert(Letter, _letters(issued))
            for one in issued:
                if one.answers:
                    told = Answer.objects.filter(pk__in=[answer.pk for answer in one.answers])
                    told.update(told_in=one.issue, told_at=timezone.now())
            _step_cursors(made)
            _step_profiles(batch, made)
    except DatabaseError:
        for row in [laid.row for laid in new] + [one.issue for one in issued] + _letters(issued):
            row.pk = None
        raise
    for laid in new:
        laid.pk, laid.row = laid.row.pk, None  # its words are in the database now


def _letters(made):
    return [letter for one in made for letter in one.letters]


def _step_cursors(made):
    """Every window that was looked at is covered now, room by room: all windows of a room end at the same entry."""
    by_room = defaultdict(list)
    for one in made:
        for window in one.reader.windows:
            by_room[window.row.workspace_id, window.up_to].append(window.row.pk)
    for (_room, up_to), rows in by_room.items():
        Subscription.objects.filter(pk__in=rows, cursor__lt=up_to).update(cursor=up_to)
    last = [one.reader.profile.member_id for one in made if one.reader.is_last]
    if last:
        digests = Subscription.objects.filter(member__in=last, cadence__in=subscriptions.DIGESTS)
        digests.update(cadence=Cadence.NONE, changed_at=timezone.now())


def _step_profiles(batch, made):
    alike = defaultdict(list)
    for one in made:
        profile = one.reader.profile
        profile.last_day = one.reader.today or profile.last_day
        next_issue_at = subscriptions.next_issue_at(profile, profile.member, batch.now)
        items = len(one.edition.items) if one.issue else 0
        alike[int(one.issue is not None), items, profile.last_day, next_issue_at].append(profile.pk)
    for (issues, items, last_day, next_issue_at), members in alike.items():
        MailProfile.objects.filter(member__in=members).update(
            last_issue=F("last_issue") + issues,
            last_item=F("last_item") + items,
            last_day=last_day,
            next_issue_at=next_issue_at,
            claimed_until=None,
        )
    # Whoever stopped their digests while this one was written still gets their last one, soon.
    told = {one.reader.profile.member_id: one.reader.is_last for one in made}
    MailProfile.objects.filter(member__in=[member for member, is_last in told.items() if is_last]).update(
        stopping=False
    )
    MailProfile.objects.filter(member__in=told, stopping=True).update(next_issue_at=batch.now)
