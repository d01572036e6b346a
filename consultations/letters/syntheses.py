"""Letters about a synthesis: to everyone it cites, with the sentences and their words; to facilitators, that somebody
is misrepresented; to whoever objected, what was decided, and that the corrigendum is out.

Reads the journals by itself, like every writer of letters. One mail that answers the first is an objection.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.letters import writing
from consultations.models import Corrigendum, Objection, Synthesis
from consultations.models.syntheses import ObjectionState
from consultations.services import objections
from consultations.services.syntheses import shown_words
from consultations.wording.lines import on_the_web
from consultations.wording.times import moment
from forum.models import Seat
from notifications import journals
from notifications.digests import prose

READER = "syntheses"
MOST = 40  # citations in one letter
NEWS = timedelta(days=90)  # the longest that objections take; what lies further back is no news
SYNTHESES = Synthesis.objects.select_related("consultation__workspace__journal")
OBJECTIONS = Objection.objects.select_related(
    "synthesis__consultation__workspace__journal", "member", "sentence", "corrigendum"
)


def write_due(should_stop=lambda: False):
    """Write the letters that new entries ask for; returns how many entries were read."""
    return journals.read_on(READER, _handle, limit=200)


def _handle(workspace, entries):
    for entry in entries:
        wanted = _LETTERS.get(entry.verb)
        if wanted and timezone.now() - entry.at < NEWS:
            rows, write = wanted
            thing = rows.filter(pk=entry.about_id).first()
            if thing:
                write(workspace, thing, entry)


def _published(workspace, synthesis, entry):
    if timezone.now() >= synthesis.objections_until:
        return  # a loaded world: there is nothing to say any more
    for member, citations in objections.cited(synthesis).items():
        _write(
            member,
            workspace,
            synthesis,
            f"cited:{synthesis.pk}:{member.pk}",
            lambda cited=citations: _cited(synthesis, cited),
        )


def _cited(synthesis, citations, until=None):
    """(subject, paragraphs): which sentences cite the reader, in which words, and until when to object."""
    consultation = synthesis.consultation
    facts = {
        "code": consultation.code,
        "title": prose.title(synthesis.title),
        "count": len(citations),
    }
    said = ngettext(
        "The synthesis of the consultation %(code)s, “%(title)s”, is published. It cites you in %(count)s place.",
        "The synthesis of the consultation %(code)s, “%(title)s”, is published. It cites you in %(count)s places.",
        len(citations),
    )
    shown = []
    for row in citations[:MOST]:
        code = row.contribution.code
        words = shown_words(row)
        line = _("Your words in %(code)s: “%(words)s”") if words else _("It cites %(code)s as a whole.")
        about = line % {"code": code, "words": prose.title(words)}
        shown.append(f"{row.sentence.number}. {prose.title(row.sentence.text)}\n{about}")
    left = len(citations) - MOST
    if left > 0:
        shown.append(
            ngettext("%(count)s more place stands on the web.", "%(count)s more places stand on the web.", left)
            % {"count": left}
        )
    how_to = how(synthesis, citations[0].sentence.number, until)
    return _("You are cited: %(title)s") % facts, [said % facts, *shown, how_to, _on_the_web(synthesis)]


def how(synthesis, number=1, until=None):
    """How one says by mail that a sentence misrepresents one, and until when: in the days for it, or `until`."""
    return _(
        "If this is what you said, do nothing. If a sentence misrepresents you, answer this mail by %(until)s with the "
        "word MISREPRESENTED, its number, and why, for example: MISREPRESENTED %(number)s: I said the opposite."
    ) % {"until": moment(until or synthesis.objections_until), "number": number}


def _objected(workspace, objection, entry):
    """To the facilitators."""
    seats = Seat.objects.filter(workspace=workspace, role=Seat.Role.MODERATOR, member__is_active=True)
    synthesis = objection.synthesis

    def words():
        facts = {"who": objection.member.shown_name, "title": prose.title(synthesis.title)}
        lines = [
            _("%(who)s says that the synthesis “%(title)s” misrepresents them.") % facts,
            f"{objection.sentence.number}. {prose.title(objection.sentence.text)}" if objection.sentence else "",
            prose.title(objection.why),
            _("Accept it with a corrected sentence, or decline it with a reason: %(url)s")
            % {"url": f"{settings.SITE_URL}{synthesis.get_absolute_url()}objections/"},
        ]
        return _("%(who)s objects to the synthesis") % facts, lines

    for seat in seats.select_related("member").order_by("pk")[:50]:
        _write(seat.member, workspace, synthesis, f"objected:{objection.pk}:{seat.member_id}", words)


def _decided(workspace, objection, entry):
    """To whoever objected."""
    synthesis = objection.synthesis

    def words():
        facts = {"title": prose.title(synthesis.title), "reason": objection.reason}
        if objection.state == ObjectionState.ACCEPTED:
            lines = [
                _("Your objection to the synthesis “%(title)s” was accepted. The sentence will read:") % facts,
                objection.corrected,
                _("Reason: %(reason)s") % facts if objection.reason else "",
                _("It is published with the corrigendum."),
            ]
            return _("Your objection was accepted"), [*lines, _on_the_web(synthesis)]
        lines = [
            _("Your objection to the synthesis “%(title)s” was declined. It stands below the synthesis.") % facts,
            _("Reason: %(reason)s") % facts,
            _("This is what you wrote:"),
            objection.why,
        ]
        return _("Your objection was declined"), [*lines, _on_the_web(synthesis)]

    _write(objection.member, workspace, synthesis, f"objection:{objection.pk}", words)


def _corrected(workspace, synthesis, entry):
    """To those whose objections are in the corrigendum; and to those it cites anew, with as many days to object."""
    number = (entry.data or {}).get("corrigendum", 0)
    corrigendum = Corrigendum.objects.filter(synthesis=synthesis, number=number).first()
    if corrigendum is None:
        return
    corrigendum.synthesis = synthesis
    _cited_anew(workspace, corrigendum)
    _published(workspace, synthesis, entry)
    for objection in corrigendum.objections.select_related("member", "sentence"):

        def words(objection=objection):
            facts = {"number": number, "title": prose.title(synthesis.title)}
            said = _("Corrigendum %(number)s to the synthesis “%(title)s” is published. The sentence reads now:")
            return (
                _("Corrigendum %(number)s: %(title)s") % facts,
                [said % facts, objection.corrected, _on_the_web(synthesis)],
            )

        _write(objection.member, workspace, synthesis, f"corrected:{objection.pk}", words)


def _cited_anew(workspace, corrigendum):
    """One letter to each whom it cites anew; who was cited before is told of the new places alone."""
    synthesis, until = corrigendum.synthesis, corrigendum.objections_until
    if not corrigendum.cites_anew or timezone.now() >= until:
        return
    for member, citations in objections.cited(synthesis).items():
        new = [row for row in citations if row.contribution.number in corrigendum.cites_anew]
        if new:
            key = f"cited:{synthesis.pk}:{member.pk}"
            key = key if len(new) == len(citations) else f"{key}:{corrigendum.number}"
            _write(member, workspace, synthesis, key, lambda new=new: _cited(synthesis, new, until))


def _on_the_web(synthesis):
    return on_the_web(synthesis.get_absolute_url())


def _write(member, workspace, synthesis, key, words):
    writing.one(member, words, about=synthesis.reference, key=key, workspace=workspace)


_LETTERS = {
    "synthesis.published": (SYNTHESES, _published),
    "synthesis.objected": (OBJECTIONS, _objected),
    "objection.accepted": (OBJECTIONS, _decided),
    "objection.declined": (OBJECTIONS, _decided),
    "synthesis.corrected": (SYNTHESES, _corrected),
}
