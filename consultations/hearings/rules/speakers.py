"""Who may ask for the floor, and who may speak of a speaker: themselves, their organisation, chair and secretaries.

The rules of procedure of the General Assembly stand behind these: representatives speak in the order in which they
signify their desire to (rule 68), the list is closed by the chair (73, in committees 115), who may admit others after
that, and time is limited alike for all of a kind (72, 114).
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hearings.rules import hearings as rules
from consultations.wording.times import moment as said
from core.access import No
from forum import rules as forum_rules
from members.services import mandates


def request(member, item, moment=None, organisation=None):
    """Ask to speak on an item: with a seat, or where one may take one, while the list is open, for oneself or for an
    organisation one speaks for; where only invited organisations speak, for one of these.
    """
    return (
        take_part(member, item)
        and list_is_open(item, moment or timezone.now())
        and speak_for(member, item.hearing, organisation)
    )


def take_part(member, item):
    """Take the floor at all: with a seat that may write, at a hearing that is published and goes on."""
    hearing, room = item.hearing, item.hearing.workspace
    if not hearing.is_published:
        return No(_("This hearing is not published yet."))
    if hearing.ended_at:
        return No(_("This hearing is over. What was done stands in its record."))
    if room.seat_of(member) is None and not forum_rules.moderate(member, room):
        return forum_rules.join(member, room)
    return forum_rules.may_write(member, room)


def list_is_open(item, moment):
    """Is the list open at this moment? Says since when it is not, or from when on it will be."""
    if item.list_is_open_at(moment):
        return True
    if not item.takes_speakers:
        return No(_("Item %(item)s has no list of speakers.") % {"item": item.label})
    if item.list_opens_at and moment < item.list_opens_at:
        return No(
            _("The list of speakers of item %(item)s opens on %(when)s. Ask again then.")
            % {"item": item.label, "when": said(item.list_opens_at)}
        )
    if item.closed_at:
        return No(_("Item %(item)s is concluded.") % {"item": item.label})
    closed_at = min(filter(None, (item.list_closed_at, item.list_closes_at)))
    return No(
        _("The list of speakers of item %(item)s closed on %(when)s. The chair can still admit you: write to them.")
        % {"item": item.label, "when": said(closed_at)}
    )


def speak_for(member, hearing, organisation):
    """For an organisation only with its mandate; where the hearing is by invitation, only for one that is invited."""
    if organisation and organisation not in mandates.of(member):
        return No(_("You have no mandate to speak for “%(name)s” here.") % {"name": organisation})
    if not hearing.is_by_invitation:
        return True
    if organisation is None:
        return No(_("At this hearing only invited organisations speak. Say for which you ask."))
    return hearing.invitees.filter(organisation=organisation).exists() or No(
        _("“%(name)s” is not invited to this hearing. Write to the secretariat if you think it should be.")
        % {"name": organisation}
    )


def speak_of(member, speaker):
    """Confirm, withdraw, hand in a text: the speaker, who else has the mandate, chair and secretaries."""
    return is_theirs(member, speaker) or (
        rules.conduct(member, speaker.item.hearing)
        or No(_("Only the speaker, their organisation, the chair and the secretaries may do this."))
    )


def is_theirs(member, speaker):
    """Is this their own request, or that of an organisation they speak for? Who spoke for one and does so no more keeps
    what they said, and has no say in what it waits for.
    """
    if not member.is_authenticated or not member.is_active:
        return False
    has_spoken = speaker.state in (speaker.State.SPEAKING, speaker.State.SPOKE)
    if speaker.member_id == member.pk and (speaker.organisation_id is None or has_spoken):
        return True
    return speaker.organisation_id is not None and speaker.organisation in mandates.of(member)


def see_note(member, speaker):
    """What they wrote to the secretary."""
    return is_theirs(member, speaker) or rules.take_notes(member, speaker.item.hearing)


def raise_point(member, item):
    """Points of order are raised from any seat, while the item is before the hearing (rules 71 and 113)."""
    return take_part(member, item) and (
        item.is_open or No(_("A point of order is raised on the item that is before the hearing."))
    )


def reply(member, item, organisation=None):
    """A right of reply is asked for from when the item was taken up, also when the list is closed (rules 73, 115)."""
    return (
        take_part(member, item)
        and speak_for(member, item.hearing, organisation)
        and (item.opened_at is not None or No(_("Item %(item)s has not begun yet.") % {"item": item.label}))
    )


def write_down(member, speaker):
    """Write what was said: note-takers, chair and secretaries; the speaker themself where they wrote it before."""
    return is_theirs(member, speaker) or rules.take_notes(member, speaker.item.hearing)
