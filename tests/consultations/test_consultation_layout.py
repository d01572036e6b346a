"""In a real browser without scripts, on a phone, from right to left: a window is changed by notice."""

from datetime import timedelta

import pytest

from tests.consultations import consulting
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_alice_gives_notice_on_a_phone_without_scripts(live, new_page):
    scene = World()
    scene.alice.language = "ar"
    scene.alice.save()
    consultation = consulting.running(scene)
    phase = consultation.phases.get()
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    live.sign_in(page, scene.alice)

    page.goto(f"{live.url}{consultation.get_absolute_url()}prepare/")
    page.locator(f'a[href$="/phases/{phase.pk}/change/"]').click()
    page.locator("#id_closes_at").fill(f"{phase.closes_at + timedelta(days=3):%Y-%m-%dT%H:%M}")
    page.locator("#id_authority").fill("رئيسا المجموعة")
    page.locator("#id_reason").fill("قطعت السيول الخطوط.")
    page.locator("main form button.primary").click()
    page.goto(f"{live.url}{consultation.get_absolute_url()}")

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert "قطعت السيول الخطوط." in page.locator(f"#phase-{phase.pk} .card").inner_text()
    assert page.locator("body").bounding_box()["width"] <= 360
    assert phase.changes.get().number == 1
