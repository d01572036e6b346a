"""Drafts of positions by mail: a colleague answers OK, or NO and why; the author sends new words, or drops it."""

from django.utils.translation import gettext as _

from consultations.models import Clearance
from consultations.rules import positions as rules
from consultations.services import positions
from consultations.wording import positions as wording
from consultations.words import clearances as words
from consultations.words import votes
from core.access import Refused
from forum import keepers
from forum.models.posts import Channel
from notifications import answers

CLEARANCES = Clearance.objects.select_related(
    "draft__question__consultation__workspace__journal",
    "draft__question__phase",
    "draft__organisation",
    "draft__author",
)


def find_clearance(member, pk):
    """What this member was asked, while they speak for the organisation and may read the question."""
    clearance = CLEARANCES.filter(pk=pk, member=member).first()
    return clearance if clearance and rules.see(member, clearance.draft) else None


def take_clearance(member, clearance, said):
    agrees, because = words.read(said.text, name=member.name)
    if agrees is None:
        raise Refused(
            _("This was not understood. Answer OK if you agree to these words, or NO because, and why you do not."),
            text=said.text,
        )
    if agrees:
        draft = positions.clear(by=member, clearance=clearance)
    else:
        draft = positions.refuse(by=member, clearance=clearance, because=because)
    return answers.Taken(clearance.reference, note=wording.after(draft, agrees))


def find_draft(member, pk):
    """The author's own draft."""
    return positions.WITH_ALL.visible_to(member).filter(pk=pk, author=member).first()


def take_draft(member, draft, said):
    """One word drops it or reminds the colleagues, ASK and a name asks another one alone; anything else are its new
    words, about which they are asked.
    """
    order = words.order(said.text)
    if order == "drop":
        positions.drop(by=member, draft=draft)
        return answers.Taken(draft.reference, note=_("the draft is dropped"))
    if order == "remind":
        asked = positions.remind(by=member, draft=draft)
        return answers.Taken(draft.reference, note=wording.asked(asked))
    name, is_sure = words.asked_for(said.text)
    if colleague := _colleague(draft, name, is_sure, said.text):
        return _asked(draft, positions.ask(by=member, draft=draft, colleagues=[colleague]))
    attempt = answers.attempt_of(
        said, lambda attempt: rules.write(member, draft.question, draft.organisation, attempt)
    ) or keepers.Attempt(organisation=draft.organisation)
    draft = positions.write(
        by=member,
        question=draft.question,
        organisation=draft.organisation,
        text=said.text,
        attempt=attempt,
        channel=Channel.MAIL,
    )
    return _asked(draft, draft)


def _asked(draft, changed):
    asked = [row.member for row in changed.clearances.select_related("member")]
    return answers.Taken(draft.reference, note=wording.asked(asked), how=wording.how())


def _colleague(draft, name, is_sure, text):
    """The only colleague of this name, or of a part of it; None where none is surely asked for."""
    if not name:
        return None
    _focal, everyone = positions.colleagues_of(draft)
    found = [member for member in everyone if votes.fold(name) in votes.fold(member.name)]
    if len(found) != 1 and is_sure:
        names = ", ".join(str(member) for member in everyone)
        raise Refused(_("Write ASK and the name of one colleague: %(names)s") % {"names": names}, text=text)
    return found[0] if len(found) == 1 else None


def register():
    """Called once, when the app is ready."""
    answers.register(
        "clearance",
        answers.Answerable(
            find=find_clearance,
            is_open=rules.clear,
            take=take_clearance,
            place=lambda clearance: clearance.reference,
            is_one=True,
            takes_files=False,
        ),
    )
    answers.register(
        "draft",
        answers.Answerable(
            find=find_draft,
            is_open=rules.change,
            take=take_draft,
            place=lambda draft: draft.reference,
            is_one=True,
            takes_files=False,
        ),
    )
