"""Questions in a digest: the open ones a reader has not answered stand before all else, in the reader's language, with
the time left and how to answer.

A question is shown in full when it opened or its window was changed, and in the last issues before it closes; in
between it stands with its title wherever the issue tells of its consultation anyway. What others said to it stands
below it, in the same item. Published consultations, changes of a window and closes are told to everyone.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Min
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consultations.digests.cards import Card, Cards, closing, hour, is_last_issue, lay_out
from consultations.models import Consultation, Contribution, Phase, Question
from consultations.models.consultations import Participation
from consultations.wording import times, windows
from consultations.words import capacities
from forum.models import Post, Seat
from members.models import Mandate
from notifications.digests import happened, prose
from notifications.digests.pieces import Item
from notifications.wrapping import keep

SHOWS = ("phase.opened", "phase.changed", "phase.closing")
TOLD = (*SHOWS, "phase.closed", "consultation.published")
KEPT = 400  # cards a process remembers
MOST = 400  # open questions, and entries, in one batch
MOST_AGAIN = 12  # questions of one issue that stand with their title alone


class QuestionCard(Card):
    """A question as digests show it at one hour, in full or with its title alone; one object for one set of words."""

    def __init__(self, question, now, *, is_full, missing=()):
        super().__init__()
        self.question, self.now, self.is_full, self.missing = question, now, is_full, missing
        self._parts = {}

    def _make(self, columns, style):
        closes = self.question.phase.closes_at
        head = _("Question. Closes %(when)s, in %(left)s.") % {
            "when": closing(closes, style),
            "left": times.left(closes - self.now),
        }
        parts, is_cut = prose.fold(self._paragraphs(style.language), columns) if self.is_full else ([], False)
        return lay_out(style, head, parts, [self._how(style.language)], is_cut=is_cut)

    def _paragraphs(self, language):
        if language not in self._parts:
            said = self.question.worded(language)
            parts = prose.paragraphs(said.text)
            if said.is_fallback:
                parts = [_("(This question is in %(language)s only.)") % {"language": said.language_name}, *parts]
            self._parts[language] = parts
        return self._parts[language]

    def _how(self, language):
        consultation = self.question.consultation
        line = keep(f"GET {consultation.code} Q{self.question.number}")
        if self.missing:
            missing = _("Not answered yet for %(organisation)s:") % {"organisation": self.missing[0]}
            if not self.is_full:
                return f"{missing} {line}"
        if not self.is_full:
            return _("You have not answered it yet. The whole question: %(get)s") % {"get": line}
        if consultation.participation == Participation.ORGANISATIONS:
            said = _(
                "To answer for your organisation, write the number and your answer. If you speak for several, begin "
                "the answer with a line that says for which: %(line)s"
            )
            return said % {"line": capacities.line(self.missing[0] if self.missing else "…", language)}
        return _("To answer, write the number and your answer, as long as you like.")


_cards = Cards(KEPT)


def _card(question, now, *, is_full, missing=()):
    consultation, closes_at = question.consultation, question.phase.closes_at
    until = hour(now, closes_at)
    key = (question.pk, str(question.said()), closes_at, consultation.participation, until, is_full, missing)
    return _cards.of(key, lambda: QuestionCard(question, until, is_full=is_full, missing=missing))


@dataclass(slots=True)
class Gathered:
    """`told`: by room the entries; `open`: by room the questions that take answers; `openings`: by question the post
    that opened its thread; `answered`: (member, question) pairs; `missing`: by such a pair the organisations that have
    not answered, of a member with several; `facilitators`: (member, room) pairs; `things`: what the entries are about.
    """

    now: object
    told: dict
    open: dict
    openings: dict
    answered: set
    missing: dict
    facilitators: set
    things: dict


def gather(batch):
    """Fetch what all readers of a batch may need, in a number of queries that does not grow with them."""
    told = happened.entries(batch, TOLD, most=MOST)
    found = _open(batch)
    running = defaultdict(list)
    for question in found:
        running[question.consultation.workspace_id].append(question)
    members = [reader.profile.member_id for reader in batch.readers]
    return Gathered(
        batch.now,
        told,
        running,
        _openings(found),
        *_answered(found, members),
        _facilitators(running, members),
        _things(told),
    )


def _open(batch):
    if not batch.lowest:
        return []
    rows = Question.objects.filter(
        consultation__workspace__in=batch.lowest,
        consultation__published_at__isnull=False,
        thread__isnull=False,
        phase__opens_at__lte=batch.now,
        phase__closes_at__gt=batch.now,
    )
    found = list(rows.select_related("phase", "consultation", "thread").order_by("phase__closes_at", "number")[:MOST])
    for question in found:
        question.phase.consultation = question.consultation
    return found


def _openings(found):
    """{question: reference of the post that opened its thread}: its words stand in the question's own."""
    if not found:
        return {}
    first = Post.objects.filter(thread__in=[question.thread_id for question in found], number=1)
    posts = dict(first.values_list("thread_id", "pk"))
    return {question.pk: f"post:{posts.get(question.thread_id)}" for question in found}


