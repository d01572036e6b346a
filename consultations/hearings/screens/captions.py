"""The section `caption`: the last lines of the transcript of the session that is on."""

from consultations.hearings import state
from consultations.hearings.models import Caption

CAPTION = (
    *("caption.said", "caption.corrected", "caption.removed", "caption.redacted", "record.erased"),
    *("session.opened", "session.closed", "hearing.ended"),
)
LINES = 3


def register():
    """Called once, when the app is ready."""
    state.register("caption", caption, CAPTION)


def caption(hearing):
    """`lines`, the oldest of them first; None outside a session and before its first line."""
    session = hearing.open_session
    if session is None:
        return None
    rows = Caption.objects.filter(hearing=hearing, said_at__gte=session.opened_at).standing()
    rows = list(rows.order_by("-number")[:LINES])[::-1]
    return {"lines": [line(row) for row in rows]} if rows else None


def line(row):
    """A line as pages draw it."""
    return {
        "id": row.number,
        "at": state.moment(row.said_at),
        "speaker": row.speaker_name,
        "language": row.language,
        "direction": row.direction,
        "text": row.text,
    }
