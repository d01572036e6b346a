"""Consultations, their questions and contributions as things one fetches by mail, and can answer then.

`GET ALP/2026/C3` brings the topic note with its timetable and questions, `GET ALP/2026/C3 Q2` a question,
`GET ALP/2026/C3/14` a contribution. A reply to a question answers it; a reply to a contribution stands under it.
"""

import re
from dataclasses import replace

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import texts
from consultations.answering import numbered
from consultations.models import Consultation, Contribution, Question
from consultations.services import associations
from consultations.wording import consultations as wording
from consultations.wording import documents as document_wording
from consultations.wording.lines import on_the_web, text_of
from consultations.words import questions as words
from core.access import No, Refused
from core.languages import apart
from forum import rules as forum_rules
from notifications import answers, references
from notifications.digests import prose
from notifications.files import listing

WITH_ROOM = Consultation.objects.select_related("workspace__journal", "thread")
QUESTIONS = Question.objects.select_related("consultation__workspace__journal", "phase", "thread")
CONTRIBUTIONS = Contribution.objects.select_related(
    *("consultation__workspace__journal", "phase", "question", "organisation", "accepted_by", "superseded_by"),
    *("post__author", "post__organisation", "post__carried_by", "post__thread__workspace"),
)
_REFERENCE = re.compile(r"([^/\s]+)/(\d{4})/C(\d{1,5})(?:/(\d{1,9})| Q(\d{1,4}))?")
MOST_LISTED = 60  # questions of a consultation


# -- By reference ------------------------------------------------------------------------------------------


def look(member, reference):
    """What `ALP/2026/C3`, `ALP/2026/C3 Q2` or `ALP/2026/C3/14` names for this member."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[1] != settings.REFERENCE_PREFIX.upper():
        return ""
    place = {"year": int(match[2]), "number": int(match[3])}
    consultation = Consultation.objects.visible_to(member).filter(**place).first()
    if consultation is None:
        return ""
    if match[5]:
        found = consultation.questions.filter(number=int(match[5])).first()
    elif match[4]:
        found = consultation.contributions.filter(number=int(match[4])).first()
    else:
        found = consultation
    return found.reference if found else ""


# -- A consultation ----------------------------------------------------------------------------------------


def find_consultation(member, pk):
    return WITH_ROOM.visible_to(member).filter(pk=pk).first()


def _open_questions(member, consultation):
    rows = QUESTIONS.filter(consultation=consultation, thread__isnull=False).order_by("number")
    return [row for row in rows if forum_rules.reply(member, _thread(row, consultation))]


def consultation_is_open(member, consultation):
    return bool(_open_questions(member, consultation)) or No(
        _("No question of “%(consultation)s” is open now.") % {"consultation": consultation}
    )


def split(text):
    """What a mail says, a text for each question it answers by number."""
    return numbered.texts([(part.number is not None, part.said) for part in words.split(text)], text)


def take_consultation(member, consultation, said):
    """An answer to the question whose number it begins with. Without a number it belongs to the only open question;
    among several, its writer says to which.
    """
    [part, *_more] = words.split(said.text)
    if part.number is not None:
        return take_question(member, _numbered(consultation, part, said), replace(said, text=part.text))
    found = _open_questions(member, consultation)
    if len(found) == 1:
        return take_question(member, found[0], said)
    if not found:
        raise Refused(consultation_is_open(member, consultation).reason, text=said.text)
    lines = [f"{apart(f'GET {consultation.code} Q{row.number}')}  {prose.title(row.worded().title)}" for row in found]
    raise Refused(
        _("To which question does this belong? Fetch one of these, and answer that mail:") + "\n" + "\n".join(lines),
        text=said.text,
    )


def _numbered(consultation, part, said):
    """The question of this number; refused, with the numbers there are, where there is none."""
    question = QUESTIONS.filter(consultation=consultation, number=part.number).first()
    if question is None:
        last = consultation.questions.aggregate(last=Max("number"))["last"] or 0
        raise Refused(
            _("There is no question %(number)s here; the last one is %(last)s.")
            % {"number": part.number, "last": last},
            text=said.text,
        )
    return question


def tell_consultation(member, consultation):
    """(title, text): the topic note, the timetable in the reader's time, the questions with how to fetch them."""
    said, now = consultation.worded(), timezone.now()
    parts = [f"{consultation.code}  {prose.title(said.title)}", wording.who(consultation)]
    parts.append("\n".join(f"{phase}: {wording.window(phase, now)}" for phase in consultation.timetable))
    parts.append(wording.grace(consultation))
    parts.append(text_of(said))
    rows = list(consultation.questions.order_by("number")[:MOST_LISTED])
    if rows:
        lines = [
            f"{apart(f'GET {consultation.code} Q{row.number}')}  {prose.title(row.worded().title)}" for row in rows
        ]
        parts.append(_("The questions:") + "\n" + "\n".join(lines))
    parts.append(on_the_web(consultation.get_absolute_url()))
    return consultation.code, "\n\n".join(part for part in parts if part)


