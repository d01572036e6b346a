"""The files pages are made of, as they are sent: without what is there only for who reads the source.

On a slow line the comments and indentation of scripts and style sheets cost as much as one more of them.
"""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_INDENTS = re.compile(r"(<(textarea|pre)\b.*?</\2>)|\n\s+", re.DOTALL)


def lighter(name, content):
    """A script or style sheet of ours (which lie at the top) without comments on lines of their own and indentation.

    No text in them may be of several lines; tests/core/test_statics.py looks for that.
    """
    if "/" in name or not name.endswith((".js", ".css")):
        return content
    if name.endswith(".css"):
        content = _COMMENT.sub(b"", content)
    lines = (line.strip() for line in content.split(b"\n"))
    return b"\n".join(line for line in lines if line and not line.startswith(b"//"))


def without_indents(html):
    """A page whose lines begin at its edge; what people wrote in fields, and what is set as written, is as it was."""
    return _INDENTS.sub(lambda found: found[1] or "\n", html)


class Storage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, of lighter files."""

    def _save(self, name, content):
        if name.endswith((".js", ".css")):
            content.open()
            content = ContentFile(lighter(name, content.read()))
        return super()._save(name, content)
