"""The scene of draft texts: a consultation with an open phase for one, and the text as it was uploaded."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import Paragraph, Version
from consultations.services import consultations, documents, phases
from tests.consultations import consulting

TEXT = """Draft charter of mountain waters

Preamble

The partners, gathered in Andermatt,

I. Springs

1. States shall protect the springs above 2,000 metres, as appropriate.

2. Every partner measures its springs twice a year and reports:
(a) the flow in litres per second;
(b) the temperature of the water.

3. Measurements are published within three months.

II. Money

4. A fund pays for instruments where a partner cannot.

5. [The fund is governed by a board of nine members.]
"""


def drafted(world, *, opened=timedelta(days=1), left=timedelta(days=2), text=TEXT, **fields):
    """A published consultation on `text`, whose phase opened a day ago: (consultation, version)."""
    consultation = consulting.prepared(world, preset="draft", **fields)
    now = timezone.now()
    phase = phases.schedule(
        by=world.alice, consultation=consultation, kind="draft", opens_at=now - opened, closes_at=now + left
    )
    version = upload(world, phase, text, title="Charter of mountain waters")
    documents.publish(by=world.alice, version=version)
    consultations.publish(by=world.alice, consultation=consultation)
    return consulting.fresh(consultation), fresh(version)


def upload(world, phase, text=TEXT, **fields):
    source = documents.pasted(text)
    return documents.prepare(by=world.alice, phase=phase, source=source, language="en", **fields)


def again(world, version, text, **fields):
    """The next version, published."""
    made = upload(world, version.phase, text, document=version.document, **fields)
    return fresh(documents.publish(by=world.alice, version=made))


def fresh(version):
    return Version.objects.with_all().get(pk=version.pk)


def paragraph(version, label):
    return Paragraph.objects.with_all().get(version=version, label=label)
