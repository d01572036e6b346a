"""Bounces: what mail that does not arrive says of an address, and how such an address comes back.

`scores` counts, `suspension` stops and revives, `probes` asks whether anybody is there, `complaints` hears those who
call our mail unwanted, `telling` and `reach` show all that to the people who can do something about it.
"""
