"""The record of a consultation as an archive that needs no server: pages, data, and the program that checks it.

`data.py` says what is in the data, `archive.py` writes the ZIP, `verify.py` is the checker that goes along; it is a
script of the standard library alone and knows nothing of the rest of the house.
"""
