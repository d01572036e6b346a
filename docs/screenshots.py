"""The pictures of the documentation, taken from the demo by `make screenshots`, which says where its data goes.

Starts the demo, looks at it in Chromium as one of the cast, and writes docs/pictures.
"""

import io
import signal
import subprocess
import sys
import time
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.plugins.browser import ARGUMENTS, executable

PICTURES = Path(__file__).parent / "pictures"
COLOURS = 64  # enough for pages, and a quarter of the bytes
READY = "Ctrl-C stops it"
DESK = (1100, 800)  # pixels
CHAIR = (1280, 900)
PHONE = (360, 740)
WALL = (1280, 720)
LONGEST = 240  # seconds until the demo's hearing has somebody speaking


def main():
    demo = subprocess.Popen([sys.executable, "manage.py", "demo"], stdout=subprocess.PIPE, text=True)
    try:
        for line in demo.stdout:
            sys.stdout.write(line)
            if READY in line:
                break
        django.setup()
        take([(name, path, size, session(email)) for name, email, path, size in shots()])
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait()


def shots():
    """The name of each picture, who looks, at which page, on how large a screen."""
    threads = apps.get_model("forum", "Thread").objects.filter(workspace__slug="water")
    liveliest = threads.order_by("-post_count").first()
    yield "thread", "bob@example.org", f"/threads/{liveliest.pk}/", DESK
    now = timezone.now()
    asking = apps.get_model("consultations", "Phase").objects.filter(kind="questions", opens_at__lte=now)
    phase = asking.filter(closes_at__gt=now).order_by("-consultation__last_number").first()
    yield "consultation", "bob@example.org", phase.consultation.get_absolute_url(), DESK
    hearing, chair = under_way()
    for name, email, screen, size in (
        ("console", chair, "console", CHAIR),
        ("projector", chair, "projector", WALL),
        ("live", "bob@example.org", "live", PHONE),
    ):
        yield f"hearing-{name}", email, f"{hearing.get_absolute_url()}{screen}/", size


def under_way():
    """The hearing that the demo plays, once somebody speaks for the second time, and the address of its chair."""
    until = time.monotonic() + LONGEST
    hearing = apps.get_model("consultations", "Hearing").objects.get(workspace__slug="passes")
    while not (hearing.deliveries.count() > 1 and hearing.deliveries.filter(ended_at=None).exists()):
        if time.monotonic() > until:
            raise SystemExit(f"Nobody has the floor in {hearing} after {LONGEST} seconds.")
        time.sleep(1)
    return hearing, hearing.officers.get(role="chair").member.email


def session(email):
    """A cookie with which the browser is this member."""
    client = Client()
    client.force_login(get_user_model().objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": settings.SITE_URL}


def take(pictures):
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        for name, path, (width, height), cookie in pictures:
            context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB")
            context.add_cookies([cookie])
            page = context.new_page()
            answer = page.goto(f"{settings.SITE_URL}{path}")
            if not answer.ok:
                raise SystemExit(f"{path} answered {answer.status}, so there is no picture of it.")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
            picture.save(PICTURES / f"{name}.png", optimize=True)
            context.close()
        chromium.close()


if __name__ == "__main__":
    main()
