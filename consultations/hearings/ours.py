"""What the wing of hearings registers with the rest of the house."""

from consultations.hearings.answering import items as item_answers
from consultations.hearings.screens import hearings as hearing_screens
from consultations.hearings.screens import speakers as speaker_screens
from consultations.hearings.services import agenda
from consultations.hearings.verbs import hearings as hearing_verbs
from consultations.hearings.verbs import records as record_verbs
from forum import keepers, rules


def register():
    """Called once, when the app is ready."""
    hearing_verbs.register()
    record_verbs.register()
    item_answers.register()
    hearing_screens.register()
    speaker_screens.register()
    keepers.register(
        agenda.KEEPER,
        keepers.Keeper(
            may_reply=lambda member, thread, attempt: rules.reply_freely(member, thread),
            received=lambda post, attempt: (),
            instead=item_answers.in_thread,
        ),
    )
