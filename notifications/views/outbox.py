"""The demo's outbox: every mail that left, as a mail program shows it, with a box to answer it as one would.

Only a demo has these pages (notifications/demo_urls.py): they show everybody's mail, sign-in codes included.
"""

import time

from django import forms
from django.contrib import messages
from django.db import connection, models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members.models import Member
from notifications import letters, mailprogram
from notifications.digests import run
from notifications.intake.outcomes import WORDS
from notifications.models import Arrival, Letter

PAGE = 30
MOST_PEOPLE = 500
PATIENCE = 3  # seconds to wait for the worker before the page says "not yet"


class AnswerForm(forms.Form):
    sender = forms.EmailField(label=_("From"))
    style = forms.ChoiceField(label=_("Write"), choices=mailprogram.STYLES.items(), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Your answer"), max_length=200_000, widget=forms.Textarea(attrs={"dir": "auto", "rows": 14})
    )


class NewForm(forms.Form):
    sender = forms.EmailField(label=_("From"))
    to = forms.CharField(label=_("To"), max_length=254)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Text"), max_length=200_000, required=False, widget=forms.Textarea(attrs={"dir": "auto"})
    )


@never_cache
def outbox(request):
    """Every mail that left or is about to, newest first; of one person, or of all."""
    chosen = request.GET.get("to", "")
    found = (
        Letter.objects.exclude(state=Letter.State.WITHDRAWN).select_related("member").defer("stored").order_by("-pk")
    )
    if chosen:
        found = found.filter(recipient=chosen)
    if request.GET.get("before", "").isdecimal():
        found = found.filter(pk__lt=int(request.GET["before"][:18]))
    page = list(found[: PAGE + 1])
    context = {
        "letters": page[:PAGE],
        "next": page[PAGE - 1].pk if len(page) > PAGE else None,
        "people": _people(),
        "chosen": chosen,
    }
    return render(request, "notifications/outbox.html", context)


def _people():
    """Who got mail: address and name."""
    rows = Letter.objects.values_list("recipient", "member__name").annotate(models.Max("pk")).order_by("recipient")
    return [(recipient, name or "") for recipient, name, _newest in rows[:MOST_PEOPLE]]


@require_POST
def send_digests(request):
    """Write every member's digest now rather than at their hour; the worker sends them."""
    count = run.write_all_now()
    messages.success(
        request, ngettext("%(count)d digest was written.", "%(count)d digests were written.", count) % {"count": count}
    )
    return redirect("outbox")


@never_cache
def letter(request, pk):
    """One mail, and the box to answer it; after sending, what became of the answer."""
    letter = get_object_or_404(Letter.objects.select_related("member"), pk=pk)
    style = request.GET.get("style", "top")
    form = AnswerForm(request.POST or None, initial=_first_answer(letter, style))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        mail = mailprogram.answer(letter, **data, name=_name_of(data["sender"]))
        if arrival := _sent(form, mail):
            return redirect(reverse("outbox_arrival", args=[arrival.pk]))
    parsed = mailprogram.parsed(letter)
    context = {
        "letter": letter,
        "fields": [(name, parsed[name]) for name in ("From", "To", "Subject", "Date") if parsed[name]],
        "text": letters.text_of(letter),
        "has_html": parsed.get_body(("html",)) is not None,
        "form": form,
        "style": style,
        "styles": mailprogram.STYLES,
    }
    return render(request, "notifications/letter.html", context)


@never_cache
def source(request, pk):
    """A mail byte for byte, as plain text."""
    letter = get_object_or_404(Letter, pk=pk)
    return HttpResponse(bytes(letter.raw), content_type="text/plain; charset=utf-8")


@never_cache
def write(request):
    """A new mail, to a workspace for instance."""
    first = {"to": request.GET.get("to", ""), "sender": request.GET.get("from", "")}
    form = NewForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        mail = mailprogram.new(**form.cleaned_data, name=_name_of(form.cleaned_data["sender"]))
        if arrival := _sent(form, mail):
            return redirect(reverse("outbox_arrival", args=[arrival.pk]))
    return render(request, "notifications/write.html", {"form": form})


@never_cache
def arrival(request, pk):
    """What became of a mail that was sent from these pages."""
    arrival = _handled(pk)
    answers = arrival.answers.all()
    told = Letter.objects.filter(about=f"arrival:{pk}").defer("stored").order_by("pk")
    context = {
        "arrival": arrival,
        "outcome": WORDS.get(arrival.outcome, arrival.outcome),
        "answers": [(answer, _where(answer)) for answer in answers],
        "told": told,
    }
    return render(request, "notifications/arrival.html", context)


def _handled(pk):
    """The arrival as soon as a worker has handled it, or as it is after a few seconds."""
    until = time.monotonic() + PATIENCE
    while True:
        arrival = get_object_or_404(Arrival.objects.defer("raw"), pk=pk)
        is_waiting = arrival.state in (Arrival.State.NEW, Arrival.State.READ)
        if not is_waiting or time.monotonic() > until or connection.in_atomic_block:
            return arrival
        time.sleep(0.1)


def _where(answer):
    """The page an answer can be read on, if it became something that has one."""
    kind, _colon, pk = answer.result.partition(":")
    return reverse(f"forum:{kind}", args=[pk]) if kind in ("post", "thread") and pk else ""


def _sent(form, mail):
    """Hand the mail in; the arrival, or None with the door's words on the form."""
    try:
        mailprogram.send(mail)
    except mailprogram.NotTaken as refused:
        form.add_error(None, _("The mail server did not take it. It said: %(reason)s") % {"reason": refused})
        return None
    return Arrival.objects.filter(message_id=mail["Message-ID"].strip("<>")).defer("raw").latest("pk")


def _first_answer(letter, style):
    return {
        "sender": letter.recipient,
        "style": style if style in mailprogram.STYLES else "top",
        "text": mailprogram.quoted(letter) if style == "inline" else "",
    }


def _name_of(address):
    member = Member.objects.by_address(address)
    return member.name if member else ""
