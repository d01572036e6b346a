"""Comments and amendments: contributions that are pinned to a paragraph of a version."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.labels import LONGEST
from consultations.models.contributions import Contribution
from consultations.models.documents import Paragraph
from forum.models.posts import State


class CommentKind(models.TextChoices):
    COMMENT = "comment", pgettext_lazy("on a paragraph", "comment")
    AMENDMENT = "amendment", pgettext_lazy("to a paragraph", "proposal")


class CommentQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self.filter(contribution__in=Contribution.objects.visible_to(member))

    def shown(self):
        """Those everyone who may read the consultation is shown."""
        return self.filter(contribution__post__state=State.PUBLISHED)


class Comment(models.Model):
    """The anchor of a contribution to (version, paragraph)."""

    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="comment")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=9, choices=CommentKind, default=CommentKind.COMMENT)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("paragraph", "contribution")
        verbose_name = _("comment")

    def __str__(self):
        return f"{self.kind} {self.contribution_id} on {self.paragraph_id}"

    @property
    def reference(self):
        return f"comment:{self.pk}"

    @cached_property
    def journal(self):
        return self.contribution.journal


class Action(models.TextChoices):
    """What an amendment does to its paragraph."""

    REPLACE = "replace", _("new wording")
    DELETE = "delete", _("delete")
    INSERT = "insert", _("new paragraph after it")


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("an amendment", "proposed")
    TAKEN = "taken", pgettext_lazy("an amendment", "taken")
    DECLINED = "declined", pgettext_lazy("an amendment", "declined")


class AmendmentQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self.filter(comment__in=Comment.objects.visible_to(member))

    def shown(self):
        return self.filter(comment__contribution__post__state=State.PUBLISHED)

    def open(self):
        """Shown, and not decided upon."""
        return self.shown().filter(state=AmendmentState.PROPOSED)

    def with_all(self):
        post = "comment__contribution__post"
        paragraph = "comment__paragraph__version__document__consultation__workspace__journal"
        related = (paragraph, f"{post}__author", f"{post}__carried_by", f"{post}__organisation", f"{post}__thread")
        return self.select_related(*related, "decided_by").defer("comment__paragraph__version__source")


class Amendment(models.Model):
    """A proposed wording. `why`: what its author says for it; `reason`: what the drafters say of their decision.

    `label`: of a new paragraph, the number it would have, `12bis`, in brackets until decided.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="amendment")
    action = models.CharField(max_length=7, choices=Action)
    proposed = models.TextField(_("proposed wording"), blank=True)
    why = models.TextField(_("reason"), blank=True)
    label = models.CharField(max_length=LONGEST, blank=True)
    state = models.CharField(max_length=8, choices=AmendmentState, default=AmendmentState.PROPOSED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ("comment",)
        verbose_name = _("amendment")

    def __str__(self):
        return f"{self.action} {self.comment_id}"

    @property
    def reference(self):
        return f"amendment:{self.pk}"

    @cached_property
    def journal(self):
        return self.comment.journal

    @property
    def contribution(self):
        return self.comment.contribution

    @property
    def paragraph(self):
        return self.comment.paragraph

    @property
    def is_open(self):
        return self.state == AmendmentState.PROPOSED

    def get_absolute_url(self):
        return f"{self.paragraph.get_absolute_url()}#{self.contribution.number}"
