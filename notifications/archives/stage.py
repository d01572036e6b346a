"""The stage: what is known of every mail before the first is written, in a small SQLite file beside the import.

It keeps memory flat for archives of any size, and gives `threading` the whole archive to decide on: the mails of the
files and those that earlier imports brought, each once. It is made anew by every run and holds no text.
"""

import os
import sqlite3
from dataclasses import dataclass

TABLES = """
CREATE TABLE source (id INTEGER PRIMARY KEY, path BLOB, name TEXT, kind TEXT, modified INTEGER);
CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL,          -- digest of the Message-ID
    message_id TEXT NOT NULL,
    body BLOB NOT NULL,         -- digest of the bytes of the body
    words BLOB,                 -- digest of the text, where it was needed to tell two mails apart
    subject BLOB NOT NULL,
    is_reply INTEGER NOT NULL,
    told INTEGER,               -- seconds since 1970, as far as the mail tells
    sent INTEGER,               -- the same, or what its relatives and neighbours make likely
    note TEXT NOT NULL DEFAULT '',
    source INTEGER,             -- where its bytes stand; null when only an earlier import knows it
    start INTEGER,
    length INTEGER,
    post INTEGER,               -- what it became: in an earlier run, or since this one wrote it
    was_known INTEGER NOT NULL DEFAULT 0,
    thread INTEGER,
    parent_post INTEGER,
    parent INTEGER,             -- the mail it hangs under
    is_alone INTEGER NOT NULL DEFAULT 0, -- it hangs under nothing, but stands in that mail's thread
    is_guess INTEGER NOT NULL DEFAULT 0,
    component INTEGER,
    moment INTEGER,             -- its place in time: no earlier than its parent's
    depth INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX mail_key ON mail (key);
CREATE INDEX mail_post ON mail (post);
CREATE TABLE ancestor (mail INTEGER, rank INTEGER, key BLOB, PRIMARY KEY (mail, rank)) WITHOUT ROWID;
CREATE TABLE wanted (mail INTEGER, rank INTEGER, key BLOB, PRIMARY KEY (mail, rank)) WITHOUT ROWID;
CREATE TABLE work (id INTEGER PRIMARY KEY, mail INTEGER, component INTEGER);
"""
LATEST = 1 << 62


@dataclass(frozen=True)
class Copy:
    """One of several mails with one Message-ID, and where its bytes stand."""

    id: int
    key: bytes
    message_id: str
    body: bytes
    words: bytes | None
    was_known: bool
    path: bytes | None
    kind: str | None
    name: str | None
    start: int | None
    length: int | None


@dataclass(frozen=True)
class Row:
    """A mail to be written, and where its bytes stand."""

    id: int
    component: int
    path: bytes
    kind: str
    name: str
    start: int
    length: int
    sent: int
    message_id: str
    note: str
    is_guess: bool
    key: bytes
    body: bytes
    subject: bytes
    is_reply: bool
    is_alone: bool


