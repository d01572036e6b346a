"""A published synthesis as a thing a mail can answer: MISREPRESENTED, perhaps the number of a sentence, and why."""

from django.utils.translation import gettext as _

from consultations.models import Synthesis
from consultations.rules import syntheses as rules
from consultations.services import objections
from consultations.words import misrepresentations as words
from core.access import Refused
from forum.models.posts import Channel
from notifications import answers

ALL = Synthesis.objects.select_related("consultation__workspace__journal")


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
    lines = []
    for row in synthesis.sentences.standing().prefetch_related("citations__contribution"):
        cited = "".join(f" [{one.contribution.number}]" for one in row.citations.all())
        lines.append(f"{row.number}. {row.text}{cited}" if row.number else row.text)
    return synthesis.title, "\n\n".join(lines)


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
        ),
    )
