"""The record of a consultation as an archive that needs no server: pages, data, and the program that checks it.

`data.py` and `outcomes.py` say what is in the data, `pages.py` what one reads beside the papers, `archive.py` writes
it; `zipping.py` is any such archive, `records.py` knows what there are archives of. `verify.py` is the checker that
goes along, also with those of hearings; it is a script of the standard library alone and knows nothing of the house.
"""
