"""Papers come to the documents desk, in new versions, and are withdrawn.

The files of a version hang on a post of its own in the thread of the item, or of the hearing: whoever reads that gets
them, by web and by mail, and a new paper is told wherever a post is.
"""

import hashlib

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.models import DeskDocument, DeskFile, DeskVersion, Hearing, Item
from consultations.hearings.models.desk import Series
from consultations.hearings.rules import desk as rules
from core import text as texts
from core.access import Refused, require
from forum.models import Thread
from forum.models.posts import State
from forum.services import attachments, posts, writing
from journal.services import record

MOST = 500  # papers of one hearing
MOST_VERSIONS = 50  # of one paper


def publish(*, by, hearing, wordings, files, item=None, series=Series.CRP, key=None, at=None):
    """Bring a new paper to the desk; returns its first DeskVersion. The same key again is the same one.

    wordings: {language: (title, what it is about)}, the original first. files: {language: Upload}. item: which it is
    for, else it is for the whole hearing. Raises Refused without a title or a file, and for files that cannot be kept.
    """
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        if earlier := _earlier(key):
            return earlier
        require(rules.publish, by, hearing)
        if hearing.desk_documents.count() >= MOST:
            raise Refused(_("This is more than can be kept here."))
        document = DeskDocument(hearing=hearing, item=item and Item.objects.locked(item.pk), series=series)
        document.word(wordings)
        if not document.title:
            raise Refused(_("A document needs a title in the language it is written in."), text=document.text)
        last = hearing.desk_documents.filter(series=series).aggregate(last=Max("number"))["last"]
        document.number = (last or 0) + 1
        document.created_at = at or timezone.now()
        document.save()
        return _add(by, document, files, document.text, key, at)


def revise(*, by, document, files, change, key=None, at=None):
    """Bring the next version of a paper; returns it. change: what is different, in a sentence that all read."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(document.hearing_id)
        if earlier := _earlier(key):
            return earlier
        require(rules.publish, by, hearing, text=change)
        document = DeskDocument.objects.select_related("item__thread").get(pk=document.pk)
        document.hearing = hearing
        change = texts.clean_line(change, 400)
        if not change:
            raise Refused(_("Say what has changed: it is all that most people read of a new version."))
        if document.last_version >= MOST_VERSIONS:
            raise Refused(_("This is more than can be kept here."), text=change)
        return _add(by, document, files, change, key, at, change=change)


def reword(*, by, document, language, title, text="", at=None):
    """Name a paper in one more language, or anew in one it has; an empty title takes a translation away."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(document.hearing_id)
        require(rules.publish, by, hearing, text=text)
        document = DeskDocument.objects.select_related("item").get(pk=document.pk)
        document.hearing = hearing
        document.reword(language, title, text)
        if not document.title:
            raise Refused(_("A document needs a title in the language it is written in."), text=text)
        document.save()
        data = {"symbol": document.symbol, "wordings": document.said()}
        record("desk.reworded", actor=by, about=document, data=data, at=at)
    return document


def withdraw(*, by, version, reason, at=None):
    """Take a version off the desk; its place stays, with the reason, and moderators alone see its files."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(version.document.hearing_id)
        version = DeskVersion.objects.select_related("document__item", "post").get(pk=version.pk)
        version.document.hearing = hearing
        require(rules.withdraw, by, version, text=reason)
        reason = texts.clean_line(reason, 400)
        if not reason:
            raise Refused(_("Say why it is withdrawn: all readers see the reason."))
        version.withdrawn_at, version.withdrawn_because = at or timezone.now(), reason
        version.save(update_fields=["withdrawn_at", "withdrawn_because"])
        if version.post.state == State.PUBLISHED:
            posts.hide(by=by, post=version.post, reason=reason, at=at)
        data = _named(version) | {"reason": reason}
        record("desk.withdrawn", actor=by, about=version.document, data=data, at=at)
    return version


def _add(by, document, files, words, key, at, change=""):
    """Write the next version of a paper, of a hearing the caller has locked."""
    accepted = _accepted(files)
    number = document.last_version + 1
    version = DeskVersion(
        document=document,
        number=number,
        change=change,
        published_by=by,
        published_at=at or timezone.now(),
        key=key,
    )
    thread = Thread.objects.locked(
        (document.item.thread_id if document.item_id else None) or document.hearing.thread_id
    )
    version.post = writing.append(
        thread,
        author=by,
        text="\n\n".join(filter(None, (f"**{version.symbol}** {document.title}", words))),
        files=[upload for upload, _language in accepted],
        language=document.language,
        at=at,
    )
    version.save()
    document.last_version, document.changed_at = number, version.published_at
    document.save(update_fields=["last_version", "changed_at"])
    kept = {(one.sha256, one.name): one for one in version.post.attachments.all()}
    rows = {}
    for upload, language in accepted:
        attachment = kept[hashlib.sha256(upload.content).hexdigest(), upload.name]
        rows.setdefault(attachment.pk, DeskFile(version=version, attachment=attachment, language=language))
    DeskFile.objects.bulk_create(rows.values())
    data = _named(version) | {"files": [_of_file(one) for one in rows.values()], "change": change}
    record("desk.published", actor=by, about=document, data=data, at=at)
    return version


def _accepted(files):
    """[(Upload as it may be kept, language)]; raises Refused with what is wrong with each that may not."""
    if not files:
        raise Refused(_("Choose a file in at least one language."))
    accepted, problems = [], []
    for language, upload in files.items():
        taken, wrong = attachments.checked([upload])
        accepted += [(one, language) for one, _kind in taken]
        problems += wrong
    if problems:
        raise Refused(" ".join(problems))
    return accepted


def _earlier(key):
    return DeskVersion.objects.select_related("document__hearing").filter(key=key).first() if key else None


def _named(version):
    document = version.document
    return {
        "symbol": version.symbol,
        "version": version.number,
        "item": document.item.label if document.item_id else None,
        "wordings": {language: [title] for language, (title, _text) in document.wordings.items()},
    }


def _of_file(file):
    one = file.attachment
    return {"name": one.name, "language": file.language, "bytes": one.size, "sha256": one.sha256}
