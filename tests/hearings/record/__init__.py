"""The record of a hearing: notes, its text, corrections, archive."""
