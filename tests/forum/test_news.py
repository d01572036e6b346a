"""News of a live page for who asks again and again: what was missed, once; nothing when nothing happened."""

from forum.models import Workspace
from forum.services import posts, threads, workspaces


def seq():
    return Workspace.objects.select_related("journal").get().journal.seq


def address(world, since, **more):
    return f"/live/threads/{world.thread.pk}/news.json?since={since}" + "".join(f"&{k}={v}" for k, v in more.items())


def test_who_asks_hears_what_was_missed(world):
    before = seq()
    posts.reply(author=world.alice, thread=world.thread, text="Snow is **late**")
    threads.start(author=world.bob, workspace=world.workspace, title="Another", text="Something else")
    threads.close(by=world.alice, thread=world.thread, reason="Settled")

    news = world.sign_in(world.bob).get(address(world, before, language="fr")).json()

    assert (news["seq"], news["next"]) == (seq(), 20)
    assert [entry["verb"] for entry in news["entries"]] == ["post.replied", "thread.closed"]
    assert "<strong>late</strong>" in news["entries"][0]["post"]["html"]


def test_nothing_new_costs_nothing(world):
    browser = world.sign_in(world.bob)
    first = browser.get(address(world, seq()))

    again = browser.get(address(world, seq()), headers={"If-None-Match": first["ETag"]})
    posts.reply(author=world.alice, thread=world.thread, text="News")
    later = browser.get(address(world, first.json()["seq"]), headers={"If-None-Match": first["ETag"]})

    assert first.json()["entries"] == []
    assert (again.status_code, again.content) == (304, b"")
    assert len(later.json()["entries"]) == 1


def test_only_moderators_hear_of_a_post_that_waits(world):
    workspaces.change(by=world.alice, workspace=world.workspace, moderation="all")
    before = seq()
    posts.reply(author=world.bob, thread=world.thread, text="Please publish")

    for member, heard in ((world.alice, ["post.submitted"]), (world.dora, [])):
        news = world.sign_in(member).get(address(world, before)).json()
        assert [entry["verb"] for entry in news["entries"]] == heard


def test_who_is_far_behind_or_from_another_world_is_sent_to_a_fresh_page(world, monkeypatch):
    monkeypatch.setattr("forum.live.news.FAR_BEHIND", 1)
    browser = world.sign_in(world.bob)

    for since in (0, seq() + 1):
        news = browser.get(address(world, since)).json()
        assert news == {"seq": seq(), "next": 20, "snapshot": True}


def test_who_asks_all_the_time_is_told_to_wait(world, monkeypatch):
    monkeypatch.setattr("forum.live.news.ASKED_A_MINUTE", 2)
    monkeypatch.setattr("core.rates.time", lambda: 1_000_000_000)  # all in one minute
    browser = world.sign_in(world.bob)

    answers = [browser.get(address(world, seq())) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["next"] > 0
