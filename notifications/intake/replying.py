"""Replies: each answer of a mail goes to the thing it is about, once, through the rules of whoever owns that thing.

A reply to a digest carries answers by number; a reply to a letter about one thing needs none; a reply to one of our
questions settles it.
"""

import re
import unicodedata
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.access import Refused
from forum.services import attachments
from notifications import answers, reading, wishes
from notifications.intake import cases, confirming, proofs, receipts, validity
from notifications.intake.outcomes import Outcome, held
from notifications.models import Answer, Arrival

_ONLY_NUMBER = re.compile(r"\W{0,4}(?:no|nr|n|n°|№)?\W{0,3}(\d{1,9})\W{0,4}", re.IGNORECASE)
REPEATED_LINES = 4  # of a vote; more is a letter that was sent back as it was


def is_valid(letter):
    """Can this letter still be answered?"""
    return validity.of_letter(letter) == validity.VALID


def answer(case):
    """Reply to a letter of ours."""
    about = case.letter.about
    if about.startswith("arrival:"):
        asked = Arrival.objects.select_related("letter").filter(pk=about.partition(":")[2], member=case.member).first()
        if asked and (settled := _settle(case, asked) or _say_again(case)):
            return settled
        about = asked.letter.about if asked and asked.letter else ""
    if case.issue or case.has_numbers:
        return _answer_items(case, about)
    text = case.text or (_repeated(case) if answers.is_one(about) else "")
    if not text and not case.uploads:
        return Outcome("no_text", explain="no_text")
    if not answers.knows(about):
        return held("not_answerable", explain="not_answerable")
    take(case, about, text, files=case.uploads)
    return said(case)


def _answer_items(case, about):
    """Several answers by number; what belongs to no item is kept and asked about."""
    read = case.reading
    for code, item, text, files in _joined(case):
        _answer_item(case, code, item, text, files)
    for refused in read.refused:
        _answer_item(case, refused.code, cases.item(case, refused.code), refused.text, ())
    if case.reading.unassigned and not (read.is_greeting and case.answers):
        _place_loose_text(case, about, read.unassigned, case.uploads_beside(""))
    elif case.uploads_beside("") and not case.answers:
        _place_loose_text(case, about, "", case.uploads_beside(""))
    elif (spare := case.uploads_beside("")) and case.answers_in(Answer.State.TAKEN):
        _hang_on_first(case, spare)
    if case.answers or case.is_repeat or case.file_problems:
        return said(case)
    return Outcome("asked") if case.told else Outcome("no_text", explain="no_text")


def _joined(case):
    """(number, item, text, files) of each answer; what a mail says in two places to a thing that takes one is one, and
    a file behind a number is one without words.
    """
    found, places = [], {}
    said = {answered.code for answered in case.reading.answers}
    beside = dict.fromkeys(file.code for file in case.reading.files if file.code and file.code not in said)
    for answered in (*case.reading.answers, *(reading.Answer(code, "") for code in beside)):
        item, files = cases.item(case, answered.code), case.uploads_beside(answered.code)
        place = places.setdefault(item.about, len(found)) if item and answers.is_one(item.about) else len(found)
        if place < len(found):
            code, first, text, earlier = found[place]
            found[place] = (code, first, f"{text}\n\n{answered.text}".strip(), [*earlier, *files])
        else:
            found.append((answered.code, item, answered.text, files))
    return found


def _answer_item(case, code, item, text, files):
    if item is None:
        _note(case, "unknown_item")
        keep(case, text, code=code, state=Answer.State.REFUSED, reason=_("You have no item with this number."))
        return
    take(case, item.about, text, files=files, code=code, item=item)


