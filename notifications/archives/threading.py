"""What hangs under what: every mail gets its parent, its thread and its place in time.

A mail hangs under what its In-Reply-To or last Reference names, else under the nearest other Reference that is there,
else, when its subject says Re:, under the mail that opened that subject shortly before. Nothing depends on the order in
which mails or files come, nor on how much of them an interrupted run has written already: all decisions are made on
the whole, and mails already written are decided on again, where their file tells, only to find the place of others.

Mails are the nodes; their numbers are rows of the stage, and arrays indexed by them keep this small.
"""

from array import array

from notifications.archives.stage import LATEST

GAP = 30 * 86_400  # seconds without a mail after which the same subject is another matter
AGE = 180 * 86_400  # seconds after which a subject's first mail is no longer what a new one answers
UNKNOWN = -LATEST


def decide(stage):
    """Fill parent, sent, moment, depth and component of all mails, and the order of work."""
    _hang_by_reference(stage)
    _hang_by_subject(stage)
    tree = _Tree(stage)
    tree.cut_rings()
    tree.place_in_time()
    tree.save()
    _group(stage, tree)
    _order(stage)


def _hang_by_reference(stage):
    stage.db.execute(
        "UPDATE mail SET parent = (SELECT named.id FROM ancestor JOIN mail AS named ON named.key = ancestor.key"
        " WHERE ancestor.mail = mail.id AND named.id <> mail.id ORDER BY rank LIMIT 1)"
        " WHERE id IN (SELECT mail FROM ancestor)"
    )
    # What only an earlier import knows stands where it stands.
    stage.db.execute(
        "UPDATE mail SET parent = (SELECT above.id FROM mail AS above WHERE above.post = mail.parent_post)"
        " WHERE source IS NULL AND parent_post IS NOT NULL"
    )


def _hang_by_subject(stage):
    """One pass through the dated mails of each subject, oldest first."""
    subject, opener, opened, last, found = None, None, 0, 0, []
    rows = stage.db.execute(
        "SELECT id, subject, told, is_reply, parent, source FROM mail WHERE subject <> x'' AND told IS NOT NULL"
        " AND subject IN (SELECT subject FROM mail WHERE is_reply AND parent IS NULL)"
        " ORDER BY subject, told, key"
    )
    for mail, its_subject, told, is_reply, parent, source in rows:
        if its_subject != subject or told - last > GAP or told - opened > AGE:
            subject, opener = its_subject, None
        last = told
        if opener is None or not (is_reply or parent):
            opener, opened = mail, told
        elif parent is None and source is not None:
            found.append((opener, mail))
    stage.db.executemany("UPDATE mail SET parent = ?, is_guess = 1 WHERE id = ?", found)


