"""The text in a file that somebody hands in for a speech: .txt, .md or .docx."""

from django.conf import settings
from django.utils.translation import gettext as _

from consultations.outline import Unreadable, decoding, word
from core import sizes
from core.access import Refused

PLAIN, WORD = (".txt", ".md"), ".docx"


def holds_text(name):
    """Is this a file that a text is read from?"""
    return name.lower().endswith((*PLAIN, WORD))


def text_of(name, content):
    """The text of a file, its paragraphs apart. Raises Refused with what is wrong and what to do."""
    if len(content) > settings.MAX_FILE_BYTES:
        facts = {"most": sizes.said(settings.MAX_FILE_BYTES)}
        raise Refused(_("The file is too large; the limit is %(most)s. Leave its pictures out.") % facts)
    if not holds_text(name):
        raise Refused(_("The text of a speech is read from a file of the kind .txt, .md or .docx. Send one of these."))
    try:
        if name.lower().endswith(WORD):
            return "\n\n".join(line.text for line in word.read(content) if line.text.strip())
        return decoding.decode(content)
    except Unreadable as unreadable:
        raise Refused(str(unreadable)) from None
