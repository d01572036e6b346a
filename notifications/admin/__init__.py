"""The tables of mail in the admin."""

from notifications.admin import arrivals

__all__ = ["arrivals"]
