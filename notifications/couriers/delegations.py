"""Delegations: a member carries a person's words, from that person's consent until one of the two ends it.

Somebody who is a member themselves is asked by mail and answers YES or NO. Of anybody else the courier says how they
agreed ("at the village meeting on 3 May"); if they have an address, each post made in their name is sent to them, and
a NO takes it back. What happens stands in the site's journal, with who did it.
"""

import unicodedata
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import tokens
from core.access import Refused, require
from core.languages import speaking
from core.text import clean_line
from forum.models import Post
from forum.models.posts import State
from forum.services import posts
from journal.services import record
from members.models import Member
from notifications import letters, rules
from notifications.intake import explaining
from notifications.models import Answer, Delegation, Letter

MOST = 300  # people one member carries
LINK_DAYS = 365
MOST_ASKED, ASKED_DAYS = 2, 30  # times that one courier asks the same member in so many days
MOST_TOLD_A_DAY = 5  # mails to one person about what was posted in their name; each leads to all of it
MOST_TOLD_BY_ONE = 200  # posts of one courier in a day of which the people are told


def add(*, by, name, consent="", address="", organisation=None, courier=None):
    """Note that a member carries a person's words; returns the delegation.

    consent: how the person agreed, in the courier's words; not asked of a person who is a member, for they are asked
    themselves. courier: another member, when the secretariat notes it. Raises Refused.
    """
    courier = courier or by
    require(rules.keep_delegations, by, courier)
    name, consent = clean_line(name, 200), clean_line(consent, 400)
    address = address.strip().lower()
    person = Member.objects.by_address(address) if address else None
    if not name:
        raise Refused(_("Whose words are they? Write the person's name."))
    if person == courier:
        raise Refused(_("This is your own address: what you write yourself is yours already."))
    if person is None and not consent:
        raise Refused(_("Say how %(name)s agreed that you speak for them, and when.") % {"name": name})
    with transaction.atomic():
        # One at a time for each courier, so that no code is given twice.
        Member.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=courier.pk)
        given = Delegation.objects.filter(courier=courier)
        if given.count() >= MOST:
            reason = ngettext(
                "You carry for %(most)s person already, which is the most.",
                "You carry for %(most)s people already, which is the most.",
                MOST,
            )
            raise Refused(reason % {"most": MOST})
        if person:
            _refuse_to_press(given, person)
        if known(courier, name):
            raise Refused(_("You carry for a person of this name already. Add something that tells the two apart."))
        delegation = Delegation.objects.create(
            courier=courier,
            person=person,
            name=name,
            code=_next_code(given),
            organisation=organisation,
            address=address,
            consent="" if person else consent,
            consented_at=None if person else timezone.now(),
        )
        record("delegation.asked" if person else "delegation.made", actor=by, about=delegation, data=_facts(delegation))
        if person:
            _ask(delegation)
    return delegation


def agree(*, by, delegation):
    """The person agrees to be carried; only they can, where they are a member."""
    with transaction.atomic():
        delegation = _locked(delegation)
        require(rules.agree, by, delegation)
        if delegation.consented_at is None:
            delegation.consented_at, delegation.consent = timezone.now(), _("by their own mail")
            delegation.save(update_fields=["consented_at", "consent"])
            record("delegation.made", actor=by, about=delegation, data=_facts(delegation))
    return delegation


def end(*, by, delegation):
    """The courier, the person or the secretariat ends it; what was posted stays."""
    with transaction.atomic():
        delegation = _locked(delegation)
        require(rules.end_delegation, by, delegation)
        if delegation.ended_at is None:
            delegation.ended_at = timezone.now()
            delegation.save(update_fields=["ended_at"])
            record("delegation.ended", actor=by, about=delegation)
    return delegation


def object_to(*, delegation, by=None, only=None):
    """The person says: this is not mine. Takes back the posts, ends the delegation, tells the courier; returns them.

    only: one post; otherwise all that were carried in this person's name. `by` is the person where they are a member,
    or who of the secretariat writes it down for them; the caller of a signed link or of a mail from their own address
    knows that it is they.
    """
    with transaction.atomic():
        delegation = _locked(delegation)
        wanted = [only] if only else [post for post in carried(delegation) if post.state != State.WITHDRAWN]
        taken_back = [posts.object_to(post=post, by=by) for post in wanted]
        if delegation.objected_at is None:
            delegation.objected_at = timezone.now()
            delegation.save(update_fields=["objected_at"])
            record("delegation.objected", actor=by, about=delegation, data={"posts": [post.pk for post in taken_back]})
            _tell_courier(delegation, taken_back)
    return taken_back


def object_for(*, by, delegation):
    """The person, signed in, or the secretariat for a person without a line, objects to all of it."""
    require(rules.object_for, by, delegation)
    return object_to(delegation=delegation, by=by)


def tell(delegation, post):
    """Send a person who has an address what was posted in their name, and how to take it back.

    Nobody has said yet that the address is this person's, so it gets a few such mails a day and no more; the page that
    each of them leads to shows all posts. Returns the letter or None.
    """
    recipient = delegation.person.email if delegation.person else delegation.address
    if not letters.can_write_to(recipient) or _is_too_much(delegation, recipient):
        return None
    reader = delegation.person or delegation.courier  # whose language is the best guess
    context = {"delegation": delegation, "post": post, "object_url": object_url(delegation)}
    subject, text = explaining.render("carried", context, reader)
    return letters.compose(
        member=delegation.person,
        recipient=recipient,
        subject=subject,
        text=text,
        kind=Letter.Kind.ANSWER,
        priority=Letter.Priority.SOON,
        about=f"carried:{post.pk}",
        key=f"carried:{post.pk}",
    )


