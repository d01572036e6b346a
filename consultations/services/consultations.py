"""Consultations are prepared, changed and published.

Locks are always taken in this order: consultation, workspace, thread, journal; a contribution, which begins with its
thread, takes the consultation's after it, and nothing that holds a consultation waits for a thread others write in.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Consultation
from consultations.models.consultations import Participation, Preset
from consultations.rules import consultations as rules
from consultations.services import phases, rooms
from core import text as texts
from core.access import Refused, require
from forum.models.workspaces import Joining, Visibility
from forum.services import workspaces
from journal.services import record

SETTABLE = ("sponsor", "participation", "clearing", "grace_hours", "visibility")


def prepare(*, by, slug, wordings, preset=Preset.DISCUSSION, facilitators=(), at=None, room=None, **fields):
    """Begin a consultation in a room of its own; returns it. Only its facilitators see it until it is published.

    wordings: {language: (title, topic note)}, the original first. fields: sponsor, participation, clearing,
    grace_hours. room: fields of the workspace (visibility, joining, moderation, themes, regions); it is private until
    publication.
    Raises Refused when the member may not, without a title, or when the mail name is taken.
    """
    require(rules.prepare, by)
    now = at or timezone.now()
    with transaction.atomic():
        consultation = Consultation(preset=preset, created_by=by, created_at=now, year=now.year)
        _word(consultation, wordings)
        room = dict(room or {})
        _set(consultation, {"visibility": room.pop("visibility", Visibility.MEMBERS)} | fields)
        room = {"joining": _joining(consultation)} | room
        rooms.make(consultation, by=by, slug=slug, moderators=facilitators or [by], at=at, **room)
        record("consultation.prepared", actor=by, about=consultation, data=_facts(consultation), at=at)
    return consultation


def change(*, by, consultation, wordings=None, at=None, **fields):
    """Change topic note, sponsor, who takes part, the grace, or who will read it; the entry tells old and new.

    Once it is published, who may read it is changed with its workspace.
    """
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.change, by, consultation)
        before = _facts(consultation)
        if wordings:
            _word(consultation, wordings)
        _set(consultation, fields)
        consultation.save()
        rooms.rename(consultation)
        if consultation.participation != before["participation"]:
            workspaces.change(by=by, workspace=consultation.workspace, joining=_joining(consultation), at=at)
        after = _facts(consultation)
        changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        record("consultation.changed", actor=by, about=consultation, data={"changed": changed}, at=at)
    return consultation


def reword(*, by, consultation, language, title, text, at=None):
    """Write the topic note anew in one language, or for the first time; the others stay as they are meanwhile."""
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.change, by, consultation, text=text)
        wordings = consultation.wordings | {language: (title, text)}
        return change(by=by, consultation=consultation, wordings=wordings, at=at)


def publish(*, by, consultation, files=(), at=None):
    """Show the consultation to all who may read its room; its topic note goes out as a pinned thread with the files.

    From now on its phases open and close by themselves, and every change of a window is a formal act. Raises Refused
    when there is no phase, or the first one is over.
    """
    with transaction.atomic():
        consultation = Consultation.objects.locked(consultation.pk)
        require(rules.publish, by, consultation)
        now = at or timezone.now()
        if not consultation.timetable:
            raise Refused(_("A consultation needs at least one phase. Give it a timetable, then publish it."))
        if consultation.timetable[-1].closes_at <= now:
            raise Refused(_("All phases of this timetable are over. Change it, then publish the consultation."))
        data = _facts(consultation)
        rooms.publish(consultation, by=by, verb="consultation.published", data=data, files=files, at=at)
        phases.open_due(consultation, at=at)
    return consultation


def _word(consultation, wordings):
    consultation.word(wordings)
    if not consultation.title:
        raise Refused(_("A consultation needs a title in the language it is written in."), text=consultation.text)


def _set(consultation, fields):
    for name in SETTABLE:
        if name in fields:
            setattr(consultation, name, fields[name])
    consultation.sponsor = texts.clean_line(consultation.sponsor, 200)


def _joining(consultation):
    """Where every member takes part, they take a seat by themselves."""
    return Joining.OPEN if consultation.participation == Participation.MEMBERS else Joining.REQUEST


def _facts(consultation):
    """What the journal keeps of a consultation: its rules in full, its words as they stand."""
    return {
        "code": consultation.code,
        "wordings": consultation.said(),
        "sponsor": consultation.sponsor,
        "preset": str(consultation.preset),
        "participation": str(consultation.participation),
        "clearing": str(consultation.clearing),
        "visibility": str(consultation.visibility),
        "grace_hours": consultation.grace_hours,
    }