class Stage:
    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=OFF")
        self.db.execute("PRAGMA synchronous=OFF")
        self.db.execute("PRAGMA cache_size=-6000")
        self.db.execute("PRAGMA temp_store=FILE")
        self.db.executescript(TABLES)
        self.db.execute("BEGIN")

    def close(self):
        self.db.close()

    def value(self, sql, *values):
        row = self.db.execute(sql, values).fetchone()
        return row[0] if row else None

    def add_source(self, source):
        modified = int(source.path.stat().st_mtime)
        row = (os.fsencode(source.path), source.name, source.kind, modified)
        return self.db.execute("INSERT INTO source (path, name, kind, modified) VALUES (?, ?, ?, ?)", row).lastrowid

    def add_known(self, *, key, message_id, body, words, subject, is_reply, wanted, post, thread, parent_post, sent):
        """A mail of an earlier import. `wanted` are the keys of what it answers and was missing, nearest first."""
        mail = self.db.execute(
            "INSERT INTO mail (key, message_id, body, words, subject, is_reply, told, sent, post, was_known, thread,"
            " parent_post) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
            (key, message_id, body, words, subject, is_reply, sent, sent, post, thread, parent_post),
        ).lastrowid
        self._add_keys("wanted", mail, wanted)

    def add(self, source, piece, head):
        """A mail of a file."""
        mail = self.db.execute(
            "INSERT INTO mail (key, message_id, body, subject, is_reply, told, sent, note, source, start, length,"
            " is_alone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                head.key,
                head.message_id,
                head.body,
                head.subject,
                head.is_reply,
                head.sent.at,
                head.sent.at,
                head.sent.note,
                source,
                piece.start,
                piece.length,
                head.is_alone,
            ),
        ).lastrowid
        self._add_keys("ancestor", mail, head.ancestors)

    def _add_keys(self, table, mail, keys):
        rows = [(mail, rank, key) for rank, key in enumerate(keys)]
        self.db.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)  # noqa: S608 a name of ours

    def doubtful(self):
        """Groups of Copies, the one to keep first: mails that have one Message-ID."""
        for (key,) in self.db.execute("SELECT key FROM mail GROUP BY key HAVING count(*) > 1").fetchall():
            # The one that is kept must not depend on the order of the files: an earlier import's, then the one that
            # says most about what it answers, then the oldest, then any, always the same.
            rows = self.db.execute(
                "SELECT mail.id, key, message_id, body, words, was_known, path, kind, name, start, length FROM mail"
                " LEFT JOIN source ON source.id = mail.source WHERE key = ?"
                " ORDER BY was_known DESC, (SELECT count(*) FROM ancestor WHERE mail = mail.id) DESC,"
                " told IS NULL, told, body, length, mail.id",
                (key,),
            )
            yield [Copy(*row) for row in rows.fetchall()]

    def adopt(self, known, copy):
        """A mail of an earlier import is told again by its file: it is decided on as if it had never been written."""
        if self.value("SELECT source FROM mail WHERE id = ?", known) is None:
            self.db.execute(
                "UPDATE mail SET (told, source, start, length) = (SELECT told, source, start, length FROM mail"
                " WHERE id = ?) WHERE id = ?",
                (copy, known),
            )
            self.db.execute("UPDATE ancestor SET mail = ? WHERE mail = ?", (known, copy))
        self.drop(copy)

    def drop(self, mail):
        self.db.execute("DELETE FROM ancestor WHERE mail = ?", (mail,))
        self.db.execute("DELETE FROM mail WHERE id = ?", (mail,))

    def named(self, key):
        """(id, was it known) of the mail of that name, or None."""
        return self.db.execute("SELECT id, was_known FROM mail WHERE key = ?", (key,)).fetchone()

    def rename(self, mail, key, message_id):
        self.db.execute("UPDATE mail SET key = ?, message_id = ? WHERE id = ?", (key, message_id, mail))

    def regrafts(self):
        """Mails of earlier imports whose nearest answered mail has come since: pairs (their id, its id)."""
        return self.db.execute(
            "SELECT child.id, (SELECT answered.id FROM wanted JOIN mail AS answered ON answered.key = wanted.key"
            " WHERE wanted.mail = child.id ORDER BY rank LIMIT 1) AS answered_id FROM mail AS child"
            " WHERE child.was_known AND child.id IN (SELECT mail FROM wanted) AND answered_id IS NOT NULL"
            " ORDER BY child.told, child.key"
        ).fetchall()

    def work(self):
        """The mails to be written, as Rows, in order."""
        rows = self.db.execute(
            "SELECT mail.id, mail.component, path, kind, name, start, length, sent, message_id, note, is_guess, key,"
            " body, subject, is_reply, is_alone FROM work JOIN mail ON mail.id = work.mail"
            " JOIN source ON source.id = mail.source ORDER BY work.id"
        )
        return (Row(*row) for row in rows)

    def thread_of(self, component):
        """The thread that mails of a component without a parent join: the oldest one in being, or None."""
        return self.value("SELECT min(thread) FROM mail WHERE component = ? AND thread IS NOT NULL", component)

    def written(self, mail, post):
        self.db.execute("UPDATE mail SET post = ? WHERE id = ?", (post, mail))

    def above(self, mail):
        """(the mail it hangs under, the post that one became or None), or None."""
        return self.db.execute(
            "SELECT above.id, above.post FROM mail JOIN mail AS above ON above.id = mail.parent WHERE mail.id = ?",
            (mail,),
        ).fetchone()

    def pair(self, mail, answered):
        """(the one's post, the other's post, the other's key)."""
        post = self.value("SELECT post FROM mail WHERE id = ?", mail)
        return post, *self.db.execute("SELECT post, key FROM mail WHERE id = ?", (answered,)).fetchone()

    def missing(self, mail):
        """Keys of the mails it answers and which are nearer than its parent, but not here."""
        rows = self.db.execute(
            "SELECT ancestor.key, named.id FROM ancestor LEFT JOIN mail AS named ON named.key = ancestor.key"
            " WHERE ancestor.mail = ? ORDER BY rank",
            (mail,),
        )
        keys = []
        for key, named in rows:
            if named is not None and named != mail:
                break
            keys.append(key)
        return keys
