"""Again: issues that did not arrive are sent once more, with the same words and the same numbers.

The text is byte for byte that of the first time, for both letters fill the same edition. The letter itself is a new
one, with a Message-ID of its own: mail programs and servers drop a second mail with one they have seen, and who asks
for an issue may have it in a folder where they do not look. It refers to the first, so both are shown together.
"""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications import letters, readers
from notifications.models import Issue, Letter
from notifications.models.letters import new_code

MOST = 10  # issues for one request; each issue once a day


@dataclass(slots=True)
class Again:
    """What became of a request: letters that are on their way, and (number, why not) of the other issues."""

    letters: list[Letter] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def send_again(*, member, first, last):
    """Send a member's issues `first` to `last` once more; returns an `Again`.

    At most ten issues at a time, and each once a day. What the member may not read any more is not sent.
    """
    first, last = sorted((first, last))
    made = Again()
    issues = Issue.objects.filter(member=member, number__gte=first, number__lte=last).select_related("edition")
    issues = {issue.number: issue for issue in issues.order_by("number")[:MOST]}
    lost = readers.unreadable_issues(set(issues.values())) if issues else set()
    for number in range(first, min(last, first + MOST - 1) + 1):
        if number not in issues:
            made.refused.append((number, _("There is no such issue.")))
        elif issues[number].pk in lost:
            why = _("Something in it was taken away since, or is in a workspace where you have no seat any more.")
            made.refused.append((number, why))
        else:
            _send(made, issues[number], member)
    if last - first >= MOST:
        why = ngettext("At most %(count)s issue at a time.", "At most %(count)s issues at a time.", MOST)
        made.refused.append((first + MOST, why % {"count": MOST}))
    return made


def _send(made, issue, member):
    carried = list(issue.letters.filter(key=None).order_by("part", "pk"))
    if not carried or not all(letter.stored for letter in carried):
        made.refused.append((issue.number, _("It is so old that it is not kept any more.")))
        return
    copies = [_copy(letter, member) for letter in carried]
    try:
        with transaction.atomic():
            for copy in copies:
                copy.save(force_insert=True)
    except IntegrityError:
        made.refused.append((issue.number, _("It was sent again today already. Please look among unwanted mail.")))
        return
    made.letters += copies


def _copy(letter, member):
    """The same part of the same issue, in a letter that leaves soon, to where the member is now."""
    now = timezone.now()
    key = f"again:{letter.pk}:{now.date()}"
    if letter.part:
        stop = letters.stop_url(member_id=member.pk)
        copy = letters.of_issue(
            member=member, subject=letter.subject, code=new_code(), at=now, stop=stop, part=letter.part, first=letter
        )
    else:  # it was written before issues had editions
        copy = letters.draft(
            member=member,
            subject=letter.subject,
            text=letters.text_of(letter),
            kind=Letter.Kind.ISSUE,
            about="issue",
            is_wrapped=True,
            in_reply_to=letter.message_id,
            at=now,
        )
    copy.issue, copy.key, copy.priority = letter.issue, key, Letter.Priority.SOON
    return copy
