"""Records that were exported and unpacked: how an outsider checks one, and how a forger mends what they changed."""

import json
import subprocess
import sys
import zipfile

from django.core.management import call_command

from consultations.exporting import verify


def export(consultation, path):
    """The folder of the unpacked archive, beside `out.zip`."""
    call_command("export", consultation.code, str(path / "out.zip"), verbosity=0)
    with zipfile.ZipFile(path / "out.zip") as archive:
        archive.extractall(path / "out")
    return path / "out"


def check(folder, *arguments):
    """Run the checker as an outsider does: alone, with nothing of the house."""
    command = [sys.executable, "-I", str(folder / "verify.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def lines(out, name):
    return [json.loads(line) for line in (out / name).read_text(encoding="utf-8").splitlines()]


def forge(out, name, change):
    """Change a file and make the manifest agree again, as a forger would."""
    rows = lines(out, name)
    change(rows)
    put(out, name, "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows))


def put(out, name, text):
    """Another text in a file, and a manifest that agrees with it."""
    (out / name).write_text(text, encoding="utf-8", newline="")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = verify.sha256((out / name).read_bytes())
    manifest["sha256"] = verify.sha256(verify.canonical(manifest["files"]))
    text = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")
