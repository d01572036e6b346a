"""What this app registers with the floors below: verbs of the journal."""

from consultations import verbs


def register():
    verbs.register()
