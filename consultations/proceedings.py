"""Proceedings: every contribution a consultation received, as a paper, by question or by organisation.

The blocks come from the database as they are printed, a bounded number of rows at a time, so proceedings of 5,000
contributions take no more memory than those of fifty.
"""

from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import paper
from consultations.models import Contribution, Document, Question
from consultations.models.contributions import Stamp
from consultations.wording import consultations as wording
from consultations.wording.times import moment
from core import languages
from forum.models.posts import PLACED, Capacity, Channel, State
from members import countries
from members.models import Category

CHUNK = 500  # rows fetched at once
FIGURES = 30  # groups of one kind, the largest
WITHHELD = 500  # numbers
BY = ("question", "organisation")
WITH_ALL = (
    *("post__author", "post__carried_by", "post__organisation", "post__region", "post__thread", "accepted_by"),
    *("superseded_by", "comment__paragraph"),
)


def proceedings(consultation, *, by="question", language="en", now=None):
    """The paper.Document of all contributions that are shown, in one of our languages. Times are in UTC.

    by: "question" (and then paragraph by paragraph) or "organisation".
    """
    if by not in BY:
        raise ValueError(f"Proceedings are by {' or '.join(BY)}.")
    now = now or timezone.now()
    with languages.speaking(language), timezone.override("UTC"):
        parts = _by_question(consultation) if by == "question" else _by_organisation(consultation)
        title = consultation.worded(language)
        contents = [paper.Entry(_("Topic note"), "topic")]
        contents += [
            paper.Entry(section.title, section.anchor, 1, section.number) for part in parts for section in part.sections
        ]
        document = paper.Document(
            title=title.title,
            subtitle=_("Proceedings by question") if by == "question" else _("Proceedings by organisation"),
            language=language,
            symbol=consultation.code,
            publisher=settings.SITE_NAME,
            date_line=date_format(now, "DATE_FORMAT"),
            issued=now,
            site=settings.SITE_URL,
            contents=tuple(contents),
            with_cover=True,
            blocks=_spoken(language, _blocks(consultation, title, parts, now)),
        )
    return document


def _spoken(language, blocks):
    """The blocks, each made in this language and in UTC, whatever speaks when they are asked for."""
    blocks = iter(blocks)
    while True:
        with languages.speaking(language), timezone.override("UTC"):
            block = next(blocks, None)
        if block is None:
            return
        yield block


@dataclass(frozen=True)
class Section:
    """One chapter: what it is called, and what stands over its contributions. key: which are its own."""

    key: int | None
    title: str
    anchor: str
    number: str = ""
    intro: tuple = ()


@dataclass(frozen=True)
class Part:
    """Sections and the rows of all of them, in one order, so that many sections are fetched with one query.

    key_of: the key of the section a row belongs to.
    """

    sections: list
    rows: object
    key_of: object

    def filled(self):
        """(section, its rows as they come) for each section."""
        places = {section.key: place for place, section in enumerate(self.sections)}
        # What came for a section that was not there when the sections were listed is in the next proceedings.
        known = (row for row in self.rows.iterator(chunk_size=CHUNK) if self.key_of(row) in places)
        waiting = next(known, None)
        for section in self.sections:

            def own(section=section):
                nonlocal waiting
                while waiting is not None and self.key_of(waiting) == section.key:
                    yield waiting
                    waiting = next(known, None)

            yield section, own()


def shown(consultation):
    return Contribution.objects.filter(consultation=consultation).shown().select_related(*WITH_ALL)


def _by_question(consultation):
    questions = []
    for question in Question.objects.filter(consultation=consultation).order_by("number"):
        said = question.worded()
        intro = (paper.Paragraph(html=said.html, language=said.language),) if said.html else ()
        number = _("Question %(number)s") % {"number": question.number}
        questions.append(Section(question.pk, said.title, f"q{question.number}", f"{number}.", intro))
    documents = [
        Section(document.pk, document.title, f"d{document.number}", f"D{document.number}.")
        for document in Document.objects.filter(consultation=consultation).order_by("number")
    ]
    answers = shown(consultation).filter(question__isnull=False).order_by("question__number", "number")
    comments = shown(consultation).filter(comment__isnull=False).select_related("comment__paragraph__version")
    place = ("version__document__number", "version__number", "place")
    comments = comments.order_by(*(f"comment__paragraph__{name}" for name in place), "number")
    return [
        Part(questions, answers, lambda row: row.question_id),
        Part(documents, comments, lambda row: row.comment.paragraph.version.document_id),
    ]


def _by_organisation(consultation):
    spoken_for = shown(consultation).filter(organisation__isnull=False)
    order = ("organisation__name", "organisation_id")
    pairs = spoken_for.values_list(*order).distinct().order_by(*order)
    personal = shown(consultation).filter(organisation=None).order_by("number")
    return [
        Part([Section(pk, name, f"o{pk}") for name, pk in pairs], spoken_for.order_by(*order, "number"), _organisation),
        Part([Section(None, _("Personal contributions"), "personal")], personal, _organisation),
    ]


def _organisation(row):
    return row.organisation_id


