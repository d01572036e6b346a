"""What is said of a text that is longer than can be kept."""

from django.utils.translation import ngettext


def too_long(more):
    """It is so many characters too long; the text is given back."""
    said = ngettext(
        "This text is too long by %(count)s character. Shorten it and send it again.",
        "This text is too long by %(count)s characters. Shorten it and send it again.",
        more,
    )
    return said % {"count": more}
