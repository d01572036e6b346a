"""What a browser is told to do with our cookies on a site that is served over TLS, as the settings make them."""

import json
import os
import subprocess
import sys

from django.conf import settings

ASK = """
import django, json
django.setup()
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if "COOKIE" in name or "HSTS" in name}))
"""


def settings_of(site_url, tmp_path):
    environment = {
        **os.environ,
        "SITE_URL": site_url,
        "DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-c", ASK]
    asked = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, check=True, text=True)
    return json.loads(asked.stdout)


def test_every_cookie_of_a_secure_site_stays_on_secure_pages_of_this_host(tmp_path):
    found = settings_of("https://forum.example.org", tmp_path)

    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert found[f"{cookie}_COOKIE_SECURE"] is True
        assert found[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
        assert found[f"{cookie}_COOKIE_DOMAIN"] is None
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000


def test_a_site_without_tls_can_be_signed_in_to(tmp_path):
    found = settings_of("http://localhost:8000", tmp_path)

    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["SESSION_COOKIE_NAME"] == "session"
