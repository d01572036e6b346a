"""Every kind of page in a real browser: the policy is on each of them, nothing on them breaks it, nothing runs.

The fixture fails a test in which a page broke the content security policy or ran into a script error.
"""

import pytest

from forum.models import Workspace
from forum.services import posts, seats, threads
from members.models import Application, Member, Organisation, Region, Theme
from notifications import letters
from notifications.models import Arrival
from tests.world import World

SHOT = "<img src=x onerror=alert(1)><script>alert(1)</script>\"'><svg/onload=alert(1)>{{7*7}}javascript:alert(1)"

HAS_HANDLER = "[...document.querySelectorAll('*')].some(e => [...e.attributes].some(a => /^on/i.test(a.name)))"


@pytest.fixture
def world(live):
    """The scene, with something hostile in every field that people write."""
    world = World()
    Member.objects.update(name=SHOT[:120], about=SHOT, is_superuser=True)
    region = Region.objects.create(code="x", name=SHOT)
    theme = Theme.objects.create(code="x", name=SHOT, description=SHOT)
    world.organisation = Organisation.objects.create(
        name=SHOT, acronym=SHOT[:30], category="ngo", region=region, description=SHOT, website="javascript:alert(1)"
    )
    world.organisation.themes.add(theme)
    Workspace.objects.update(name=SHOT[:120], description=SHOT)
    world.workspace.themes.add(theme)
    world.thread = threads.start(author=world.bob, workspace=world.workspace, title=SHOT, text=SHOT)
    world.post = world.thread.posts.get()
    posts.edit(by=world.bob, post=world.post, text=f"Again {SHOT}", reason=SHOT)
    world.hidden = posts.reply(author=world.bob, thread=world.thread, text=SHOT)
    posts.hide(by=world.alice, post=world.hidden, reason=SHOT)
    threads.close(by=world.alice, thread=world.thread, reason=SHOT)
    Workspace.objects.update(moderation="all")
    posts.reply(author=world.bob, thread=world.answer.thread, text=SHOT)
    seats.request_seat(member=world.carol, workspace=world.workspace, text=SHOT)
    world.invitation = seats.invite(
        by=world.alice, workspace=world.workspace, email="e@example.org", name=SHOT, text=SHOT
    )
    Application.objects.create(member=world.bob, name=SHOT, category="ngo", text=SHOT, website="javascript:alert(1)")
    world.letter = letters.compose(member=world.sekou, subject=SHOT, text=SHOT, sender_name=SHOT)
    Arrival.objects.create(
        raw=SHOT.encode(),
        size=1,
        sha256="0",
        recipient=SHOT,
        fingerprint="0",
        subject=SHOT,
        from_address=SHOT,
        error=SHOT,
        problems=[SHOT],
        outcome=SHOT[:40],
    )
    stop = letters.stop_url(member_id=world.bob.pk, kind=letters.THREAD, pk=world.thread.pk)
    world.stop = stop.removeprefix(live.url)
    return world


def pages(world):
    slug, thread, post = "plenary", world.thread.pk, world.post.pk
    yield from ("/", "/workspaces/", f"/workspaces/{slug}/", f"/threads/{thread}/", f"/posts/{post}/")
    yield from (f"/posts/{post}/revisions/", f"/posts/{world.hidden.pk}/", f"/threads/{thread}/reply/?to=1&quote=1")
    yield from (f"/workspaces/{slug}/{page}/" for page in ("change", "close", "start", "pending", "seats", "invite"))
    yield from ("/workspaces/new/", f"/invitations/{world.invitation.token}/", f"/members/{world.bob.pk}/", "/profile/")
    yield from ("/organisations/", f"/organisations/{world.organisation.pk}/", "/mandates/apply/", "/applications/")
    yield from ("/mail/", f"/mail/threads/{thread}/", world.stop)
    yield from ("/account/email/", "/account/logout/", "/account/2fa/", "/account/2fa/webauthn/", "/account/sessions/")
    yield from ("/nothing-here/", "/account/reauthenticate/", "/account/inactive/", "/account/2fa/webauthn/add/")


def admin_pages(world):
    yield "/admin/"
    for model in ("members/member", "members/organisation", "members/mandate", "members/application", "members/theme"):
        yield f"/admin/{model}/"
        yield f"/admin/{model}/add/"
    for model in (
        "forum/post",
        "forum/thread",
        "forum/workspace",
        "forum/seat",
        "forum/invitation",
        "forum/joinrequest",
        "forum/attachment",
        "journal/entry",
        "journal/journal",
        "notifications/arrival",
        "notifications/letter",
        "notifications/issue",
        "notifications/mailprofile",
        "notifications/answer",
    ):
        yield f"/admin/{model}/"
    yield from (f"/admin/forum/post/{world.post.pk}/change/", f"/admin/members/member/{world.bob.pk}/change/")
    yield from (
        f"/admin/notifications/arrival/{Arrival.objects.get().pk}/change/",
        f"/admin/notifications/letter/{world.letter.pk}/change/",
        f"/admin/members/organisation/{world.organisation.pk}/change/",
    )


def visit(page, live, addresses):
    """Open each page; returns those that lack the policy or failed."""
    bad = []
    page.on("dialog", lambda dialog: (bad.append(f"dialog on {page.url}"), dialog.dismiss()))
    for address in addresses:
        response = page.goto(live.url + address, wait_until="load")
        headers = response.headers
        policy = headers.get("content-security-policy", "")
        is_guarded = "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        others = (headers.get("x-content-type-options"), headers.get("referrer-policy"), headers.get("x-frame-options"))
        if response.status >= 500 or not is_guarded or others != ("nosniff", "same-origin", "DENY"):
            bad.append((address, response.status, policy, others))
        if page.locator('[href^="javascript:" i]').count():
            bad.append((address, "a link that runs"))
        if page.evaluate(
            "[...document.querySelectorAll('*')].some(e => [...e.attributes].some(a => /^on/i.test(a.name)))"
        ):
            bad.append((address, "an attribute that runs"))
    return bad


def test_nothing_hostile_runs_on_any_page_of_the_site(world, live, page):
    live.sign_in(page, world.sekou)

    assert visit(page, live, pages(world)) == []


def test_nothing_hostile_runs_in_the_administration(world, live, page):
    live.sign_in(page, world.sekou)

    assert visit(page, live, admin_pages(world)) == []


def test_nothing_hostile_runs_for_a_visitor(world, live, page):
    asked = ["/account/login/code/", "/account/signup/", "/account/2fa/webauthn/login/", "/admin/login/"]

    assert visit(page, live, [*pages(world), *asked]) == []