def _place_loose_text(case, about, text, files):
    """Text without a number belongs to the only open item; among several, only its writer knows."""
    if case.issue is None:
        if answers.knows(about):
            return take(case, about, text, files=files)
        return keep(case, text or _names(files), state=Answer.State.HELD)
    items = case.issue.items
    open_items = [item for item in items if answers.find(case.member, item.about).is_open]
    [only] = open_items if len(open_items) == 1 else items if not open_items and len(items) == 1 else [None]
    if only and not case.reading.answers:
        return take(case, only.about, text, files=files, code=str(only.number), item=only)
    if not open_items:
        reason = _("None of the items of that mail is open to you any more.")
        return keep(case, text or _names(files), state=Answer.State.REFUSED, reason=reason)
    if told := wishes.take(case.member, text):
        return case.told.extend(told)
    return keep(case, text or _names(files), state=Answer.State.HELD)


def _hang_on_first(case, files):
    """Files at the end of a mail with several answers go with the first of them, rather than nowhere."""
    posted = [row.result for row in case.answers_in(Answer.State.TAKEN) if row.result.startswith("post:")]
    post = answers.find_post(case.member, int(posted[0].partition(":")[2])) if posted else None
    if post and not post.file_count:
        accepted = _accepted(case, files)
        with transaction.atomic():
            attachments.attach(post, accepted)


def said(case):
    """The outcome of a mail by what became of its answers."""
    if case.is_repeat and not case.answers:
        return Outcome("repeated")
    states = case.states()
    if Answer.State.HELD in states:
        return held("unassigned", explain="report")
    if states & {Answer.State.TAKEN, Answer.State.WAITING}:
        return Outcome("posted", explain="report")
    return Outcome("refused", explain="report")


# -- One answer --------------------------------------------------------------------------------------------


def take(case, about, text, *, files=(), subject="", code="", item=None, delegation=None, organisation=None):
    """Hand one answer to what it is about and keep what became of it; the same answer again is the same row.

    A text that speaks of several parts of a thing is as many answers; the last row is returned.
    about: a reference, or an `answers.Found`. delegation: whose words the member carries. organisation: for which they
    say they speak.
    """
    found = answers.find(case.member, about) if isinstance(about, str) else about
    row = None
    for place, part in enumerate(found.split(text)):
        beside = {} if place else {"files": files, "subject": subject}
        row = _take_one(
            case, found, part, code=code, item=item, delegation=delegation, organisation=organisation, **beside
        )
    return row


def _take_one(case, found, text, *, code, item, delegation, organisation, files=(), subject=""):
    whose = delegation.code if delegation else organisation.reference if organisation else ""
    accepted = _accepted(case, files) if found.takes_files else _left_out(case, files)
    words = answers.Said(
        text=text or (_names(accepted) if accepted else ""),
        key=case.key(f"{found.place} {whose}".strip(), text),
        subject=subject,
        files=accepted,
        sent_at=_sent_at(case),
        received_at=case.arrival.received_at,
        prove=lambda: proofs.sent_at(case),
        voice=delegation.voice if delegation else None,
        organisation=organisation,
    )
    earlier = _earlier(words.key)
    if earlier and earlier.state in (Answer.State.TAKEN, Answer.State.WAITING):
        return _again(case, earlier)
    fields = {"code": str(item.number) if item else code, "about": found.about, "text": words.text}
    if delegation:
        fields |= {"delegation": delegation, "on_behalf": delegation.name}
    try:
        with transaction.atomic():
            taken = found.take(words)
            state = Answer.State.WAITING if taken.is_waiting else Answer.State.TAKEN
            row = earlier or Answer(key=words.key, arrival=case.arrival, member=case.member)
            fields |= {"tell_at": receipts.tell_at(found, taken)}
            for name, value in {**fields, "state": state, "result": taken.result, "reason": taken.note}.items():
                setattr(row, name, value)
            row.save()
        row.how, row.is_partly = taken.how, taken.is_partly
        case.answers.append(row)
        return row
    except Refused as refused:
        fields |= {"tell_at": receipts.tell_at(found)}
        return _keep(case, words.key, state=Answer.State.REFUSED, reason=str(refused.reason), **fields)
    except IntegrityError:
        # Another worker kept the same answer in this moment.
        earlier = _earlier(words.key)
        if earlier is None:
            raise
        return _again(case, earlier)


