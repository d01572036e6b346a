"""What the pages of a draft text show: a page of its blocks, what was said of each, and how much of it is clean.

Each function takes a query or two, however many paragraphs, comments and proposals there are.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Length

from consultations import differences
from consultations.models import Amendment, Comment, Consultation, Paragraph
from consultations.models.comments import Action, AmendmentState, CommentKind
from consultations.models.documents import BlockKind
from consultations.wording import comments as wording
from forum.models.posts import State
from members.models import Organisation

BLOCKS = 60  # on one page
CHARACTERS = {"zh": 4_500, "ar": 9_000, "ru": 9_000}  # on one page: what fits into one when it is compressed
MOST_CHARACTERS = 15_000  # of a language whose letters take one byte
ALTERNATIVES = 3  # shown under one paragraph; the others are told of
ALTERNATIVE = 600  # characters of one of these
COMMENTS = 20  # on one page
CHOICES = ("comment", "amendment", "open", "taken", "declined")


@dataclass(frozen=True)
class Stretch:
    """A page of a version: its first and last places, and the labels it begins and ends with."""

    number: int
    first: int
    last: int
    begins: str
    ends: str


def stretches(version):
    """The pages of a version, in order. One query."""
    found, most = [], CHARACTERS.get(version.language, MOST_CHARACTERS)
    rows = version.paragraphs.order_by("place").values_list("place", "label", Length("text"))
    first, size, count, labels = None, 0, 0, []

    def close(last):
        names = [label for label in labels if "(" not in label] or labels
        ends = (names[0], names[-1]) if names else ("", "")
        found.append(Stretch(len(found) + 1, first, last, *ends))

    for place, label, length in rows:
        if first is not None and (count == BLOCKS or size + length > most):
            close(place - 1)
            first = None
        if first is None:
            first, size, count, labels = place, 0, 0, []
        size, count = size + length, count + 1
        if label:
            labels.append(label)
    if first is not None:
        close(place)
    return found


def stretch_of(pages, place):
    """The page with this place; the first one where there is none."""
    return next((page for page in pages if page.first <= place <= page.last), pages[0] if pages else None)


def blocks(version, page):
    """The blocks of a page, each with `comment_count`, `proposal_count`, `open_count`, and `alternatives`: new
    paragraphs that are proposed after it. Three queries.
    """
    found = list(version.paragraphs.filter(place__gte=page.first, place__lte=page.last).order_by("place"))
    counts = counted([block.pk for block in found if block.label])
    offered = alternatives(version, page)
    for block in found:
        block.version = version
        block.comment_count, block.proposal_count, block.open_count = counts.get(block.pk, (0, 0, 0))
        here = offered.get(block.pk, [])
        block.alternatives, block.more_alternatives = here[:ALTERNATIVES], max(0, len(here) - ALTERNATIVES)
    return found


def counted(paragraphs):
    """{id: (comments, proposals, open proposals)} of paragraphs; one query."""
    is_proposal = Q(kind=CommentKind.AMENDMENT)
    rows = (
        Comment.objects.shown()
        .filter(paragraph__in=paragraphs)
        .order_by()
        .values("paragraph")
        .annotate(
            comments=Count("pk", filter=~is_proposal),
            proposals=Count("pk", filter=is_proposal),
            open=Count("pk", filter=Q(amendment__state=AmendmentState.PROPOSED)),
        )
    )
    return {row["paragraph"]: (row["comments"], row["proposals"], row["open"]) for row in rows}


def alternatives(version, page):
    """{id of a paragraph: new paragraphs that are proposed after it}, in brackets as UN drafts show them."""
    rows = (
        Amendment.objects.open()
        .filter(action=Action.INSERT, comment__paragraph__version=version)
        .filter(comment__paragraph__place__gte=page.first, comment__paragraph__place__lte=page.last)
        .annotate(paragraph_id=F("comment__paragraph"), number=F("comment__contribution__number"))
        .order_by("comment__contribution__number")
    )
    found = defaultdict(list)
    for row in rows[: 10 * BLOCKS]:
        row.printed = wording.number(row.label)
        row.is_cut = len(row.proposed) > ALTERNATIVE
        row.shown = row.proposed[:ALTERNATIVE]
        found[row.paragraph_id].append(row)
    return found


def clean(version):
    """(clean, all): numbered paragraphs without brackets and open proposals, and how many there are. One query."""
    opened = Amendment.objects.open().filter(comment__paragraph=OuterRef("pk"))
    bracketed = Q(text__contains="[") | Q(text__contains="［")
    is_clean = ~bracketed & ~Q(is_open=True)
    rows = version.paragraphs.numbered().order_by().annotate(is_open=Exists(opened))
    found = rows.aggregate(all=Count("pk"), clean=Count("pk", filter=is_clean))
    return found["clean"], found["all"]


def percent(part, whole):
    """Whole percents, rounded down, so that 100 means all of it."""
    return 100 * part // whole if whole else 0


def placed(member, *, moderates):
    """Comments with all that is shown of them: published ones; to facilitators, and their authors, those that wait."""
    shown = Q(contribution__post__state=State.PUBLISHED)
    if moderates:
        shown |= Q(contribution__post__state=State.PENDING)
    elif member.is_authenticated:
        shown |= Q(contribution__post__state=State.PENDING, contribution__post__author=member)
    post = "contribution__post"
    related = (f"{post}__author", f"{post}__carried_by", f"{post}__organisation", f"{post}__thread__workspace")
    found = Comment.objects.filter(shown, contribution__consultation__in=Consultation.objects.visible_to(member))
    return found.select_related("contribution__consultation", "paragraph", "amendment__decided_by", *related)


def chosen(comments, *, kind="", organisation=None, label=""):
    """Comments of a kind (see CHOICES), of an organisation, on a paragraph and what is below it."""
    if kind in (CommentKind.COMMENT, CommentKind.AMENDMENT):
        comments = comments.filter(kind=kind)
    elif kind in CHOICES:
        state = AmendmentState.PROPOSED if kind == "open" else kind
        comments = comments.filter(amendment__state=state)
    if organisation:
        comments = comments.filter(contribution__organisation=organisation)
    if label:
        comments = comments.filter(Q(paragraph__label=label) | Q(paragraph__label__startswith=f"{label}("))
    return comments


def organisations(version):
    """Those that said something of this version."""
    said = Comment.objects.shown().filter(paragraph__version=version, contribution__organisation__isnull=False)
    return Organisation.objects.filter(pk__in=said.values("contribution__organisation")).order_by("name")


def drawn(comments):
    """Comments with the `changes` that each proposes."""
    for comment in comments:
        comment.contribution.post.is_readable = True
        amendment = getattr(comment, "amendment", None) if comment.kind == CommentKind.AMENDMENT else None
        comment.proposal = amendment
        if amendment:
            amendment.printed = wording.number(amendment.label)
            amendment.changes = changes(comment.paragraph.text, amendment)
    return comments


def changes(text, amendment):
    """What an amendment makes of a paragraph, as differences.Changes."""
    if amendment.action == Action.INSERT:
        return [differences.Change(differences.IN, amendment.proposed)]
    return differences.compare(text, amendment.proposed if amendment.action == Action.REPLACE else "")


def as_text(version, *, with_taken=False, first=None, last=None):
    """A version as plain text with its numbers, each block on a line of its own; with the amendments that were taken,
    for the next version.
    """
    rows = version.paragraphs.order_by("place")
    if first is not None:
        rows = rows.filter(place__gte=first, place__lte=last)
    taken = defaultdict(list)
    if with_taken:
        for row in (
            Amendment.objects.shown()
            .filter(comment__paragraph__version=version, state=AmendmentState.TAKEN)
            .select_related("comment")
            .order_by("comment__contribution__number")
        ):
            taken[row.comment.paragraph_id].append(row)
    lines = []
    for row in rows:
        text, after = row.text, []
        for amendment in taken.get(row.pk, ()):
            if amendment.action == Action.INSERT:
                after.append(f"{wording.number(amendment.label)}. {amendment.proposed}")
            else:
                text = amendment.proposed if amendment.action == Action.REPLACE else ""
        if text:
            lines.append(_line(row, text))
        lines += after
    return "\n\n".join(lines)


def _line(row, text):
    if row.kind != BlockKind.PARAGRAPH or not row.number:
        return text
    closed = row.number if row.number[-1:] in ".)）、．" else f"{row.number}."
    return f"{'    ' * row.depth}{closed} {text}"


def beside(paragraph):
    """(the numbered paragraph before, the one after); two queries."""
    numbered = Paragraph.objects.filter(version=paragraph.version).numbered().only("label", "place", "version")
    before = numbered.filter(place__lt=paragraph.place).order_by("-place").first()
    after = numbered.filter(place__gt=paragraph.place).order_by("place").first()
    return before, after


def elsewhere(paragraph):
    """The same paragraph in the other published versions, each with how much was said of it."""
    others = Paragraph.objects.filter(version__document=paragraph.version.document, key=paragraph.key)
    others = others.filter(version__published_at__isnull=False).exclude(pk=paragraph.pk).order_by("version__number")
    shown = Count("comments", filter=Q(comments__contribution__post__state=State.PUBLISHED))
    return list(others.select_related("version").defer("version__source").annotate(said=shown))
