"""A ZIP that can be checked: the digest of every file stands in its manifest, and that of all its bytes at its end.

Nothing in it tells when it was written, so the same record is the same bytes.
"""

import hashlib
import io
import json
import zipfile
from contextlib import contextmanager
from pathlib import Path

from consultations.exporting import verify
from forum.models import Attachment
from forum.models.posts import State

CHECKER = Path(verify.__file__)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can hold: nothing in it tells when it was written


@contextmanager
def writing(file, *along):
    """An Archive to write into; it is closed and sealed at the end. file: one that can be read too, and seek.

    along: paths of files that go along as they are, besides the checker.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        archive = Archive(zipped)
        for path in (CHECKER, *along):
            archive.put(path.name, path.read_bytes())
        yield archive
        archive.close()
        zipped.comment = verify.SEAL + b"0" * 64
    _seal(file)


def _seal(file):
    """Let the ZIP end with the SHA-256 of all bytes before, so that no byte of it changes unseen."""
    left, digest = file.seek(-verify.SEALED, io.SEEK_END), hashlib.sha256()
    file.seek(0)
    while left:
        chunk = file.read(min(left, 1 << 20))
        left -= len(chunk)
        digest.update(chunk)
    file.write(verify.SEAL + digest.hexdigest().encode())


class Archive:
    """A ZIP under way, and the digest of every file in it."""

    def __init__(self, zipped):
        self.zipped, self.digests = zipped, {}

    def put(self, name, raw):
        with self.open(name) as file:
            file.write(raw)

    @contextmanager
    def open(self, name, way=zipfile.ZIP_DEFLATED):
        """A binary file in the archive to write to."""
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type, info.external_attr = way, 0o644 << 16
        with self.zipped.open(info, "w", force_zip64=True) as file:
            hashed = _Hashed(file)
            yield hashed
        self.digests[name] = hashed.digest.hexdigest()

    def put_lines(self, name, values):
        """One JSON object a line, as they come."""
        with self.open(name) as file:
            for value in values:
                file.write((json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode())

    def put_file(self, attachment):
        """A file that somebody sent along, once, under its SHA-256; returns its name here. It is not packed: files of
        nothing but blanks would make of all of it what the checker takes for a bomb.
        """
        name = f"files/{attachment.sha256}"
        if name not in self.digests:
            with self.open(name, zipfile.ZIP_STORED) as file, attachment.file.open("rb") as stored:
                for chunk in stored.chunks(1 << 20):
                    file.write(chunk)
        return name

    def put_json(self, name, value):
        self.put(name, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())

    def close(self):
        """Write the manifest, last."""
        canonical = json.dumps(self.digests, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        whole = hashlib.sha256(canonical.encode()).hexdigest()
        manifest = {"format": verify.FORMAT, "files": self.digests, "sha256": whole}
        raw = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
        self.put("manifest.json", raw.encode())


class _Hashed(io.RawIOBase):
    """Hands on what is written, and remembers its SHA-256."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def writable(self):
        return True

    def write(self, raw):
        self.digest.update(raw)
        return self.file.write(raw)


def attachments(workspace_id):
    """The files beside posts of a room that are shown."""
    rows = Attachment.objects.filter(post__thread__workspace=workspace_id, post__state=State.PUBLISHED)
    return rows.order_by("pk")
