"""The project's own environment: .venv is made from a lock file, every package checked against its hash.

`make` runs this with whichever Python it finds, before anything is installed, so only the standard library is
used. An environment whose lock has not changed is left as it is.
"""

import argparse
import hashlib
import subprocess
import sys
import threading
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
MINIMUM = (3, 11)
TICK = 1.0  # seconds between two lines of progress


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lock", type=Path, help="the lock file to install")
    parser.add_argument("--also", type=Path, nargs="*", default=[], help="locks that this one contains")
    parser.add_argument("--venv", type=Path, default=HOUSE / ".venv")
    options = parser.parse_args(arguments)
    if sys.version_info < MINIMUM:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"Alphorn needs Python {MINIMUM[0]}.{MINIMUM[1]} or newer, and this is {found}.\n"
            "Name a newer one, for example: make demo PYTHON=python3.12"
        )
    if is_current(options.venv, options.lock):
        return
    python = make_venv(options.venv)
    install(python, options.venv, options.lock)
    for lock in [options.lock, *options.also]:
        stamp(options.venv, lock).write_text(fingerprint(lock))


def is_current(venv, lock):
    """Whether the environment was made from exactly this lock and by a Python that is still there."""
    mark = stamp(venv, lock)
    return (venv / "bin" / "python").exists() and mark.exists() and mark.read_text() == fingerprint(lock)


def stamp(venv, lock):
    return venv / f"installed-{lock.stem}.sha256"


def fingerprint(lock):
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def make_venv(venv):
    """Make the environment unless it is there; returns its Python."""
    python = venv / "bin" / "python"
    if python.exists():
        return python
    say(f"Making an environment in {venv.name} with Python {sys.version.split()[0]}")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True)
    if made.returncode:
        # Some systems split ensurepip off into a package of its own; the pip outside can then put itself inside.
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv)])
        run([sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "pip"])
    return python


def install(python, venv, lock):
    """Install the lock into the environment; shows how far it is and, when it fails, what pip said."""
    wanted = sum("==" in line for line in lock.read_text().splitlines())
    command = [str(python), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input"]
    command += ["--disable-pip-version-check", "--no-color", "--progress-bar", "off", "-r", str(lock)]
    say(f"Installing {wanted} packages from {lock.name}, each checked against its hash")
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = []
    reader = threading.Thread(target=said.extend, args=(pip.stdout,), daemon=True)
    reader.start()
    try:
        watch(pip, lambda: progress(said, venv, wanted))
    except KeyboardInterrupt:
        pip.terminate()
        pip.wait()
        sys.exit("\nStopped. Run it again to go on.")
    reader.join()
    pip.stdout.close()
    if pip.returncode:
        sys.stderr.writelines(said)
        sys.exit("The packages could not be installed; pip's reason stands above. Is the network there?")


def progress(said, venv, wanted):
    """One line about where pip is: it fetches everything first, then unpacks package by package."""
    lines = list(said)
    if not any(line.startswith("Installing collected packages") for line in lines):
        return f"  fetched {sum(line.startswith('Collecting ') for line in lines)} of {wanted}"
    unpacked = sum(1 for _ in venv.glob("lib/python*/site-packages/*.dist-info"))
    return f"  unpacked {min(unpacked, wanted)} of {wanted}"


def watch(process, describe):
    """Wait for a process; shows a line a second in place on a terminal, one each time it changes elsewhere."""
    shown, began = "", time.monotonic()
    while process.poll() is None:
        time.sleep(0.1)
        if time.monotonic() - began < TICK:
            continue
        began, line = time.monotonic(), describe()
        if line != shown:
            say(line, again=sys.stderr.isatty())
            shown = line
    if shown and sys.stderr.isatty():
        say("")


def run(command):
    done = subprocess.run(command)
    if done.returncode:
        sys.exit(f"This failed with status {done.returncode}: {' '.join(command)}")


def say(line, again=False):
    sys.stderr.write(f"\r{line:<60}" if again else f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
