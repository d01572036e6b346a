"""The mail desk: what waits for a person, a mail with all one may do about it, letters by state, one person's mail.

Every page is the secretariat's. A mail is shown as text, escaped; its bytes are downloaded, never opened here.
"""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import text as texts
from core.access import Refused, require
from core.deeds import deed
from members.models import Member
from notifications import letters as writing
from notifications import rules
from notifications.desk import arrivals as arrival_deeds
from notifications.desk import finding, targets
from notifications.desk import letters as letter_deeds
from notifications.intake import cases, outcomes, sealing
from notifications.models import Arrival, Letter
from notifications.reading import headers

MOST_HEADERS = 30_000  # characters of the header that are shown
MOST_TEXT = 60_000  # characters of a mail's text that are shown
DEEDS = ("retry", "accept", "assign", "answer", "set_aside", "erase")


class ListForm(forms.Form):
    state = forms.SlugField(required=False)
    outcome = forms.SlugField(required=False)
    words = forms.CharField(max_length=120, required=False)
    before = forms.IntegerField(min_value=1, max_value=2**62, required=False)

    def chosen(self, *names):
        self.full_clean()
        return {name: self.cleaned_data.get(name) or ("" if name != "before" else 0) for name in names}


# -- Lists -----------------------------------------------------------------------------------------------------


@never_cache
@deed
def desk(request):
    """Incoming mail that waits for a person, or in any state."""
    require(rules.run_desk, request.user)
    chosen = ListForm(request.GET).chosen("state", "outcome", "words", "before")
    page = finding.arrivals(**chosen)
    for arrival in page:
        arrival.why = outcomes.WORDS.get(arrival.outcome, arrival.outcome)
        arrival.shown_subject = sealing.shown_subject(arrival)
    waiting = finding.waiting()
    context = {
        "arrivals": page[: finding.PAGE],
        "next": page[finding.PAGE - 1].pk if len(page) > finding.PAGE else None,
        "chosen": chosen,
        "states": Arrival.State.choices,
        "outcomes": [(word, outcomes.WORDS.get(word, word), count) for word, count in sorted(waiting.items())],
        "waiting": sum(waiting.values()),
    }
    return render(request, "notifications/desk.html", context)


@never_cache
@deed
def desk_letters(request):
    """Letters by state, of one person or of all."""
    require(rules.run_desk, request.user)
    chosen = ListForm(request.GET).chosen("state", "words", "before")
    page = finding.letters(**chosen)
    chosen["state"] = chosen["state"] if chosen["state"] in Letter.State.values else Letter.State.FAILED.value
    context = {
        "letters": page[: finding.PAGE],
        "next": page[finding.PAGE - 1].pk if len(page) > finding.PAGE else None,
        "chosen": chosen,
        "states": Letter.State.choices,
    }
    return render(request, "notifications/desk_letters.html", context)


@never_cache
@deed
def desk_person(request, pk):
    """All mail between us and one member, newest first."""
    require(rules.run_desk, request.user)
    member = get_object_or_404(Member.objects.select_related("mail"), pk=pk)
    pieces = finding.story(member, before=_moment(request.GET.get("before", "")))
    for piece in pieces:
        if piece.arrival:
            piece.arrival.why = outcomes.WORDS.get(piece.arrival.outcome, piece.arrival.outcome)
            piece.arrival.shown_subject = sealing.shown_subject(piece.arrival)
    context = {
        "member": member,
        "profile": getattr(member, "mail", None),
        "addresses": member.emailaddress_set.order_by("-primary", "pk")[:20],
        "pieces": pieces[: finding.PAGE],
        "next": pieces[finding.PAGE - 1].at.isoformat() if len(pieces) > finding.PAGE else None,
    }
    return render(request, "notifications/desk_person.html", context)


@deed
@require_POST
def desk_retry(request):
    """Let the program try all again that wait for one reason: what made them fail is mended."""
    require(rules.run_desk, request.user)
    chosen = ListForm(request.POST).chosen("outcome")
    count = arrival_deeds.retry_all(by=request.user, outcome=chosen["outcome"])
    said = ngettext("%(count)s mail is tried again.", "%(count)s mails are tried again.", count)
    messages.success(request, said % {"count": count})
    return redirect("notifications:desk")


def _moment(value):
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


# -- One mail --------------------------------------------------------------------------------------------------


@never_cache
@deed
def desk_arrival(request, pk):
    """One mail: why it waits, what it says, its header, and all that can be done about it."""
    require(rules.run_desk, request.user)
    return _arrival(request, _found(pk))


def _found(pk):
    return get_object_or_404(Arrival.objects.select_related("member__mail", "letter__member"), pk=pk)


