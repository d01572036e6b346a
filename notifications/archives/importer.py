"""The import of an archive: look at everything, decide, then write thread by thread.

What is written does not depend on the order of the files, and each batch is one transaction that also says which mails
it brought. So a run that was killed is ended by running it again, and a later file joins the threads of earlier ones.
"""

import fcntl
import os
import shutil
import time
from collections import OrderedDict
from contextlib import contextmanager
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from core.access import Refused
from forum.models import Post
from forum.services import imports
from members.models import Member
from notifications.archives import contents, heads, mbox, readers, threading
from notifications.archives.stage import Stage
from notifications.models import ImportedMail
from notifications.models.archives import KEY_BYTES

BATCH_MAILS = 300
BATCH_CHARACTERS = 2_000_000  # of text, HTML and files in one transaction
MOST_ADDRESSES = 20_000  # whose owners are remembered


class Importer:
    """One run into one workspace. `progress(stage, done, total)` is told how far it is."""

    def __init__(self, workspace, report, *, processes=1, progress=lambda *_: None):
        self.workspace, self.report = workspace, report
        self.processes, self.progress = processes, progress
        self.folder = settings.DATA / "imports" / workspace.slug
        self.authors = _Authors()

    def run(self, paths):
        """Import files and folders. Raises Unreadable for one that is not there, before anything is written."""
        with _alone(self.folder):
            sources = [source for path in paths for source in mbox.sources(path, self.folder)]
            size = sum(source.path.stat().st_size for source in sources)
            with readers.readers(self.processes if size > readers.WORTH_IT else 0) as read:
                self.stage = Stage(self.folder / "stage.sqlite3")
                try:
                    self._load_known()
                    self._look(sources, size)
                    self._drop_copies()
                    threading.decide(self.stage)
                    self._write(read)
                    self._regraft()
                finally:
                    self.stage.close()
                    contents.close()

    # -- Looking ---------------------------------------------------------------------------------------------

    def _load_known(self):
        rows = ImportedMail.objects.filter(workspace=self.workspace).order_by("pk").values_list(
            "key", "message_id", "body", "words", "subject", "is_reply", "wanted",
            "post", "post__thread", "post__parent", "post__sent_at",
        )  # fmt: skip
        for done, row in enumerate(rows.iterator(chunk_size=1000), 1):
            key, message_id, body, words, subject, is_reply, wanted, post, thread, parent_post, sent_at = row
            self.stage.add_known(
                key=bytes(key),
                message_id=message_id,
                body=bytes(body),
                words=bytes(words),
                subject=bytes(subject),
                is_reply=is_reply,
                wanted=_split(bytes(wanted)),
                post=post,
                thread=thread,
                parent_post=parent_post,
                sent=int(sent_at.timestamp()) if sent_at else None,
            )
            if done % 1000 == 0:
                self.progress("known", done, None)

    def _look(self, sources, total):
        done, now = 0, int(time.time())
        for source in sources:
            number = self.stage.add_source(source)
            if source.damage:
                self.report.noted(source.damage, source.name)
            for piece in mbox.pieces(source):
                self._look_at(source, number, piece, now)
                self.progress("read", done + piece.start + piece.length, total)
            done += source.path.stat().st_size

    def _look_at(self, source, number, piece, now):
        path = os.fsencode(source.path)
        data = contents.raw(path, source.kind, piece.start, min(piece.length, settings.MAX_MAIL_BYTES))
        try:
            head = heads.read(data, piece.envelope, now=now)
        except Exception as error:  # one bad mail must not stop an archive
            place = heads.Place("", source.name, piece.start, None)
            self.report.refused(place, f"its headers could not be read: {type(error).__name__}")
            return
        place = heads.Place(head.message_id if head.has_own_id else "", source.name, piece.start, head.sent.at)
        if piece.length > settings.MAX_MAIL_BYTES:
            self.report.refused(place, f"it is too large: it has {piece.length} bytes")
        elif not head.is_mail:
            self.report.refused(place, "it is no mail, for it has no headers")
        else:
            self.stage.add(number, piece, head)

    def _drop_copies(self):
        """Keep one of the mails that say the same under one Message-ID; others under it get a name of their own."""
        for copies in self.stage.doubtful():
            first, *others = copies
            for copy in others:
                if copy.body == first.body or self._words(copy) == self._words(first):
                    self._drop(copy, first.id if first.was_known else None)
                    continue
                message_id = f"{copy.message_id[:850]}.{self._words(copy).hex()}"
                key = heads.digest(message_id)
                if named := self.stage.named(key):
                    self._drop(copy, named[0] if named[1] else None)
                else:
                    self.stage.rename(copy.id, key, message_id)

    def _drop(self, copy, known):
        if known:
            self.stage.adopt(known, copy.id)
        else:
            self.stage.drop(copy.id)
        self.report.duplicate(copy, "it was imported before" if known else "the same mail is in the files twice")

    def _words(self, copy):
        if copy.words is not None:
            return copy.words
        return contents.words(contents.raw(copy.path, copy.kind, copy.start, copy.length))

    # -- Writing ---------------------------------------------------------------------------------------------

    def _write(self, read):
        total = self.stage.value("SELECT count(*) FROM work")
        groups, done = OrderedDict(), 0
        for batch in _batches(read(self.stage.work())):
            self._write_batch(batch, groups)
            done += len(batch)
            while len(groups) > 1:  # threads come one after the other, so only the last may go on
                groups.popitem(last=False)
            self.progress("written", done, total)

    def _write_batch(self, batch, groups):
        drafts = {}
        self.authors.look_up({content.address for _row, content in batch})
        for row, content in batch:
            if content.refused:
                self.report.refused(row, content.refused)
                continue
            if row.component not in groups:
                groups[row.component] = imports.Group(thread=self.stage.thread_of(row.component))
            group = groups[row.component]
            group.title = group.title or content.title
            drafts[row.id] = imports.Imported(
                text=content.text,
                html=content.html,
                html_version=content.html_version,
                sent_at=datetime.fromtimestamp(row.sent, UTC),
                group=group,
                parent=self._parent(row, drafts),
                author=self.authors.of(content.address),
                byline=content.name,
                byline_address=content.address,
                files=tuple(content.files),
            )
        with transaction.atomic():
            imports.add(self.workspace, list(drafts.values()))
            ImportedMail.objects.bulk_create(
                [self._known(row, content, drafts[row.id]) for row, content in batch if row.id in drafts],
                batch_size=200,
            )
        for row, content in batch:
            if row.id in drafts:
                self.stage.written(row.id, drafts[row.id].post.pk)
                guess = ["its parent was found by its subject"] if row.is_guess else []
                self.report.imported(row, [*filter(None, [row.note]), *guess, *content.notes])

    def _parent(self, row, drafts):
        """What a mail hangs under: a draft of this batch or the id of a post; mails that are no posts are passed."""
        mail = row.id
        if row.is_alone:
            return None
        while above := self.stage.above(mail):
            mail, post = above
            if mail in drafts:
                return drafts[mail]
            if post:
                return post
        return None

    def _known(self, row, content, draft):
        return ImportedMail(
            workspace=self.workspace,
            key=row.key,
            message_id=row.message_id,
            body=row.body,
            words=content.words,
            subject=row.subject,
            is_reply=row.is_reply,
            wanted=b"" if row.is_alone else b"".join(self.stage.missing(row.id)),
            post=draft.post,
            source=row.name[-200:],
        )

    def _regraft(self):
        """Hang mails of earlier imports under what they answer, if that came only now."""
        for mail, answered in self.stage.regrafts():
            post, parent, key = self.stage.pair(mail, answered)
            if not post or not parent:
                continue
            with transaction.atomic():
                imports.hang(Post(pk=post), Post(pk=parent))
                known = ImportedMail.objects.select_for_update().get(workspace=self.workspace, post=post)
                keys = _split(bytes(known.wanted))
                known.wanted = b"".join(keys[: keys.index(key)])
                known.save(update_fields=["wanted"])
            self.report.moved()


class _Authors:
    """Which members own the addresses that mails come from."""

    def __init__(self):
        self.known = {}

    def look_up(self, addresses):
        """Find out about several addresses at once."""
        if len(self.known) > MOST_ADDRESSES:
            self.known.clear()
        new = {address for address in addresses if address and address not in self.known}
        if new:
            self.known |= dict.fromkeys(new) | Member.objects.by_addresses(new)

    def of(self, address):
        """The member's id, or None."""
        return self.known.get(address)


def _batches(pairs):
    batch, size = [], 0
    for row, content in pairs:
        batch.append((row, content))
        size += len(content.text) + len(content.html) + sum(len(file.content) for file in content.files)
        if len(batch) >= BATCH_MAILS or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _split(keys):
    return [keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES)]


@contextmanager
def _alone(folder):
    """An empty folder for this run, which no other run into the same workspace uses meanwhile."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{folder}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("Another import into this workspace is running. Wait until it has ended.") from None
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
        folder.mkdir()
        try:
            yield
        finally:
            shutil.rmtree(folder, ignore_errors=True)
