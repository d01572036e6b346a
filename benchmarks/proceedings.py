"""A consultation with thousands of contributions: its papers, its archive, its pages: seconds and memory.

python -m benchmarks.proceedings --contributions 5000 --questions 300

Beside them the floor: the same rows written with csv and json alone, pandoc making Word of the same HTML, and every
file of the archive read and hashed once.
"""

import argparse
import json
import resource
import shutil
import zipfile
from pathlib import Path

from benchmarks import rig

RECORD, EXPORT = "record.zip", "export (the whole record)"
FILES = (  # each written in a process of its own, in this order; proceedings_inside.py says how
    "proceedings by question, html",
    "proceedings by organisation, html",
    "proceedings by question, docx",
    "proceedings by question, pdf",
    "contributions.csv",
    "contributions.jsonl",
    "floor: the rows with csv alone",
    "floor: the rows with json alone",
    EXPORT,
    "floor: its files read and hashed",
)


def main(contributions, questions, database):
    print(f"{rig.machine()}\n{contributions:,} contributions to {questions} questions, {database}\n", flush=True)
    with rig.site(database) as environment:
        folder = Path(environment["DATA"])
        _inside(environment, "fill", contributions, questions)
        print(f"{'':36}{'seconds':>9}{'processor':>11}{'MB, at most':>13}{'queries':>9}{'file, MB':>10}")
        for number, name in enumerate(FILES):
            path = folder / (RECORD if name == EXPORT else f"{number}.out")
            _row(name, json.loads(_inside(environment, name, path)), path)
        with zipfile.ZipFile(folder / RECORD) as packed:
            packed.extractall(folder / "record")
        _row("verify.py", _timed(environment, "-I", str(folder / "record/verify.py")), folder / RECORD)
        if shutil.which("pandoc"):
            page = (folder / "0.out").rename(folder / "proceedings.html")
            command = f"import os; os.execvp('pandoc', ['pandoc', {str(page)!r}, '-o', {str(folder / 'p.docx')!r}])"
            _row("docx by pandoc, of the same html", _timed(environment, "-c", command), folder / "p.docx")
        found = json.loads(_inside(environment, "pages"))
    print(f"\n{'':36}{'ms of processor':>20}{'queries':>9}")
    for name, row in found["pages"].items():
        print(f"{name:36}{row['ms']:20.0f}{row['queries']:9}")
    print(f"{found['memory']:.0f} MB at most")


def _inside(environment, *arguments):
    """Have one thing done in a process of its own; returns what it printed."""
    command = (
        "import sys, django; django.setup(); from benchmarks import proceedings_inside as one; one.main(*sys.argv[1:])"
    )
    return rig.run(environment, "-c", command, *map(str, arguments))


def _timed(environment, *arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, memory = rig.timed([environment], *arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": seconds, "processor": processor, "memory": memory, "queries": ""}


def _row(name, found, path):
    size = path.stat().st_size / 1e6
    figures = f"{found['seconds']:9.1f}{found['processor']:11.1f}{found['memory']:13.0f}{found['queries']:>9}"
    print(f"{name:36}{figures}{size:10.1f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--contributions", type=int, default=5000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    options = parser.parse_args()
    main(options.contributions, options.questions, options.database)
