"""Who may write a synthesis, publish it, say that it misrepresents them, and correct it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Citation
from consultations.models.phases import PhaseKind
from consultations.models.syntheses import ObjectionState
from consultations.rules import consultations
from consultations.wording.times import moment
from core.access import No
from forum.models import Post
from members.models import Mandate
from members.rules import sign_in

WORDS = (PhaseKind.QUESTIONS, PhaseKind.DRAFT)  # phases that bring contributions


def begin(member, consultation):
    """Facilitators begin a synthesis, once what it is about is published."""
    return (
        consultations.change(member, consultation)
        and (consultation.is_published or No(_("Publish the consultation first.")))
        and (not hasattr(consultation, "synthesis") or No(_("This consultation has a synthesis already.")))
    )


def see_draft(member, synthesis):
    return consultations.facilitate(member, synthesis.consultation)


def write(member, synthesis):
    """Facilitators write it until it is published; afterwards it changes by a corrigendum alone."""
    return consultations.change(member, synthesis.consultation) and (
        not synthesis.is_published
        or No(_("This synthesis is published. It changes only by a corrigendum, when an objection is accepted."))
    )


def translate(member, synthesis):
    """Facilitators, also when it is published: a translation changes nothing of what was said."""
    return consultations.change(member, synthesis.consultation)


def publish(member, synthesis):
    """In the phase for it or later; where there is none, when the phases that bring contributions are over."""
    return write(member, synthesis) and is_time(synthesis.consultation)


def is_time(consultation, now=None):
    now = now or timezone.now()
    phases = consultation.timetable
    opens = [phase.opens_at for phase in phases if phase.kind == PhaseKind.SYNTHESIS]
    if opens:
        return opens[0] <= now or No(
            _("The phase of the synthesis opens on %(when)s. Publish it then.") % {"when": moment(opens[0])}
        )
    left = [phase for phase in phases if phase.kind in WORDS and phase.closes_at > now]
    return not left or No(
        _("“%(phase)s” is open until %(when)s. Publish the synthesis when nobody can contribute any more.")
        % {"phase": left[-1], "when": moment(left[-1].closes_at)}
    )


def misrepresented(member, synthesis, at=None):
    """Whoever is cited, themselves or through an organisation they are a focal point of, in the days for it."""
    at = at or timezone.now()
    may = sign_in(member) and (synthesis.is_published or No(_("This synthesis is not published yet.")))
    if not may:
        return may
    until = synthesis.objections_until
    if at >= until:
        until = objects_until(member, synthesis)
    if at >= until:
        return No(
            _("Objections to this synthesis could be made until %(when)s. Write to its facilitators instead.")
            % {"when": moment(until)}
        )
    return is_cited(member, synthesis) or No(_("Only those who are cited in a synthesis object to it."))


def objects_until(member, synthesis):
    """Until when this member may object: whom a corrigendum cites anew has as many days from then on."""
    later = [
        row.objections_until for row in _corrigenda(synthesis) if is_cited(member, synthesis, numbers=row.cites_anew)
    ]
    return max([synthesis.objections_until, *later])


def last_until(synthesis):
    """Until when anybody may object."""
    return max([synthesis.objections_until, *(row.objections_until for row in _corrigenda(synthesis))])


def _corrigenda(synthesis):
    """Those that cite anew."""
    rows = list(synthesis.corrigenda.prefetch_related("objections"))
    for row in rows:
        row.synthesis = synthesis
    return [row for row in rows if row.cites_anew]


def is_cited(member, synthesis, numbers=None):
    """numbers: of contributions; by these alone."""
    focal = Mandate.objects.in_force().filter(member=member, is_focal_point=True).values("organisation")
    cited = Citation.objects.filter(sentence__synthesis=synthesis, sentence__dropped_at=None)
    cited = cited if numbers is None else cited.filter(contribution__number__in=numbers)
    posts = Post.objects.filter(pk__in=cited.values("contribution__post"))
    theirs = posts.filter(author=member) | posts.filter(carried_by=member)
    return theirs.exists() or cited.filter(contribution__organisation__in=focal).exists()


def decide(member, objection):
    """Facilitators decide an objection once."""
    return consultations.facilitate(member, objection.synthesis.consultation) and (
        objection.state == ObjectionState.OPEN or No(_("This objection is decided already."))
    )


def correct(member, synthesis):
    """Facilitators publish what was accepted as one corrigendum, when no objection waits."""
    may = consultations.facilitate(member, synthesis.consultation) and (
        synthesis.is_published or No(_("This synthesis is not published yet."))
    )
    return may and is_correctable(synthesis)


def is_correctable(synthesis):
    states = synthesis.objections.filter(corrigendum=None).values_list("state", flat=True)
    if ObjectionState.OPEN in states:
        return No(_("Decide the objections that wait first, so that one corrigendum holds all corrections."))
    return ObjectionState.ACCEPTED in states or No(_("No correction was accepted, so there is nothing to publish."))