def _arrival(request, arrival, refusal=None, status=200):
    is_sealed = sealing.is_sealed(arrival)
    case = None if arrival.pruned_at or is_sealed else cases.open_case(arrival)
    raw = b"" if is_sealed else bytes(arrival.raw)
    member = arrival.member or (case.member if case else None)
    arrival.shown_subject = "" if is_sealed else arrival.subject
    context = {
        "arrival": arrival,
        "is_sealed": is_sealed,
        "why": outcomes.WORDS.get(arrival.outcome, arrival.outcome),
        "text": texts.clean_text(case.text)[:MOST_TEXT] if case else "",
        "whole": texts.clean_text("\n".join(line.text for line in case.reading.lines))[:MOST_TEXT] if case else "",
        "from_name": texts.clean_line(case.reading.from_name, 200) if case else "",
        "files": case.reading.files if case else [],
        "head": _head(raw),
        "member": member,
        "address": request.POST.get("member") or (member.email if member else ""),
        "is_open": arrival_deeds.is_open(arrival),
        "in_doubt": arrival.outcome in arrival_deeds.SENDERS_IN_DOUBT,
        "answers": arrival.answers.order_by("pk"),
        "told": Letter.objects.filter(about__in=(arrival.reference, f"desk:{arrival.pk}")).defer("stored")[:20],
        "targets": targets.likely(arrival, member) if member else [],
        "refusal": refusal,
        "kept": request.POST if refusal else {},
    }
    return render(request, "notifications/desk_arrival.html", context, status=status)


def _head(raw):
    """The header as it came, for reading: bytes that are no text are shown as what they are."""
    head = raw[: headers.MOST_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return texts.clean_text(head.decode("utf-8", "backslashreplace"))[:MOST_HEADERS]


@never_cache
@deed
def desk_source(request, pk):
    """The bytes as they came, to be saved: nothing in them is ever shown as a page of ours."""
    require(rules.run_desk, request.user)
    arrival = _found(pk)
    if sealing.is_sealed(arrival):
        raise Http404
    response = HttpResponse(bytes(arrival.raw), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="mail-{arrival.pk}.eml"'
    return response


@deed
@require_POST
def desk_do(request, pk, name):
    """One deed about one mail; a refusal shows the page again with the reason and what was written."""
    require(rules.run_desk, request.user)
    arrival = _found(pk)
    try:
        said = _DEEDS[name](request, arrival)
    except Refused as refused:
        return _arrival(request, _found(pk), refusal=refused.reason, status=422)
    messages.success(request, said)
    return redirect("notifications:desk_arrival", pk=pk)


def _retry(request, arrival):
    done = arrival_deeds.retry(by=request.user, arrival=arrival)
    return _said(done)


def _accept(request, arrival):
    member = _member(request, arrival)
    alias = bool(request.POST.get("alias"))
    return _said(arrival_deeds.accept(by=request.user, arrival=arrival, member=member, add_alias=alias))


def _assign(request, arrival):
    member = _member(request, arrival)
    about = targets.read(request.POST.get("place", ""), request.POST.get("to", ""), member)
    arrival_deeds.assign(by=request.user, arrival=arrival, member=member, about=about)
    return _("It is posted in the name of %(member)s, who is told.") % {"member": member}


def _answer(request, arrival):
    to_stranger = bool(request.POST.get("to_stranger"))
    text = request.POST.get("text", "")
    letter, is_new = arrival_deeds.answer(by=request.user, arrival=arrival, text=text, to_stranger=to_stranger)
    said = (
        _("Your answer goes to %(address)s.")
        if is_new
        else _("These words were written to %(address)s already; they are one letter.")
    )
    return said % {"address": letter.recipient}


def _set_aside(request, arrival):
    reason, tell = request.POST.get("reason", ""), bool(request.POST.get("tell"))
    arrival_deeds.set_aside(by=request.user, arrival=arrival, reason=reason, tell=tell)
    return _("The mail is set aside; nothing was posted.")


def _erase(request, arrival):
    arrival_deeds.erase(by=request.user, arrival=arrival)
    return _("What the mail said is erased.")


_DEEDS = {
    "retry": _retry,
    "accept": _accept,
    "assign": _assign,
    "answer": _answer,
    "set_aside": _set_aside,
    "erase": _erase,
}


def _member(request, arrival):
    """Whose mail it is: as written, by address, or who it was thought to be."""
    address = request.POST.get("member", "").strip()
    member = Member.objects.by_address(address) if address else arrival.member
    if member is None:
        raise Refused(_("No member has the address “%(address)s”.") % {"address": address or arrival.from_address})
    return member


def _said(arrival):
    facts = {
        "state": arrival.get_state_display(),
        "outcome": outcomes.WORDS.get(arrival.outcome, arrival.outcome),
    }
    return _("The mail was handled: %(state)s, %(outcome)s.") % facts


# -- One letter ------------------------------------------------------------------------------------------------


@never_cache
@deed
def desk_letter(request, pk):
    """One letter: its text unless it carries a code, what became of it, and what can be done."""
    require(rules.run_desk, request.user)
    letter = get_object_or_404(Letter.objects.select_related("member"), pk=pk)
    is_secret = letter.is_secret or sealing.is_sealed_letter(letter)
    shown = None if is_secret or letter.pruned_at else texts.clean_text(writing.text_of(letter))[:MOST_TEXT]
    context = {"letter": letter, "is_secret": is_secret, "text": shown, "bounce": getattr(letter, "bounce", None)}
    return render(request, "notifications/desk_letter.html", context)


@deed
@require_POST
def desk_letter_do(request, pk, name):
    """Send a failed letter again, or take back one that waits."""
    require(rules.run_desk, request.user)
    letter = get_object_or_404(Letter.objects.defer("stored"), pk=pk)
    if name == "resend":
        letter_deeds.resend(by=request.user, letter=letter)
        messages.success(request, _("The letter is sent again."))
    else:
        letter_deeds.withdraw(by=request.user, letter=letter)
        messages.success(request, _("The letter is withdrawn."))
    return redirect("notifications:desk_letter", pk=pk)