class _Tree:
    """Parents and times of all mails, in arrays indexed by their number; 0 and UNKNOWN where there is none."""

    def __init__(self, stage):
        self.stage = stage
        size = (stage.value("SELECT max(id) FROM mail") or 0) + 1
        self.parent = array("q", bytes(8 * size))
        self.moment = array("q", [UNKNOWN]) * size
        self.depth = array("l", bytes(array("l").itemsize * size))
        self.is_guess = bytearray(size)
        for mail, parent, told, is_guess in stage.db.execute("SELECT id, parent, told, is_guess FROM mail"):
            self.parent[mail] = parent or 0
            self.is_guess[mail] = is_guess
            self.moment[mail] = UNKNOWN if told is None else told

    def cut_rings(self):
        """Where mails answer each other in a ring, cut it: where only a subject told, else at the oldest of them."""
        walked = array("q", bytes(8 * len(self.parent)))
        for start in range(1, len(self.parent)):
            mail = start
            while mail and not walked[mail]:
                walked[mail] = start
                mail = self.parent[mail]
            if mail and walked[mail] == start:
                ring = [mail]
                while self.parent[ring[-1]] != mail:
                    ring.append(self.parent[ring[-1]])
                self.parent[min(ring, key=self._hold)] = 0

    def _hold(self, mail):
        moment = self.moment[mail]
        return (
            not self.is_guess[mail],
            moment == UNKNOWN,
            moment,
            self.stage.value("SELECT key FROM mail WHERE id = ?", mail),
        )

    def place_in_time(self):
        """A mail's moment is its date, but no earlier than its parent's moment; undated ones follow their relatives."""
        self._date_roots()
        done = bytearray(len(self.parent))
        for start in range(1, len(self.parent)):
            chain, mail = [], start
            while mail and not done[mail]:
                chain.append(mail)
                mail = self.parent[mail]
            for mail in reversed(chain):
                above = self.parent[mail]
                if above:
                    self.moment[mail] = max(self.moment[mail], self.moment[above])
                    self.depth[mail] = self.depth[above] + 1
                done[mail] = 1

    def _date_roots(self):
        """Give undated mails that answer nothing the date of their first answer, else of a neighbour in the file."""
        first = {}
        for mail in range(1, len(self.parent)):
            above = self.parent[mail]
            if above and not self.parent[above] and self.moment[above] == UNKNOWN != self.moment[mail]:
                first[above] = min(first.get(above, LATEST), self.moment[mail])
        for mail, moment in first.items():
            self.moment[mail] = moment
        undated = self.stage.db.execute(
            "SELECT id, source, start FROM mail WHERE told IS NULL AND source IS NOT NULL"
        ).fetchall()
        for mail, source, start in undated:
            if self.moment[mail] == UNKNOWN and not self.parent[mail]:
                self.moment[mail] = self._neighbour(source, start)

    def _neighbour(self, source, start):
        beside = "SELECT told FROM mail WHERE source = ? AND told IS NOT NULL AND start"
        before = self.stage.value(f"{beside} < ? ORDER BY start DESC LIMIT 1", source, start)
        after = self.stage.value(f"{beside} > ? ORDER BY start LIMIT 1", source, start)
        if before is None and after is None:
            return self.stage.value("SELECT modified FROM source WHERE id = ?", source)
        return before if before is not None else after

    def save(self):
        rows = ((self.parent[mail] or None, self.moment[mail], self.depth[mail], mail) for mail in self.mails())
        self.stage.db.executemany("UPDATE mail SET parent = ?, moment = ?, depth = ? WHERE id = ?", rows)
        self.stage.db.execute("UPDATE mail SET is_guess = 0 WHERE parent IS NULL")
        self.stage.db.execute(
            "UPDATE mail SET sent = moment, note = note || '; one near it was taken'"
            " WHERE told IS NULL AND NOT was_known"
        )

    def mails(self):
        return [row[0] for row in self.stage.db.execute("SELECT id FROM mail")]


def _group(stage, tree):
    """Mails that belong in one thread get one component: those that hang together, and those of a thread in being."""
    group = array("q", range(len(tree.parent)))

    def find(mail):
        while group[mail] != mail:
            group[mail] = group[group[mail]]
            mail = group[mail]
        return mail

    def join(one, other):
        one, other = find(one), find(other)
        group[max(one, other)] = min(one, other)

    thread_of = {}
    rows = stage.db.execute(
        "SELECT mail.id, mail.parent, mail.was_known AND above.was_known, mail.thread FROM mail"
        " LEFT JOIN mail AS above ON above.id = mail.parent"
    )
    for mail, parent, are_known, thread in rows:
        if thread:
            join(mail, thread_of.setdefault(thread, mail))
        if parent and not are_known:
            join(mail, parent)
    for mail, answered in stage.regrafts():
        join(mail, answered)
    stage.db.executemany("UPDATE mail SET component = ? WHERE id = ?", ((find(mail), mail) for mail in tree.mails()))
    stage.db.execute("CREATE INDEX mail_thread ON mail (component) WHERE thread IS NOT NULL")


def _order(stage):
    """The order of work: threads by their first mail, mails in a thread by their moment, parents before children.

    Those of one second (a series of patches is sent in less) keep the order of the file.
    """
    stage.db.execute(
        "CREATE TABLE first AS SELECT component, moment, source, start, key FROM (SELECT component, moment, key,"
        " source, start, row_number() OVER (PARTITION BY component ORDER BY moment, source, start, key) AS place"
        " FROM mail) WHERE place = 1"
    )
    stage.db.execute("CREATE UNIQUE INDEX first_component ON first (component)")
    stage.db.execute(
        "INSERT INTO work (mail, component) SELECT mail.id, mail.component FROM mail"
        " JOIN first ON first.component = mail.component WHERE NOT was_known"
        " ORDER BY first.moment, first.source, first.start, first.key, mail.component,"
        " mail.moment, mail.depth, mail.source, mail.start, mail.key"
    )
