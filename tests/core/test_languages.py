"""Names and titles of either direction in lines of either direction."""

import pytest

from core.languages import apart, runs, speaking


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("en", "Bob", "Bob"),
        ("en", "منى", "\u2068منى\u2069"),
        ("ar", "منى", "منى"),
        ("ar", "Bob (Alps)", "\u2068Bob (Alps)\u2069"),
        ("zh", "赵元", "赵元"),
        ("ar", "", ""),
    ],
)
def test_a_name_that_runs_the_other_way_stands_apart_in_a_line(language, name, said):
    with speaking(language):
        assert apart(name) == said
    assert runs("Bob, منى") == "rtl"
