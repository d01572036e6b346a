"""What the wing of hearings registers with the rest of the house."""

from consultations.hearings.services import agenda
from consultations.hearings.verbs import hearings as hearing_verbs
from forum import keepers, rules


def register():
    """Called once, when the app is ready."""
    hearing_verbs.register()
    keepers.register(
        agenda.KEEPER,
        keepers.Keeper(
            may_reply=lambda member, thread, attempt: rules.reply_freely(member, thread),
            received=lambda post, attempt: (),
        ),
    )
