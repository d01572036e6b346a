"""Counting, with nothing but the standard library: no database, no settings, no translations.

Read from the ground up: `ballots` (what one may count), `outcomes` (what a count says), `sums` (plurality, approval,
score), `schulze`, `irv`, `motions` (majorities and quorums), `wording` (an outcome in plain English); `preflib` and
`tables` read files. `consultations/tally.py` is the front through which the rest of the house comes; docs/counting.md
states each rule with its source.
"""
