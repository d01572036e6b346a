"""Who cannot be reached: the secretariat's page, the moderators' for their own room, and the member's own button."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import spreadsheets
from core.access import find, require
from core.deeds import deed
from forum.models import Workspace
from members import countries
from members.models import Member, Organisation, Region
from notifications import rules
from notifications.bounces import deeds, reach

PER_PAGE = 30
MOST_ROWS = 10_000  # of a table to save
MOST_ORGANISATIONS = 2_000  # to choose from


class FilterForm(forms.Form):
    words = forms.CharField(max_length=80, required=False)
    region = forms.SlugField(required=False)
    organisation = forms.IntegerField(min_value=1, max_value=2**31, required=False)
    country = forms.CharField(max_length=2, required=False)

    def chosen(self):
        """What was chosen well; the rest is left out rather than complained of."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


@never_cache
@deed
def unreachable(request):
    """Everyone whom mail does not reach, for the secretariat."""
    require(rules.run_desk, request.user)
    chosen = FilterForm(request.GET).chosen()
    page = Paginator(reach.unreachable(**chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lost": reach.describe(page.object_list),
        "chosen": chosen,
        "regions": Region.objects.all(),
        "organisations": Organisation.objects.filter(mandates__member__mail__suspended_at__isnull=False)
        .distinct()
        .order_by("name")[:MOST_ORGANISATIONS],
        "countries": countries.choices()[1:],
    }
    return render(request, "notifications/unreachable.html", context)


@never_cache
@deed
def unreachable_table(request):
    """The same as a table to save and print, for those who telephone."""
    require(rules.run_desk, request.user)
    found = list(reach.unreachable(**FilterForm(request.GET).chosen())[:MOST_ROWS])
    header = [_("Name"), _("Address"), _("Since"), _("Reason"), _("Last heard of"), _("Country")]
    header += [_("Workspaces"), _("Organisations"), _("Who else speaks for it"), _("Notes")]
    return spreadsheets.download("unreachable.csv", header, [_row(one) for one in reach.describe(found)])


def _row(lost):
    others = [other for _organisation, colleagues in lost.organisations for other in colleagues]
    return [
        lost.member.shown_name,
        lost.profile.suspended_address,
        f"{timezone.localtime(lost.profile.suspended_at):%Y-%m-%d}",
        lost.profile.suspended_for,
        f"{timezone.localtime(lost.last_heard_at):%Y-%m-%d}" if lost.last_heard_at else "",
        lost.country,
        "; ".join(room.name for room in lost.rooms),
        "; ".join(organisation.name for organisation, _colleagues in lost.organisations),
        "; ".join(f"{other.member.shown_name} <{other.member.email}>" for other in others if not other.suspended_at),
        "; ".join((entry.data or {}).get("text", "") for entry in lost.notes),
    ]


@never_cache
@deed
def unreachable_seats(request, slug):
    """Whom of a room mail does not reach, for its moderators: names and since when, no addresses."""
    workspace = find(Workspace, request.user, slug=slug)
    require(rules.see_unreachable, request.user, workspace)
    page = Paginator(reach.unreachable(workspace=workspace), PER_PAGE).get_page(request.GET.get("page"))
    context = {"workspace": workspace, "page": page, "lost": reach.describe(page.object_list)}
    return render(request, "notifications/unreachable_seats.html", context)


# -- Deeds -----------------------------------------------------------------------------------------------------


def _lost_member(request, pk):
    require(rules.run_desk, request.user)
    return get_object_or_404(Member, pk=pk)


@deed
@require_POST
def try_again(request, pk):
    member = _lost_member(request, pk)
    deeds.try_again(by=request.user, member=member)
    said = _("A probe goes to %(member)s now. If it does not come back within three days, mail starts again.")
    messages.success(request, said % {"member": member})
    return redirect("notifications:unreachable")


@deed
@require_POST
def try_all_again(request):
    """Send a probe to everyone the filter shows: a provider that was out of order had refused all it got."""
    require(rules.run_desk, request.user)
    chosen = FilterForm(request.POST).chosen()
    count = deeds.try_all_again(by=request.user, profiles=reach.unreachable(**chosen))
    said = ngettext("A probe goes to %(count)s person now.", "Probes go to %(count)s people now.", count)
    messages.success(request, said % {"count": count})
    return redirect("notifications:unreachable")


@deed
@require_POST
def revive(request, pk):
    member = _lost_member(request, pk)
    deeds.revive(by=request.user, member=member)
    messages.success(
        request, _("Mail is sent to %(member)s again, first an issue with what was missed.") % {"member": member}
    )
    return redirect("notifications:unreachable")


@deed
@require_POST
def note(request, pk):
    member = _lost_member(request, pk)
    deeds.note(by=request.user, member=member, text=request.POST.get("text", ""))
    messages.success(request, _("The note is kept."))
    return redirect("notifications:unreachable")


@deed
@require_POST
def reach_me(request):
    """A member says that their own mailbox works again."""
    deeds.revive_own(member=request.user)
    messages.success(request, _("Mail is sent to you again, first an issue with what you missed."))
    return redirect("notifications:settings")
