"""Dates in Arabic: day before month, months by name, 24 hours.

The short forms name the month, too: between Arabic letters 20/11/2026 can be read from either end.
"""

DATETIME_FORMAT = "j F Y، H:i"
DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
SHORT_DATETIME_FORMAT = DATETIME_FORMAT
SHORT_DATE_FORMAT = DATE_FORMAT
