"""How contributions are told of: under which reference, in which part of the window, and for whom."""

from django.utils.translation import gettext as _

from consultations.models import Contribution


def receipt(post):
    """What whoever sent it is told: `contribution ALP/2026/C3/14, original period, for WWF`; "" for what is none."""
    found = Contribution.objects.select_related("consultation", "organisation").filter(post=post).first()
    return said(found) if found else ""


def said(contribution):
    facts = {
        "code": contribution.code,
        "period": contribution.get_stamp_display(),
        "organisation": contribution.organisation.short_name if contribution.organisation else "",
    }
    if contribution.organisation:
        return _("contribution %(code)s, %(period)s, for %(organisation)s") % facts
    return _("contribution %(code)s, %(period)s") % facts
