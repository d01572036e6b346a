"""The tables of mail in the admin."""

from notifications.admin import arrivals, outgoing

__all__ = ["arrivals", "outgoing"]
