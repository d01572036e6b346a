"""What is pressed on a screen is done by the services of others; here stands which of them, and how it is answered.

A screen that runs a script is answered in JSON and stays where it is; without one the page comes again, or, when the
deed was refused, comes with the reason and with what was written.
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from consultations.hearings.models import Item, LiveQuestion, Motion, Session, Speaker
from consultations.hearings.services import (
    agenda,
    endorsements,
    floor,
    lists,
    points,
    proposals,
    questions,
    sessions,
    shortlists,
    speakers,
    votes,
)
from consultations.hearings.services.queues import WITH_ALL
from consultations.wording import ballots as wording
from core import languages
from core.access import Refused
from core.deeds import count
from members.services import mandates

A_MINUTE = 120  # deeds of one member on the screens of hearings
EXTENSION = 30  # seconds, where a press does not say how many


class Asked:
    """What was pressed: by whom, in which hearing, with which fields."""

    def __init__(self, request, hearing):
        self.by, self.hearing, self.fields = request.user, hearing, request.POST
        self.language = languages.own_code(request.LANGUAGE_CODE)

    def text(self, name):
        return self.fields.get(name, "").strip()

    def speaker(self):
        return self._one(WITH_ALL.filter(item__hearing=self.hearing), "speaker", "pk")

    def seen(self):
        """The place of the speaker when the page was drawn, where it says so."""
        place = self.text("speaker").partition("@")[2]
        return int(place) if place.isdecimal() and len(place) <= 9 else None

    def speaker_or_next(self):
        return self.speaker() if self.fields.get("speaker") else None

    def item(self):
        rows = Item.objects.select_related("hearing__workspace__journal", "thread").filter(hearing=self.hearing)
        if not self.fields.get("item") and self.hearing.current_item_id:
            return rows.get(pk=self.hearing.current_item_id)
        return self._one(rows, "item", "pk")

    def question(self):
        rows = LiveQuestion.objects.select_related("hearing__workspace__journal", "item", "author", "organisation")
        return self._one(rows.filter(hearing=self.hearing).visible_to(self.by), "question", "number")

    def motion(self):
        return self._one(Motion.objects.filter(hearing=self.hearing).with_all(), "motion", "number")

    def session(self):
        return self._one(Session.objects.filter(hearing=self.hearing), "session", "number")

    def organisation(self):
        """Which of those they speak for the member named, or None."""
        named = self.text("organisation")
        return next((one for one in mandates.of(self.by) if str(one.pk) == named), None)

    def place(self):
        said = self.text("to")
        if not said.isdecimal() or len(said) > 4:
            raise Refused(_("Say to which place on the list."))
        return int(said)

    def seconds(self):
        said = self.text("seconds")
        return int(said) if said.isdecimal() and len(said) <= 5 else EXTENSION

    def _one(self, rows, name, key):
        said = self.text(name).partition("@")[0]
        found = rows.filter(**{key: int(said)}).first() if said.isdecimal() and len(said) <= 15 else None
        if found is None:
            raise Refused(_("This is not there any more. Look at the screen again, then press again."))
        return found


def _rule(asked):
    ruling = asked.text("ruling")
    if ruling not in Speaker.Ruling.values:
        raise Refused(_("Say whether the point is upheld or not."))
    points.rule(by=asked.by, speaker=asked.speaker(), ruling=ruling, reason=asked.text("reason"))


def _ask(asked):
    questions.put(
        by=asked.by,
        item=asked.item(),
        text=asked.text("text"),
        language=asked.language,
        organisation=asked.organisation(),
    )


def _speak(asked):
    speakers.request(member=asked.by, item=asked.item(), organisation=asked.organisation(), language=asked.language)


def _vote(asked):
    """With one press."""
    vote = votes.cast(member=asked.by, motion=asked.motion(), text=asked.text("answer"))
    return _("Your vote is counted: %(vote)s.") % {"vote": wording.said(vote.ballot, vote.value)}


def _next(asked):
    """Whoever has finished makes way for who follows; that stands, whatever keeps the next one from speaking."""
    told = ""
    if asked.fields.get("speaker") and floor.yield_floor(by=asked.by, speaker=asked.speaker()):
        told = _("Their time has ended.")
        if floor.following(asked.hearing) is None:
            return told
    try:
        floor.give(by=asked.by, hearing=asked.hearing)
    except Refused as refused:
        raise Refused(f"{told} {refused.reason}".strip()) from None
    return None


def _extend(asked):
    allotted = asked.text("allotted")
    seen = int(allotted) if allotted.isdecimal() and len(allotted) <= 9 else None
    floor.extend(by=asked.by, speaker=asked.speaker(), seconds=asked.seconds(), seen=seen)


def _move(asked):
    """To a place on the list; where none is named, behind the next one."""
    speaker, reason = asked.speaker(), asked.text("reason")
    if not asked.text("to"):
        floor.skip(by=asked.by, speaker=speaker, reason=reason, seen=asked.seen())
    else:
        speakers.move(by=asked.by, speaker=speaker, to=asked.place(), reason=reason)


def _take_suggestion(asked):
    """As it is on the console; where the list moved meanwhile the chair looks again."""
    reason = _("Suggested for balance")  # what was declared is for a figure alone, and the reason is everyone's
    speakers.move(by=asked.by, speaker=asked.speaker(), to=asked.place(), reason=reason, is_suggested=True)


def _put_appeal(asked):
    """An appeal is put to the vote at once (A/520, rule 71)."""
    with transaction.atomic():
        motion = points.put_appeal(by=asked.by, speaker=asked.speaker())
        votes.put_to_vote(by=asked.by, motion=motion)


# Those who take part press these.
OF_PARTICIPANTS = {
    "speak": _speak,
    "confirm": lambda asked: speakers.confirm(by=asked.by, speaker=asked.speaker()),
    "withdraw": lambda asked: speakers.withdraw(by=asked.by, speaker=asked.speaker(), reason=asked.text("reason")),
    "ask": _ask,
    "endorse": lambda asked: endorsements.endorse(by=asked.by, question=asked.question()),
    "unendorse": lambda asked: endorsements.unendorse(by=asked.by, question=asked.question()),
    "point": lambda asked: points.raise_point(member=asked.by, item=asked.item(), point=asked.text("text")),
    "appeal": lambda asked: points.appeal(member=asked.by, speaker=asked.speaker()),
    "vote": _vote,
    "reply": lambda asked: points.request_reply(
        member=asked.by, item=asked.item(), organisation=asked.organisation(), note=asked.text("text")
    ),
}
# The chair and the secretaries press these.
OF_CHAIR = {
    "next": _next,
    "give": lambda asked: floor.give(by=asked.by, hearing=asked.hearing, speaker=asked.speaker_or_next()),
    "pause": lambda asked: floor.pause(by=asked.by, speaker=asked.speaker()),
    "resume": lambda asked: floor.resume(by=asked.by, speaker=asked.speaker()),
    "extend": _extend,
    "end": lambda asked: floor.end(by=asked.by, speaker=asked.speaker()),
    "absent": lambda asked: floor.absent(by=asked.by, speaker=asked.speaker(), seen=asked.seen()),
    "move": _move,
    "take_suggestion": _take_suggestion,
    "put_appeal": _put_appeal,
    "confirm": OF_PARTICIPANTS["confirm"],
    "withdraw": OF_PARTICIPANTS["withdraw"],
    "rule": _rule,
    "open_item": lambda asked: agenda.open_item(by=asked.by, item=asked.item()),
    "close_item": lambda asked: agenda.close(by=asked.by, item=asked.item()),
    "open_list": lambda asked: lists.open_list(by=asked.by, item=asked.item()),
    "close_list": lambda asked: lists.close(by=asked.by, item=asked.item()),
    "open_session": lambda asked: sessions.open_session(by=asked.by, session=asked.session()),
    "close_session": lambda asked: sessions.close_session(by=asked.by, session=asked.session()),
    "show": lambda asked: questions.show(by=asked.by, question=asked.question()),
    "shortlist": lambda asked: shortlists.shortlist(by=asked.by, question=asked.question()),
    "take": lambda asked: shortlists.take(by=asked.by, question=asked.question()),
    "answered": lambda asked: shortlists.answer_live(by=asked.by, question=asked.question()),
    "put_to_vote": lambda asked: votes.put_to_vote(by=asked.by, motion=asked.motion()),
    "close_vote": lambda asked: votes.close(by=asked.by, motion=asked.motion()),
    "rule_out": lambda asked: proposals.rule_out(by=asked.by, motion=asked.motion(), reason=asked.text("reason")),
    "annul_vote": lambda asked: votes.annul(by=asked.by, motion=asked.motion(), reason=asked.text("reason")),
}


def perform(request, hearing, deeds, *, show, tell=dict):
    """Do what was pressed. show(refused="") draws the screen; tell() is told along to a script when it was done."""
    asked = Asked(request, hearing)
    try:
        do = deeds.get(asked.text("deed") or ("rule" if asked.text("ruling") else ""))
        if do is None:
            raise Http404
        count(request, A_MINUTE)
        said = do(asked)
    except Refused as refused:
        status = 429 if getattr(refused, "seconds", 0) else 403
        if _wants_json(request):
            return JsonResponse({"refused": str(refused.reason)}, status=status)
        response = show(refused=str(refused.reason), wrote=asked.text("text"))
        response.status_code = status
        return response
    done = said if isinstance(said, str) else _("Done.")
    if _wants_json(request):
        return JsonResponse({"done": done, **tell()})
    messages.success(request, done)
    return redirect(request.path)


def _wants_json(request):
    return request.headers.get("Accept", "").startswith("application/json")
