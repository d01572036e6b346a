"""Sizes: said one way, in the reader's language, and never smaller than they are."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from core import sizes


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (None, "0 KB"),
        (8, "1 KB"),
        (14_000, "14 KB"),
        (14_001, "15 KB"),
        (999_001, "1 MB"),
        (1_240_000, "1.3 MB"),
        (10_000_000, "10 MB"),
    ],
)
def test_a_size_is_rounded_up(size, said):
    assert sizes.said(size) == said


@pytest.mark.parametrize(("language", "said"), [("fr", "1,3\xa0Mo"), ("ru", "1,3 МБ"), ("ar", "1,3 ميغابايت")])
def test_a_size_is_said_in_the_language_of_its_reader(language, said):
    with override(language):
        page = Template("{% load sizes %}{{ size|size }}").render(Context({"size": 1_240_000}))

    assert page == said
