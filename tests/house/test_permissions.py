"""Every address of the site, tried by everyone, in every kind of room: what they get stands in tests/permissions.

The addresses come from the URL configuration itself, so one without a row fails here.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from forum.models import Workspace
from tests.permissions import (
    PEOPLE,
    VISIBILITIES,
    api,
    consultations,
    contributions,
    desk,
    documents,
    forum,
    hearing_desk,
    hearing_questions,
    hearing_records,
    hearing_screens,
    hearing_speakers,
    hearing_votes,
    hearings,
    imports,
    members,
    notifications,
    papers,
    preparing,
    statements,
    syntheses,
)

TABLES = {
    "forum": forum.ROWS,
    "members": members.ROWS,
    "notifications": notifications.ROWS,
    "consultations": consultations.ROWS
    | api.ROWS
    | contributions.ROWS
    | desk.ROWS
    | documents.ROWS
    | imports.ROWS
    | preparing.ROWS
    | papers.ROWS
    | statements.ROWS
    | syntheses.ROWS,
    "hearings": hearings.ROWS
    | hearing_desk.ROWS
    | hearing_questions.ROWS
    | hearing_records.ROWS
    | hearing_screens.ROWS
    | hearing_speakers.ROWS
    | hearing_votes.ROWS,
}
# Addresses that belong to no table: Django's own and allauth's, each with a rule of its own below.
BARE = {"healthz": "ok", "language": "go", "metrics": "--"}
REFUSALS = {"", "core/refused.html"}  # the reason, and what its writer wrote
# Here who may not see the form gets it again when they post, for it shows no more than the page it stands on.
FORM_AGAIN = {
    "forum:reply",
}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def names(resolver=None, namespace=""):
    """Every URL of the site as (namespace, name), nested ones included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, pattern.namespace or namespace)
        else:
            yield namespace, pattern.name or f"unnamed {pattern.pattern}"


def outcome(response):
    """What the person got, in the words of the tables."""
    if response.status_code == 302:
        return "in" if response["Location"].startswith("/account/") else "go"
    known = {200: "ok", 206: "ok", 403: "no", 404: "--", 422: "bad", 405: "405"}
    return known.get(response.status_code, str(response.status_code))


@pytest.mark.parametrize("app", TABLES)
def test_every_address_of_an_app_has_its_row(app):
    addresses = {name for namespace, name in names() if namespace == app}

    assert addresses == set(TABLES[app])


# Who gets what is the same on PostgreSQL, whose queries the tests of each part try; this table takes minutes.
@pytest.mark.sqlite_only
@pytest.mark.parametrize(("app", "name"), [(app, name) for app, rows in TABLES.items() for name in rows])
def test_everyone_gets_what_the_table_says(world, app, name):
    row, expected, got = TABLES[app][name], {}, {}

    members = dict(zip(PEOPLE, (None, world.carol, world.bob, world.alice, world.sekou), strict=True))
    clients = {person: signed_in(member) for person, member in members.items()}
    shown = []
    for visibility in VISIBILITIES:
        with transaction.atomic():
            Workspace.objects.filter(pk=world.workspace.pk).update(visibility=visibility)
            world.workspace.refresh_from_db()
            row.scene(world)
            answers = {}
            for method in ("get", "post"):
                words = getattr(row, method)
                expected[visibility, method] = words if isinstance(words, str) else words[visibility]
                answers[method] = {
                    person: attempt(world, row, f"{app}:{name}", method, client) for person, client in clients.items()
                }
                got[visibility, method] = " ".join(map(outcome, answers[method].values()))
            posted = {
                one: answers["post"][one] for one in PEOPLE if outcome(answers["get"][one]) in ("no", "--", "405")
            }
            denied = [clients[one] for one, response in posted.items() if outcome(response) == "no"]
            if visibility == "public" and denied:  # an empty form is refused as a filled one is
                posted["empty"] = attempt(world, row, f"{app}:{name}", "post", denied[-1], data={})
            shown += [page for page in map(drawn, posted.values()) if page not in REFUSALS]
            transaction.set_rollback(True)

    assert got == expected
    assert (f"{app}:{name}" in FORM_AGAIN) or shown == []


def signed_in(member):
    """A browser of this member, or of nobody; its session is there again after every attempt."""
    client = Client()
    if member:
        client.force_login(member, backend=BACKEND)
    return client


def drawn(response):
    """The template of the page of a refused or wrong form, or ""."""
    return response.templates[0].name if outcome(response) in ("no", "bad") and response.templates else ""


def attempt(world, row, name, method, client, data=None):
    """Try it in a world that is put back afterwards."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        if data is None:
            data = row.data(world) if callable(row.data) else row.data
        response = getattr(client, method)(reverse(name, kwargs=row.at(world)), data if method == "post" else {})
        if response.streaming:
            list(response.streaming_content)  # read to its end, a file is closed
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def test_addresses_outside_the_apps_are_known():
    known = {"", "account", "mfa", "admin", *TABLES}
    strangers = {namespace for namespace, _ in names()} - known
    bare = {name for namespace, name in names() if namespace == "" and not name.startswith(ALLAUTH)}

    assert strangers == set()
    assert {name for name in bare if not name.startswith("unnamed")} == set(BARE)


ALLAUTH = ("account_", "mfa_", "socialaccount_")


@pytest.mark.parametrize("name", BARE)
def test_bare_addresses_are_for_everyone(client, db, name):
    response = client.get(reverse(name))

    assert outcome(response) == BARE[name]


def test_the_administration_is_the_secretariats(world):
    pages = [name for namespace, name in names() if namespace == "admin"]
    simple = [f"admin:{name}" for name in pages if name.endswith(("_changelist", "_add", "index"))]

    for member in (None, world.carol, world.bob, world.alice):
        client = signed_in(member)
        answers = {name: client.get(reverse(name)).status_code for name in simple}
        assert set(answers.values()) == {302}, (member, answers)


def test_account_pages_show_nothing_of_anyone_to_a_visitor(db):
    for namespace, name in names():
        if namespace or not name.startswith(ALLAUTH):
            continue
        try:
            address = reverse(name)
        except Exception:
            continue  # needs a key that only a mail holds
        response = Client().get(address)
        assert response.status_code in (200, 302, 404, 405), (name, response.status_code)
        assert b"@" not in response.content.replace(b"autocomplete", b"") or response.status_code != 200, name