def confirm_objection(delegation, post):
    """Tell a person who is no member, and said NO by mail, that it was taken back; once for each post.

    In the language of the mail that told them, which is the courier's.
    """
    delegation.refresh_from_db()
    context = {"delegation": delegation, "post": post}
    subject, text = explaining.render(
        "objection_noted", context, delegation.courier
    )  # in the language they were told in
    letters.compose(
        recipient=delegation.address,
        subject=subject,
        text=text,
        kind=Letter.Kind.ANSWER,
        priority=Letter.Priority.SOON,
        key=f"objection:{delegation.pk}:{post.pk}",
    )


# -- Finding -----------------------------------------------------------------------------------------------


def find(courier, said):
    """The delegation that `FOR: A7` or `FOR: Amina Diallo` names, live or not; None when it names nobody."""
    rows = list(Delegation.objects.filter(courier=courier, ended_at=None).select_related("person", "courier"))
    wanted = _folded(said)
    first = wanted.partition(" ")[0]
    return next((row for row in rows if _folded(row.name) == wanted), None) or next(
        (row for row in rows if row.code.casefold() in (wanted, first)), None
    )


def known(courier, name):
    """Does this member carry for a person of that name?"""
    row = find(courier, name)
    return row is not None and _folded(row.name) == _folded(name)


def carried(delegation):
    """The posts made in this person's name through this courier."""
    results = Answer.objects.filter(delegation=delegation).values_list("result", flat=True)
    found = {result.partition(":")[::2] for result in results}
    of_posts = Post.objects.filter(pk__in=[pk for kind, pk in found if kind == "post"])
    of_threads = Post.objects.filter(thread__in=[pk for kind, pk in found if kind == "thread"], number=1)
    return list((of_posts | of_threads).select_related("thread__workspace").order_by("-pk")[:500])


def of_post(post):
    """The delegation by which a post was carried, or None."""
    references = [post.reference] + ([post.thread.reference] if post.number == 1 else [])
    row = (
        Answer.objects.filter(result__in=references)
        .exclude(delegation=None)
        .select_related("delegation__person", "delegation__courier")
    )
    return next((answer.delegation for answer in row[:1]), None)


def post_of(answer):
    """The post that a carried answer became."""
    kind, _colon, pk = answer.result.partition(":")
    rows = Post.objects.select_related("thread__workspace")
    return rows.get(pk=pk) if kind == "post" else rows.get(thread=pk, number=1)


def object_url(delegation):
    """The page on which the person can object; it goes to their own address only."""
    return settings.SITE_URL + reverse("notifications:object", args=[tokens.sign("object", delegation.pk)])


# -- Parts -------------------------------------------------------------------------------------------------


def _folded(text):
    return " ".join(unicodedata.normalize("NFKC", text).casefold().strip(" .:,;#").split())


def _next_code(given):
    """P1, P2 ...: short enough to be written by hand, and never given to somebody else later."""
    taken = [int(code[1:]) for code in given.values_list("code", flat=True) if code[1:].isdecimal()]
    return f"P{max(taken, default=0) + 1}"


def _locked(delegation):
    rows = Delegation.objects.select_for_update(of=("self",), no_key=True).select_related("courier", "person")
    return rows.get(pk=delegation.pk)


def _facts(delegation):
    return {"courier": delegation.courier_id, "name": delegation.name, "consent": delegation.consent}


def _refuse_to_press(given, person):
    since = timezone.now() - timedelta(days=ASKED_DAYS)
    if given.filter(person=person, created_at__gt=since).count() >= MOST_ASKED:
        raise Refused(_("This member was asked already. Speak to them, or try again in a month."))


def _is_too_much(delegation, recipient):
    since = timezone.now() - timedelta(days=1)
    told = Letter.objects.filter(member=delegation.person, recipient=recipient, about__startswith="carried:")
    carried_today = Answer.objects.filter(member=delegation.courier_id, created_at__gt=since).exclude(delegation=None)
    return told.filter(created_at__gt=since).count() >= MOST_TOLD_A_DAY or carried_today.count() > MOST_TOLD_BY_ONE


def _ask(delegation):
    subject, text = explaining.render("delegation_asked", {"delegation": delegation}, delegation.person)
    letters.compose(
        member=delegation.person,
        subject=subject,
        text=text,
        kind=Letter.Kind.NOTICE,
        about=delegation.reference,
        key=f"delegation:{delegation.pk}",
    )


def _tell_courier(delegation, taken_back):
    with speaking(delegation.courier.language):
        subject, text = explaining.render(
            "delegation_objected", {"delegation": delegation, "posts": taken_back}, delegation.courier
        )
        letters.compose(
            member=delegation.courier,
            subject=subject,
            text=text,
            kind=Letter.Kind.NOTICE,
            about=delegation.reference,
            key=f"objected:{delegation.pk}",
        )
