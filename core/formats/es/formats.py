"""Dates in Spanish: day before month, months by name, 24 hours."""

DATETIME_FORMAT = "j \\d\\e F \\d\\e Y, H:i"
