"""In CI a skip is a failure: a test that did not run proves nothing."""

import pytest

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.sqlite_only  # the tests inside ask no database, so PostgreSQL would leave them out

SKIPPING = """
    import pytest

    def test_runs():
        pass

    def test_skips():
        pytest.skip("no browser here")

    @pytest.mark.xfail
    def test_is_known_to_fail():
        assert False
"""


def test_a_skip_fails_in_ci(pytester, monkeypatch):
    monkeypatch.setenv("CI", "true")
    pytester.makepyfile(SKIPPING)

    result = pytester.runpytest_inprocess("-p", "tests.plugins.strictness", "-p", "no:django", "-p", "no:asyncio")

    result.assert_outcomes(passed=1, failed=1, xfailed=1)
    result.stdout.fnmatch_lines(["*no browser here*", "Nothing may be skipped when CI=true*"])


def test_a_skip_is_a_skip_elsewhere(pytester, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    pytester.makepyfile(SKIPPING)

    result = pytester.runpytest_inprocess("-p", "tests.plugins.strictness", "-p", "no:django", "-p", "no:asyncio")

    result.assert_outcomes(passed=1, skipped=1, xfailed=1)
