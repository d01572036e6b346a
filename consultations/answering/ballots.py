"""Ballots as things a mail can answer: a vote in a reply to a digest, to a notice, or to the letter that opened it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations import keeping
from consultations.models import Ballot, Elector, Vote
from consultations.models.ballots import RollOf
from consultations.rules import ballots as rules
from consultations.services import ballots, counting
from consultations.wording import ballots as wording
from consultations.words import marks
from consultations.words import votes as words
from core.access import Refused
from forum.models.posts import Channel
from notifications import answers, letters
from notifications.digests import prose
from notifications.models import Letter


def find(member, pk):
    """The ballot, in a room the member may read."""
    visible = Ballot.objects.visible_to(member).select_related("workspace__journal", "phase__consultation")
    return visible.prefetch_related("options").filter(pk=pk).first()


def take(member, ballot, said):
    """Cast the vote, as of the moment the mail came to us; the receipt says what was counted.

    Who speaks for several organisations writes their names before the votes; each gets its own. `PRESENT` votes for
    nothing and says that one is there. What a vote of a hearing takes besides is its keeper's.
    """
    if taken := keeping.instead(member, ballot, said):
        return taken
    if said.voice or (said.organisation and ballot.roll_of == RollOf.MEMBERS):
        raise Refused(_("Everyone votes in person. This vote was not counted."), text=said.text)
    when = {"came_at": said.received_at}
    is_late = ballot.grace_hours and said.received_at and said.received_at >= ballot.closes_at
    proven_at = said.proven_at if is_late else None
    if words.is_present(said.text, member.name) and rules.attend(member, ballot, said.received_at):
        elector = ballots.attend(member=member, ballot=ballot, **when)
        return answers.Taken(elector.reference, note=_("you are there; you have not voted yet"))
    try:
        cast = [
            ballots.vote(
                member=member,
                ballot=ballot,
                text=text,
                channel=Channel.MAIL,
                organisation=organisation,
                proven_at=proven_at,
                **when,
            )
            for organisation, text in _parts(member, ballot, said)
        ]
    except Refused as refused:
        raise Refused(f"{refused.reason}{_what_stands(member, ballot)}", text=said.text) from None
    if ballot.is_secret:
        for slip in cast:
            _mail_receipt(member, ballot, slip)
        note = _("your secret vote is counted; its receipt code comes in a mail of its own")
    else:
        note = _("your vote: %(vote)s") % {"vote": "; ".join(wording.said(ballot, vote.value) for vote in cast)}
    if any(vote.in_grace for vote in cast):
        note = _("%(note)s; it was sent before the close and came after it, and is marked so") % {"note": note}
    return answers.Taken(cast[0].reference, note=note)


def _parts(member, ballot, said):
    """[(organisation or None, text)]: a mail may carry the votes of several organisations."""
    if ballot.roll_of == RollOf.MEMBERS or said.organisation:
        return [(said.organisation, said.text)]
    rows = list(Elector.objects.filter(ballot=ballot).cast_by(member).named())
    parts = marks.addressed(said.text, [row.name for row in rows])
    return [(rows[place].organisation if place is not None else None, part) for place, part in parts]


def _mail_receipt(member, ballot, slip):
    """The receipt code, in a letter that is erased at the count."""
    facts = {"ballot": prose.title(ballot.title), "code": slip.receipt, "vote": wording.said(ballot, slip.value)}
    url = f"{settings.SITE_URL}{reverse('consultations:receipts', args=[ballot.pk])}"
    paragraphs = [
        _("Your secret vote in “%(ballot)s” is counted: %(vote)s.") % facts,
        _("Its receipt code: %(code)s") % facts,
        _(
            "Keep it. Who has this code can change the vote until the close: reply, and write the code and the new "
            "vote, for example “%(example)s”."
        )
        % {"example": f"{slip.receipt} {wording.first_word(ballot)}"},
        _("After the close all votes are published with their codes, without names; find yours there: %(url)s")
        % {"url": url},
        _(
            "Delete this mail if others read your mailbox: whoever has the code can see how you voted. We keep no copy "
            "of it after the count."
        ),
    ]
    letters.compose(
        member=member,
        subject=_("Receipt for your vote: %(ballot)s") % facts,
        text="\n\n".join(paragraphs),
        kind=Letter.Kind.ANSWER,
        about=ballot.reference,
        workspace=ballot.workspace,
    )


def _what_stands(member, ballot):
    """A line on the vote that counts all the same, for who sent another that does not."""
    own = _own(member, ballot)
    return "\n" + _("Your earlier vote stands: %(vote)s") % {"vote": wording.said(ballot, own.value)} if own else ""


def is_secret(pk):
    return Ballot.objects.filter(pk=pk, is_secret=True).exists()


def _own(member, ballot):
    return Vote.objects.filter(ballot=ballot, member=member, organisation=None).first()


def tell(member, ballot):
    """(title, text) of the whole ballot, for GET."""
    paragraphs = wording.whole(ballot, own=_own(member, ballot), may_vote=bool(rules.vote(member, ballot)))
    paragraphs.append(wording.secrecy(ballot))
    if ballot.annulled_at:
        paragraphs.append(wording.annulled(ballot))
    if ballot.counted_at:
        paragraphs.append(wording.result(ballot, counting.final(ballot).facts))
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
            hears_soon=keeping.hears_soon,
            is_one=True,
            takes_files=False,
            is_sealed=is_secret,
            is_for_organisations=True,
        ),
    )
