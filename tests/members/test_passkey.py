"""A passkey, from a real browser with an authenticator of its own: made once, then signing in takes one press."""

import pytest

from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_bob_makes_a_passkey_and_signs_in_with_it(live, page):
    world = World()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    live.sign_in(page, world.bob)

    page.goto(f"{live.url}/account/2fa/webauthn/add/")
    page.fill("input[name=name]", "My phone")
    page.check("input[name=passwordless]")
    # The page it leads to must have come: leaving while a form is under way gives up one or the other.
    with page.expect_navigation(url=lambda url: not url.endswith("/add/")):
        page.locator("#mfa_webauthn_add").click()
    page.context.clear_cookies()
    page.goto(f"{live.url}/account/login/?next=/profile/")
    page.locator("#passkey_login").click()

    page.wait_for_url("**/profile/")
    assert page.locator("input[name=name]").input_value() == "Bob"
