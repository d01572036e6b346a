"""Hostile texts in a real browser: nothing runs, nothing is fetched, nothing is left that is not on the allow-list."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from core import text
from tests.core.xss import gallery

HERE = Path(__file__).parent
SITE = "http://alphorn.test/"
WATCH = f"<script>{(HERE / 'watch.js').read_text('utf-8')}</script>"
INSPECT = (HERE / "inspect.js").read_text("utf-8")
TOUCH = (HERE / "touch.js").read_text("utf-8")

RESULT = {"tags": sorted(text.ALLOWED_TAGS), "count": len(gallery.VECTORS)}
NAME = {
    "tags": ["p", "a", "input", "textarea", "select", "option"],
    "attributes": ["href", "title", "value", "aria-label"],
    "count": len(gallery.VECTORS),
}


class Visit:
    """A page of the gallery in the browser, behind a wall that notes every request and lets none out."""

    def __init__(self, browser, body):
        self.requests, self.dialogs = [], []
        self.context = browser.new_context()
        self.context.route("**/*", lambda route: self._answer(route, body))
        self.context.on("page", lambda page: page.on("dialog", self._dismiss))
        self.page = self.context.new_page()
        self.page.goto(SITE)

    def _answer(self, route, body):
        if route.request.url == SITE and not self.requests:
            self.requests.append(SITE)
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
        else:
            self.requests.append(route.request.url)
            route.fulfill(status=204)  # a navigation answered so leaves the page where it is

    def _dismiss(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def touch_everything(self):
        touched = self.page.evaluate(TOUCH)
        for link in self.page.locator("article a[href]").all()[:10]:
            link.hover(force=True)
            link.focus()
            link.click(force=True)
        self.page.wait_for_timeout(200)
        return touched


@pytest.fixture
def visit(browser):
    visits = []

    def open_page(way, **options):
        visits.append(Visit(browser, gallery.page(way, head=WATCH, **options)))
        return visits[-1]

    yield open_page
    for each in visits:
        each.context.close()


def test_there_are_vectors_of_every_kind():
    categories = {vector["category"] for vector in gallery.VECTORS}

    assert len(gallery.VECTORS) >= 600
    assert len(categories) >= 14


def test_untouched_vectors_do_run_here_so_the_watch_works(visit):
    caught = 0
    for start in range(0, len(gallery.VECTORS), 5):  # a few at a time: one unclosed element swallows those after it
        seen = visit("raw", vectors=gallery.VECTORS[start : start + 5])
        seen.page.wait_for_timeout(20)
        caught += bool(seen.dialogs or len(seen.requests) > 1 or seen.page.evaluate("window.__seen.length"))
        seen.context.close()
        if caught >= 15:
            break

    assert caught >= 15


@pytest.mark.parametrize(("way", "allowed"), [("a post", RESULT), ("an HTML mail", RESULT), ("a name", NAME)])
def test_no_vector_does_anything(visit, way, allowed):
    seen = visit(way)

    before = seen.page.evaluate(INSPECT, allowed)
    requested_by_itself = seen.requests[1:]
    touched = seen.touch_everything()
    after = seen.page.evaluate(INSPECT, allowed)

    assert before == []
    assert requested_by_itself == []
    assert touched > len(gallery.VECTORS)
    # Harmless links are there, so the texts were not all left as typed.
    assert seen.page.locator("article a[href]").count() >= 60
    assert after == []
    assert seen.dialogs == []
    assert {urlsplit(url).scheme for url in seen.requests} <= {"http", "https"}
    assert [page.url.partition("#")[0] for page in seen.context.pages] == [SITE]


def test_the_vectors_are_written_one_a_line():
    lines = (HERE / "vectors.jsonl").read_text("utf-8").splitlines()

    assert all(set(json.loads(line)) == {"category", "vector"} for line in lines)
    assert len(set(lines)) == len(lines)
