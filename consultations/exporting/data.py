"""The data of a consultation's record: what stands in each file, as plain values. FORMAT.md describes them.

Only what everyone who may read the room may see goes in. What was never shown, or is hidden, withdrawn or erased,
leaves its number behind and no words; entries that are not for everyone leave their commitment.
"""

from consultations.exporting import verify
from consultations.models import Ballot, Contribution, Version
from consultations.models.phases import PhaseKind, PhaseState
from consultations.services import counting, opening
from consultations.services import statements as service
from forum.models.posts import PLACED, State
from journal import chain
from journal.models import Audience

CHUNK = 500  # rows fetched at once
FIELDS = (  # of a contribution
    *("number", "code", "post", "phase", "question", "paragraph", "stamp", "moment", "came", "accepted_because"),
    *("supersedes", "state", "by", "author", "carried_by", "capacity", "organisation", "organisation_name", "category"),
    *("region", "country", "channel", "language", "associated", "files", "amendment", "text"),
)
CSV = (  # columns of contributions.csv, all of them fields of a contribution
    *("code", "number", "question", "paragraph", "stamp", "moment", "came", "author", "capacity", "organisation_name"),
    *("category", "region", "country", "channel", "language", "supersedes", "accepted_because", "state", "text"),
)

RULES = ("method", "most", "majority", "base", "quorum", "opening_quorum", "roll_of", "grace_hours")  # of a ballot


def entries(consultation):
    """The journal of the room, entry by entry, in order."""
    journal = consultation.journal
    for entry in journal.entries.order_by("seq").iterator(chunk_size=CHUNK):
        is_withheld = entry.audience != Audience.EVERYONE
        has_data = entry.data is not None and not is_withheld
        yield {
            "journal": journal.name,
            "seq": entry.seq,
            "verb": entry.verb,
            "actor": entry.actor,
            "about": entry.about,
            "audience": entry.audience,
            "at": chain.moment(entry.at),
            "data": entry.data if has_data else None,
            "salt": bytes(entry.salt).hex() if has_data else None,
            "withheld": is_withheld,
            "commitment": bytes(entry.commitment).hex(),
            "digest": bytes(entry.digest).hex(),
        }


def of_consultation(consultation):
    """What it is, and where its journal stood."""
    journal = consultation.journal
    return {
        "code": consultation.code,
        "wordings": consultation.said(),
        "sponsor": consultation.sponsor,
        "participation": str(consultation.participation),
        "clearing": str(consultation.clearing),
        "grace_hours": consultation.grace_hours,
        "published": moment(consultation.published_at),
        "contributions": consultation.last_number,
        "phases": [phase(row) for row in consultation.timetable],
        "notices": _notices(consultation),
        "questions": [question(row) for row in consultation.questions.all()],
        "journal": {"name": journal.name, "seq": journal.seq, "digest": bytes(journal.digest).hex()},
    }


def phase(row):
    return {
        **{name: str(getattr(row, name)) for name in ("kind", "title")},
        "id": row.pk,
        "opens": moment(row.opens_at),
        "closes": moment(row.closes_at),
        "first_closes": moment(row.first_closes_at),
    }


def _notices(consultation):
    """One for each act; the phases that were moved along with the first stand in its `also`."""
    rows = consultation.workspace.window_changes.filter(along_with=None).prefetch_related("companions")
    return [notice(row) | {"also": [moved(other) for other in row.companions.all()]} for row in rows]


def notice(row):
    return {
        "number": row.number,
        **moved(row),
        "authority": row.authority,
        "reason": row.reason,
        "made": moment(row.made_at),
    }


def moved(row):
    return {
        "phase": row.phase_id,
        "ballot": row.ballot_id,
        "old_opens": moment(row.old_opens_at),
        "new_opens": moment(row.new_opens_at),
        "old_closes": moment(row.old_closes_at),
        "new_closes": moment(row.new_closes_at),
    }


def question(row):
    return {"id": row.pk, "number": row.number, "phase": row.phase_id, "wordings": row.said()}


def contributions(consultation):
    """Every contribution in the order of its number, as FORMAT.md describes it; a bounded number of rows at a time."""
    rows = Contribution.objects.filter(consultation=consultation).order_by("number")
    rows = rows.select_related(
        "post__author",
        "post__carried_by",
        "post__organisation",
        "post__region",
        "comment__paragraph__version__document",
        "comment__amendment",
    ).defer("comment__paragraph__version__source", "comment__paragraph__version__report")
    supersedes = dict(
        Contribution.objects.filter(consultation=consultation, superseded_by__isnull=False).values_list(
            "superseded_by", "number"
        )
    )
    for row in rows.prefetch_related("associations__organisation", "post__attachments").iterator(chunk_size=CHUNK):
        row.consultation = consultation
        yield contribution(row, supersedes.get(row.pk))


