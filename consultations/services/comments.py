"""Comments on paragraphs and proposals of another wording: contributions, each pinned to a paragraph of a version.

The thread of a paragraph is opened with the first thing that is said of it. Web, mail and paper end in `write`, or,
where somebody answers in the thread itself, in the keeper's `received`.

Locks: paragraph, then thread, then what a contribution locks; so whoever opens a thread waits for nobody who holds it.
"""

import hashlib
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import labels
from consultations.models import Amendment, Comment, Consultation, Document, Paragraph
from consultations.models.comments import Action, AmendmentState, CommentKind
from consultations.rules import comments as rules
from consultations.rules import contributions as contribution_rules
from consultations.rules import documents as document_rules
from consultations.services import contributions, wordings
from consultations.wording import comments as wording
from core import text as texts
from core.access import No, Refused, require
from forum import keepers
from forum.models import Workspace
from forum.services import posts, threads, writing
from journal.models import Audience
from journal.services import Draft, blank, record

KEEPER = "paragraph"
MOST_PROPOSED = 20_000  # characters


@dataclass(frozen=True)
class Proposal:
    """Another wording: `action` of Action; `proposed` the paragraph as it would read, or the new one after it."""

    action: str
    proposed: str = ""
    why: str = ""


def write(*, author, paragraph, text="", proposal=None, attempt=None, **post_fields):
    """Say something of a paragraph, or propose another wording with `text` as the reason; returns the post.

    `post_fields` are those of `posts.reply`. Raises Refused with the reason and the text.
    """
    who = {name: post_fields.get(name) for name in ("organisation", "voice")}
    attempt = attempt or keepers.Attempt(at=post_fields.get("at") or timezone.now())
    if proposal:
        proposal = _checked(paragraph, proposal, text)
    attempt = replace(attempt, **who, facts=attempt.facts | ({"proposal": proposal} if proposal else {}))
    said = wording.post(proposal.action, proposal.proposed, text) if proposal else text
    with transaction.atomic():
        paragraph = _locked(paragraph)
        if paragraph.thread:
            thread = paragraph.thread
            return posts.reply(author=author, thread=thread, text=said, attempt=attempt, **post_fields)
        require(lambda member, thing: rules.comment(member, thing, attempt), author, paragraph, text=text)
        return _open(paragraph, author, said, attempt, post_fields)


def decide(*, by, amendment, taken, reason="", at=None):
    """Take an amendment or decline it, which needs a reason; the next version of the text is made by hand."""
    with transaction.atomic():
        amendment = Amendment.objects.with_all().select_for_update(of=("self",), no_key=True).get(pk=amendment.pk)
        require(document_rules.decide, by, amendment, text=reason)
        reason = texts.clean_line(reason, 1000)
        if not taken and not reason:
            raise Refused(_("Say why the proposal is declined: whoever made it sees the reason."))
        amendment.state = AmendmentState.TAKEN if taken else AmendmentState.DECLINED
        amendment.decided_by, amendment.decided_at, amendment.reason = by, at or timezone.now(), reason
        amendment.save()
        facts = {"code": amendment.contribution.code, "paragraph": amendment.paragraph.code, "reason": reason}
        shown = Audience.EVERYONE if amendment.contribution.post.was_shown else Audience.MODERATORS
        record(f"amendment.{amendment.state}", actor=by, about=amendment, data=facts, audience=shown, at=at)
    return amendment


# -- The keeper of paragraphs' threads ---------------------------------------------------------------------


def may_reply(member, thread, attempt):
    return rules.comment(member, paragraph_of(thread), attempt)


def received(post, attempt):
    """Make a comment, or an amendment, of a post in a paragraph's thread; returns the entries that tell of it.

    Raises Refused when the window closed, or another version came, while the post was being written. What a facilitator
    says for themselves is no contribution, unless it proposes a wording.
    """
    paragraph = paragraph_of(post.thread)
    proposal = attempt.facts.get("proposal")
    if proposal is None and contributions.is_from_facilitator(post, attempt):
        return []
    document = paragraph.version.document
    consultation, phase = contributions.admit(post, attempt, document)
    if Document.objects.filter(pk=document.pk).exclude(current=paragraph.version_id).exists():
        raise Refused(_("A new version of this text was just published. Comment on that one."), text=post.text)
    entries = contributions.write(consultation, post, attempt, phase=phase)
    comment = Comment.objects.create(
        contribution=post.contribution,
        paragraph=paragraph,
        kind=CommentKind.AMENDMENT if proposal else CommentKind.COMMENT,
    )
    if proposal:
        label = _next_label(paragraph) if proposal.action == Action.INSERT else ""
        fields = {"action": proposal.action, "proposed": proposal.proposed, "why": proposal.why, "label": label}
        Amendment.objects.create(comment=comment, **fields)
    return [*entries, _entry(comment, post, at=post.created_at)]


def approved(post):
    """Tell everyone of what waited for a facilitator."""
    comment = Comment.objects.select_related("amendment", "paragraph__version__document__consultation")
    comment = comment.defer("paragraph__version__source").filter(contribution__post=post).first()
    return [*contributions.approved(post), _entry(comment, post)] if comment else []


def may_edit(member, post):
    """A proposal stands as it was made, for others have read it and answered."""
    if Amendment.objects.filter(comment__contribution__post=post).exists():
        return No(_("A proposal is not changed once it is made. Withdraw it, and make another one."))
    is_received = Comment.objects.filter(contribution__post=post).exists()
    return not is_received or contribution_rules.edit(member, post, paragraph_of(post.thread).version.document)


