"""The environment is made once for each lock, and only from what the lock names."""

import subprocess
import sys

import pytest

from config import environment
from tests.house.house import ROOT

pytestmark = pytest.mark.sqlite_only  # it asks no database


@pytest.fixture
def venv(tmp_path):
    """A folder that looks like an environment."""
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    return folder


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "requirements.lock"
    path.write_text("django==5.2.19 --hash=sha256:0\n")
    return path


def test_an_environment_made_from_this_lock_is_left_alone(venv, lock, capsys):
    environment.stamp(venv, lock).write_text(environment.fingerprint(lock))

    environment.main([str(lock), "--venv", str(venv)])

    assert capsys.readouterr().err == ""


def test_a_changed_lock_is_installed_again(venv, lock):
    environment.stamp(venv, lock).write_text(environment.fingerprint(lock))
    assert environment.is_current(venv, lock)

    lock.write_text("django==5.2.20 --hash=sha256:1\n")

    assert not environment.is_current(venv, lock)


def test_what_does_not_match_its_hash_is_not_installed(venv, lock, tmp_path, capfd):
    package = tmp_path / "wheels" / "nothing-1.0-py3-none-any.whl"
    package.parent.mkdir()
    package.write_bytes(b"not what was promised")
    lock.write_text(f"nothing @ {package.as_uri()} --hash=sha256:{'0' * 64}\n")
    python = environment.make_venv(tmp_path / "real")

    with pytest.raises(SystemExit, match="could not be installed"):
        environment.install(python, tmp_path / "real", lock)

    assert "DO NOT MATCH THE HASHES" in capfd.readouterr().err
    assert not environment.is_current(tmp_path / "real", lock)


def test_an_old_python_is_told_which_one_is_needed(monkeypatch, lock):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))

    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, and this is 3\.9\.2"):
        environment.main([str(lock)])


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_every_package_of_a_lock_is_pinned_and_hashed(name):
    text = (ROOT / name).read_text().replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]

    assert packages
    assert [line for line in packages if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_script_needs_nothing_but_python():
    command = [sys.executable, "-S", "-I", ROOT / "config" / "environment.py", "--help"]

    assert subprocess.run(command, capture_output=True).returncode == 0
