"""Organisations are invited by name, and invitations taken back. Those who speak for them get seats when the hearing is
published, and a letter each (letters/hearings.py).
"""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.hearings.models import Hearing, Invitee
from consultations.hearings.rules import hearings as rules
from consultations.hearings.services import delegates
from core import text as texts
from core.access import Refused, require
from forum.models import Workspace
from journal.services import record
from members.models import Organisation

MOST = 1_000  # organisations of one hearing


def named(names):
    """The organisations of these names or acronyms, in their order; case makes no difference.

    Raises Refused with the first name that is none, or an acronym of several.
    """
    known = defaultdict(list)
    for organisation in Organisation.objects.only("name", "acronym").order_by("name"):
        for name in {organisation.name.casefold(), organisation.acronym.casefold()} - {""}:
            known[name].append(organisation)
    found = {}
    for name in names:
        wanted = texts.clean_line(name, 200)
        here = known[wanted.casefold()]
        exact = [one for one in here if one.name.casefold() == wanted.casefold()] or here
        if not exact:
            raise Refused(_("No organisation has the name “%(name)s”. Nobody was invited.") % {"name": wanted[:80]})
        if len(exact) > 1:
            facts = {"name": wanted[:80], "names": ", ".join(one.name for one in exact[:5])}
            raise Refused(_("“%(name)s” stands for several: %(names)s. Write the whole name.") % facts)
        found[exact[0].pk] = exact[0]
    return list(found.values())


def invite(*, by, hearing, names=(), categories=(), organisations=(), at=None):
    """Invite the organisations of these names, all of these categories, and these; returns those that were not yet."""
    with transaction.atomic():
        locked = Hearing.objects.locked(hearing.pk)
        require(rules.change, by, locked)
        wanted = list(dict.fromkeys([*organisations, *named(names)]))
        wanted += Organisation.objects.filter(category__in=categories).exclude(pk__in=[one.pk for one in wanted])
        if not wanted:
            raise Refused(_("Name at least one organisation."))
        if locked.invitees.count() + len(wanted) > MOST:
            raise Refused(_("This is more than can be kept here."))
        known = set(locked.invitees.values_list("organisation_id", flat=True))
        new = [organisation for organisation in wanted if organisation.pk not in known]
        Invitee.objects.bulk_create(Invitee(hearing=locked, organisation=organisation) for organisation in new)
        if locked.is_published:
            Workspace.objects.locked(locked.workspace_id)  # before the journal is, as everywhere
        if new:
            data = {"organisations": [organisation.pk for organisation in new]}
            record("hearing.invited", actor=by, about=locked, data=data, at=at)
        if locked.is_published:
            delegates.give_seats(by, locked, new, at=at)
    return new


def take_back(*, by, hearing, organisation, at=None):
    """End the invitation of an organisation; seats stay as they are."""
    with transaction.atomic():
        hearing = Hearing.objects.locked(hearing.pk)
        require(rules.change, by, hearing)
        found, _rows = Invitee.objects.filter(hearing=hearing, organisation=organisation).delete()
        if found:
            data = {"organisations": [organisation.pk]}
            record("hearing.uninvited", actor=by, about=hearing, data=data, at=at)
