"""Draft texts: a file or a pasted text is read into paragraphs, looked at, and published as the next version.

What is read stands as a version that only facilitators see, with all that is not in order with its numbers, and with
what became of each paragraph of the version before. Publishing changes nothing in it any more.

A version's `report` is {"previous": number, "counts": {state: how many}, "rows": [[state, old, new, likeness]]}: by
labels, likeness in percent; paragraphs that are the same under the same number are counted and not listed.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import anchoring, labels, outline
from consultations.exporting import verify
from consultations.models import Consultation, Document, Paragraph, Phase, Version
from consultations.models.documents import BlockKind
from consultations.rules import documents as rules
from core import sizes
from core import text as texts
from core.access import Refused, require
from journal.models import Audience
from journal.services import record

MOST_BLOCKS = 6_000
MOST_CHARACTERS = 3_000_000
MOST_DOCUMENTS = 50  # of one consultation
MOST_PROBLEMS = 200
BATCH = 300


@dataclass(frozen=True)
class Source:
    """What a version is read from: the bytes, and a name whose ending tells the kind."""

    name: str
    content: bytes


def pasted(text):
    """The Source of a text that was pasted; Markdown where it has a heading of that kind."""
    text = text.replace("\r\n", "\n")
    is_markdown = any(line.startswith(("# ", "## ", "### ")) for line in text.split("\n"))
    return Source("pasted.md" if is_markdown else "pasted.txt", text.encode())


def prepare(*, by, phase, source, language, title="", summary="", document=None, at=None):
    """Read a text into a version that only facilitators see; returns it. One in preparation is replaced.

    Without `document` the text becomes a new one, called `title`. Raises Refused when the file cannot be read, when it
    is what is published already, or when the phase is not for texts.
    """
    consultation = phase.consultation
    require(rules.prepare, by, consultation)
    _check_phase(phase, by, consultation)
    blocks, problems = read(source)
    sha256 = hashlib.sha256(source.content).hexdigest()
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.prepare, by, consultation)
        document = _document(consultation, phase, title, document)
        if document.current and document.current.sha256 == sha256:
            raise Refused(_("This is version %(number)s, to the letter.") % {"number": document.current.number})
        document.versions.filter(published_at=None).delete()
        version = Version.objects.create(
            document=document,
            phase=phase,
            number=_last(document) + 1,
            language=language,
            summary=texts.clean_text(summary).strip()[:2000],
            source=source.content,
            source_name=texts.clean_line(source.name, 200),
            sha256=sha256,
            problems=[texts.clean_line(problem, 400) for problem in problems[:MOST_PROBLEMS]],
            paragraph_count=sum(bool(label) for label in labels.all_of(blocks)),
            prepared_at=at or timezone.now(),
        )
        _fill(version, blocks)
        facts = {"code": version.code, "sha256": sha256, "paragraphs": version.paragraph_count}
        record("version.prepared", actor=by, about=version, data=facts, audience=Audience.MODERATORS, at=at)
    return version


def read(source):
    """(blocks, problems) of a Source; raises Refused with what is wrong and what to do."""
    if len(source.content) > settings.MAX_FILE_BYTES:
        facts = {"most": sizes.said(settings.MAX_FILE_BYTES)}
        raise Refused(_("The file is too large; the limit is %(most)s. Leave its pictures out.") % facts)
    try:
        read = outline.read(source.content, source.name)
    except outline.Unreadable as unreadable:
        raise Refused(str(unreadable)) from None
    if not read.blocks:
        raise Refused(_("There is no text in this. Paste one, or choose a file (.txt, .md or .docx)."))
    length = sum(len(block.text) for block in read.blocks)
    if len(read.blocks) > MOST_BLOCKS or length > MOST_CHARACTERS:
        facts = {"most": MOST_BLOCKS, "characters": MOST_CHARACTERS}
        raise Refused(
            _("The text is too long: at most %(most)s in paragraphs, %(characters)s in characters. Upload its parts.")
            % facts
        )
    return read.blocks, read.problems


def publish(*, by, version, at=None):
    """Show a prepared version to all who may read the consultation; comments go to it from now on."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(version.document.consultation_id)
        version = Version.objects.with_all().select_for_update(of=("self",), no_key=True).get(pk=version.pk)
        version.document.consultation = consultation
        require(lambda member, thing: rules.publish(member, thing, at), by, version)
        version.published_at = at or timezone.now()
        version.save(update_fields=["published_at"])
        document = version.document
        document.current, document.phase = version, version.phase
        document.save(update_fields=["current", "phase"])
        facts = {
            "code": version.code,
            "title": document.title,
            "language": version.language,
            "phase": version.phase_id,
            "sha256": version.sha256,
            "text_sha256": verify.sha256_of_text(version.paragraphs.values(*verify.BLOCK)),
            "paragraphs": version.paragraph_count,
            "summary": version.summary,
            "report": version.report.get("counts", {}),
        }
        record("version.published", actor=by, about=version, data=facts, at=at)
    return version


