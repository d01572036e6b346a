"""What this app registers with the floors below: verbs, keepers of threads, answers by mail, items of digests, jobs,
parts of pages.
"""

from dataclasses import replace

from consultations import checklist, clock
from consultations.answering import ballots as answering
from consultations.answering import contributions as contribution_answers
from consultations.answering import documents as document_answers
from consultations.answering import positions as position_answers
from consultations.answering import statements as statement_answers
from consultations.answering import syntheses as synthesis_answers
from consultations.digests import ballots as digests
from consultations.digests import documents as document_items
from consultations.digests import questions as question_items
from consultations.digests import statements as statement_items
from consultations.digests import syntheses as synthesis_items
from consultations.hearings import ours as hearings
from consultations.letters import ballots as letters
from consultations.letters import consultations as consultation_letters
from consultations.letters import contributions as contribution_letters
from consultations.letters import positions as position_letters
from consultations.letters import recommendations as result_letters
from consultations.letters import statements as statement_letters
from consultations.letters import syntheses as synthesis_letters
from consultations.services import (
    capacities,
    comments,
    contributions,
    erasing,
    imports,
    objections,
    positions,
    printings,
    questions,
    wordings,
)
from consultations.verbs import ballots as ballot_verbs
from consultations.verbs import consultations as consultation_verbs
from consultations.verbs import contributions as contribution_verbs
from consultations.verbs import desk as desk_verbs
from consultations.verbs import documents as document_verbs
from consultations.verbs import statements as statement_verbs
from consultations.verbs import syntheses as synthesis_verbs
from consultations.views import associations, ballot_places, codes, coverage, entries, places, results, syntheses
from consultations.views import imports as import_pages
from consultations.views import panels as own_panels
from consultations.views import positions as position_pages
from consultations.views import sources as source_pages
from consultations.views import statements as statement_views
from consultations.views import texts as draft_texts
from consultations.views import threads as question_threads
from consultations.wording import contributions as contribution_wording
from forum import keepers, panels
from notifications.digests import sources
from notifications.tasks import jobs


def _with_capacities(keeper):
    return replace(
        keeper,
        speaks_for=capacities.speaks_for,
        instead=positions.instead,
        receipt=contribution_wording.receipt,
        takes_replies=question_threads.takes_replies,
        draw=question_threads.head,
        notes=question_threads.notes,
        erased=lambda post: [*(keeper.erased(post) or ()), *positions.erased(post)],
        redacted=lambda *taken: [*positions.redacted(*taken), *wordings.redacted(*taken)],
    )


def _of_paragraphs(keeper):
    return replace(
        keeper,
        speaks_for=lambda member, thread, name="": capacities.spoken_for(
            member, comments.paragraph_of(thread).version.consultation, name
        ),
        receipt=contribution_wording.receipt,
        draw=draft_texts.head,
        notes=draft_texts.notes,
    )


def register():
    hearings.register()
    ballot_verbs.register()
    consultation_verbs.register()
    contribution_verbs.register()
    document_verbs.register()
    statement_verbs.register()
    desk_verbs.register()
    synthesis_verbs.register()
    keepers.register(questions.KEEPER, _with_capacities(contributions.KEEPER))
    keepers.register(comments.KEEPER, _of_paragraphs(comments.KEEPER_OF))
    answering.register()
    contribution_answers.register()
    position_answers.register()
    document_answers.register()
    statement_answers.register()
    synthesis_answers.register()
    sources.register_source(
        "questions", sources.Source(question_items.gather, question_items.items, question_items.news)
    )
    sources.register_source(
        "documents", sources.Source(document_items.gather, document_items.items, document_items.news)
    )
    sources.register_source("ballots", sources.Source(digests.gather, digests.items, digests.news))
    sources.register_source("statements", sources.Source(statement_items.gather, statement_items.items))
    places.register_section("texts", draft_texts.section)
    places.register_tools("texts", draft_texts.tools)
    checklist.register("texts", draft_texts.checks)
    places.register_section("positions", position_pages.section)
    places.register_section("ballots", ballot_places.section)
    places.register_tools("ballots", ballot_places.tools)
    checklist.register("ballots", ballot_places.checks)
    places.register_section("statements", statement_views.section)
    places.register_tools("statements", statement_views.tools)
    checklist.register("statements", statement_views.checks)
    places.register_tools("coverage", coverage.links)
    places.register_tools("codes", codes.links)
    places.register_deeds("codes", codes.deeds)
    places.register_section("papers", own_panels.papers)
    panels.register("consultation", own_panels.consultation)
    panels.register("ballots", own_panels.ballots)
    panels.register_at_home("positions", position_pages.at_home)
    panels.register_at_home("votes", own_panels.votes_at_home)
    panels.register_at_home("consultations", own_panels.at_home)
    jobs.register("timetables", clock.tick, every=10)
    jobs.register("receipts", erasing.let_go, every=60)
    jobs.register("imports", imports.take_due, every=2)
    jobs.register("papers", printings.print_due, every=2)
    jobs.register("ballot letters", letters.write_due, every=1)
    jobs.register("consultation letters", consultation_letters.write_due, every=1)
    jobs.register("contribution letters", contribution_letters.write_due, every=1)
    jobs.register("position letters", position_letters.write_due, every=1)
    places.register_deeds("associations", associations.deeds)
    places.register_tools("late", entries.tools)
    places.register_tools("imports", import_pages.tools)
    places.register_ways("positions", position_pages.ways)
    places.register_ways("entries", entries.ways)
    jobs.register("statement letters", statement_letters.write_due, every=5)
    sources.register_source(
        "syntheses", sources.Source(synthesis_items.gather, synthesis_items.items, synthesis_items.news)
    )
    places.register_outcome("synthesis", syntheses.section)
    places.register_tools("synthesis", syntheses.tools)
    places.register_deeds("synthesis", syntheses.deeds)
    places.register_deeds("citing", source_pages.deeds)
    jobs.register("synthesis letters", synthesis_letters.write_due, every=5)
    jobs.register("corrigenda", objections.correct_due, every=60)
    places.register_outcome("results", results.section)
    places.register_tools("results", results.tools)
    jobs.register("result letters", result_letters.write_due, every=300)
