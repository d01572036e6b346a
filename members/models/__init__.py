"""People, the organisations they speak for, and the themes and regions both are sorted by."""

from members.models.keys import AccessKey
from members.models.members import Member
from members.models.organisations import Application, Category, Mandate, Organisation
from members.models.topics import Region, Theme

__all__ = ["AccessKey", "Application", "Category", "Mandate", "Member", "Organisation", "Region", "Theme"]
