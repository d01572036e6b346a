"""Several processes kept as one."""

import os
import sys

import pytest

from config import processes
from config.processes import Company, Ended, Process

SLEEPS = "import time; time.sleep(60)"
FAILS = "import sys; print('the database is missing'); sys.exit(3)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); " + SLEEPS


@pytest.fixture
def company(tmp_path):
    def make(**programs):
        members = [
            Process(name, [sys.executable, "-c", program], tmp_path / f"{name}.log")
            for name, program in programs.items()
        ]
        return Company(members, environment=dict(os.environ), folder=tmp_path)

    return make


def test_when_one_ends_it_is_named_with_its_last_words_and_all_stop(company):
    both = company(web=FAILS, work=SLEEPS)

    with pytest.raises(Ended) as ended, both:
        both.wait()

    assert "web ended with status 3" in str(ended.value)
    assert "the database is missing" in str(ended.value)
    assert not any(process.is_running for process in both.processes)


def test_leaving_stops_all(company):
    with company(web=SLEEPS, work=SLEEPS) as both:
        both.check()

    assert not any(process.is_running for process in both.processes)


def test_who_does_not_stop_when_asked_is_made_to(company, monkeypatch):
    monkeypatch.setattr(processes, "STOP_TIMEOUT", 0.5)

    with company(work=STUBBORN) as one:
        while "here" not in one.processes[0].tail():
            one.check()

    assert not one.processes[0].is_running


def test_what_cannot_start_leaves_nothing_running(company, tmp_path):
    both = company(web=SLEEPS)
    both.processes.append(Process("nothing", [str(tmp_path / "no-such-program")], tmp_path / "nothing.log"))

    with pytest.raises(FileNotFoundError), both:
        pass

    assert not both.processes[0].is_running
