"""The pages of the archive that no paper has: where to begin, the ballots with their votes, and the draft texts."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations import paper
from consultations.models import Ballot, Version
from consultations.models.ballots import NAMED_ONLY
from consultations.models.documents import BlockKind
from consultations.services import counting
from consultations.wording import ballots as wording
from consultations.wording import outcomes, results
from consultations.wording.times import moment
from core import languages, sizes

MOST_OPTIONS = 12  # columns that fit on a page; who wants to see more pairs or rounds has the data


def index(consultation, language, *, there, files):
    """The page that leads to everything. there: names of the pages that were written. files: what was sent along, as
    (code of the contribution or "", Attachment, its name in the archive).
    """
    with languages.speaking(language):
        title = consultation.worded(language)
        links = (
            (_("Synthesis"), "synthesis.html"),
            (_("All contributions, by question"), "proceedings.html"),
            (_("All contributions, by organisation"), "organisations.html"),
            (_("Draft texts"), "texts.html"),
            (_("Ballots"), "ballots.html"),
            (_("Contributions as a table"), "data/contributions.csv"),
            (_("What the data means"), "FORMAT.md"),
            (_("The program that checks this record: python3 verify.py"), "verify.py"),
        )
        blocks = [
            paper.Paragraph(html=title.html or paper.prose(title.title), language=title.language),
            paper.Heading(1, _("In this archive")),
            *(
                paper.Paragraph(html=f"<p>{paper.link(label, href)}</p>")
                for label, href in links
                if href in there or not href.endswith(".html")
            ),
            paper.Paragraph(
                html=paper.prose(
                    _(
                        "The record ends at %(mark)s. Compare it with the one beside the "
                        "workspace’s name in any digest mail."
                    )
                    % {"mark": consultation.journal.mark}
                )
            ),
        ]
        rows = [(paper.Link(file.name, name), code, sizes.said(file.size)) for code, file, name in files]
        if rows:
            blocks.append(paper.Table((_("Files"), "", ""), rows, widths=(4, 2, 1)))
        return _document(consultation, title.title, language, blocks)


def ballots(consultation, language):
    """The ballots of the room, what came out, and who voted how; None where there are none."""
    rows = list(Ballot.objects.filter(workspace=consultation.workspace_id).prefetch_related("options").order_by("pk"))
    if not rows:
        return None
    with languages.speaking(language):
        blocks = [block for row in rows for block in _ballot(row)]
        return _document(consultation, _("Ballots"), language, blocks)


def _ballot(row):
    yield paper.Heading(1, row.title, anchor=f"b{row.pk}")
    if row.html:
        yield paper.Paragraph(html=row.html)
    yield paper.Facts(((_("Opens"), moment(row.opens_at)), (_("Closes"), moment(row.closes_at))))
    if row.annulled_at:
        yield paper.Paragraph(html=paper.prose(wording.annulled(row)))
    if not row.counted_at:
        return
    counted = counting.final(row)
    names = {option.letter: str(option) for option in row.choices}
    yield paper.Paragraph(html=paper.prose(outcomes.explain(counted.facts, names)))
    for table in results.tables(row, counted):
        if len(table.heads) <= MOST_OPTIONS:
            cells = [(name, *map(str, numbers)) for name, numbers in table.rows]
            yield paper.Table(("", *table.heads), cells, caption=table.caption)
            if table.note:
                yield paper.Paragraph(html=paper.prose(table.note))
    if not counting.is_open_by_quorum(row):
        return
    heads = (_("Who"), pgettext("what somebody voted", "Vote"))
    if row.is_secret:
        votes = [(code, wording.said(row, value)) for code, value in counting.published(row)]
        heads = (_("Receipt code"), heads[1])
    else:
        votes = [_named(row, vote) for vote in row.votes.exclude(value="").select_related("member", "organisation")]
        votes = sorted(votes)
    if votes:
        yield paper.Table(heads, votes)


def _named(ballot, vote):
    said = wording.said(ballot, vote.value)
    if ballot.kind in NAMED_ONLY and vote.words:
        said = f"{said} – {vote.words}"
    return (vote.organisation.name if vote.organisation else vote.member.shown_name, said)


def texts(consultation, language):
    """The published versions of the draft texts, one after another; None where there are none."""
    rows = Version.objects.filter(document__consultation=consultation, published_at__isnull=False)
    rows = rows.select_related("document").defer("source", "report").order_by("document__number", "number")
    with languages.speaking(language):
        blocks = [block for row in rows for block in _version(consultation, row)]
        return _document(consultation, _("Draft texts"), language, blocks) if blocks else None


def _version(consultation, version):
    version.document.consultation = consultation
    yield paper.Heading(1, version.document.title, number=version.code, language=version.language)
    for block in version.paragraphs.all():
        if block.kind == BlockKind.HEADING:
            yield paper.Heading(min(4, max(2, block.level + 1)), block.text, block.number, language=version.language)
        else:
            yield paper.Paragraph(
                html=paper.prose(block.text), number=block.number, level=block.depth, language=version.language
            )


def _document(consultation, title, language, blocks):
    return paper.Document(
        title=title,
        language=language,
        symbol=consultation.code,
        publisher=settings.SITE_NAME,
        site=settings.SITE_URL,
        blocks=blocks,
    )
