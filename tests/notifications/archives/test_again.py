"""Importing again, later, or after being killed ends as one import in one go would have."""

import itertools

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forum.models import Post, Thread, Workspace
from forum.services import posts
from notifications.archives import importer
from notifications.models import ImportedMail
from tests.notifications.archives.mails import import_into, mail, mbox, picture, tree
from tests.world import World

ARCHIVE = [
    mail("a"),
    mail("b", after="a", subject="Re: Springs", hours=2),
    mail("c", after="b", hours=3),
    mail("d", subject="Re: Springs", hours=4),
    mail("e", refs=["gone", "b"], hours=1),
    mail("f", subject="Rain", hours=5, text=""),
    mail("g", after="f", subject="Re: Rain", hours=6),
    mail("h", after="g", subject="Re: Rain", hours=7),
    mail("i", subject="Snow", hours=8, Date=None),
    mail("j", after="k", subject="Ice", hours=9),
    mail("k", after="j", subject="Ice", hours=10),
    mail("k", subject="Ice", hours=11, text="Another by the same name"),
]


@pytest.fixture
def room(world):
    return world.room("springs")


def forget(slug):
    """Take everything that was imported out again."""
    ImportedMail.objects.filter(workspace__slug=slug).delete()
    for post in Post.objects.filter(thread__workspace__slug=slug).order_by("-path"):
        post.delete()
    Thread.objects.filter(workspace__slug=slug).delete()
    Workspace.objects.filter(slug=slug).update(last_thread_number=0)


def test_importing_again_adds_nothing(room, tmp_path):
    import_into("springs", mbox(*ARCHIVE), tmp_path=tmp_path)
    before = picture("springs")

    out, rows = import_into("springs", mbox(*ARCHIVE), tmp_path=tmp_path)

    assert f"0 imported, {len(ARCHIVE) - 1} duplicate, 1 refused" in out
    assert picture("springs") == before
    assert len([row for row in rows if row[0] in ("duplicate", "refused")]) == len(ARCHIVE)


