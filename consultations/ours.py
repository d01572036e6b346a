"""What this app registers with the floors below: verbs, answers by mail, items of digests, jobs, parts of pages."""

from consultations import clock
from consultations.answering import ballots as answering
from consultations.digests import ballots as digests
from consultations.letters import ballots as letters
from consultations.verbs import ballots as verbs
from consultations.views.panels import ballots
from forum import panels
from notifications.digests import sources
from notifications.tasks import jobs


def register():
    verbs.register()
    answering.register()
    sources.register_source("ballots", sources.Source(digests.gather, digests.items, digests.news))
    panels.register("ballots", ballots)
    jobs.register("ballots", clock.tick, every=10)
    jobs.register("ballot letters", letters.write_due, every=1)
