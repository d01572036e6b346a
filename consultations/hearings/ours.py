"""What the wing of hearings registers with the rest of the house."""

from consultations.exporting import records as exported
from consultations.hearings import live
from consultations.hearings.answering import desk as desk_answers
from consultations.hearings.answering import hearings as hearing_answers
from consultations.hearings.answering import items as item_answers
from consultations.hearings.answering import missed as missed_answers
from consultations.hearings.answering import motions as motion_answers
from consultations.hearings.answering import questions as question_answers
from consultations.hearings.answering import records as record_answers
from consultations.hearings.answering import speakers as speaker_answers
from consultations.hearings.digests import bulletins as bulletin_items
from consultations.hearings.digests import hearings as hearing_items
from consultations.hearings.digests import records as record_items
from consultations.hearings.exporting import archive
from consultations.hearings.letters import bulletins as bulletin_letters
from consultations.hearings.letters import delegates as delegate_letters
from consultations.hearings.letters import hearings as hearing_letters
from consultations.hearings.letters import held as held_letters
from consultations.hearings.letters import motions as motion_letters
from consultations.hearings.letters import questions as question_letters
from consultations.hearings.letters import records as record_letters
from consultations.hearings.letters import speakers as speaker_letters
from consultations.hearings.letters import takeouts as takeout_letters
from consultations.hearings.models import Hearing
from consultations.hearings.screens import captions as caption_screens
from consultations.hearings.screens import desk as desk_screens
from consultations.hearings.screens import hearings as hearing_screens
from consultations.hearings.screens import motions as motion_screens
from consultations.hearings.screens import questions as question_screens
from consultations.hearings.screens import speakers as speaker_screens
from consultations.hearings.services import agenda, endorsements, printings, turnouts
from consultations.hearings.services import lists as speaker_lists
from consultations.hearings.verbs import bulletins as bulletin_verbs
from consultations.hearings.verbs import captions as caption_verbs
from consultations.hearings.verbs import desk as desk_verbs
from consultations.hearings.verbs import hearings as hearing_verbs
from consultations.hearings.verbs import motions as motion_verbs
from consultations.hearings.verbs import questions as question_verbs
from consultations.hearings.verbs import records as record_verbs
from consultations.hearings.verbs import speakers as speaker_verbs
from consultations.hearings.views import bulletins, places, screens
from consultations.hearings.views import captions as caption_pages
from consultations.hearings.views import desk as desk_pages
from consultations.hearings.views import motions as motion_pages
from consultations.hearings.views import notes as note_pages
from consultations.hearings.views import panels as own_panels
from consultations.hearings.views import questions as question_pages
from consultations.hearings.views import records as record_pages
from consultations.hearings.views import speakers as speaker_pages
from consultations.hearings.views import threads as item_threads
from forum import keepers, panels, rules
from notifications.digests import sources
from notifications.tasks import jobs


def register():
    """Called once, when the app is ready. The order is that of their items in a digest, and of places of one rank."""
    for noun in (_record, _hearing, _bulletins, _motions, _speakers, _desk, _captions, _questions):
        noun()


def _record():
    record_verbs.register()
    record_answers.register()
    exported.register("hearing", exported.Kind(Hearing.objects.named, archive.write))
    sources.register_source("records", record_items.SOURCE)
    places.register_hearing_section("record", record_pages.section, rank=5)
    places.register_tools("notes", note_pages.tools, rank=70)
    places.register_tools("record", record_pages.tools, rank=80)
    jobs.register("letters about hearing records", record_letters.write_due, every=5)
    jobs.register("letters about words taken out", takeout_letters.write_due, every=5)
    jobs.register("hearing papers", printings.PRESS.print_due, every=2)


def _hearing():
    hearing_verbs.register()
    hearing_answers.register()
    item_answers.register()
    missed_answers.register()
    hearing_screens.register()
    live.register()
    sources.register_source("hearings", hearing_items.SOURCE)
    places.register_tools("screens", screens.tools, rank=10)
    panels.register("hearing", own_panels.hearing)
    panels.register_at_home("hearings", own_panels.at_home)
    jobs.register("hearing letters", hearing_letters.write_due, every=1)
    jobs.register("delegates of hearings", delegate_letters.write_due, every=5)
    keepers.register(
        agenda.KEEPER,
        keepers.Keeper(
            may_reply=lambda member, thread, attempt: rules.reply_freely(member, thread),
            received=lambda post, attempt: (),
            instead=item_answers.in_thread,
            draw=item_threads.head,
            opens_quietly=True,
        ),
    )


def _bulletins():
    bulletin_verbs.register()
    sources.register_source("bulletins", sources.Source(bulletin_items.gather, bulletin_items.items))
    places.register_item_section("bulletins", bulletins.section, rank=90)
    jobs.register("bulletins", bulletin_letters.write_due, every=1)


def _motions():
    motion_verbs.register()
    motion_answers.register()
    motion_screens.register()
    places.register_hearing_section("motions", motion_pages.section, rank=20)
    places.register_item_section("motions", motion_pages.item_section)
    places.register_tools("motions", motion_pages.links)
    jobs.register("motion letters", motion_letters.write_due, every=2)
    jobs.register("turnouts", turnouts.tell_due, every=2)


def _speakers():
    speaker_verbs.register()
    speaker_answers.register()
    speaker_screens.register()
    places.register_item_section("speakers", speaker_pages.item_section, rank=20)
    places.register_item_tools("speakers", speaker_pages.item_tools, rank=20)
    jobs.register("speaker letters", speaker_letters.write_due, every=1)
    jobs.register("lists of speakers", speaker_lists.tell, every=2)


def _desk():
    desk_verbs.register()
    desk_answers.register()
    desk_screens.register()
    places.register_hearing_section("desk", desk_pages.hearing_section, rank=40)
    places.register_item_section("desk", desk_pages.item_section, rank=40)
    places.register_tools("desk", desk_pages.tools)


def _captions():
    caption_verbs.register()
    caption_screens.register()
    places.register_hearing_section("captions", caption_pages.hearing_section, rank=60)
    places.register_item_section("captions", caption_pages.item_section, rank=60)
    places.register_tools("captions", caption_pages.tools)


def _questions():
    question_verbs.register()
    question_answers.register()
    question_screens.register()
    places.register_hearing_section("questions", question_pages.hearing_section)
    places.register_item_section("questions", question_pages.item_section)
    places.register_tools("questions", question_pages.tools)
    places.register_item_tools("questions", question_pages.item_tools)
    jobs.register("endorsements", endorsements.tell_due, every=1)
    jobs.register("held question letters", held_letters.write_due, every=5)
    jobs.register("live question letters", question_letters.write_due, every=1)
