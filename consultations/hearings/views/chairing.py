"""What chair and secretaries do with speakers: the floor and its clock, the order, rulings, shared times.

Each deed is one press, or a page that asks for what is needed.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.hearings.forms import speakers as forms
from consultations.hearings.models import Hearing, Speaker, TimeAccount
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import accounts, floor, lists, points, speakers
from consultations.hearings.views.speakers import of_item, of_speaker, press
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


def _press(request, about, do, heading, said, form=None, **more):
    return press(request, about, do, conduct, sees=preside, heading=heading, said=said, form=form, **more)


# -- The floor ---------------------------------------------------------------------------------------------


@of_item
def give_next(request, item):
    return _press(
        request,
        item,
        lambda **fields: floor.give(by=request.user, hearing=item.hearing, **fields),
        _("Give the floor to the next"),
        lambda made: _("%(speaker)s has the floor.") % {"speaker": made.speaker.name},
    )


@of_speaker
def give(request, speaker):
    return _press(
        request,
        speaker,
        lambda **fields: floor.give(by=request.user, hearing=speaker.item.hearing, speaker=speaker, **fields),
        _("Give the floor"),
        lambda made: _("%(speaker)s has the floor.") % {"speaker": made.speaker.name},
        forms.GiveForm(posted(request)),
    )


@of_speaker
def pause(request, speaker):
    return _press(
        request,
        speaker,
        lambda **fields: floor.pause(by=request.user, speaker=speaker, **fields),
        _("Let the clock stand still"),
        _("The clock stands still."),
    )


@of_speaker
def resume(request, speaker):
    return _press(
        request,
        speaker,
        lambda: floor.resume(by=request.user, speaker=speaker),
        _("Let the clock go on"),
        _("The clock goes on."),
    )


@of_speaker
def extend(request, speaker):
    return _press(
        request,
        speaker,
        lambda **fields: floor.extend(by=request.user, speaker=speaker, **fields),
        _("Give more time"),
        _("They have more time."),
        forms.ExtendForm(posted(request)),
    )


@of_speaker
def end(request, speaker):
    return _press(
        request,
        speaker,
        lambda: floor.end(by=request.user, speaker=speaker),
        _("End their time"),
        _("Their time has ended."),
    )


@of_speaker
def absent(request, speaker):
    return _press(
        request,
        speaker,
        lambda **fields: floor.absent(by=request.user, speaker=speaker, **fields),
        _("They were called and are not there"),
        _("It is noted that they were called and are not there."),
        forms.AbsentForm(posted(request)),
    )


@of_speaker
def correct_time(request, speaker):
    return _press(
        request,
        speaker,
        lambda **fields: floor.correct(by=request.user, speaker=speaker, **fields),
        _("Correct how long they spoke"),
        _("The time is corrected."),
        forms.CorrectForm(posted(request)),
    )


# -- The order ---------------------------------------------------------------------------------------------


@of_item
def enter(request, item):
    def do(queue, point, **fields):
        if queue == Speaker.Queue.LIST:
            return speakers.enter(by=request.user, item=item, **fields)
        return points.enter(by=request.user, item=item, queue=queue, point=point, **fields)

    return _press(
        request,
        item,
        do,
        _("Enter somebody in the room"),
        _("They are on the list."),
        forms.EnterForm(posted(request)),
    )


@of_speaker
def move(request, speaker):
    return _press(
        request,
        speaker,
        lambda **fields: speakers.move(by=request.user, speaker=speaker, **fields),
        _("Give another place"),
        _("They have another place; they are told why."),
        forms.MoveForm(posted(request)),
    )


@of_speaker
def skip(request, speaker):
    return _press(
        request,
        speaker,
        lambda **fields: floor.skip(by=request.user, speaker=speaker, **fields),
        _("Let the next one speak first"),
        _("They have another place; they are told why."),
        ReasonForm(posted(request)),
    )


@of_speaker
def prioritise(request, speaker):
    return _press(
        request,
        speaker,
        lambda **fields: speakers.prioritise(by=request.user, speaker=speaker, **fields),
        _("Give priority"),
        _("They have another place; they are told why."),
        forms.PriorityForm(posted(request), initial={"priority": speaker.priority}),
    )


@of_speaker
def allot(request, speaker):
    initial = {"seconds": speaker.seconds, "account": speaker.account_id}
    return _press(
        request,
        speaker,
        lambda **fields: speakers.allot(by=request.user, speaker=speaker, **fields),
        _("Set their time"),
        _("Their time is set."),
        forms.AllotForm(posted(request), hearing=speaker.item.hearing, initial=initial),
    )


@of_speaker
def relist(request, speaker):
    return _press(
        request,
        speaker,
        lambda: speakers.relist(by=request.user, speaker=speaker),
        _("Put on the list again"),
        _("They are at the end of the list."),
    )


@of_item
def close_list(request, item):
    return _press(
        request,
        item,
        lambda: lists.close(by=request.user, item=item),
        _("Close the list of speakers"),
        _("The list of speakers is closed."),
    )


@of_item
def open_list(request, item):
    return _press(
        request,
        item,
        lambda: lists.open_list(by=request.user, item=item),
        _("Open the list of speakers"),
        _("The list of speakers is open."),
    )


# -- Points of order ---------------------------------------------------------------------------------------


@of_speaker
def rule_on_point(request, speaker):
    return _press(
        request,
        speaker,
        lambda **fields: points.rule(by=request.user, speaker=speaker, **fields),
        _("Rule on the point of order"),
        _("The ruling is noted."),
        forms.RuleForm(posted(request)),
        explain=speaker.point,
    )


@of_speaker
def put_appeal(request, speaker):
    return _press(
        request,
        speaker,
        lambda: points.put_appeal(by=request.user, speaker=speaker),
        _("Put the appeal to the vote"),
        _("The motion is written down; put it to the vote."),
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
