"""Several processes kept as one: they start together, and when one ends or someone says stop, all of them stop.

Each writes to a log of its own. They live in sessions of their own, so that Ctrl-C reaches only the one who keeps
them, and nobody shows a traceback for having been asked to stop.
"""

import contextlib
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

STOP_TIMEOUT = 10  # seconds a process has to finish what it is doing
TAIL = 20  # lines of a log shown when its process ended by itself


class Ended(Exception):
    """A process ended that nobody had asked to; says which one, how, and the last it had to say."""

    def __init__(self, process):
        status = process.popen.returncode
        how = f"was killed by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
        super().__init__(f"{process.name} {how}. The last lines of {process.log}:\n{process.tail()}")


@dataclass
class Process:
    name: str
    command: list
    log: Path
    popen: subprocess.Popen = field(default=None, repr=False)

    def start(self, *, environment, folder):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as output:
            self.popen = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=folder,
                start_new_session=True,
            )

    @property
    def is_running(self):
        return self.popen is not None and self.popen.poll() is None

    def tail(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-TAIL:])


class Company:
    """The processes that run together; `with company:` starts them and stops them in the end."""

    def __init__(self, processes, *, environment, folder):
        self.processes = processes
        self.environment = environment
        self.folder = folder

    def __enter__(self):
        try:
            for process in self.processes:
                process.start(environment=self.environment, folder=self.folder)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def check(self):
        """Raise `Ended` if one of them has gone."""
        for process in self.processes:
            if not process.is_running:
                raise Ended(process)

    def wait(self):
        """Wait until one of them ends; raises `Ended`."""
        while True:
            self.check()
            time.sleep(0.2)

    def stop(self):
        """Ask all to stop at once, then insist with those that have not within ten seconds."""
        # Whoever presses Ctrl-C twice would otherwise interrupt the tidying up and leave some running.
        asked = signal.signal(signal.SIGINT, signal.SIG_IGN)
        running = [process for process in self.processes if process.is_running]
        for process in running:
            process.popen.terminate()
        until = time.monotonic() + STOP_TIMEOUT
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.popen.wait(timeout=max(0.1, until - time.monotonic()))
        for process in running:
            if process.is_running:
                process.popen.kill()
                process.popen.wait()
        signal.signal(signal.SIGINT, asked)
