"""Documents written by the generator come out exactly, in every language, layout and encoding it knows."""

import pytest

from consultations import outline
from tests.consultations.outline import generator

SEEDS = 40


def told(paragraphs):
    return [(p.number, p.level, " ".join(p.text.split())) for p in paragraphs]


@pytest.mark.parametrize("form", ["txt", "md", "docx"])
def test_generated_documents_come_out_exactly(form):
    for seed in range(SEEDS):
        sample = generator.draw(seed, form)

        read = outline.read(sample.data, sample.name)

        assert told(read.paragraphs) == sample.paragraphs, (seed, sample.notes)
        assert read.headings == sample.headings, (seed, sample.notes)
        assert bool(read.problems) == bool(sample.flaw), (seed, sample.flaw, read.problems)
