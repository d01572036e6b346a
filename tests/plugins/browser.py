"""A real browser: `page` is a fresh window of Chromium, `new_page()` opens one more for another person.

A script error or a refusal by the content security policy fails the test that met it, whatever else it asked.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.patience import PATIENCE

ARGUMENTS = [
    "--no-sandbox",  # the sandbox cannot start as root, and only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
expect.set_options(timeout=1000 * PATIENCE)


def executable():
    """The Chromium of CHROMIUM or of the system; None when there is none."""
    given = os.environ.get("CHROMIUM")
    found = given or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return found if found and Path(found).exists() else None


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the tests of a file. It keeps an event loop running: async tests live in other files."""
    path = executable()
    if path is None:
        pytest.skip("no Chromium: install Debian's package chromium, or name one with CHROMIUM=")
    # The loop runs in this thread, and Django would take every query of the test for a call from inside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def new_page(browser):
    """A function that opens a window with cookies of its own; takes what a Playwright context takes."""
    contexts, errors = [], []

    def listen(message):
        if message.type == "error" and "Content Security Policy" in message.text:
            errors.append(message.text)

    def open_page(**options):
        context = browser.new_context(**{"locale": "en-GB", "timezone_id": "UTC", **options})
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", listen)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_page):
    return new_page()
