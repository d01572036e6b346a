"""Sizes: how large a file or a mail is, said in one way on every page and in every mail.

A kilobyte has 1,000 bytes here, as on the bills of those who pay for each one.
"""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def said(size):
    """`12 KB`, or `1.3 MB` from a thousand kilobytes on; rounded up, so that nothing costs more than was said.

    size: in bytes; None counts as none.
    """
    size = int(size or 0)
    if size <= 999_000:
        return _("%(count)s KB") % {"count": number_format(-(-size // 1_000))}
    tenths = -(-size // 100_000)
    count = tenths // 10 if tenths % 10 == 0 else Decimal(tenths) / 10
    return _("%(count)s MB") % {"count": number_format(count)}
