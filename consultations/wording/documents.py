"""Sentences about draft texts that digests and other mails share: what it is, how to comment, what is proposed."""

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from consultations import differences
from consultations.models.comments import Action
from consultations.wording import comments as wording
from consultations.wording import consultations as consultation_wording
from consultations.words import amendments as words
from core import languages
from core.languages import apart
from notifications.digests import prose


def heading(version):
    """The reference, the title, and whether it takes comments."""
    lines = [f"{version.code}  {prose.title(version.document.title)}"]
    if version.is_current:
        lines.append(consultation_wording.window(version.document.phase, timezone.now()))
    else:
        lines.append(_("There is a newer version of this text, which takes the comments."))
    return "\n".join(lines)


def how(version, label=""):
    """How one comments by mail, with examples on one line, so that nobody's own line is taken for ours."""
    first = version.paragraphs.numbered().order_by("place").values_list("label", flat=True).first()
    said = _("To comment, begin a line with the number of a paragraph, one line for each:")
    return f"{said}  {examples(label or first or '1')}"


def examples(label):
    """`12: your comment   12: replace "old words" by "new words"   12: delete   12: add after: new text`."""
    label = wording.number(label)
    said = [_("your comment"), *words.EXAMPLES[languages.own_code(get_language())]]
    return "   ".join(apart(f"{label}: {one}") for one in said)


def counted(version):
    """How many numbered paragraphs there are, from which to which."""
    rows = version.paragraphs.numbered().order_by("place").values_list("label", flat=True)
    first, last = rows.first() or "", rows.filter(level=1).last() or rows.last() or ""
    return ngettext(
        "%(count)s numbered paragraph: %(first)s to %(last)s.",
        "%(count)s numbered paragraphs: %(first)s to %(last)s.",
        version.paragraph_count,
    ) % {"count": version.paragraph_count, "first": wording.number(first), "last": wording.number(last)}


def remark(comment):
    """A comment, or a proposal as the difference `[-old-] {+new+}` with its reason, as texts.drawn gives it."""
    post, amendment = comment.contribution.post, comment.proposal
    facts = {
        "code": apart(comment.contribution.code),
        "label": wording.number(comment.paragraph.label),
        "new": wording.number(amendment.label) if amendment else "",
        "who": prose.title(post.organisation.short_name if post.organisation else str(post.author_name)),
    }
    if amendment is None:
        return _("%(code)s, %(who)s, on paragraph %(label)s:") % facts + f"\n{post.text}"
    said = {
        Action.REPLACE: _("%(code)s, %(who)s, a new wording of paragraph %(label)s:"),
        Action.DELETE: _("%(code)s, %(who)s: delete paragraph %(label)s."),
        Action.INSERT: _("%(code)s, %(who)s, a new paragraph %(new)s:"),
    }[amendment.action] % facts
    words_of = "" if amendment.action == Action.DELETE else differences.plain(amendment.changes)
    decided = "" if amendment.is_open else f"({amendment.get_state_display()}) {amendment.reason}".strip()
    return "\n".join(part for part in (said, words_of, amendment.why, decided) if part)
