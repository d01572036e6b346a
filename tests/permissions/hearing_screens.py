"""Who gets what at the screens of hearings; tests/permissions explains the words."""

from tests.permissions import NO_METHOD, READ, Row
from tests.permissions.hearings import a_hearing, of

ROWS = {
    "live": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "projector": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
    "follow": Row(scene=a_hearing, at=of, get=READ, post=NO_METHOD),
}
