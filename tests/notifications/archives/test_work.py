"""How much an import holds and asks for at a time: neither grows with the archive."""

import os

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum.models import Post
from notifications.archives import importer, mbox, readers
from tests.notifications.archives.mails import import_into, mail
from tests.notifications.archives.mails import mbox as as_mbox


def test_a_file_is_looked_through_a_window(tmp_path, monkeypatch):
    (tmp_path / "big.mbox").write_bytes(
        as_mbox(mail("a", text="long " * 200_000), *[mail(f"m{n}") for n in range(2_000)])
    )
    asked, pread = [], os.pread
    monkeypatch.setattr(mbox, "WINDOW", 10_000)
    monkeypatch.setattr(os, "pread", lambda fd, size, at: asked.append(size) or pread(fd, size, at))

    source = next(mbox.sources(tmp_path / "big.mbox", tmp_path))

    assert sum(1 for _piece in mbox.pieces(source)) == 2_001
    assert max(asked) <= 10_000
    assert sum(asked) < 2 * source.path.stat().st_size + 2_001 * 6_000  # once through, and a little for each mail


def test_only_a_few_portions_are_read_ahead():
    class Pool:
        """Remembers how many portions are under way."""

        waiting = most = 0

        def submit(self, work, portion):
            self.waiting += 1
            self.most = max(self.most, self.waiting)
            return self

        def result(self):
            self.waiting -= 1
            return [None] * readers.PORTION_MAILS

    class Row:
        length = 1

    pool = Pool()

    rows = [Row() for _ in range(100 * readers.PORTION_MAILS)]
    assert sum(1 for _ in readers._read_in(pool, rows, most=3)) == len(rows)
    assert pool.most == 3


@pytest.mark.parametrize("count", [5, 80])
def test_a_batch_takes_as_many_queries_for_many_mails_as_for_few(world, tmp_path, count):
    world.room("springs")
    mails = [mail(f"m{n}", subject=f"Spring {n}", hours=n) for n in range(count)]
    answers = [mail(f"r{n}", after=f"m{n}", hours=n + 1) for n in range(count)]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        import_into("springs", as_mbox(*mails, *answers), tmp_path=tmp_path)

    assert Post.objects.filter(channel="import").count() == 2 * count
    assert len(queries) < 40


def test_batches_end_at_a_number_of_mails_or_of_characters(monkeypatch):
    class Content:
        text, html, files = "x" * 100, "", ()

    monkeypatch.setattr(importer, "BATCH_MAILS", 10)
    assert [len(batch) for batch in importer._batches((None, Content) for _ in range(25))] == [10, 10, 5]

    monkeypatch.setattr(importer, "BATCH_CHARACTERS", 400)
    assert [len(batch) for batch in importer._batches((None, Content) for _ in range(9))] == [4, 4, 1]
