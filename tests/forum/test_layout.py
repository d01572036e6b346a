"""How a thread reads in a browser: what mails line up stays lined up, and a phone shows all of a deep quotation."""

import pytest

from forum.services import posts
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

LOG = "On the console:\nVPE 0\n    Status  :  11004201\n    EPC     :  8010dc54"


def test_indented_lines_stay_indented(live, page):
    scene = World()
    post = posts.reply(author=scene.bob, thread=scene.thread, text=LOG)

    page.goto(f"{live.url}{post.get_absolute_url()}")

    assert page.locator(f"#p{post.number} .text").inner_text().strip() == LOG


def test_a_quotation_of_many_levels_fits_a_phone(live, page):
    scene = World()
    quoted = "\n\n".join(f"{'>' * level} level {level}, said at some length and then some" for level in range(1, 25))
    post = posts.reply(author=scene.bob, thread=scene.thread, text=f"{quoted}\n\n{'> ' * 24}\n\nYes.")
    page.set_viewport_size({"width": 360, "height": 740})

    page.goto(f"{live.url}{post.get_absolute_url()}")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_words_of_a_wide_table_are_not_broken_on_a_phone(live, page):
    scene = World()
    heads = ["characterisation", "internationalisation", "responsibilities", "disproportionately"]
    table = f"|{'|'.join(heads)}|\n|{'---|' * 4}\n|1|2|3|4|"
    post = posts.reply(author=scene.bob, thread=scene.thread, text=table)
    page.set_viewport_size({"width": 360, "height": 740})

    page.goto(f"{live.url}{post.get_absolute_url()}")

    lines = """cells => cells.map(cell => {
        const range = document.createRange()
        range.selectNodeContents(cell)
        return range.getClientRects().length
    })"""
    assert page.locator(f"#p{post.number} th").evaluate_all(lines) == [1, 1, 1, 1]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
