"""Letters about what became of recommendations, to those whose contributions they rest on.

One letter a day at most, when changes have settled for an hour: it tells of all of them. Whoever chose to hear of the
room once a week or a month reads of it in that digest (digests/syntheses.py), and who chose no mail gets none.
"""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.letters import writing
from consultations.models import Citation, Consultation, ProgressMail, Recommendation
from consultations.models.recommendations import Reply, Step
from consultations.wording.lines import on_the_web
from members.models import Mandate
from notifications.digests import prose
from notifications.models import Letter, Subscription
from notifications.models.subscriptions import Cadence

SETTLING = timedelta(hours=1)
PAUSE = timedelta(days=1)
NEWS = timedelta(days=14)  # what lies further back (a loaded world) is no news
BATCH = 20
MOST = 60  # recommendations in one letter
RARELY = (Cadence.WEEKLY, Cadence.MONTHLY, Cadence.NONE)


def write_due(should_stop=lambda: False, *, now=None):
    """Write the letters that are due; returns how many consultations had any."""
    now = now or timezone.now()
    changed = Recommendation.objects.values("consultation").annotate(latest=Max("changed_at")).order_by("consultation")
    told = dict(ProgressMail.objects.values_list("consultation", "told_at"))
    count = 0
    for row in changed:
        if count < BATCH and not should_stop() and _is_due(row["latest"], told.get(row["consultation"]), now):
            _tell(row["consultation"], now)
            count += 1
    return count


def _is_due(latest, last, now):
    """Has the latest change settled, is it news, and was nobody told for a day?"""
    has_settled = now - NEWS < latest <= now - SETTLING
    return has_settled and (last is None or (latest > last and last <= now - PAUSE))


def _tell(pk, now):
    """Write to everyone who is to be told of changes up to now, and remember that."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(pk)
        mail = ProgressMail.objects.select_for_update(no_key=True).filter(consultation=pk).first()
        rows = Recommendation.objects.filter(consultation=pk, changed_at__lte=now).order_by("number")
        if mail:
            if mail.told_at > now - PAUSE:
                return  # another worker was here
            rows = rows.filter(changed_at__gt=mail.told_at)
        chosen = Subscription.objects.filter(workspace=consultation.workspace_id, thread=None, cadence__in=RARELY)
        rarely = set(chosen.values_list("member", flat=True))
        for member, listed in _readers(list(rows.with_all())).items():
            if member.pk not in rarely:
                _write(consultation, member, listed, now)
        ProgressMail.objects.update_or_create(consultation=consultation, defaults={"told_at": now})


def _readers(rows):
    """{member: recommendations that rest on what they said}: authors, who entered words for them, focal points."""
    resting = defaultdict(list)
    for row in rows:
        for sentence in row.sentences.all():
            resting[sentence.pk].append(row)
    cited = Citation.objects.filter(sentence__in=resting)
    cited = list(cited.select_related("contribution__post__author", "contribution__post__carried_by"))
    focal = defaultdict(list)
    organisations = {one.contribution.organisation_id for one in cited} - {None}
    for mandate in (
        Mandate.objects.in_force().filter(organisation__in=organisations, is_focal_point=True).select_related("member")
    ):
        focal[mandate.organisation_id].append(mandate.member)
    found = defaultdict(dict)
    for one in cited:
        post = one.contribution.post
        for member in {post.author or post.carried_by, *focal[one.contribution.organisation_id]} - {None}:
            if member.is_active:
                found[member] |= {row.number: row for row in resting[one.sentence_id]}
    return {member: [listed[number] for number in sorted(listed)] for member, listed in found.items()}


def _write(consultation, member, rows, now):
    key = f"progress:{consultation.pk}:{member.pk}:{now:%Y%m%d%H%M}"
    more = {"workspace": consultation.workspace, "priority": Letter.Priority.BULK}
    writing.one(member, lambda: _news(consultation, rows), about=consultation.reference, key=key, **more)


def _news(consultation, rows):
    """(subject, paragraphs)."""
    facts = {"code": consultation.code, "title": prose.title(consultation.worded().title), "count": len(rows)}
    told = ngettext(
        "You contributed to the consultation %(code)s, “%(title)s”. "
        "There is news of %(count)s recommendation that rests on what you said.",
        "You contributed to the consultation %(code)s, “%(title)s”. "
        "There is news of %(count)s recommendations that rest on what you said.",
        len(rows),
    )
    web = on_the_web(reverse("consultations:results", args=consultation.url_key))
    return _("What became of what you said: %(title)s") % facts, [told % facts, *map(said, rows[:MOST]), web]


def said(row):
    """A recommendation with what was answered and where it stands."""
    lines = [f"{row.number}. {prose.title(row.text)}"]
    if row.reply:
        lines.append(_("Answer: %(answer)s") % {"answer": Reply(row.reply).label})
        lines += [prose.title(row.why)] if row.why else []
    if row.body_name:
        lines.append(_("Responsible: %(body)s") % {"body": row.body_name})
    if row.due_on:
        lines.append(_("Due: %(day)s") % {"day": date_format(row.due_on, "DATE_FORMAT")})
    last = list(row.progress.all())[-1:]
    for one in last:
        facts = {"step": Step(one.step).label, "day": date_format(one.on, "DATE_FORMAT")}
        lines.append(_("Where it stands: %(step)s, since %(day)s") % facts)
        lines += [prose.title(one.note)] if one.note else []
    return "\n".join(lines)