def erased(post):
    """The words of a proposal go with its post, and from what cites them."""
    wordings.forget(post)
    rows = Amendment.objects.filter(comment__contribution__post=post)
    rows.update(proposed="", why="")
    return _blank(rows)


def redacted(post, passage, mark):
    """What was taken out of the post of a proposal goes from the proposal too, which is shown beside it."""
    wordings.redacted(post, passage, mark)
    rows = Amendment.objects.filter(comment__contribution__post=post)
    for row in rows:
        for name in ("proposed", "why"):
            left = getattr(row, name).replace(passage, mark)
            # A passage that began before it, or went on after it, took at least a part of it.
            setattr(row, name, left if left in post.text else mark)
        row.save(update_fields=["proposed", "why"])
    return _blank(rows)


def _blank(rows):
    """The record keeps the digest of a wording, from which a short one is found by trying."""
    return [seq for row in rows.select_related("comment") for seq in blank(about=row.comment)]


def _entry(comment, post, at=None):
    facts = {"code": comment.contribution.code, "paragraph": comment.paragraph.code, "kind": str(comment.kind)}
    is_amendment = comment.kind == CommentKind.AMENDMENT
    if is_amendment:
        amendment = comment.amendment
        sha256 = hashlib.sha256(amendment.proposed.encode()).hexdigest()
        facts |= {"action": str(amendment.action), "label": amendment.label, "proposed_sha256": sha256}
    return Draft(
        verb="amendment.proposed" if is_amendment else "paragraph.commented",
        actor=post.carried_by or post.author,
        about=comment,
        data=facts,
        audience=Audience.EVERYONE if post.was_shown else Audience.MODERATORS,
        at=at,
    )


def paragraph_of(thread):
    """The paragraph a thread belongs to, with its version and document; remembered on the thread."""
    if "_paragraph" not in thread.__dict__:
        _know(Paragraph.objects.with_all().get(thread=thread), thread)
    return thread.__dict__["_paragraph"]


def takes_replies(thread):
    """Is the text of this thread under discussion now?"""
    return is_discussed(paragraph_of(thread).version)


def is_discussed(version):
    """Does this version take comments now, whoever they come from?"""
    phase = version.document.phase
    return version.is_current and phase.opens_at <= timezone.now() < phase.closes_at


def _know(paragraph, thread):
    thread.__dict__["_paragraph"] = paragraph
    consultation = paragraph.version.document.consultation
    consultation.workspace = thread.workspace
    paragraph.version.document.phase.consultation = consultation


# -- One paragraph -----------------------------------------------------------------------------------------


def _locked(paragraph):
    """The paragraph fetched anew, once nobody else opens its thread.

    First the lock, then the row: PostgreSQL gives a query that had to wait the new row, but joins it as of before.
    """
    Paragraph.objects.select_for_update(no_key=True).values_list("pk").get(pk=paragraph.pk)
    paragraph = Paragraph.objects.with_all().get(pk=paragraph.pk)
    paragraph.version.document.phase.consultation = paragraph.version.document.consultation
    return paragraph


def _open(paragraph, author, text, attempt, post_fields):
    """Write the first post of a paragraph's thread."""
    consultation = Consultation.objects.locked(paragraph.version.document.consultation_id)
    workspace = Workspace.objects.locked(consultation.workspace_id)
    at = post_fields.get("at")
    version = paragraph.version
    title = texts.clean_line(f"{paragraph.code} {texts.excerpt(paragraph.text, 100)}", 200)
    thread = threads.new(workspace, author=author, title=title, language=version.language, kept_by=KEEPER, at=at)
    _know(paragraph, thread)
    started = Draft(verb="thread.started", actor=author, about=thread, data={"number": thread.number}, at=at)
    post = writing.append(thread, author=author, text=text, attempt=attempt, after=[started], **post_fields)
    paragraph.thread = thread
    paragraph.save(update_fields=["thread"])
    return post


def _checked(paragraph, proposal, text):
    proposed = texts.clean_text(proposal.proposed).strip()
    problem = ""
    if proposal.action == Action.DELETE:
        proposed = ""
    elif not proposed:
        problem = _("Write the wording you propose.")
    elif len(proposed) > MOST_PROPOSED:
        problem = _("The proposed wording is too long: the most is %(most)s, in characters.") % {"most": MOST_PROPOSED}
    elif proposal.action == Action.REPLACE and proposed == paragraph.text.strip():
        problem = _("This is what the paragraph says already. Change its wording, or write a comment.")
    if problem:
        raise Refused(problem, text="\n\n".join(filter(None, (proposal.proposed, text))))
    return replace(proposal, proposed=proposed, why=texts.clean_text(text).strip())


def _next_label(paragraph):
    """The number that a new paragraph after this one would have: the first of bis, ter ... that nobody has."""
    taken = set(paragraph.version.paragraphs.numbered().values_list("label", flat=True))
    named = Amendment.objects.filter(comment__paragraph__version=paragraph.version).exclude(label="")
    return labels.following(paragraph.label, taken | set(named.values_list("label", flat=True)))


KEEPER_OF = keepers.Keeper(
    may_reply=may_reply,
    received=received,
    approved=approved,
    may_edit=may_edit,
    erased=erased,
    redacted=redacted,
    takes_replies=takes_replies,
    is_listed=False,
)
