"""`SET ZONE`: Dora sets her time zone by its name, a city, her country or an offset, and is told the time there."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from journal.models import Entry
from members import zones
from members.models import Member
from notifications import subscriptions
from notifications.models import Arrival, Letter, MailProfile
from notifications.reading import commands
from tests.notifications.intake.postman import words

HELP = "help@reply.example.org"
FATOU = "fatou@village.example"


def asks(postman, member, line, country=""):
    """What the member is told, wrapped lines joined."""
    Member.objects.filter(pk=member.pk).update(country=country)
    postman.brings(postman.mail(member, HELP, line, subject=""))
    return words(postman.told(member)[-1])


def zone_of(member):
    return Member.objects.get(pk=member.pk).timezone


@pytest.mark.parametrize(
    ("line", "country", "zone"),
    [
        ("SET ZONE Asia/Kathmandu", "", "Asia/Kathmandu"),
        ("SET ZONE asia/KATHMANDU", "", "Asia/Kathmandu"),
        ("set zone kathmandu", "", "Asia/Kathmandu"),
        ("SET ZONE new york", "", "America/New_York"),
        ("SET ZONE America New_York", "", "America/New_York"),
        ("SET ZONE port au prince", "", "America/Port-au-Prince"),
        ("SET ZONE Nepal", "", "Asia/Kathmandu"),
        ("SET ZONE Kathmandu, Nepal", "", "Asia/Kathmandu"),
        ("SET ZONE São Paulo", "", "America/Sao_Paulo"),
        ("RÉGLER FUSEAU Katmandou", "", "Asia/Kathmandu"),
        ("设置 时区 加德满都", "", "Asia/Kathmandu"),
        ("اضبط توقيت كاتماندو", "", "Asia/Kathmandu"),
        ("УСТАНОВИТЬ ЗОНУ Бишкек", "", "Asia/Bishkek"),
        ("УСТАНОВИТЬ ПОЯС Киргизия", "", "Asia/Bishkek"),
        ("SET TIME ZONE +5:45", "NP", "Asia/Kathmandu"),
        ("SET ZONE UTC+3", "KE", "Africa/Nairobi"),
        ("SET ZONE −4", "BO", "America/La_Paz"),
        ("SET ZONE gmt +0545", "NP", "Asia/Kathmandu"),
        ("SET ZONE UTC", "NP", "UTC"),
        ("RÉGLER FUSEAU HORAIRE Asia/Bishkek", "", "Asia/Bishkek"),
        ("AJUSTAR ZONA HORARIA America/La_Paz", "", "America/La_Paz"),
        ("اضبط المنطقة الزمنية Asia/Bishkek", "", "Asia/Bishkek"),
        ("设置 时区 Asia/Bishkek", "", "Asia/Bishkek"),
        ("设置时区 Asia/Bishkek", "", "Asia/Bishkek"),
        ("УСТАНОВИТЬ ЧАСОВОЙ ПОЯС Asia/Bishkek", "", "Asia/Bishkek"),
        ("SETZE ZEITZONE Asia/Bishkek", "", "Asia/Bishkek"),
    ],
)
def test_a_zone_is_set_by_its_name_a_city_a_country_or_an_offset(world, postman, english, line, country, zone):
    Member.objects.filter(pk=english.pk).update(timezone="Europe/Rome")

    told = asks(postman, english, line, country)

    assert zone_of(english) == zone
    assert f"SET ZONE {zone} Your time zone is {zone}." in told.replace("\u2068", "").replace("\u2069", "")
    shown = datetime.strptime(re.search(r"It is (\d\d:\d\d) there now", told)[1], "%H:%M").replace(tzinfo=UTC)
    now = timezone.now().astimezone(ZoneInfo(zone))
    assert (now.hour * 60 + now.minute - shown.hour * 60 - shown.minute) % 1440 <= 2
    entry = Entry.objects.filter(verb="member.changed").latest("pk")
    assert (entry.actor, entry.data) == (english.reference, {"fields": ["timezone"]})


@pytest.mark.parametrize(
    ("line", "country", "likely"),
    [
        ("SET ZONE Asia/Katmandou", "", "Perhaps you mean: Asia/Kathmandu."),
        ("SET ZONE Pokhara", "NP", "Perhaps you mean: Asia/Kathmandu."),
        ("SET ZONE Bolivia +4", "", "Write a time zone"),
        ("SET ZONE +5:45", "", "Perhaps you mean: Asia/Kathmandu."),
        ("SET ZONE -5", "US", "America/Detroit"),
        ("SET ZONE +5:45", "KE", "Asia/Kathmandu"),
        ("SET ZONE +99", "KE", "Write a time zone"),
        ("SET ZONE eastern", "", "Canada/Eastern, US/Eastern."),
        ("SET ZONE Mars/Olympus", "", "Write a time zone, its largest city, or your country: SET ZONE Asia/Kathmandu"),
        ("SET ZONE", "", "SET ZONE Asia/Kathmandu"),
    ],
)
def test_what_is_no_zone_or_could_be_several_is_refused_with_likely_names(
    world, postman, english, line, country, likely
):
    told = asks(postman, english, line, country)

    assert told.startswith("Not done: SET ZONE")
    assert likely in told
    assert told.count("/") <= zones.MOST * 3 + 2
    assert zone_of(english) == "UTC"
    assert not Entry.objects.filter(verb="member.changed").exists()


@pytest.mark.parametrize("text", ["Set zone boundaries before October.", "Set zone limits: the herds come back."])
def test_a_sentence_about_zones_stays_text(text):
    assert commands.recognise(text, first=True) is None
    assert commands.recognise("set zone Asia/Kathmandu", first=True).argument == "ZONE Asia/Kathmandu"


def test_the_next_digest_comes_at_the_hour_of_the_new_zone_also_when_it_was_set_on_the_web(world, postman, english):
    subscriptions.set_profile(member=english, hour=6)

    asks(postman, english, "SET ZONE Asia/Kathmandu")
    by_mail = MailProfile.objects.get(member=english).next_issue_at
    world.sign_in(english).post("/profile/", {"name": "D", "language": "en", "timezone": "America/La_Paz"})
    on_the_web = MailProfile.objects.get(member=english).next_issue_at

    assert by_mail.astimezone(ZoneInfo("Asia/Kathmandu")).hour == 6
    assert on_the_web.astimezone(ZoneInfo("America/La_Paz")).hour == 6


def test_the_rest_of_the_same_mail_is_told_in_the_new_zone(world, postman, english):
    told = asks(postman, english, "STATUS\nSET HOUR 7\nSET ZONE Asia/Kathmandu")

    assert "SET HOUR 7: Digests come at 7:00 (Asia/Kathmandu)." in told
    assert "there now; SET ZONE changes the time zone." in told
    assert told.count("Asia/Kathmandu") >= 3


def test_the_instructions_and_the_welcome_name_it(world, postman, english):
    assert "SET ZONE Asia/Kathmandu" in asks(postman, english, "HELP")
    postman.brings(postman.mail(f"Fatou Ba <{FATOU}>", "plenary+join@reply.example.org", ""))
    asked = Arrival.objects.latest("pk")
    postman.replies(_letter_to(FATOU), "YES", sender=f"Fatou Ba <{FATOU}>")

    assert asked.outcome == "join_asked"
    assert "your time zone; now it is UTC" in words("\n".join(postman.told(Member.objects.get(email=FATOU))))


def _letter_to(address):
    return Letter.objects.filter(recipient=address).latest("pk")


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "UTC"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/La_Paz", "UTC-4"),
        ("Pacific/Marquesas", "UTC-9:30"),
        ("Asia/Bishkek", "UTC+6"),
    ],
)
def test_an_hour_has_its_offset_beside_it(zone, said):
    assert zones.offset(datetime(2026, 11, 21, 12, tzinfo=ZoneInfo(zone))) == said
