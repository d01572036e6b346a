"""What owns a room: a consultation, a hearing. Whoever may read the room may read it, the moderators of the room lead
it, and the room's journal is its record. Until it is published only they see it.
"""

import re

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from consultations.models.worded import Worded
from forum.models import Workspace


class RoomOwnerQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The published ones of the rooms this member may read; the others are for those who prepare them."""
        seen = self.filter(workspace__in=Workspace.objects.visible_to(member))
        if getattr(member, "is_secretariat", False) and member.is_active:
            return seen
        shown = models.Q(published_at__isnull=False)
        if member.is_authenticated:
            shown |= models.Exists(member.seats.filter(workspace=models.OuterRef("workspace"), role="moderator"))
        return seen.filter(shown)

    def named(self, name):
        """The one that an operator names by its reference (`ALP/2026/C3`) or by the mail name of its room, or None."""
        rows = self.select_related("workspace__journal")
        reference = rf"(?:[^/]+/)?(\d{{4}})/{self.model.LETTER}(\d{{1,5}})/?"
        if found := re.fullmatch(reference, name.strip(), re.IGNORECASE):
            return rows.filter(year=int(found[1]), number=int(found[2])).first()
        return rows.filter(workspace__slug=name.strip()).first()

    def locked(self, pk):
        """The one with its room, fetched anew under a lock that lasts for the transaction."""
        return self.select_for_update(of=("self",), no_key=True).select_related("workspace__journal").get(pk=pk)


class RoomOwner(Worded):
    """What owns a room has three fields of its own besides: `workspace`, `visibility` (of the room from publication on)
    and `thread`, the pinned one with its note. LETTER: of its references.
    """

    LETTER = ""

    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveSmallIntegerField(editable=False)  # within the year
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def reference(self):
        return f"{self._meta.model_name}:{self.pk}"

    @property
    def code(self):
        """By which it is cited: `ALP/2026/C3`."""
        return f"{settings.REFERENCE_PREFIX}/{self.year}/{self.LETTER}{self.number}"

    @property
    def file_name(self):
        """What the names of its files begin with: `ALP-2026-C3`."""
        return self.code.replace("/", "-")

    @property
    def url_key(self):
        """What its addresses are made of: /consultations/2026/C3/..."""
        return (self.year, self.number)

    @cached_property
    def journal(self):
        return self.workspace.journal

    @property
    def is_published(self):
        return self.published_at is not None
