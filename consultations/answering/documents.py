"""Draft texts as things one fetches by mail and comments by mail, paragraph by paragraph.

`GET ALP/2026/C3/D1` brings a text, `GET ALP/2026/C3/D1 12-15` some of its paragraphs, with what was proposed. A reply
says of which paragraph it speaks, `12: replace "shall" by "should"`, several in one mail; each line is an answer of its
own, so that one with a slip in it comes back and the others are taken.
"""

import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _

from consultations import differences, labels, texts
from consultations.answering import numbered
from consultations.models import Consultation, Document, Paragraph, Version
from consultations.models.comments import Action
from consultations.rules import comments as rules
from consultations.services import capacities, remarks
from consultations.wording import comments as wording
from consultations.wording import contributions as contribution_wording
from consultations.wording import documents as document_wording
from consultations.words import amendments as words
from core.access import No, Refused
from forum.keepers import Attempt
from forum.models.posts import Channel, State
from members.services import mandates
from notifications import answers, references
from notifications.reading import behalf

WITH_ROOM = Document.objects.with_all()
REMARKS = 60  # comments and proposals beside the paragraphs that were fetched
_REFERENCE = re.compile(r"([^/\s]+)/(\d{4})/C(\d{1,5})/D(\d{1,4})(?:\.(\d{1,4}))?(?:[ /](.{1,80}))?", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """Some blocks of a version, from one to another."""

    version: Version
    first: Paragraph
    last: Paragraph
    count: int

    @property
    def document(self):
        return self.version.document

    @property
    def is_one(self):
        return self.count == 1 and bool(self.first.label)

    @property
    def reference(self):
        return f"passage:{self.first.pk * remarks.STRIDE + self.count}"


# -- Finding -----------------------------------------------------------------------------------------------


def look(member, reference):
    """What `ALP/2026/C3/D1`, `ALP/2026/C3/D1.2` or `ALP/2026/C3/D1 12-15` names for this member."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[1].upper() != settings.REFERENCE_PREFIX.upper():
        return ""
    place = {"year": int(match[2]), "number": int(match[3])}
    consultation = Consultation.objects.visible_to(member).filter(**place).first()
    document = WITH_ROOM.visible_to(member).filter(consultation=consultation, number=int(match[4])).first()
    version = _version(member, document, match[5]) if document else None
    if version is None:
        return ""
    if match[6]:
        passage = _passage(version, match[6])
        return passage.reference if passage else ""
    if version.is_current:
        return document.reference
    whole = _between(version, 1, version.paragraphs.order_by("place").last().place)
    return whole.reference if whole else ""


def _version(member, document, number):
    rows = Version.objects.visible_to(member).with_all().filter(document=document)
    return (rows.filter(number=int(number)) if number else rows.filter(pk=document.current_id)).first()


def _passage(version, said):
    """The Passage that `12-15` or `12(a)` means: with what is below its last paragraph."""
    span = words.span(said)
    ends = [version.paragraphs.filter(label=label).first() for label in span] if span else [None]
    if None in ends or ends[0].place > ends[1].place:
        return None
    depth = labels.below(ends[1].label)
    later = version.paragraphs.filter(place__gt=ends[1].place).order_by("place")
    last = ends[1].place
    for row in later.only("place", "label", "kind")[:500]:
        if not row.label or labels.below(row.label) <= depth:
            break
        last = row.place
    return _between(version, ends[0].place, last)


def _between(version, first, last):
    rows = version.paragraphs.filter(place__gte=first, place__lte=last).order_by("place")
    count = min(rows.count(), remarks.STRIDE - 1)
    return Passage(version, rows[0], rows[count - 1], count) if count else None


def find(member, pk):
    return WITH_ROOM.visible_to(member).filter(pk=pk).first()


def find_passage(member, pk):
    first, count = divmod(pk, remarks.STRIDE)
    row = Paragraph.objects.with_all().filter(pk=first).first()
    if row is None or not Version.objects.visible_to(member).filter(pk=row.version_id).exists():
        return None
    return _between(row.version, row.place, row.place + max(1, count) - 1)


# -- Answering ---------------------------------------------------------------------------------------------


def is_open(member, document, version=None):
    """Does the text take comments of this member now?"""
    version = version or document.current
    if version is None:
        return No(_("%(document)s is not published yet.") % {"document": document.code})
    paragraph = Paragraph.objects.with_all().filter(version=version).numbered().first()
    if paragraph is None:
        return No(_("This text has no numbered paragraphs."))
    return rules.comment(member, paragraph, Attempt(is_asked=True))


def split(text):
    """What a mail says, a text for each paragraph it speaks of; a line for which organisation stands on each."""
    return numbered.texts([(bool(part.label), part.said) for part in words.split(text)], text)


def take(member, document, said, version=None, paragraph=None):
    """A comment or a proposal; paragraph: which one, where the text says no number."""
    version = version or document.current
    if version is None:
        raise Refused(is_open(member, document).reason, text=said.text)
    said = _with_capacity(member, document.consultation, said)
    found, _proposal, _besides = remarks.read(version, said.text, paragraph)
    attempt = answers.attempt_of(said, lambda attempt: rules.comment(member, found, attempt))
    found, proposal, post = remarks.say(
        author=member,
        version=version,
        text=said.text,
        paragraph=paragraph,
        attempt=attempt,
        channel=Channel.MAIL,
        key=said.key,
        files=said.files,
        sent_at=said.sent_at,
        voice=said.voice,
        organisation=said.organisation,
    )
    return answers.Taken(post.reference, is_waiting=post.state == State.PENDING, note=_note(found, proposal, post))


def take_passage(member, passage, said):
    paragraph = passage.first if passage.is_one else None
    return take(member, passage.document, said, version=passage.version, paragraph=paragraph)


def _with_capacity(member, consultation, said):
    """With the organisation of the first line, or the only one it can be; as in the thread of a question."""
    if said.organisation or said.voice:
        return said
    if (introduced := behalf.introduced(said.text)) and (named := mandates.spoken_for(member, introduced[0])):
        return replace(said, organisation=named, text=introduced[1])
    try:
        return replace(said, organisation=capacities.spoken_for(member, consultation))
    except Refused as refused:
        raise Refused(refused.reason, text=said.text) from None


def _note(paragraph, proposal, post):
    """What the receipt says: of which paragraph, and how a proposal was understood."""
    label = wording.number(paragraph.label)
    if proposal is None:
        said = _("comment on paragraph %(label)s") % {"label": label}
    else:
        said = {
            Action.REPLACE: _("new wording of paragraph %(label)s"),
            Action.DELETE: _("paragraph %(label)s to be deleted"),
            Action.INSERT: _("a new paragraph after %(label)s"),
        }[proposal.action] % {"label": label}
    if proposal and proposal.action == Action.REPLACE:
        said += ": " + differences.plain(differences.compare(paragraph.text, proposal.proposed))[:600]
    return "; ".join(filter(None, (said, contribution_wording.receipt(post))))


# -- Telling -----------------------------------------------------------------------------------------------


def tell(member, document):
    """(title, text): the version under discussion, until when it is, and how to comment."""
    version = document.current
    if version is None:
        return document.code, _("%(document)s is not published yet.") % {"document": document.code}
    may = bool(is_open(member, document))
    parts = [document_wording.heading(version), texts.as_text(version)]
    parts.append(document_wording.how(version) if may else "")
    return version.code, "\n\n".join(part for part in parts if part)


def tell_passage(member, passage):
    """(title, text): paragraphs, and what was said of them, proposals as differences."""
    version = passage.version
    parts = [document_wording.heading(version)]
    parts.append(texts.as_text(version, first=passage.first.place, last=passage.last.place))
    said = texts.placed(member, moderates=False).filter(
        paragraph__version=version,
        paragraph__place__gte=passage.first.place,
        paragraph__place__lte=passage.last.place,
    )
    said = said.order_by("paragraph__place", "contribution__number")
    parts += [document_wording.remark(row) for row in texts.drawn(said[:REMARKS])]
    if is_open(member, version.document, version):
        parts.append(document_wording.how(version, passage.first.label))
    title = passage.first.code if passage.is_one else version.code
    return title, "\n\n".join(part for part in parts if part)


def register():
    references.register(look)
    options = {"split": split, "is_one": True, "is_carried": True, "is_for_organisations": True}
    answers.register(
        "document",
        answers.Answerable(
            find=find, is_open=is_open, take=take, place=lambda document: document.reference, tell=tell, **options
        ),
    )
    answers.register(
        "passage",
        answers.Answerable(
            find=find_passage,
            is_open=lambda member, passage: is_open(member, passage.document, passage.version),
            take=take_passage,
            # The same words in answers to the text and to some of its paragraphs are said once.
            place=lambda passage: passage.first.reference if passage.is_one else passage.document.reference,
            tell=tell_passage,
            **options,
        ),
    )
