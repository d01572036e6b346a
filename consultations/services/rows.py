"""Rows of contributions that were collected elsewhere are taken: of a web form, an earlier platform, a survey.

Each is entered as words on paper are (services/entries.py): it passes the gate of its question or paragraph, is
said by those who said it, and is stamped with the part of the window it came in. `look` says what would become of each
row, `take` does it; the pages and the command use both.
"""

import hashlib
import logging
from collections import Counter
from dataclasses import dataclass

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import importing
from consultations.models import Contribution, Imported
from consultations.models.consultations import Participation
from consultations.rules import comments as comment_rules
from consultations.rules import contributions as contribution_rules
from consultations.rules import entries as rules
from consultations.services import cells, entries
from core import text as texts
from core.access import Refused, require
from forum.keepers import Attempt
from forum.models.posts import Channel
from forum.services.writing import MAX_CHARACTERS
from journal.models import Audience
from journal.services import record

logger = logging.getLogger(__name__)
BATCH = 200  # rows whose members and earlier imports are asked for at once
READY, TAKEN, THERE, REFUSED = "ready", "taken", "there", "refused"


@dataclass(frozen=True)
class Given:
    """What stands for empty cells. zone: of moments without one. because: the reason for which late ones are taken."""

    consent: str = ""
    language: str = ""
    source: str = ""
    zone: str = ""
    because: str = ""


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row. code: of the contribution it is. reason: why it is not taken, or what is to be known."""

    row: importing.Row
    state: str
    code: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """A row that was understood: `fields` for services.entries, and what is asked of the place."""

    fields: dict
    thing: object  # the Question or Paragraph
    source: str
    at: object
    note: str = ""


class Importer:
    """Takes rows of one file into one consultation, in the name of `by`, who facilitates it."""

    def __init__(self, *, by, consultation, content, given=None):
        require(rules.import_contributions, by, consultation)
        self.by, self.consultation, self.given = by, consultation, given or Given()
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.here = cells.Names(consultation)

    def look(self, rows):
        """Yield the Outcome that each row would have now; writes nothing."""
        yield from self._each(rows, lambda row, entry, key: Outcome(row, READY, reason=entry.note))

    def take(self, rows):
        """Take the rows, each in a transaction of its own; yields the Outcome of each. Again, it adds nothing."""
        yield from self._each(rows, self._enter)

    def finish(self, outcomes, name):
        """Record in the journal that a file was imported, with its SHA-256 and how many of its rows became what."""
        counts = Counter(one.state for one in outcomes)
        facts = {"sha256": self.sha256, "name": name} | {state: counts[state] for state in (TAKEN, THERE, REFUSED)}
        with transaction.atomic():
            about = self.consultation
            record("consultation.imported", actor=self.by, about=about, data=facts, audience=Audience.MODERATORS)

    def _each(self, rows, do):
        met = {}
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            keys = {row.number: importing.key(self.consultation, row, self._source(row)) for row in some}
            known = self._known(keys)
            self.here.meet(row["email"] for row in some)
            for row in some:
                if outcome := self._there(row, known.get(row.number), met.get(keys[row.number])):
                    met.setdefault(keys[row.number], outcome)
                    yield outcome
                    continue
                try:
                    outcome = met[keys[row.number]] = do(row, self._weighed(row), keys[row.number])
                except Refused as refusal:
                    outcome = Outcome(row, REFUSED, reason=str(refusal.reason))
                except OperationalError:  # the database is away, or somebody holds it: the row is not at fault
                    raise
                except Exception:
                    logger.exception("Row %s of an import could not be taken", row.number)
                    outcome = Outcome(
                        row, REFUSED, reason=_("Something went wrong here; the operator finds it in the log.")
                    )
                yield outcome

    def _there(self, row, earlier, met):
        """The Outcome of a row that was taken before, or that stands in the file twice; None for a new one."""
        if earlier:
            code, text = earlier
            return Outcome(row, THERE, code, self._differs(row, text))
        if met:
            return Outcome(row, THERE, met.code, _("It is row %(row)s once more.") % {"row": met.row.number})
        return None

    def _known(self, keys):
        """{number of a row: (code, text)} of what was imported before: from this very file, or under its key."""
        ours = Contribution.objects.filter(consultation=self.consultation)
        same = ours.filter(imported__sha256=self.sha256, imported__row__in=keys)
        rows = [*same.values_list("imported__row", "number", "post__text")]
        places = {key: row for row, key in keys.items()}
        for key, *found in ours.filter(post__key__in=places).values_list("post__key", "number", "post__text"):
            rows.append((places[key], *found))
        return {row: (f"{self.consultation.code}/{number}", text) for row, number, text in rows}

    def _differs(self, row, text):
        is_same = not text or text == texts.clean_text(row["text"]).strip("\n")
        return "" if is_same else _("The words there are others; they stay as they are.")

    def _source(self, row):
        return texts.clean_line(row["source"], 200) or self.given.source

    # -- One row -------------------------------------------------------------------------------------------

    def _enter(self, row, entry, key):
        with transaction.atomic():
            contribution = entries.enter(**entry.fields, key=key, channel=Channel.IMPORT, sent_at=entry.at)
            came_from = Imported(
                contribution=contribution,
                source=entry.source,
                external_id=texts.clean_line(row["id"], 200),
                sha256=self.sha256,
                row=row.number,
            )
            Imported.objects.bulk_create([came_from], ignore_conflicts=True)  # another run may have been faster
        return Outcome(row, TAKEN, f"{self.consultation.code}/{contribution.number}", entry.note)

    def _weighed(self, row):
        """The Entry that a row is; raises Refused where it would be refused now."""
        self._check(row)
        here, text = self.here, row["text"]
        thing, writer = here.place(row["question"])
        at = self._moment(row["at"])
        organisation, named = here.organisation(row["organisation"])
        member = here.member(row["email"])
        origin = entries.Origin(
            row["name"] or (member.shown_name if member else "") or row["organisation"],
            place="" if organisation or not row["name"] else named,
            category=here.category(row["category"]),
            region=here.region(row["region"]),
            country=here.country(row["country"]),
            member=member,
            address="" if member else here.address(row["email"]),
        )
        question = thing if writer is None else thing.version.document
        fields = {
            "by": self.by,
            "question": question,
            "origin": origin,
            "text": text,
            "consent": row["consent"].strip() or self.given.consent,
            "organisation": organisation,
            "came_at": at,
        }
        now = timezone.now()
        is_late = not contribution_rules.in_window(question.phase, Attempt(at=now, proven_at=at))
        if is_late and now >= question.phase.closes_at:
            fields["because"] = self.given.because
        attempt = entries.weigh(**fields)
        self._ask(thing, writer, attempt, text)
        notes = [_("It is late.")] if "because" in fields else []
        if organisation:
            notes.append(_("It is said for %(organisation)s.") % {"organisation": organisation.short_name})
        if writer is None:
            notes.append(self._position(question, organisation, at))
        language = here.language(row["language"] or self.given.language)
        return Entry(
            fields | {"language": language, "write": writer},
            thing,
            self._source(row),
            at,
            " ".join(filter(None, notes)),
        )

    def _check(self, row):
        if row.problem:
            raise Refused(row.problem)
        for name in importing.COLUMNS:
            most = MAX_CHARACTERS if name == "text" else importing.MOST_CHARACTERS
            if len(row[name]) > most:
                facts = {"column": name, "most": most}
                raise Refused(_("The column “%(column)s” is too long. Characters it may have: %(most)s.") % facts)
        if not texts.clean_text(row["text"]).strip():
            raise Refused(_("There was no text to post. Write something first."))

    def _ask(self, thing, writer, attempt, text):
        """Ask what the keeper of the place asks when the words are written."""
        if writer is not None:
            answer = comment_rules.comment(self.by, thing, attempt)
        elif thing.thread is None:
            raise Refused(_("This question is not open yet."), text=text)
        else:
            answer = contribution_rules.contribute(self.by, thing, attempt)
        if not answer:
            raise Refused(answer.reason, text=text)

    def _moment(self, words):
        if not words.strip():
            return None
        at = importing.moment(words, self.given.zone)
        if at is None:
            said = _("“%(value)s” is no moment with a time zone. Write it like this: 2026-05-03 14:00+02:00.")
            raise Refused(said % {"value": words[:60]})
        if at > timezone.now():
            raise Refused(_("This is in the future."))
        return at

    def _position(self, question, organisation, at):
        """What is to be said where an organisation has a position already; a later one stays in its place."""
        if not organisation or self.consultation.participation != Participation.ORGANISATIONS:
            return ""
        standing = Contribution.objects.filter(question=question, organisation=organisation, is_position=True)
        standing = standing.filter(superseded_by=None).select_related("post").first()
        if standing is None:
            return ""
        facts = {"organisation": organisation.short_name, "code": f"{self.consultation.code}/{standing.number}"}
        if at and at < standing.post.sent_at:
            raise Refused(_("%(organisation)s said something later: %(code)s. Its position stays that.") % facts)
        return _("It takes the place of %(code)s.") % facts
