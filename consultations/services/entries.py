"""Words on paper are entered: on behalf of a named person, of a village meeting, or of an organisation. So are those
that were collected elsewhere and are imported.

Whoever enters them says how it is known that the people agreed. A sheet that came before the close counts when it is
entered within the grace, as a mail would; what comes later, the facilitators enter for a stated reason.
"""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.rules import entries as rules
from core import text as texts
from core.access import Refused, require
from forum.keepers import Attempt
from forum.models import Post
from forum.models.posts import Channel
from forum.services import posts
from forum.services.voices import Voice

MOST_PEOPLE = 1_000_000


@dataclass(frozen=True)
class Origin:
    """Whose words they are. people: how many took part in the meeting; None for one person. region: a Region.

    member: where the person is one. address: of theirs, which nobody is shown.
    """

    name: str
    place: str = ""
    people: int | None = None
    category: str = ""
    region: object = None
    country: str = ""
    member: object = None
    address: str = ""

    @property
    def voice(self):
        return Voice(self.said, self.member, self.address)

    @property
    def said(self):
        """As it stands over the post: `Village meeting, Gurtnellen (34 people)`."""
        words = ", ".join(filter(None, (texts.clean_line(self.name, 80), texts.clean_line(self.place, 60))))
        if not self.people:
            return words[:120]
        count = ngettext("%(count)s person", "%(count)s people", self.people) % {"count": self.people}
        return f"{words[:95]} ({count})"


def enter(
    *,
    by,
    question,
    origin,
    text,
    consent,
    organisation=None,
    came_at=None,
    because="",
    at=None,
    write=None,
    channel=Channel.PAPER,
    **post_fields,
):
    """Enter words on paper as a contribution; returns it.

    question: what they answer, or the draft text they speak of; then write(author=, text=, ...), which is called as
    `posts.reply` is, says where in it. post_fields: what else it is called with (language, files, key, sent_at).

    consent: how it is known that the people agreed, and when. came_at: when the sheet came, where that was before now;
    only facilitators and the secretariat say so. because: the reason for which facilitators take it late. Raises
    Refused with the reason and the text.
    """
    attempt = weigh(
        by=by,
        question=question,
        origin=origin,
        text=text,
        consent=consent,
        organisation=organisation,
        came_at=came_at,
        because=because,
        at=at,
    )
    if write is None and question.thread is None:
        raise Refused(_("This question is not open yet."), text=text)
    write = write or partial(posts.reply, thread=question.thread)
    with transaction.atomic():
        post = write(
            author=by,
            text=text,
            attempt=attempt,
            organisation=organisation,
            voice=attempt.voice,
            channel=channel,
            at=at,
            **post_fields,
        )
        if origin.member is None:
            _describe(post, origin, organisation)
    return post.contribution


def weigh(*, by, question, origin, text, consent, organisation=None, came_at=None, because="", at=None):
    """The Attempt with which `enter` writes, once all is asked but what the thread's keeper asks; writes nothing."""
    now = at or timezone.now()
    consent, because = texts.clean_line(consent, 400), texts.clean_line(because, 400)
    require(lambda member, thing: rules.enter(member, thing, organisation), by, question, text=text)
    if not origin.said:
        raise Refused(_("Whose words are they? Write the name of the person, the meeting or the office."), text=text)
    if not consent:
        raise Refused(_("Say how it is known that they agreed, and when: “signed sheet of 3 May”."), text=text)
    facts = {"consent": consent, "entered_by": by.pk}
    if because:
        require(rules.accept_late, by, question.consultation, text=text)
        facts |= {"accepted_by": by, "accepted_because": because}
    if came_at is not None:
        require(rules.say_when, by, question.consultation, text=text)
        if came_at > now:
            raise Refused(_("The sheet cannot have come in the future. Correct the time."), text=text)
    return Attempt(at=now, proven_at=came_at, organisation=organisation, voice=origin.voice, facts=facts)


def _describe(post, origin, organisation):
    """Category, region and country are those of the people, not of who entered their words."""
    theirs = {"country": origin.country}
    if organisation is None:
        theirs |= {"category": origin.category, "region": origin.region}
    elif organisation.country:
        return
    Post.objects.filter(pk=post.pk).update(**theirs)
