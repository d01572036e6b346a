"""What every template may use: the site's name, and the direction the page's language runs in."""

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi


def site(request):
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
