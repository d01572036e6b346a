"""The organisations of the partnership: their list, and a page for each."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from members import countries
from members.models import Category, Organisation, Region

PER_PAGE = 50


def organisations(request):
    """All organisations, by category, region and words of the name."""
    chosen = {name: request.GET.get(name, "") for name in ("category", "region", "words")}
    found = Organisation.objects.select_related("region")
    if chosen["category"]:
        found = found.filter(category=chosen["category"])
    if chosen["region"]:
        found = found.filter(region__code=chosen["region"])
    if words := chosen["words"].strip()[:80].replace("\x00", ""):
        found = found.filter(name__icontains=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for organisation in page:
        organisation.country_name = countries.name(organisation.country)
    context = {"page": page, "chosen": chosen, "categories": Category.choices, "regions": Region.objects.all()}
    return render(request, "members/organisations.html", context)


def organisation(request, pk):
    """One organisation; who speaks for it is shown to members only."""
    found = get_object_or_404(Organisation.objects.select_related("region").prefetch_related("themes"), pk=pk)
    mandates = []
    if request.user.is_authenticated:
        in_force = found.mandates.in_force().filter(member__is_active=True)
        mandates = in_force.select_related("member").order_by("-is_focal_point", "member__name")
    context = {"organisation": found, "mandates": mandates, "country": countries.name(found.country)}
    return render(request, "members/organisation.html", context)
