"""Mail in these tests goes the real way: every mail becomes a letter, and a letter leaves through an outbox."""

import pytest


@pytest.fixture(autouse=True)
def real_mail(settings):
    """The test runner would put its own list in place of our outbox."""
    settings.EMAIL_BACKEND = "notifications.outbox.EmailBackend"
    settings.EMAIL_URL = "memory"
