"""The synthesis as a paper: numbered paragraphs, a link from every reference to what is cited, the words that are cited
in small print, the contributions at the end, and corrigenda with what was there before.
"""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations import paper, proceedings
from consultations.models.syntheses import ObjectionState
from consultations.services import translations
from consultations.services.syntheses import shown_words
from consultations.wording.times import moment
from core import languages


def document(synthesis, *, language="en", now=None, beside=""):
    """The paper.Document of a published synthesis; what stands around its sentences is in one of our languages.

    beside: the file with all contributions that lies beside this one (`proceedings.html`), to which references lead;
    without it they lead to the site. Its queries do not grow with the sentences.
    """
    now = now or timezone.now()
    with languages.speaking(language), timezone.override("UTC"):
        translation = translations.asked_for(synthesis, language)
        blocks = list(_blocks(synthesis, beside, translation))
        return paper.Document(
            title=translation.title if translation else synthesis.title,
            subtitle=_("Synthesis of the consultation “%(title)s”")
            % {"title": synthesis.consultation.worded(language).title},
            language=language,
            symbol=f"{synthesis.consultation.code}/S",
            publisher=settings.SITE_NAME,
            date_line=date_format(now, "DATE_FORMAT"),
            issued=now,
            site=settings.SITE_URL,
            contents=paper.contents_of(blocks),
            with_cover=len(blocks) > 40,
            blocks=blocks,
        )


def _blocks(synthesis, beside, translation):
    rows = synthesis.sentences.standing().prefetch_related(
        "citations__contribution__post__author", "citations__contribution__post__organisation"
    )
    rows, cited = list(rows), {}
    for row in rows:
        for one in row.citations.all():
            one.contribution.consultation = synthesis.consultation
            cited[one.contribution.number] = one.contribution
    yield _facts(synthesis, rows, cited, translation)
    number, pending = 0, []
    for row in rows:
        row.said = (translation.of(row) if translation else "") or row.text
        row.tongue = translation.language if row.said != row.text else synthesis.language
        if pending and (row.is_heading or row.starts_paragraph):
            number += 1
            yield _paragraph(synthesis, pending, number, beside)
            pending = []
        if row.is_heading:
            yield paper.Heading(1, row.said, anchor=f"h{row.pk}", language=row.tongue)
        else:
            pending.append(row)
    if pending:
        yield _paragraph(synthesis, pending, number + 1, beside)
    if synthesis.because:
        yield paper.Paragraph(
            html=paper.prose(_("Why some sentences cite nothing: %(reason)s") % {"reason": synthesis.because})
        )
    yield from _corrigenda(synthesis)
    yield from _sources(cited, beside)


def _facts(synthesis, rows, cited, translation):
    sentences = sum(not row.is_heading for row in rows)
    told = _("This is a translation. What counts is the text in the language it was written in: %(name)s.")
    pairs = [
        (_("Translation"), told % {"name": synthesis.get_language_display()} if translation else ""),
        (_("Facilitators"), ", ".join(proceedings.facilitators(synthesis.consultation))),
        (_("Published"), moment(synthesis.published_at)),
        (_("Sentences"), str(sentences)),
        (_("Contributions that are cited"), str(len(cited))),
        (_("SHA-256 of the text"), synthesis.sha256),
    ]
    return paper.Facts(tuple((name, value) for name, value in pairs if value))


def _paragraph(synthesis, rows, number, beside):
    """One numbered paragraph of these sentences; the words they cite stand below it."""
    parts, notes = [], []
    for row in rows:
        cited = "".join(
            f" {paper.link(f'[{one.contribution.number}]', _address(one.contribution, beside))}"
            for one in row.citations.all()
        )
        parts.append(f"{escape(row.said)}{cited}")
        for one in row.citations.all():
            if words := shown_words(one):
                said = pgettext("words of a contribution", "[%(number)s] “%(words)s”")
                notes.append(escape(said % {"number": one.contribution.number, "words": words}))
    return paper.Paragraph(
        html=f"<p>{' '.join(parts)}</p>", number=f"{number}.", notes=tuple(notes), language=rows[0].tongue
    )


def _address(contribution, beside):
    if beside:
        return f"{beside}#c{contribution.number}"
    return f"{settings.SITE_URL}{contribution.get_absolute_url()}"


def _corrigenda(synthesis):
    accepted = list(
        synthesis.objections.filter(state=ObjectionState.ACCEPTED).select_related("sentence", "corrigendum")
    )
    for corrigendum in synthesis.corrigenda.all():
        title = _("Corrigendum %(number)s") % {"number": corrigendum.number}
        yield paper.Heading(1, title, anchor=f"corrigendum{corrigendum.number}")
        rows = [
            (str(row.sentence.number), row.was_shown, row.corrected_shown)
            for row in accepted
            if row.corrigendum_id == corrigendum.pk
        ]
        header = (_("Sentence"), _("It was"), _("It reads"))
        yield paper.Table(header, rows, caption=moment(corrigendum.published_at), widths=(1, 4, 4))


def _sources(cited, beside):
    if not cited:
        return
    yield paper.Heading(1, _("Contributions that are cited"), anchor="sources")
    rows = [
        (paper.Link(row.code, _address(row, beside)), *_speaker(row.post)) for _number, row in sorted(cited.items())
    ]
    yield paper.Table((_("Reference"), _("Who"), _("Organisation")), rows, widths=(2, 3, 3))


def _speaker(post):
    return str(post.author_name), post.organisation.name if post.organisation else ""
