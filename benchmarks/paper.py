"""Proceedings of thousands of contributions in four languages, as HTML, Word and PDF: seconds and memory.

python -m benchmarks.paper --contributions 5000

Beside them what pandoc and WeasyPrint need to make Word and PDF of the same HTML, where they are installed.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
from django.conf import settings

from benchmarks import data, rig
from consultations import paper

SENTENCES = {
    "ar": "تعتمد المجتمعات الجبلية منذ زمن طويل على المياه والمراعي المشتركة ويجب أن يعترف أي ترتيب بحقوقها UNEP 2026",
    "zh": "该地区的山区社区长期以来依赖共有的水源和牧场，任何新的安排都必须承认其习惯权利、知识以及各个山谷的机构。",
    "ru": "Горные общины издавна полагаются на общие воды и пастбища и любое соглашение должно признавать их права",
}
QUESTION = 250  # contributions to each


def proceedings(count, seed=1):
    """A paper of so many contributions of one to three paragraphs, seven of ten in English; the same each time."""
    dice = random.Random(seed)
    questions = range(1, (count + QUESTION - 1) // QUESTION + 1)
    return paper.Document(
        "Proceedings",
        symbol="ALP/2026/C3/PROC",
        publisher="Mountain Partnership",
        contents=tuple(paper.Entry(f"Question {number}", f"q{number}", 1, f"{number}.") for number in questions),
        blocks=_blocks(dice, count),
    )


def _blocks(dice, count):
    for number in range(1, count + 1):
        if number % QUESTION == 1:
            question = number // QUESTION + 1
            yield paper.Heading(1, f"Question {question}", f"{question}.", anchor=f"q{question}")
        language = dice.choices(["en", *SENTENCES], [70, 10, 10, 10])[0]
        yield paper.Contribution(
            f"ALP/2026/C3/{number}",
            "".join(f"<p>{_paragraph(dice, language)}</p>" for _ in range(dice.randint(1, 3))),
            f"Member {number}",
            "For an organisation",
            f"Herders of valley {number}",
            "Non-governmental organisation",
            "Africa",
            "Morocco",
            "By mail",
            "2 March 2026, 17:40 UTC",
            stamp="Extended period" if number % 9 == 0 else "",
            language=language,
            anchor=f"c{number}",
        )


def _paragraph(dice, language):
    if language == "en":
        return data.paragraph(dice)
    if language == "zh":
        return "".join(dice.choices(SENTENCES["zh"], k=140))
    return " ".join(dice.choices(SENTENCES[language].split(), k=65))


def once(count, form, path):
    """Write one paper in this process and print what it took."""
    settings.configure()
    django.setup()
    begun = time.perf_counter()
    with path.open("wb") as file:
        paper.write(proceedings(count), form, file)
    seconds = time.perf_counter() - begun
    # The process itself and the largest of those it let work for it, one at a time.
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    memory = (own.ru_maxrss + others.ru_maxrss) / 1024
    print(json.dumps({"seconds": seconds, "processor": _processor(own) + _processor(others), "memory": memory}))


def _processor(usage):
    """Seconds of the processor."""
    return usage.ru_utime + usage.ru_stime


def main(count, folder):
    print(f"{rig.machine()}\n{count:,} contributions, each format in a process of its own\n")
    print(f"{'':28}{'seconds':>9}{'processor':>11}{'MB, at most':>13}{'file, MB':>10}")
    for form in paper.FORMATS:
        path = folder / f"proceedings.{form}"
        command = [sys.executable, "-m", "benchmarks.paper", "--once", form, "--contributions", str(count), str(path)]
        found = json.loads(subprocess.run(command, cwd=rig.HOUSE, capture_output=True, text=True, check=True).stdout)
        _row(form, **found, path=path)
    page = folder / "proceedings.html"
    for tool, form in (("pandoc", "docx"), ("weasyprint", "pdf")):
        if not shutil.which(tool):
            print(f"{tool}: not installed")
            continue
        path = folder / f"{tool}.{form}"
        found = _timed([tool, str(page), *(["-o"] if tool == "pandoc" else []), str(path)])
        _row(f"{form} by {tool}", **found, path=path)


def _timed(command):
    """Seconds, those of the processor, and MB of a command."""
    begun = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        sys.exit(f"{command[0]} ended with {running.returncode}")
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "processor": _processor(usage), "memory": usage.ru_maxrss / 1024}


def _row(name, *, seconds, processor, memory, path):
    size = path.stat().st_size / 1e6
    print(f"{name:28}{seconds:9.1f}{processor:11.1f}{memory:13.0f}{size:10.1f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--contributions", type=int, default=5000)
    parser.add_argument("--once", choices=list(paper.FORMATS), help=argparse.SUPPRESS)
    parser.add_argument("path", type=Path, nargs="?", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        once(options.contributions, options.once, options.path)
    else:
        with tempfile.TemporaryDirectory(prefix="alphorn-bench-") as name:
            main(options.contributions, Path(name))
