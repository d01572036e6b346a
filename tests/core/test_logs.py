"""What is said in the log of requests that no browser sends."""

import logging

import pytest
from django.conf import settings

from core import logs


@pytest.mark.parametrize(
    ("name", "is_brief"), [("django.security.DisallowedHost", True), ("django.request", False), ("forum.live", False)]
)
def test_what_strangers_send_is_told_in_a_line_and_errors_of_ours_with_their_trace(name, is_brief):
    trace = (ValueError, ValueError("evil"), None)
    record = logging.LogRecord(name, logging.ERROR, "", 1, "Invalid HTTP_HOST header", (), trace)

    assert logs.Brief().filter(record)

    assert (record.exc_info is None) == is_brief
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["brief"]
