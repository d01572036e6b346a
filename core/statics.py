"""The files pages are made of, as they are sent: without what is there only for who reads the source.

On a slow line the comments and indentation of scripts and style sheets cost as much as one more of them.
"""

import re
from pathlib import PurePath

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_MINIFIERS = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}
_INDENTS = re.compile(r"(<(textarea|pre)\b.*?</\2>)|\n\s+", re.DOTALL)


def lighter(name, content):
    """The bytes of a script or style sheet of ours (they lie at the top) without comments and spare white space."""
    path = PurePath(name)
    is_ours = len(path.parts) == 1 and path.suffix in _MINIFIERS
    return bytes(_MINIFIERS[path.suffix](content)) if is_ours else content


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
