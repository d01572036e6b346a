"""The record of a hearing as an archive that needs no server: pages, data, journal, and the program that checks it.

`data.py` and `motions.py` say what is in the data, `archive.py` writes the ZIP; the checker is that of consultations.
"""
