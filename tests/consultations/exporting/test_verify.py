"""An outsider checks an archive: it holds, one changed byte makes it fail, and nothing in it can harm the checker."""

import hashlib
import io
import random
import subprocess
import sys
import zipfile

import pytest

from consultations.exporting import verify
from tests.consultations.exporting.records import check, put


def test_the_checker_finds_nothing_wrong_and_says_what_it_checked(told, out):
    old = told.journal.entries.get(seq=5)
    result = check(out, "--head", told.journal.mark, "--head", f"record 5-{bytes(old.digest).hex()[:8].upper()}")

    assert result.returncode == 0, result.stderr
    assert "the first 5 entries are those that the mail" in result.stdout
    assert "5 contributions are numbered without gaps, 4 of them shown" in result.stdout
    assert f"record {told.journal.mark}" in result.stdout


def test_it_checks_the_zip_as_it_is(out):
    assert check(out, str(out.parent / "out.zip")).returncode == 0


def test_another_head_in_a_mail_is_told(out):
    for head in ("9-00000000", "900-00000000", "nine"):
        result = check(out, "--head", head)
        assert result.returncode == 1
        assert head in result.stderr


def test_one_changed_byte_anywhere_makes_it_fail(out):
    chance = random.Random(7)
    for path in [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "verify.py"]:
        original = path.read_bytes()
        for place in {0, len(original) - 1, *(chance.randrange(len(original)) for _ in range(3))}:
            changed = bytearray(original)
            changed[place] ^= 1
            path.write_bytes(changed)
            with pytest.raises(verify.Fault):
                list(verify.check(out))
        path.write_bytes(original)

    assert len(list(verify.check(out))) == 9


def test_one_changed_byte_of_the_zip_makes_it_fail(out):
    archive, chance = out.parent / "out.zip", random.Random(7)
    original = archive.read_bytes()
    for place in (0, len(original) - 1, len(original) - 72, *(chance.randrange(len(original)) for _ in range(20))):
        changed = bytearray(original)
        changed[place] ^= 1
        archive.write_bytes(changed)
        with pytest.raises(verify.Fault):
            list(verify.check(archive))
    archive.write_bytes(original[:-1])

    with pytest.raises(verify.Fault, match="changed, or packed anew"):
        list(verify.check(archive))


def test_a_zip_that_unpacks_without_a_bound_is_not_read(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("manifest.json", "{}")
        archive.comment = verify.SEAL + b"0" * 64
    raw = out.getvalue()[: -verify.SEALED]
    (tmp_path / "out.zip").write_bytes(raw + verify.SEAL + hashlib.sha256(raw).hexdigest().encode())

    with pytest.raises(verify.Fault, match="packed in a way that no record is"):
        list(verify.check(tmp_path / "out.zip"))


def test_whatever_is_put_into_it_is_told_and_never_breaks_the_checker(out):
    def told_of():
        with pytest.raises(verify.Fault) as fault:
            list(verify.check(out))
        return str(fault.value)

    for name, what in (
        ("data/consultation.json", "[" * 50_000),
        ("data/consultation.json", '{"code": 1, "code": 2}'),
        ("data/consultation.json", "{}"),
        ("record/journal.jsonl", "null\n"),
        ("data/ballots.json", '[{"id": 1, "options": 7}]'),
    ):
        original = (out / name).read_bytes()
        put(out, name, what)
        assert name in told_of()
        put(out, name, original.decode())
    (out / "data" / "passwords").symlink_to("/etc/passwd")

    assert told_of() == "data/passwords is a link or a device, where a file should be"


def test_nothing_that_lies_in_the_archive_is_run(out):
    (out / "json.py").write_text("raise SystemExit(0)")

    result = subprocess.run([sys.executable, str(out / "verify.py")], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stderr) == (1, "DOES NOT HOLD: json.py was added to the archive\n")


def test_a_file_that_is_gone_or_added_is_told(out):
    for name in ("data/contributions.jsonl", "verify.py", "index.html"):
        (out / name).rename(out / "elsewhere.txt")
        with pytest.raises(verify.Fault, match=r"elsewhere\.txt was added"):
            list(verify.check(out))
        (out / "elsewhere.txt").rename(out / name)
    (out / "index.html").unlink()

    with pytest.raises(verify.Fault, match=r"index\.html is missing"):
        list(verify.check(out))