def keep(case, text, *, state, reason="", code="", about="", on_behalf=""):
    """Keep an answer that went nowhere: its text must not be lost. on_behalf: whose words, where not the sender's."""
    key = case.key(f"{state}:{code}:{on_behalf}" if on_behalf else f"{state}:{code}", text)
    return _keep(case, key, state=state, reason=reason, code=code, about=about, text=text, on_behalf=on_behalf)


def _keep(case, key, **fields):
    try:
        with transaction.atomic():
            row, is_new = Answer.objects.get_or_create(
                key=key, defaults={"arrival": case.arrival, "member": case.member, **fields}
            )
    except IntegrityError:
        row, is_new = Answer.objects.get(key=key), False
    if not is_new and row.arrival_id != case.arrival.pk:
        return _again(case, row)
    if not is_new and (row.state, row.result) != (fields["state"], fields.get("result", "")):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    case.answers.append(row)
    return row


def _earlier(key):
    """The answer that was kept with this key, or None, as is nearly always so: then the question is a small one."""
    rows = Answer.objects.filter(key=key)
    return rows.first() if rows.exists() else None


def _again(case, earlier):
    if earlier.arrival_id == case.arrival.pk:
        case.answers.append(earlier)
    else:
        case.is_repeat = True
    return earlier


def _accepted(case, files):
    """The files that may be kept; the sender is told about the others."""
    if not files:
        return []
    accepted, problems = attachments.checked(files)
    case.file_problems += [problem for problem in problems if problem not in case.file_problems]
    return [upload for upload, _content_type in accepted]


def _left_out(case, files):
    """Name the files that what is answered cannot keep, such as a vote; none are kept."""
    if files:
        names = ", ".join(upload.name for upload in files)
        case.file_problems.append(
            _("%(names)s: this takes no files. Write what matters in the text.") % {"names": names}
        )
    return []


def _names(files):
    return _("Attached: %(names)s") % {"names": ", ".join(upload.name for upload in files)} if files else ""


def _sent_at(case):
    """When the mail says it was sent, unless that is not before it came or long ago: clocks are often wrong."""
    date, received = case.reading.date, case.arrival.received_at
    return date if date and received - timedelta(days=30) < date < received else received


def _note(case, problem):
    if problem not in case.arrival.problems:
        case.arrival.problems = [*case.arrival.problems, problem]


# -- Replies to our own questions --------------------------------------------------------------------------


def _settle(case, asked):
    """`yes` confirms a mail that was held for its sender; a number alone says where a held text belongs."""
    if settled := confirming.settle(case, asked):
        return settled
    number = _ONLY_NUMBER.fullmatch(unicodedata.normalize("NFKC", case.text.strip()))
    waiting = cases.held(asked)
    item = cases.item(case, number[1]) if number and waiting else None
    if item is None:
        return None
    for row in waiting:
        take(case, item.about, row.text, files=_files_of(asked), code=str(item.number), item=item)
    moved = Answer.State.TAKEN in case.states() or Answer.State.WAITING in case.states()
    if moved:
        asked.answers.filter(pk__in=[row.pk for row in waiting]).delete()
        Arrival.objects.filter(pk=asked.pk).update(state=Arrival.State.DONE, outcome="settled")
    return said(case)


def _say_again(case):
    """A reply to the mail that sent one answer back is that answer, said again; it needs no number."""
    row = case.sent_back
    if row is None or case.reading.answers or not (case.text or case.uploads):
        return None
    take(case, row.about, case.text, files=case.uploads, code=row.code, item=row.item)
    return said(case)


def _repeated(case):
    """A vote may repeat a line of the letter itself, "B) Two pages", which would else pass for its quotation."""
    text = reading.read(bytes(case.arrival.raw)).reply or ""
    return text if text.count("\n") < REPEATED_LINES else ""


def _files_of(arrival):
    """The files of a held mail that stood beside no answer."""
    held_case = cases.open_case(arrival)
    return held_case.uploads_beside("")