def test_every_mail_stands_in_the_report(room, tmp_path):
    archive = mbox(*ARCHIVE, mail("a"))

    _out, rows = import_into("springs", archive, tmp_path=tmp_path)

    outcomes = [row[0] for row in rows if row[0] != "noted"]
    assert len(outcomes) == len(ARCHIVE) + 1
    assert outcomes.count("imported") == Post.objects.filter(channel="import").count() == len(ARCHIVE) - 1


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_an_import_that_is_cut_short_is_ended_by_the_next(room, tmp_path, monkeypatch, batch):
    import_into("springs", mbox(*ARCHIVE), tmp_path=tmp_path)
    whole = picture("springs")
    monkeypatch.setattr(importer, "BATCH_MAILS", batch)

    for after in range(12 // batch + 1):
        forget("springs")
        with monkeypatch.context() as patch:
            _die_after(patch, after)
            with pytest.raises(Killed):
                import_into("springs", mbox(*ARCHIVE), tmp_path=tmp_path)
                raise Killed
        import_into("springs", mbox(*ARCHIVE), tmp_path=tmp_path)

        assert picture("springs") == whole


class Killed(BaseException):
    """As kill -9 would: nobody catches it."""


def _die_after(patch, batches):
    write, count = importer.Importer._write_batch, itertools.count()

    def die(self, *args):
        if next(count) >= batches:
            raise Killed
        write(self, *args)

    patch.setattr(importer.Importer, "_write_batch", die)


def test_a_later_month_joins_the_threads_of_earlier_ones(room, tmp_path):
    import_into("springs", mbox(mail("a"), mail("b", after="a", hours=1)), tmp_path=tmp_path)

    import_into(
        "springs", mbox(mail("c", after="b", hours=900), mail("d", subject="Re: Springs", hours=600)), tmp_path=tmp_path
    )

    assert tree("springs") == [{"a": None, "b": "a", "c": "b", "d": "a"}]
    thread = room.threads.get()
    assert (thread.post_count, thread.last_number) == (4, 4)


def test_an_earlier_month_that_comes_later_is_put_above_its_answers(room, tmp_path):
    import_into("springs", mbox(mail("c", refs=["a", "b"], hours=9), mail("d", after="c", hours=10)), tmp_path=tmp_path)
    thread = room.threads.get()

    import_into("springs", mbox(mail("a"), mail("b", after="a", hours=1)), tmp_path=tmp_path)

    assert tree("springs") == [{"a": None, "b": "a", "c": "b", "d": "c"}]
    assert room.threads.get() == thread
    paths = [post.path for post in thread.posts.order_by("path")]
    assert paths == ["000003", "000003000004", "000003000004000001", "000003000004000001000002"]
    call_command("verify_journal", "springs")


def test_two_threads_become_one_when_the_mail_both_answer_comes(room, tmp_path):
    import_into("springs", mbox(mail("b", after="a", hours=1), mail("c", after="b", hours=2)), tmp_path=tmp_path)
    import_into(
        "springs", mbox(mail("x", after="a", subject="Hail", hours=3), mail("y", after="x", hours=4)), tmp_path=tmp_path
    )
    assert room.threads.count() == 2

    out, _rows = import_into("springs", mbox(mail("a")), tmp_path=tmp_path)

    assert tree("springs") == [{"a": None, "b": "a", "c": "b", "x": "a", "y": "x"}]
    assert "2 a post of an earlier import now hangs under the mail it answers" in out
    thread = room.threads.get()
    assert (thread.post_count, thread.last_number) == (5, 5)
    assert import_into("springs", mbox(mail("a")), tmp_path=tmp_path)[0].startswith("0 imported, 1 duplicate")
    call_command("verify_journal", "springs")


def test_what_members_replied_in_between_moves_along(world, room, tmp_path):
    import_into("springs", mbox(mail("b", after="a", hours=1)), tmp_path=tmp_path)
    first = Post.objects.get(channel="import")
    reply = posts.reply(author=world.bob, thread=first.thread, text="Still true", parent=first)

    import_into("springs", mbox(mail("a")), tmp_path=tmp_path)

    reply.refresh_from_db()
    first.refresh_from_db()
    assert reply.parent == first
    assert reply.path == first.path + "000002"


def test_an_erased_post_does_not_come_back(world, room, tmp_path):
    import_into("springs", mbox(mail("a")), tmp_path=tmp_path)
    posts.erase(by=world.sekou, post=Post.objects.get(channel="import"))

    out, _rows = import_into("springs", mbox(mail("a")), tmp_path=tmp_path)

    assert "0 imported, 1 duplicate" in out
    assert Post.objects.get(channel="import").text == ""


def test_two_imports_into_one_workspace_do_not_run_at_once(room, tmp_path):
    (tmp_path / "a.mbox").write_bytes(mbox(mail()))
    with importer._alone(importer.Importer(room, None).folder), pytest.raises(CommandError, match="Wait until"):
        call_command("import_mbox", "springs", str(tmp_path / "a.mbox"))


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_several_processes_read_the_same(client, tmp_path, monkeypatch, processes):
    room = World(client).room("springs")
    monkeypatch.setattr(importer.readers, "WORTH_IT", 0)
    (tmp_path / "all.mbox").write_bytes(mbox(*ARCHIVE))

    with override_settings(DATA=tmp_path):
        call_command("import_mbox", "springs", str(tmp_path / "all.mbox"), processes=processes)

    assert room.threads.count() == len(tree("springs"))
    assert tree("springs")[0] == {"a": None, "b": "a", "c": "b", "e": "b", "d": "a"}


# -- Any archive, in any order ------------------------------------------------------------------------------

ANY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each try is an import; making it smaller takes minutes
)
NAMES = "abcdefgh"
drawn = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(NAMES),
            "after": st.sampled_from(["", *NAMES, "gone"]),
            "refs": st.lists(st.sampled_from([*NAMES, "lost"]), max_size=3),
            "subject": st.sampled_from(["Springs", "Re: Springs", "Re: Rain"]),
            "hours": st.sampled_from([0, 1, 2, 3, 900]),
            "Date": st.sampled_from(["told", None, "soon"]),
            "text": st.sampled_from(["One", "Two", ""]),
        }
    ),
    min_size=1,
    max_size=9,
)
WITHOUT_DATE = b"From nobody Thu Jan  1 00:00:00 1970"


def _archive(rows):
    return [mail(**{key: value for key, value in row.items() if (key, value) != ("Date", "told")}) for row in rows]


@ANY
@given(rows=drawn, data=st.data())
def test_any_order_of_the_mails_gives_the_same_threads(room, tmp_path, rows, data):
    forget("springs")
    mails = _archive(rows)
    import_into("springs", mbox(*mails, line=WITHOUT_DATE), tmp_path=tmp_path)
    first = _shape("springs")
    forget("springs")

    other = data.draw(st.permutations(mails))
    cut = data.draw(st.integers(0, len(other)))
    files = [mbox(*part, line=WITHOUT_DATE) for part in (other[:cut], other[cut:])]
    import_into("springs", *files, tmp_path=tmp_path)

    assert _shape("springs") == first


def _shape(slug):
    return sorted(sorted((name, above or "") for name, above in thread.items()) for thread in tree(slug))


@ANY
@given(rows=drawn, after=st.integers(0, 4), batch=st.integers(1, 3))
def test_any_import_cut_anywhere_ends_the_same(room, tmp_path, rows, after, batch):
    forget("springs")
    archive = mbox(*_archive(rows), line=WITHOUT_DATE)
    import_into("springs", archive, tmp_path=tmp_path)
    whole = picture("springs")
    forget("springs")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importer, "BATCH_MAILS", batch)
        with pytest.MonkeyPatch.context() as death, pytest.raises(Killed):
            _die_after(death, after)
            import_into("springs", archive, tmp_path=tmp_path)
            raise Killed
        import_into("springs", archive, tmp_path=tmp_path)

    assert picture("springs") == whole