def contribution(row, supersedes=None):
    post = row.post
    was_shown = post.was_shown and post.state in PLACED
    is_shown = post.state == State.PUBLISHED
    if not was_shown:
        return {**dict.fromkeys(FIELDS), "number": row.number, "code": row.code, "state": "never shown"}
    facts = {
        "number": row.number,
        "code": row.code,
        "post": row.post_id,
        "phase": row.phase_id,
        "question": row.question_id,
        "stamp": str(row.stamp),
        "moment": moment(row.moment),
        "came": moment(row.came_at),
        "organisation": row.organisation_id,
        "accepted_because": row.accepted_because,
        "supersedes": supersedes,
        "state": str(post.state),
        "by": _reference(post.carried_by or post.author),
    }
    words = dict.fromkeys(
        ("author", "capacity", "organisation_name", "category", "region", "country", "channel", "language", "text")
    )
    if is_shown:
        words = {
            "author": str(post.author_name),
            "capacity": str(post.capacity),
            "organisation_name": post.organisation.name if post.organisation else None,
            "category": post.category or None,
            "region": post.region.name if post.region else None,
            "country": post.country or None,
            "channel": str(post.channel),
            "language": post.language or None,
            "text": post.text,
        }
    paragraph = _paragraph(row) if is_shown else None
    return {
        **facts,
        **words,
        "paragraph": paragraph,
        "amendment": _amendment(row) if is_shown else None,
        "carried_by": post.carried_by.shown_name if is_shown and post.carried_by else None,
        "associated": [row.organisation.name for row in row.associations.all()] if is_shown else [],
        "files": [{"name": file.name, "sha256": file.sha256, "bytes": file.size} for file in post.attachments.all()]
        if is_shown
        else [],
    }


def _paragraph(row):
    comment = getattr(row, "comment", None)
    if comment is None:
        return None
    comment.paragraph.version.document.consultation = row.consultation
    return comment.paragraph.code


def _amendment(row):
    """The wording it proposes, and what was decided of it."""
    amendment = getattr(getattr(row, "comment", None), "amendment", None)
    if amendment is None:
        return None
    return {name: str(getattr(amendment, name)) for name in ("action", "label", "proposed", "why", "state", "reason")}


def _reference(member):
    return member.reference if member else ""


def ballots(consultation):
    """The ballots of the room; votes of those that are counted."""
    rows = Ballot.objects.filter(workspace=consultation.workspace_id).prefetch_related("options").order_by("pk")
    return [
        {
            "id": row.pk,
            "phase": row.phase_id,
            "title": row.title,
            "text": row.text,
            "kind": str(row.kind),
            "is_secret": row.is_secret,
            "opens": moment(row.opens_at),
            "closes": moment(row.closes_at),
            "options": [option.letter for option in row.choices],
            "labels": [option.label for option in row.choices],
            "rules": {name: value for name, value in opening.facts(row).items() if name in RULES},
            "hall": row.hall,
            "annulled": row.annulled_because if row.annulled_at else None,
            "votes": _votes(row) if row.counted_at else None,
        }
        for row in rows
    ]


def _votes(ballot):
    """What was counted: nothing, where too few were there for the ballot to open."""
    return counting.published(ballot) if counting.is_open_by_quorum(ballot) else []


def documents(consultation):
    """The published versions of the draft texts, with every block; two queries."""
    rows = Version.objects.filter(document__consultation=consultation, published_at__isnull=False)
    rows = rows.select_related("document").defer("source", "report").order_by("document__number", "number")
    found = []
    for row in rows.prefetch_related("paragraphs"):
        row.document.consultation = consultation
        found.append(
            {
                "code": row.code,
                "title": row.document.title,
                "language": row.language,
                "phase": row.phase_id,
                "published": moment(row.published_at),
                "summary": row.summary,
                "paragraphs": [{name: getattr(one, name) for name in verify.BLOCK} for one in row.paragraphs.all()],
            }
        )
    return found


def statements(consultation):
    """What was said to the statements of phases that are over, by group too, without small numbers; of those taken down
    the reason stands in place of the words.
    """
    found = []
    for phase in consultation.timetable:
        if phase.kind == PhaseKind.STATEMENTS and phase.state == PhaseState.CLOSED:
            groups = {group: service.by_group(phase, group) for group in service.GROUPS}
            found += [
                {
                    "number": statement.number,
                    "phase": phase.pk,
                    "text": None if statement.is_hidden else statement.text,
                    "hidden": statement.state_reason if statement.is_hidden else None,
                    "language": statement.language or None,
                    "answers": counts,
                    **{f"by_{group}": tables.get(statement.pk, {}) for group, tables in groups.items()},
                }
                for statement, counts in service.results(phase)
            ]
    return found


def moment(at):
    return chain.moment(at) if at else None
