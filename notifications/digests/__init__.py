"""Digests: plan (who reads what), gather (what happened), lay out (within the budget), write (issue and letter).

`run` claims the members who are due and takes a batch of them through these four steps. What can stand in a digest
comes from sources; threads are one, floors above register theirs (see `sources`).
"""
