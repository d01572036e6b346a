"""Lines that mails of every kind have."""

from django.conf import settings
from django.utils.translation import gettext as _


def on_the_web(path):
    """The address of a page, given its path."""
    return _("On the web: %(url)s") % {"url": f"{settings.SITE_URL}{path}"}


def text_of(said):
    """The text of a wording, under a note where it is not in the reader's language."""
    if not said.is_fallback:
        return said.text
    note = _("(This text is in %(language)s only.)") % {"language": said.language_name}
    return f"{note}\n\n{said.text}".rstrip()
