"""Who cannot be reached, on pages: the secretariat's with all it needs, the moderators' for their room, and a table."""

import csv
import io

import pytest
from django.utils import timezone

from journal.models import Entry
from members.models import Mandate, Organisation, Region
from notifications import subscriptions
from notifications.bounces import reach
from notifications.models import Letter


def suspend(member, reason="550 5.1.1 no such user"):
    profile = subscriptions.profile_of(member)
    profile.suspended_at, profile.suspended_address, profile.suspended_for = timezone.now(), member.email, reason
    profile.save()
    return profile


@pytest.fixture
def spring(world):
    """Dora and Carol speak for it, and mail to Dora comes back."""
    africa = Region.objects.create(code="africa", name="Africa")
    spring = Organisation.objects.create(name="Spring Watch", category="ngo", region=africa, country="KE")
    for member in (world.dora, world.carol):
        Mandate.objects.create(member=member, organisation=spring, is_focal_point=member == world.carol)
    suspend(world.dora)
    return spring


def test_sekou_sees_since_when_why_where_and_who_else_speaks(world, spring):
    page = world.sign_in(world.sekou).get("/mail/unreachable/").content.decode()

    for words in ("Dora", "dora@example.org", "550 5.1.1 no such user", "Plenary", "Spring Watch", "carol@example.org"):
        assert words in page
    assert "not heard of yet" in page
    suspend(world.carol)
    assert "mail comes back too" in world.client.get("/mail/unreachable/").content.decode()


def test_the_list_is_filtered_by_region_organisation_country_and_name(world, spring):
    suspend(world.bob)
    world.sign_in(world.sekou)

    def shown(**chosen):
        lost = world.client.get("/mail/unreachable/", chosen).context["lost"]
        return {one.member.name for one in lost}

    assert shown() == {"Bob", "Dora"}
    assert shown(region="africa") == shown(organisation=spring.pk) == shown(country="KE") == {"Dora"}
    assert shown(words="bob@") == {"Bob"}
    assert shown(region="europe") == set()
    assert shown(organisation="x", country="toolong", region="no such!") == {"Bob", "Dora"}


def test_alice_sees_her_room_and_no_addresses(world, spring):
    suspend(world.member("erin"))

    page = world.sign_in(world.alice).get("/mail/workspaces/plenary/unreachable/").content.decode()

    assert "Dora" in page
    assert "Erin" not in page
    assert "dora@example.org" not in page
    assert "carol@example.org" not in page
    assert "no such user" not in page
    assert world.client.get("/mail/unreachable/").status_code == 403
    assert world.sign_in(world.bob).get("/mail/workspaces/plenary/unreachable/").status_code == 403


def test_colleagues_read_it_on_the_page_of_their_organisation(world, spring):
    address = f"/organisations/{spring.pk}/"

    assert "Mail to Dora comes back" in world.sign_in(world.carol).get(address).content.decode()
    assert "Mail to Dora comes back" not in world.sign_in(world.bob).get(address).content.decode()


def test_try_again_sends_a_probe_now_and_only_once(world, spring):
    world.sign_in(world.sekou)

    for _time in range(2):
        assert world.client.post(f"/mail/unreachable/{world.dora.pk}/try-again/").status_code == 302

    assert Letter.objects.filter(member=world.dora, key__startswith="probe:").count() == 1
    assert world.client.post(f"/mail/unreachable/{world.bob.pk}/try-again/").status_code == 403
    assert Entry.objects.filter(verb="mail.probed", actor=world.sekou.reference).count() == 2


def test_all_that_a_provider_refused_by_mistake_are_tried_again_at_once(world, spring):
    suspend(world.bob)
    suspend(world.carol)
    assert world.sign_in(world.alice).post("/mail/unreachable/try-again/").status_code == 403

    world.sign_in(world.sekou).post("/mail/unreachable/try-again/", {"organisation": spring.pk})

    probed = Letter.objects.filter(key__startswith="probe:").values_list("member__name", flat=True)
    assert sorted(probed) == ["Carol", "Dora"]


def test_sekou_revives_and_notes_a_call(world, spring):
    world.sign_in(world.sekou)

    world.client.post(f"/mail/unreachable/{world.dora.pk}/note/", {"text": "Rang on Monday; =new mailbox follows."})
    noted = world.client.get("/mail/unreachable/").content.decode()
    world.client.post(f"/mail/unreachable/{world.dora.pk}/revive/")

    assert "Rang on Monday" in noted
    assert subscriptions.profile_of(world.dora).suspended_at is None
    assert Entry.objects.get(verb="mail.revived").data == {"why": "secretariat"}


def test_the_table_holds_no_formula(world, spring):
    world.dora.name = '=HYPERLINK("http://evil.example","Dora")'
    world.dora.save()

    answer = world.sign_in(world.sekou).get("/mail/unreachable.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][0].startswith("'=HYPERLINK")
    assert "carol@example.org" in rows[1][8]


def test_thirty_cost_as_many_queries_as_three(world, spring, django_assert_max_num_queries):
    world.sign_in(world.sekou)

    def queries():
        with django_assert_max_num_queries(40) as counted:
            world.client.get("/mail/unreachable/")
        return len(counted)

    queries()
    few = queries()
    for number in range(29):
        member = world.member(f"m{number}")
        Mandate.objects.create(member=member, organisation=Organisation.objects.create(name=f"O{number}"))
        suspend(member)

    assert queries() == few
    assert len(reach.describe(reach.unreachable())) == 30