def _answered(found, members):
    """((member, question) pairs of what these members have nothing left to say to; {pair: names of the organisations}
    that a member who speaks for several has not answered for).
    """
    if not found:
        return set(), {}
    rows = Contribution.objects.filter(question__in=found).exclude(post__state="withdrawn")
    said = set(rows.filter(post__author__in=members).values_list("post__author", "question"))
    mandates = Mandate.objects.in_force().filter(member__in=members).select_related("organisation")
    speaks = defaultdict(dict)
    for mandate in mandates.order_by("organisation__name"):
        speaks[mandate.member_id][mandate.organisation_id] = mandate.organisation.short_name
    of_organisations = {row.pk for row in found if row.consultation.participation == Participation.ORGANISATIONS}
    spoken_for = {pk for theirs in speaks.values() for pk in theirs}
    positions = rows.filter(organisation__in=spoken_for, question__in=of_organisations)
    answered = set(positions.values_list("organisation", "question")) if of_organisations and spoken_for else set()
    missing = {}
    for member, theirs in speaks.items():
        for question in of_organisations:
            left = tuple(name for pk, name in theirs.items() if (pk, question) not in answered)
            if not left:
                said.add((member, question))
            elif len(theirs) > 1:
                said.discard((member, question))
                missing[member, question] = left
    return said, missing


def _facilitators(running, members):
    if not running:
        return set()
    seats = Seat.objects.filter(workspace__in=running, member__in=members, role=Seat.Role.MODERATOR)
    return set(seats.values_list("member", "workspace"))


def _things(told):
    """{reference: thing} of what the entries are about."""
    about = defaultdict(set)
    for entries in told.values():
        for entry in entries:
            about[entry.about.partition(":")[0]].add(entry.about_id)
    phases = Phase.objects.select_related("consultation").annotate(first=Min("questions__number"))
    found = {phase.reference: phase for phase in phases.filter(pk__in=about["phase"])} if about["phase"] else {}
    if about["consultation"]:
        rows = Consultation.objects.filter(pk__in=about["consultation"])
        found |= {row.reference: row for row in rows}
    return found


def items(gathered, reader):
    """The open questions this reader has not answered: in full, or with their titles where the issue tells of the
    room anyway.
    """
    found, member = [], reader.profile.member_id
    left = MOST_AGAIN
    for window in reader.windows:
        room = window.row.workspace_id
        if not window.is_whole or (member, room) in gathered.facilitators:
            continue
        fresh = {entry.about for entry in happened.within(window, gathered.told) if entry.verb in SHOWS}
        for question in gathered.open.get(room, ()):
            if (member, question.pk) in gathered.answered:
                continue
            closes_at = question.phase.closes_at
            is_last_chance = is_last_issue(window, closes_at, gathered.now)
            is_full = question.phase.reference in fresh or is_last_chance
            left -= not is_full
            if is_full or (left >= 0 and not window.before):
                found.append(_item(gathered, question, room, is_full, gathered.missing.get((member, question.pk), ())))
    return found


def _item(gathered, question, room, is_full, missing):
    return Item(
        about=question.thread.reference,
        workspace_id=room,
        title=prose.title(question.worded().title),
        at=question.phase.opens_at,
        voices=[_card(question, gathered.now, is_full=is_full, missing=missing)],
        closes_at=question.phase.closes_at,
        covers=gathered.openings[question.pk],
    )


def news(gathered, reader):
    """Consultations that were published, changes of a window as the formal acts they are, and closes."""
    lines = []
    for window in reader.windows:
        if not window.is_whole:
            continue
        room = window.row.workspace_id
        for entry in happened.within(window, gathered.told):
            thing = gathered.things.get(entry.about)
            line = _LINES[entry.verb](entry, thing) if thing and entry.verb in _LINES else ""
            if line:
                lines.append((room, line))
    return lines


def _published(entry, consultation):
    said = _("Consultation %(code)s, “%(title)s”, is published: %(url)s") % {
        "code": consultation.code,
        "title": prose.title(consultation.worded().title),
        "url": keep(f"{settings.SITE_URL}{consultation.get_absolute_url()}"),
    }
    return f"{said} " + _("The topic note: %(get)s") % {"get": keep(f"GET {consultation.code}")}


def _changed(entry, phase):
    data = entry.data or {}
    if "notice" not in data or "along_with" in data:
        return ""
    new = data.get("new") or {}
    opens, closes = (parse_datetime(new.get(name, "")) for name in ("opens", "closes"))
    said = _(
        "Notice %(number)s of %(code)s: “%(phase)s” is open from %(opens)s to %(closes)s. "
        "By authority of: %(authority)s. %(reason)s"
    ) % {
        "number": data["notice"],
        "code": phase.consultation.code,
        "phase": prose.title(str(phase)),
        "opens": times.moment(opens) if opens else "",
        "closes": times.moment(closes) if closes else "",
        "authority": prose.title(data.get("authority", "")),
        "reason": prose.title(data.get("reason", "")),
    }
    return " ".join([said, *windows.also_moved(entry)])


def _closed(entry, phase):
    return _("“%(phase)s” of %(code)s closed on %(closes)s.") % {
        "phase": prose.title(str(phase)),
        "code": phase.consultation.code,
        "closes": times.moment(phase.closes_at),
    }


_LINES = {"consultation.published": _published, "phase.changed": _changed, "phase.closed": _closed}
