"""What this app registers with the floors below: verbs of the journal, and what the page of a workspace shows."""

from consultations import verbs
from consultations.views.panels import ballots
from forum import panels


def register():
    verbs.register()
    panels.register("ballots", ballots)
