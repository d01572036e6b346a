"""Sealing: a mail that answers something in secret is shown to nobody, and let go of as soon as that is taken.

What can be answered in secret says so where it registers (`Answerable.is_sealed`). That a mail came, from whom, when,
and that an answer in it was taken, stays.
"""

from django.utils import timezone

from notifications import answers
from notifications.intake import cases
from notifications.models import Answer, Arrival, Letter


def let_go(case):
    """Let go of the words of a mail that is done, and of the mail and the letter that led to it."""
    sealed = [row for row in case.answers if answers.is_sealed(row.about) and row.state != Answer.State.HELD]
    if not sealed or _is_still_needed(case):
        return
    Answer.objects.filter(pk__in=[row.pk for row in sealed]).update(text="")
    gone = {"raw": b"", "sha256": "", "error": "", "subject": "", "pruned_at": timezone.now()}
    done = Arrival.objects.filter(state=Arrival.State.DONE)
    done.filter(pk__in=[case.arrival.pk, _asked(case.letter)]).update(**gone)
    for name, value in gone.items():
        setattr(case.arrival, name, value)


def _is_still_needed(case):
    """Files beside words that were refused: those who may take them all the same have to find them."""
    refused = case.answers_in(Answer.State.REFUSED)
    return bool(case.reading.files) and any(not answers.is_sealed(row.about) for row in refused)


def _asked(letter):
    """The id of the mail about which we wrote this letter, or 0."""
    kind, _colon, pk = letter.about.partition(":") if letter else ("", "", "")
    return int(pk) if kind == "arrival" and pk.isdecimal() else 0


def is_sealed(arrival):
    """Does a mail say something in secret, as far as can be seen, be it taken or held?"""
    if any(answers.is_sealed(answer.about) for answer in arrival.answers.all()):
        return True
    if arrival.letter and (answers.is_sealed(arrival.letter.about) or is_sealed_letter(arrival.letter)):
        return True
    if arrival.pruned_at or not arrival.issue:
        return False
    sealed = {item.number for item in arrival.issue.items if answers.is_sealed(item.about)}
    if not sealed:
        return False  # and the bytes need not be read
    read = cases.open_case(arrival).reading
    return not sealed.isdisjoint(int(one.code) for one in (*read.answers, *read.refused) if one.code.isdecimal())


def shown_subject(arrival):
    """The subject of a mail on the pages of the desk: empty where it may say what was said in secret."""
    return "" if is_sealed(arrival) else arrival.subject


def is_sealed_letter(letter):
    """Does a letter of ours answer such a mail, and may it repeat what that said?"""
    if letter.kind != Letter.Kind.ANSWER:
        return False
    if answers.is_sealed(letter.about):
        return True
    rows = Answer.objects.filter(arrival=_asked(letter)).values_list("about", flat=True)
    return any(map(answers.is_sealed, rows))
