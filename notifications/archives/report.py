"""What became of every mail: one line each in a file, and the sums for the operator."""

from collections import Counter
from datetime import UTC, datetime

from core import text as texts

IMPORTED, DUPLICATE, REFUSED, NOTED = "imported", "duplicate", "refused", "noted"


class Report:
    """Lines of outcome, reason, Message-ID, file and place, separated by tabs. Contains no address of a person."""

    def __init__(self, path):
        self.path = path
        self.outcomes, self.reasons = Counter(), Counter()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8")
        self._line("outcome", "reason", "Message-ID", "file", "at byte", "date")

    def close(self):
        self._file.close()

    def imported(self, mail, notes):
        """A mail became a post; `notes` say what was mended or left out."""
        self._tell(IMPORTED, "", mail)
        for note in notes:
            self._count(NOTED, note)
            self._write(NOTED, note, mail)

    def duplicate(self, mail, reason):
        self._tell(DUPLICATE, reason, mail)

    def refused(self, mail, reason):
        self._tell(REFUSED, reason, mail)

    def moved(self):
        """A post of an earlier import was hung under the mail it answers."""
        self._count(NOTED, "a post of an earlier import now hangs under the mail it answers")

    def noted(self, note, where):
        """Something about a whole file."""
        self._count(NOTED, note)
        self._line(NOTED, note, "", where)

    def _tell(self, outcome, reason, mail):
        self.outcomes[outcome] += 1
        self._count(outcome, reason)
        self._write(outcome, reason, mail)

    def _count(self, outcome, reason):
        if reason:
            # What differs from mail to mail (a name, a size) would make as many sums as mails.
            self.reasons[outcome, reason.partition(": ")[0]] += 1

    def _write(self, outcome, reason, mail):
        sent = getattr(mail, "sent", None)
        day = datetime.fromtimestamp(sent, UTC).strftime("%Y-%m-%d") if sent is not None else ""
        self._line(outcome, reason, mail.message_id, mail.name, mail.start, day)

    def _line(self, *cells):
        self._file.write("\t".join(texts.clean_line(str(cell), 900) for cell in cells) + "\n")

    def sums(self):
        """The summary, as lines."""
        yield ", ".join(f"{self.outcomes[outcome]} {outcome}" for outcome in (IMPORTED, DUPLICATE, REFUSED))
        for outcome in (DUPLICATE, REFUSED, NOTED):
            for (kind, reason), count in sorted(self.reasons.items(), key=lambda item: -item[1]):
                if kind == outcome:
                    yield f"  {outcome}: {count} {reason}"