# -- A question --------------------------------------------------------------------------------------------


def find_question(member, pk):
    return QUESTIONS.visible_to(member).filter(pk=pk).first()


def question_is_open(member, question):
    if question.thread is None:
        return No(wording.window(question.phase, timezone.now()))
    return forum_rules.reply(member, _thread(question, question.consultation))


def take_question(member, question, said):
    if question.thread is None:
        raise Refused(question_is_open(member, question).reason, text=said.text)
    return answers.reply(member, _thread(question, question.consultation), said)


def tell_question(member, question):
    said = question.worded()
    question.phase.consultation = question.consultation
    count = question.contributions.standing().count()
    parts = [
        f"{question.consultation.code} Q{question.number}  {prose.title(said.title)}",
        wording.window(question.phase, timezone.now()),
        text_of(said),
        _("To answer, reply to this mail.") if question_is_open(member, question) else "",
        _("Contributions so far: %(count)s. All of them: %(url)s")
        % {"count": count, "url": apart(f"GET {question.consultation.code} Q{question.number} THREAD")},
        on_the_web(question.get_absolute_url()),
    ]
    return f"{question.consultation.code} Q{question.number}", "\n\n".join(part for part in parts if part)


def _thread(question, consultation):
    question.thread.workspace = consultation.workspace
    return question.thread


def _place(question):
    return question.thread.reference if question.thread else question.reference


# -- A contribution ----------------------------------------------------------------------------------------


def find_contribution(member, pk):
    return CONTRIBUTIONS.visible_to(member).filter(pk=pk).first()


def take_contribution(member, contribution, said):
    return answers.reply(member, contribution.post.thread, said, parent=contribution.post)


def tell_contribution(member, contribution):
    post = contribution.post
    who = str(post.author_name)
    if post.organisation:
        who = _("%(name)s (%(organisation)s)") % {"name": who, "organisation": post.organisation}
    associated = [str(row.organisation) for row in contribution.associations.select_related("organisation")]
    parts = [
        f"{contribution.code}  {prose.title(who)}",
        wording.came(contribution),
        _("It answers: %(question)s") % {"question": prose.title(contribution.question.worded().title)}
        if contribution.question
        else "",
        _("A later position took its place: %(code)s") % {"code": contribution.superseded_by.code}
        if contribution.superseded_by
        else "",
        _of_paragraph(member, contribution) or post.text,
        "\n".join(listing.of_post(post)) if post.file_count else "",
        _("Associated: %(organisations)s") % {"organisations": ", ".join(associated)} if associated else "",
        on_the_web(contribution.get_absolute_url()),
    ]
    return contribution.code, "\n\n".join(part for part in parts if part)


def _of_paragraph(member, contribution):
    """What was said of a paragraph of a text, with its reference, proposals as differences; "" for anything else."""
    if contribution.question_id:
        return ""
    rows = texts.placed(member, moderates=False).filter(contribution=contribution)
    rows = rows.select_related("paragraph__version__document__consultation").defer("paragraph__version__source")
    rows = texts.drawn(rows)
    return "\n".join(f"{row.paragraph.code}\n\n{document_wording.remark(row)}" for row in rows)


def register():
    """Called once, when the app is ready."""
    answers.register(
        "consultation",
        answers.Answerable(
            find=find_consultation,
            is_open=consultation_is_open,
            take=take_consultation,
            place=lambda consultation: consultation.reference,
            tell=tell_consultation,
            split=split,
            is_carried=True,
            is_for_organisations=True,
        ),
    )
    answers.register(
        "question",
        answers.Answerable(
            find=find_question,
            is_open=question_is_open,
            take=take_question,
            place=_place,
            tell=tell_question,
            is_carried=True,
            is_for_organisations=True,
        ),
    )
    answers.register(
        "contribution",
        answers.Answerable(
            find=find_contribution,
            is_open=lambda member, contribution: forum_rules.reply(member, contribution.post.thread),
            take=take_contribution,
            place=lambda contribution: contribution.post.thread.reference,
            tell=tell_contribution,
            is_carried=True,
            is_for_organisations=True,
        ),
    )
    references.register(look)
    references.register_deed("ASSOCIATE", associations.by_mail)
    references.register_deed("DISSOCIATE", associations.end_by_mail)
