"""Hearings: a wing of this app with shelves of its own. What happens on a day, in a room and far from it.

It stands on the rest of the app (ballots, papers) and nothing of the rest stands on it.
"""
