"""A published synthesis as a thing a mail can answer: MISREPRESENTED, perhaps the number of a sentence, and why.

`GET ALP/2026/C3/S` brings the synthesis, `GET ALP/2026/C3/R` what was recommended and where it stands.
"""

import re

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.letters import recommendations as letters
from consultations.letters import syntheses as letters_of_syntheses
from consultations.models import Consultation, Recommendation, Synthesis
from consultations.rules import syntheses as rules
from consultations.services import objections
from consultations.wording.lines import on_the_web
from consultations.words import misrepresentations as words
from core.access import No, Refused
from core.languages import apart
from forum.models.posts import Channel
from notifications import answers, references
from notifications.digests import prose

_REFERENCE = re.compile(r"([^/\s]+)/(\d{4})/C(\d{1,5})[/ ]([SR])", re.IGNORECASE)
ALL = Synthesis.objects.select_related("consultation__workspace__journal")


def look(member, reference):
    """What `ALP/2026/C3/S` or `ALP/2026/C3/R` names for this member, where there is one."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[1].upper() != settings.REFERENCE_PREFIX.upper():
        return ""
    place = {"year": int(match[2]), "number": int(match[3])}
    consultation = Consultation.objects.visible_to(member).filter(**place).first()
    if match[4].upper() == "S":
        found = ALL.filter(consultation=consultation, published_at__isnull=False).first() if consultation else None
        return found.reference if found else ""
    has_results = consultation and Recommendation.objects.filter(consultation=consultation).exists()
    return f"results:{consultation.pk}" if has_results else ""


def find(member, pk):
    """The synthesis, in a consultation the member may read."""
    return ALL.visible_to(member).filter(pk=pk, published_at__isnull=False).first()


def take(member, synthesis, said):
    """Keep the objection; it counts from when the mail was sent, where that is proven, or came to us."""
    try:
        number, why = words.read(said.text)
    except words.Unclear as unclear:
        raise Refused(
            _(
                "This was not understood. If the synthesis misrepresents you, write MISREPRESENTED, the number of the "
                "sentence if it is one, and why; everything in one mail."
            ),
            text=said.text,
        ) from unclear
    sentence = objections.numbered(synthesis, number)
    if number and sentence is None:
        raise Refused(
            _("The synthesis has no sentence %(number)s. Write its number as it stands before it, or none.")
            % {"number": number},
            text=said.text,
        )
    at = said.received_at
    if at and not rules.misrepresented(member, synthesis, at) and (proven := said.proven_at):
        at = proven
    made = objections.misrepresented(
        by=member, synthesis=synthesis, why=why, sentence=sentence, channel=Channel.MAIL, key=said.key, at=at
    )
    return answers.Taken(made.reference, note=_("the facilitators have your objection"))


def tell(member, synthesis):
    """(title, text) of the whole synthesis, for GET."""
    code = synthesis.consultation.code
    lines = [f"{code}/S  {prose.title(synthesis.title)}"]
    lines.append(
        _("Numbers in brackets are contributions. This line brings the first: %(get)s")
        % {"get": apart(f"GET {code}/1")}
    )
    for row in synthesis.sentences.standing().prefetch_related("citations__contribution"):
        cited = "".join(f" [{one.contribution.number}]" for one in row.citations.all())
        lines.append(f"{row.number}. {row.text}{cited}" if row.number else row.text)
    if rules.misrepresented(member, synthesis):
        lines.append(letters_of_syntheses.how(synthesis, until=rules.objects_until(member, synthesis)))
    return synthesis.title, "\n\n".join([*lines, on_the_web(synthesis.get_absolute_url())])


def find_results(member, pk):
    return Consultation.objects.visible_to(member).select_related("workspace__journal").filter(pk=pk).first()


def results_are_open(member, consultation):
    return No(_("Recommendations are not answered by mail. Write to the facilitators, or into a discussion."))


def take_results(member, consultation, said):
    raise Refused(results_are_open(member, consultation).reason, text=said.text)


def tell_results(member, consultation):
    """(title, text): each recommendation with what was answered and where it stands."""
    rows = Recommendation.objects.filter(consultation=consultation).with_all().order_by("number")
    web = on_the_web(reverse("consultations:results", args=consultation.url_key))
    return _("You said, we did: %(title)s") % {"title": consultation}, "\n\n".join([*map(letters.said, rows), web])


def register():
    answers.register(
        "synthesis",
        answers.Answerable(
            find=find,
            is_open=rules.misrepresented,
            take=take,
            place=lambda synthesis: synthesis.reference,
            tell=tell,
            is_one=True,
            takes_files=False,
        ),
    )
    answers.register(
        "results",
        answers.Answerable(
            find=find_results,
            is_open=results_are_open,
            take=take_results,
            place=lambda consultation: f"results:{consultation.pk}",
            tell=tell_results,
        ),
    )
    references.register(look)
