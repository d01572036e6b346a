"""Dates in French: the hour behind "à", as in a sentence."""

DATETIME_FORMAT = "j F Y à H:i"
