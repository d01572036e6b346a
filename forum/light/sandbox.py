"""The sandbox: files are opened in a process of their own, so that the worst one costs a few seconds and no more."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE

SCRIPT = Path(__file__).with_name("extract.py")
SECONDS = 25  # by the clock; the process itself stops after 20 of the processor


@dataclass(frozen=True)
class Result:
    """What became of a file: `verdict` is ok, encrypted, empty, unknown, damaged or too_much (see extract)."""

    verdict: str
    content: bytes = b""


def run(kind, content, *, most=0):
    """Make `text`, or a `small` picture of at most `most` bytes, of a file's bytes. Raises nothing."""
    order = [sys.executable, "-I", str(SCRIPT), kind, str(most)]
    try:
        done = subprocess.run(order, input=content, stdout=PIPE, stderr=DEVNULL, timeout=SECONDS, env={}, check=False)
    except subprocess.TimeoutExpired:
        return Result("too_much")
    verdict, line_end, found = done.stdout.partition(b"\n")
    if done.returncode or not line_end:
        return Result("too_much" if done.returncode < 0 else "damaged")
    return Result(verdict.decode("ascii"), found)
