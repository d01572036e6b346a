"""What speakers do themselves: ask for the floor, confirm, withdraw, hand in their text; points of order and replies.

Each deed is one press, or a page that asks for what is needed.
"""

from functools import wraps

from django import forms as plain
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.hearings.forms import speakers as forms
from consultations.hearings.models import Item, Speech
from consultations.hearings.rules import speakers as rules
from consultations.hearings.services import points, speeches
from consultations.hearings.services import speakers as service
from consultations.hearings.views.speakers import ITEMS, named
from consultations.hearings.wording import speakers as wording
from core import languages
from core.access import find
from core.deeds import came_from, deed, perform, posted

A_MINUTE = 20  # of one kind of deed


def of_item(view):
    """A deed on the item that the address names."""

    @deed
    @wraps(view)
    def found(request, year, number, item):
        return view(request, find(ITEMS, request.user, pk=item, hearing__year=year, hearing__number=number))

    return found


def of_speaker(view):
    """A deed on the speaker that the address names."""

    @deed
    @wraps(view)
    def found(request, year, number, speaker):
        return view(request, named(request, year, number, speaker))

    return found


def press(request, about, do, rule, *, heading, said, sees=None, form=None, back=None, explain=""):
    """One press where it stands, or a page that asks for what is needed."""
    item = about if isinstance(about, Item) else about.item
    next_page = came_from(request) or ""
    return perform(
        request,
        "hearings/press_speaker.html",
        form=form or plain.Form(posted(request)),
        do=do,
        rule=rule,
        sees=sees,
        about=about,
        said=said,
        back=next_page or back or item_page(item),
        context={"hearing": item.hearing, "heading": heading, "next": next_page, "explain": explain},
        most=A_MINUTE,
    )


def item_page(item):
    """The list of an item, to which most deeds lead back."""
    return reverse("hearings:speakers", args=[*item.hearing.url_key, item.pk])


@of_item
def request_floor(request, item):
    initial = {"language": "", "organisation": service.invited_as(request.user, item.hearing)}
    form = forms.RequestForm(posted(request), member=request.user, initial=initial)
    return press(
        request,
        item,
        lambda **fields: service.request(member=request.user, item=item, **fields),
        rules.request,
        sees=rules.take_part,
        heading=_("Ask to speak"),
        said=lambda made: wording.noted(made),
        form=form,
        back=lambda made: made.get_absolute_url(),
    )


@of_item
def request_reply(request, item):
    return press(
        request,
        item,
        lambda **fields: points.request_reply(member=request.user, item=item, **fields),
        lambda member, thing: rules.reply(member, thing),
        sees=rules.take_part,
        heading=_("Ask for a right of reply"),
        said=_("Your right of reply is noted."),
        form=forms.ReplyForm(posted(request), member=request.user),
    )


@of_item
def raise_point(request, item):
    return press(
        request,
        item,
        lambda **fields: points.raise_point(member=request.user, item=item, **fields),
        rules.raise_point,
        sees=rules.take_part,
        heading=_("Raise a point of order"),
        said=_("Your point of order is raised."),
        form=forms.PointForm(posted(request)),
    )


@of_speaker
def appeal(request, speaker):
    return press(
        request,
        speaker,
        lambda: points.appeal(member=request.user, speaker=speaker),
        lambda member, row: rules.raise_point(member, row.item),
        heading=_("Appeal against the ruling"),
        said=_("Your appeal is noted; the chair puts it to the vote."),
        back=speaker.get_absolute_url(),
    )


@of_speaker
def confirm(request, speaker):
    return press(
        request,
        speaker,
        lambda: service.confirm(by=request.user, speaker=speaker),
        rules.speak_of,
        heading=_("Confirm the request to speak"),
        said=lambda made: wording.noted(made),
        back=speaker.get_absolute_url(),
    )


@of_speaker
def withdraw(request, speaker):
    return press(
        request,
        speaker,
        lambda **fields: service.withdraw(by=request.user, speaker=speaker, **fields),
        rules.speak_of,
        heading=_("Take off the list of speakers"),
        said=_("They are off the list."),
        form=forms.WithdrawForm(posted(request)),
    )


@of_speaker
def hand_in(request, speaker):
    return _words(request, speaker, speeches.hand_in, rules.speak_of, _("Hand in the text"), Speech.Stage.AHEAD)


@of_speaker
def deliver(request, speaker):
    heading = _("Write down what was said")
    return _words(request, speaker, speeches.deliver, rules.write_down, heading, Speech.Stage.DELIVERED)


@of_speaker
def submit(request, speaker):
    return press(
        request,
        speaker,
        lambda: speeches.submit(by=request.user, speaker=speaker),
        rules.speak_of,
        heading=_("Submit the text without speaking"),
        said=_("The text stands as submitted, not delivered."),
        back=speaker.get_absolute_url(),
        explain=_("The place on the list is given up, and everybody can read the text now."),
    )


def _words(request, speaker, do, rule, heading, stage):
    seen = speaker.speeches.visible_to(request.user).order_by("-written_at")
    earlier = seen.filter(stage=stage).first()
    if earlier is None and stage == Speech.Stage.DELIVERED:
        earlier = seen.filter(stage=Speech.Stage.AHEAD).first()
    language = earlier.language if earlier else speaker.language or languages.own_code(get_language())
    initial = {"text": earlier.text if earlier else "", "language": language}
    files = request.FILES if request.method == "POST" else None
    return press(
        request,
        speaker,
        lambda **fields: do(by=request.user, speaker=speaker, **fields),
        rule,
        heading=heading,
        said=_("The text is kept."),
        form=forms.SpeechForm(posted(request), files, initial=initial),
        back=speaker.get_absolute_url(),
    )
