"""Ballots as things a mail can answer: a vote in a reply to a digest, to a notice, or to the letter that opened it."""

from django.utils.translation import gettext as _

from consultations.models import Ballot
from consultations.rules import ballots as rules
from consultations.services import ballots
from consultations.wording import ballots as wording
from core.access import Refused
from forum.models.posts import Channel
from notifications import answers


def find(member, pk):
    """The ballot, in a room the member may read."""
    visible = Ballot.objects.visible_to(member).select_related("workspace__journal").prefetch_related("options")
    return visible.filter(pk=pk).first()


def take(member, ballot, said):
    """Cast the vote, as of the moment the mail came to us; the receipt says what was counted."""
    if said.voice:
        raise Refused(_("Everyone votes in person. This vote was not counted."), text=said.text)
    try:
        vote = ballots.vote(
            member=member, ballot=ballot, text=said.text, channel=Channel.MAIL, came_at=said.received_at
        )
    except Refused as refused:
        raise Refused(f"{refused.reason}{_what_stands(member, ballot)}", text=said.text) from None
    note = _("your vote: %(vote)s") % {"vote": wording.said(ballot, vote.value)}
    if said.files:
        note = _("%(note)s; a vote takes no files, so they were left out") % {"note": note}
    return answers.Taken(vote.reference, note=note)


def _what_stands(member, ballot):
    """A line on the vote that counts all the same, for who sent another that does not."""
    own = ballot.votes.filter(member=member).first()
    return "\n" + _("Your earlier vote stands: %(vote)s") % {"vote": wording.said(ballot, own.value)} if own else ""


def tell(member, ballot):
    """(title, text) of the whole ballot, for GET."""
    own = ballot.votes.filter(member=member).first()
    paragraphs = wording.whole(ballot, own=own, may_vote=bool(rules.vote(member, ballot)))
    if ballot.counted_at:
        paragraphs.append(wording.result(ballot, ballots.result(ballot)))
    return ballot.title, "\n\n".join(paragraphs)


def register():
    answers.register(
        "ballot",
        answers.Answerable(
            find=find,
            is_open=rules.vote,
            take=take,
            place=lambda ballot: ballot.reference,
            tell=tell,
            is_one=True,
        ),
    )
