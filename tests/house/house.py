"""What the house is made of: its floors, its files, and how their imports are read."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# From the ground up. An app knows those before it in this list and no others.
FLOORS = ["core", "journal", "members", "forum", "notifications", "consultations", "config"]
SHELVES = ["benchmarks", "docs", "locale", "static", "templates", "tests"]


def files():
    """Every file that belongs to the project, as git sees it: what is ignored is not part of it."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:  # an archive without its history
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
        return [ROOT / name for name in names if not name.parts[0].startswith(".") and "__pycache__" not in name.parts]
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def modules(*folders):
    """The Python files under these folders."""
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


def imports(path):
    """What a module imports: pairs of a dotted name and whether that stands inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
    }
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in inside
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            yield ".".join([*base, node.module or ""]).rstrip("."), id(node) in inside