def drop(*, by, version):
    """Take back a version that was not published; a document without any goes with it."""
    with transaction.atomic():
        Consultation.objects.locked(version.document.consultation_id)
        version = Version.objects.with_all().select_for_update(of=("self",), no_key=True).get(pk=version.pk)
        require(rules.drop, by, version)
        facts = {"code": version.code}
        record("version.dropped", actor=by, about=version, data=facts, audience=Audience.MODERATORS)
        document = version.document
        version.delete()
        if document.current_id is None:
            document.delete()


# -- Reading a text into paragraphs ------------------------------------------------------------------------


def _check_phase(phase, by, consultation):
    require(lambda _member, phase: rules.takes_texts(phase), by, phase)
    if phase.consultation_id != consultation.pk:
        raise Refused(_("Choose a phase of this consultation."))


def _document(consultation, phase, title, document):
    if document is not None:
        document = Document.objects.with_all().get(pk=document.pk, consultation=consultation)
        document.consultation = consultation
        return document
    title = texts.clean_line(title, 200)
    if not title:
        raise Refused(_("Give the text a title."))
    numbers = consultation.documents.aggregate(last=Max("number"))["last"] or 0
    if numbers >= MOST_DOCUMENTS:
        raise Refused(_("No more texts fit into a consultation: the most is %(most)s.") % {"most": MOST_DOCUMENTS})
    phase = Phase.objects.get(pk=phase.pk)
    return Document.objects.create(consultation=consultation, phase=phase, number=numbers + 1, title=title)


def _last(document):
    return document.versions.aggregate(last=Max("number"))["last"] or 0


def _fill(version, blocks):
    """Write the paragraphs, each with the key of the one it was; keep what became of the others in the report."""
    document = version.document
    shown = labels.all_of(blocks)
    new = [
        anchoring.Block(block.kind, label, block.text, block.level) for block, label in zip(blocks, shown, strict=True)
    ]
    earlier = list(document.current.paragraphs.order_by("place")) if document.current else []
    old = [anchoring.Block(row.kind, row.label, row.text, row.level) for row in earlier]
    matched = anchoring.anchor(old, new) if earlier else anchoring.Anchoring([None] * len(new))
    rows = []
    for place, (block, label, was) in enumerate(zip(blocks, shown, matched.of, strict=True), 1):
        if was is None:
            document.last_key += 1
        rows.append(
            Paragraph(
                version=version,
                place=place,
                kind=BlockKind(block.kind),
                key=f"p{document.last_key}" if was is None else earlier[was].key,
                number=texts.clean_line(block.number, 60),
                label=label,
                level=block.level,
                text=texts.clean_text(block.text),
            )
        )
    Paragraph.objects.bulk_create(rows, batch_size=BATCH)
    document.save(update_fields=["last_key"])
    if earlier:
        version.report = _report(document.current, matched, old, new)
        version.save(update_fields=["report"])


def _report(previous, matched, old, new):
    counts, rows = Counter(), []
    for found in matched.anchors:
        before = old[found.old].label if found.old is not None else ""
        after = new[found.new].label if found.new is not None else ""
        own = old[found.old] if found.state in (anchoring.ORPHANED, anchoring.MERGED) else new[found.new]
        if not own.label:
            continue
        counts[found.state] += 1
        if found.state != anchoring.KEPT or before != after:
            rows.append([found.state, before, after, round(100 * found.likeness)])
    return {"previous": previous.number, "counts": dict(counts), "rows": rows}
