"""What chair and secretaries do with speakers: the floor and its clock, the order, rulings, shared times.

Each deed is one press, or a page that asks for what is needed.
"""

from functools import partial

from django import forms as plain
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.hearings.forms import speakers as forms
from consultations.hearings.models import Hearing, Speaker, TimeAccount
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import accounts, floor, lists, points, speakers
from consultations.hearings.views.speaking import of_item, of_speaker, press
from core.access import find
from core.deeds import came_from, deed, perform, posted
from forum.forms import ReasonForm

HEARINGS = Hearing.objects.select_related("workspace__journal")


def conduct(member, about):
    """The rule of all of them."""
    return rules.conduct(member, getattr(about, "item", about).hearing)


def preside(member, about):
    """Of those whose deed is refused: who gets its page again."""
    return rules.preside(member, getattr(about, "item", about).hearing)


def on_item(do, heading, said, form=plain.Form, **more):
    """A view of a deed on an item: do(by=, item=, and what the form says)."""

    @of_item
    def view(request, item):
        return _press(request, do, heading, said, form(posted(request)), item=item, **more)

    return view


def on_speaker(do, heading, said, form=plain.Form, **more):
    """The same on a speaker."""

    @of_speaker
    def view(request, speaker):
        return _press(request, do, heading, said, form(posted(request)), speaker=speaker, **more)

    return view


def _press(request, do, heading, said, form, *, back=None, explain="", **about):
    [thing] = about.values()
    do = partial(do, by=request.user, **about)
    more = {"back": back, "explain": explain}
    return press(request, thing, do, conduct, sees=preside, heading=heading, said=said, form=form, **more)


# -- The floor ---------------------------------------------------------------------------------------------


def _has_floor(made):
    return _("%(speaker)s has the floor.") % {"speaker": made.speaker.name}


give_next = on_item(
    lambda by, item, **fields: floor.give(by=by, hearing=item.hearing, **fields),
    gettext_lazy("Give the floor to the next"),
    _has_floor,
)
give = on_speaker(
    lambda by, speaker, **fields: floor.give(by=by, hearing=speaker.item.hearing, speaker=speaker, **fields),
    gettext_lazy("Give the floor"),
    _has_floor,
    forms.GiveForm,
)
pause = on_speaker(floor.pause, gettext_lazy("Let the clock stand still"), gettext_lazy("The clock stands still."))
resume = on_speaker(floor.resume, gettext_lazy("Let the clock go on"), gettext_lazy("The clock goes on."))
extend = on_speaker(
    floor.extend, gettext_lazy("Give more time"), gettext_lazy("They have more time."), forms.ExtendForm
)
end = on_speaker(floor.end, gettext_lazy("End their time"), gettext_lazy("Their time has ended."))
absent = on_speaker(
    floor.absent,
    gettext_lazy("They were called and are not there"),
    gettext_lazy("It is noted that they were called and are not there."),
    forms.AbsentForm,
)
correct_time = on_speaker(
    floor.correct,
    gettext_lazy("Correct how long they spoke"),
    gettext_lazy("The time is corrected."),
    forms.CorrectForm,
)


# -- The order ---------------------------------------------------------------------------------------------

IS_MOVED = gettext_lazy("They have another place; they are told why.")


def _enter(*, by, item, queue, point, **fields):
    if queue == Speaker.Queue.LIST:
        return speakers.enter(by=by, item=item, **fields)
    return points.enter(by=by, item=item, queue=queue, point=point, **fields)


enter = on_item(
    _enter, gettext_lazy("Enter somebody in the room"), gettext_lazy("They are on the list."), forms.EnterForm
)
move = on_speaker(speakers.move, gettext_lazy("Give another place"), IS_MOVED, forms.MoveForm)
skip = on_speaker(floor.skip, gettext_lazy("Let the next one speak first"), IS_MOVED, ReasonForm)
relist = on_speaker(
    speakers.relist, gettext_lazy("Put on the list again"), gettext_lazy("They are at the end of the list.")
)
close_list = on_item(
    lists.close, gettext_lazy("Close the list of speakers"), gettext_lazy("The list of speakers is closed.")
)
open_list = on_item(
    lists.open_list, gettext_lazy("Open the list of speakers"), gettext_lazy("The list of speakers is open.")
)


@of_speaker
def prioritise(request, speaker):
    form = forms.PriorityForm(posted(request), initial={"priority": speaker.priority})
    return _press(request, speakers.prioritise, _("Give priority"), IS_MOVED, form, speaker=speaker)


@of_speaker
def allot(request, speaker):
    initial = {"seconds": speaker.seconds, "account": speaker.account_id}
    form = forms.AllotForm(posted(request), hearing=speaker.item.hearing, initial=initial)
    return _press(request, speakers.allot, _("Set their time"), _("Their time is set."), form, speaker=speaker)


# -- Points of order ---------------------------------------------------------------------------------------


@of_speaker
def rule_on_point(request, speaker):
    form, heading, said = forms.RuleForm(posted(request)), _("Rule on the point of order"), _("The ruling is noted.")
    return _press(request, points.rule, heading, said, form, speaker=speaker, explain=speaker.point)


put_appeal = on_speaker(
    points.put_appeal,
    gettext_lazy("Put the appeal to the vote"),
    gettext_lazy("The motion is written down; put it to the vote."),
    back=lambda motion: motion.get_absolute_url(),
)


# -- Shared times ------------------------------------------------------------------------------------------


@deed
def share_time(request, year, number):
    """Set up time that several share, or change how much there is."""
    hearing = find(HEARINGS, request.user, year=year, number=number)
    return _of_hearing(
        request,
        hearing,
        lambda **fields: accounts.share(by=request.user, hearing=hearing, **fields),
        rules.change,
        _("Share time"),
        forms.AccountForm(posted(request)),
    )


@deed
def correct_account(request, year, number, account):
    hearing = find(HEARINGS, request.user, year=year, number=number)
    account = find(TimeAccount, request.user, pk=account, hearing=hearing)
    return _of_hearing(
        request,
        hearing,
        lambda **fields: accounts.correct(by=request.user, account=account, **fields),
        rules.conduct,
        _("Correct shared time"),
        forms.AccountCorrectionForm(posted(request)),
    )


def _of_hearing(request, hearing, do, rule, heading, form):
    next_page = came_from(request) or ""
    return perform(
        request,
        "hearings/press_speaker.html",
        form=form,
        do=do,
        rule=rule,
        sees=rules.preside,
        about=hearing,
        said=_("The shared time is set."),
        back=next_page or reverse("hearings:hearing", args=hearing.url_key),
        context={"hearing": hearing, "heading": heading, "next": next_page},
    )
