"""A passage is taken out of a post; a mark and the reason stand where it stood, the other words stay as they are."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import text as texts
from core.access import Refused, require
from forum import keepers, rules
from forum.models import Post, Redaction
from forum.services import posts, writing
from journal.services import blank, record

MARK = "▮▮▮"
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#|~]")  # what could end the mark or begin something else


def redact(*, by, post, passage, reason, at=None):
    """Replace a passage of a post, wherever it stands in it, and in its earlier wordings too; returns the post.

    Its author gets the passage back by mail, with the reason. Raises Refused without a reason, or where the passage
    does not stand in the post as it was given.
    """
    with transaction.atomic():
        post = posts.locked(post)
        require(rules.hide, by, post, text=passage)
        reason = texts.clean_line(reason, 400)
        passage = texts.clean_text(passage).strip()
        if not reason:
            raise Refused(_("Say why the words are taken out: everybody sees the reason."), text=passage)
        if not passage or passage not in post.text:
            raise Refused(
                _("These words do not stand in the post. Copy them from it exactly, signs and line ends too."),
                text=passage,
            )
        mark = mark_for(reason)
        Redaction.objects.create(post=post, passage=passage, reason=reason, made_by=by, made_at=at or timezone.now())
        for earlier in post.revisions.all():
            earlier.text = earlier.text.replace(passage, mark)
            earlier.html = texts.render(earlier.text)
            earlier.save(update_fields=["text", "html"])
        post.text = post.text.replace(passage, mark)
        post.html, post.html_version = texts.render(post.text), texts.RENDERER_VERSION
        Post.objects.filter(pk=post.pk).update(text=post.text, html=post.html, html_version=post.html_version)
        # The digests of the earlier wordings go: what is short is found by trying what gives the same digest.
        seqs = sorted([*blank(about=post), *keepers.redacted(post, passage, mark)])
        facts = writing.fingerprint(post) | {"reason": reason, "seqs": seqs}
        record("post.redacted", actor=by, about=post, data=facts, at=at)
    return post


def mark_for(reason):
    """What stands where a passage stood."""
    return f"{MARK} ({_MARKUP.sub('', reason)}) {MARK}"
