"""Dates in Arabic: day before month, months by name, 24 hours."""

DATETIME_FORMAT = "j F Y، H:i"
DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
