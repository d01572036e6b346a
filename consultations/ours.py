"""What this app registers with the floors below: verbs, keepers of threads, answers by mail, items of digests, jobs,
parts of pages.
"""

from consultations import clock
from consultations.answering import ballots as answering
from consultations.answering import statements as statement_answers
from consultations.digests import ballots as digests
from consultations.digests import statements as statement_items
from consultations.letters import ballots as letters
from consultations.letters import statements as statement_letters
from consultations.services import contributions, questions
from consultations.verbs import ballots as ballot_verbs
from consultations.verbs import consultations as consultation_verbs
from consultations.verbs import statements as statement_verbs
from consultations.views.panels import ballots
from forum import keepers, panels
from notifications.digests import sources
from notifications.tasks import jobs


def register():
    ballot_verbs.register()
    consultation_verbs.register()
    statement_verbs.register()
    keepers.register(questions.KEEPER, contributions.KEEPER)
    answering.register()
    statement_answers.register()
    sources.register_source("ballots", sources.Source(digests.gather, digests.items, digests.news))
    sources.register_source("statements", sources.Source(statement_items.gather, statement_items.items))
    panels.register("ballots", ballots)
    jobs.register("timetables", clock.tick, every=10)
    jobs.register("ballot letters", letters.write_due, every=1)
    jobs.register("statement letters", statement_letters.write_due, every=5)
