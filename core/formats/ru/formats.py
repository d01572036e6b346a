"""Dates in Russian: a comma before the hour, which would else follow the point of "г."."""

DATETIME_FORMAT = "j E Y г., H:i"