def _blocks(consultation, title, parts, now):
    yield _facts(consultation, now)
    yield from _notices(consultation)
    yield paper.Heading(1, _("Topic note"), anchor="topic")
    yield paper.Paragraph(html=title.html or paper.prose(title.title), language=title.language)
    for section, rows in chain.from_iterable(part.filled() for part in parts):
        yield paper.Heading(1, section.title, section.number, anchor=section.anchor)
        yield from section.intro
        is_empty, label = True, None
        for row in rows:
            is_empty = False
            row.consultation = consultation
            if (paragraph := _paragraph(row)) and paragraph.label != label and section.anchor.startswith("d"):
                label = paragraph.label
                yield paper.Heading(2, _("Paragraph %(number)s") % {"number": label})
            yield contribution(row)
        if is_empty:
            yield paper.Paragraph(html=paper.prose(_("No contribution was received here.")))


def _facts(consultation, now):
    counts = Contribution.objects.filter(consultation=consultation).aggregate(
        shown=Count("pk", filter=Q(post__state=State.PUBLISHED)),
        organisations=Count("organisation", distinct=True, filter=Q(post__state=State.PUBLISHED)),
    )
    phases = consultation.timetable
    pairs = [
        (_("Sponsor"), consultation.sponsor),
        (_("Facilitators"), ", ".join(facilitators(consultation))),
        (_("Opened"), moment(phases[0].opens_at) if phases else ""),
        (_("Closed") if phases and phases[-1].closes_at <= now else _("Closes"), moment(phases[-1].closes_at))
        if phases
        else ("", ""),
        (_("Who takes part"), wording.who(consultation)),
        (
            _("Contributions"),
            ngettext("%(count)s contribution", "%(count)s contributions", counts["shown"]) % {"count": counts["shown"]},
        ),
        (_("Organisations"), str(counts["organisations"])),
        *_figures(consultation),
        (_("Not shown any more"), _withheld(consultation)),
    ]
    return paper.Facts(tuple((name, value) for name, value in pairs if value))


def _figures(consultation):
    """How many contributions came in which part of the window, by which way, from where, from whom, in which language:
    (name, "Africa: 12 · Andes: 9"), one query each.
    """
    came = Contribution.objects.filter(consultation=consultation).shown().order_by()
    spoken = {code: name for code, (name, *_rest) in languages.LANGUAGES.items()}
    kinds = (
        (_("Window"), "stamp", dict(Stamp.choices)),
        (_("By way"), "post__channel", dict(Channel.choices)),
        (_("By region"), "post__region__name", {}),
        (_("By category"), "post__category", dict(Category.choices)),
        (_("By language"), "post__language", spoken),
    )
    for name, field, labels in kinds:
        counts = came.values_list(field).annotate(n=Count("pk"))
        rows = sorted((-n, str(labels.get(key) or key or _("not known"))) for key, n in counts)
        yield name, " · ".join(f"{label}: {-n}" for n, label in rows[:FIGURES])


def _withheld(consultation):
    """The numbers of what was hidden or withdrawn, which would be missing without a word."""
    gone = Contribution.objects.filter(consultation=consultation, post__state__in=PLACED, post__was_shown=True)
    gone = gone.exclude(post__state=State.PUBLISHED)
    numbers = list(gone.order_by("number").values_list("number", flat=True)[: WITHHELD + 1])
    return ", ".join(map(str, numbers[:WITHHELD])) + (" …" if len(numbers) > WITHHELD else "")


def facilitators(consultation):
    """The names of the moderators of the room."""
    seats = consultation.workspace.seats.filter(role="moderator").select_related("member").order_by("pk")
    return [seat.member.shown_name for seat in seats]


def _notices(consultation):
    notices = list(consultation.workspace.window_changes.filter(phase__isnull=False).select_related("phase"))
    if notices:
        rows = [
            (
                str(row.number),
                str(row.phase),
                moment(row.old_closes_at),
                moment(row.new_closes_at),
                row.authority,
                row.reason,
            )
            for row in notices
        ]
        header = (_("Notice"), _("Phase"), _("Closed before"), _("Closes"), _("By authority of"), _("Reason"))
        yield paper.Table(header, rows, caption=_("Changes of the timetable"))


def _paragraph(row):
    comment = getattr(row, "comment", None)
    return comment.paragraph if comment else None


def contribution(row):
    """A contribution as a block: who spoke for whom, from where, by which way, when; then the words."""
    post = row.post
    organisation = post.organisation
    remarks = []
    if post.carried_by:
        remarks.append(_("Entered by %(name)s") % {"name": post.carried_by.shown_name})
    if row.superseded_by:
        remarks.append(_("Superseded by contribution %(number)s") % {"number": row.superseded_by.number})
    if row.stamp != "original":
        remarks.append(wording.came(row))
    return paper.Contribution(
        reference=row.code,
        anchor=f"c{row.number}",
        html=post.html,
        who=str(post.author_name),
        capacity=str(Capacity(post.capacity).label),
        organisation=organisation.name if organisation else "",
        category=post.get_category_display(),
        region=post.region.name if post.region else "",
        country=countries.name(post.country) if post.country else "",
        channel=post.get_channel_display(),
        when=moment(post.sent_at),
        stamp=row.get_stamp_display() if row.stamp != "original" else "",
        language=post.language or "",
        remarks=tuple(remarks),
    )
