"""Writing a synthesis: lines with references, what they rest on, two editors at once, remarks."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import citing, matching
from consultations.models import Citation, Remark, Sentence
from consultations.services import sentences, syntheses
from core.access import Refused
from tests.consultations import consulting
from tests.consultations.synthesis.drafts import address, base_of, moderating, text_of, typed

# -- Lines -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text", "citations"),
    [
        ("Springs dry [14].", "Springs dry.", ((14, ""),)),
        ('Dry [14 "in July, not [in] August"] early', "Dry early", ((14, "in July, not [in] August"),)),
        ("[3, 4; 5 «a, b»] Dry", "Dry", ((3, ""), (4, ""), (5, "a, b"))),
        ("جاف [١٤]", "جاف", ((14, ""),)),
        ("干旱 [14 「七月」]。", "干旱。", ((14, "七月"),)),
        ("See [the annex] and [].", "See [the annex] and [].", ()),
        ("Dry ALP/2026/C3/14.", "Dry.", ((14, ""),)),
        ('Dry [alp/2026/c3/14 "a", ALP/2026/C3/15]', "Dry", ((14, "a"), (15, ""))),
        ("Dry https://x.org/fr/consultations/2026/C3/14/ too", "Dry too", ((14, ""),)),
        (
            "[See ALP/2026/C3/14] ALP/2026/C4/14 ALP/2026/C3/14/x",
            "[See ALP/2026/C3/14] ALP/2026/C4/14 ALP/2026/C3/14/x",
            (),
        ),
    ],
)
def test_a_line_is_read_into_words_and_references(line, text, citations):
    assert citing.read(citing.local(line, "ALP/2026/C3")) == citing.Line(text, citations)


@given(
    st.text(alphabet='ab «»“”"[],;1', max_size=30),
    st.lists(st.tuples(st.integers(0, 9_999_999), st.text(alphabet='ab ,;«»"x', max_size=12)), max_size=3),
)
def test_what_was_read_reads_the_same_when_it_is_typed_again(text, citations):
    line = citing.read(citing.write(text, citations))

    assert citing.read(line.said) == line


# -- On the web --------------------------------------------------------------------------------------------


def test_alice_begins_and_writes_a_sentence_a_line(world, synthesis):
    client = world.sign_in(world.alice)
    assert "Springs run dry" in client.get(address(synthesis, "write/")).content.decode()

    client.post(address(synthesis, "write/?new=1"), {"text": "Goats drink first [2 “the goats drink”].", "base": ""})

    page = client.get(address(synthesis)).content.decode()
    assert "Goats drink first." in page
    assert f'href="{synthesis.consultation.get_absolute_url()}2/"' in page
    assert Citation.objects.filter(words="the goats drink").count() == 1


def test_words_that_do_not_stand_there_are_refused_and_the_text_is_kept(world, synthesis):
    text = "Springs run dry in May [1 “in May”].\nAnd more [9]."

    page = world.sign_in(world.alice).post(address(synthesis, "write/?new=1"), {"text": text, "base": ""})

    assert page.status_code == 422
    said = page.content.decode()
    assert "does not stand in contribution 1" in said
    assert "contribution 9, which is not there" in said
    assert "And more [9]." in said
    assert not Sentence.objects.filter(text__contains="May").exists()


def test_bob_neither_sees_nor_writes_the_draft(world, synthesis):
    client = world.sign_in(world.bob)

    assert client.get(address(synthesis)).status_code == 404
    assert client.post(address(synthesis, "write/"), {"text": "No.", "base": ""}).status_code == 404
    with pytest.raises(Refused):
        sentences.save(by=world.bob, synthesis=synthesis, base=[], text="No.")


def test_what_was_written_after_the_session_was_over_waits_in_the_form(world, synthesis):
    client, base = world.client, typed(base_of(synthesis))
    client.post(address(synthesis, "write/"), {"text": "Goats first [2].", "base": base})

    form = world.sign_in(world.alice).get(address(synthesis, "write/")).context

    assert (form["text"], form["base"]) == ("Goats first [2].", base)


def test_a_script_saves_and_learns_the_new_revisions(world, synthesis):
    client, base = world.sign_in(world.alice), base_of(synthesis)
    text = text_of(synthesis).replace("too much", "far too much")
    header = {"X-Requested-With": "autosave"}

    answer = client.post(address(synthesis, "write/"), {"text": text, "base": typed(base)}, headers=header)
    again = client.post(
        address(synthesis, "write/"), {"text": text + "\nMore.", "base": answer.json()["base"]}, headers=header
    )
    wrong = {"text": f"{text}\nX [7]\nMore and more.", "base": again.json()["base"]}
    partly = client.post(address(synthesis, "write/"), wrong, headers=header)
    told = client.get(address(synthesis, "write/"), headers=header).json()

    assert answer.json()["said"] == "Saved."
    assert "contribution 7" in partly.json()["problem"]
    assert text_of(synthesis) == text + "\nMore and more."
    assert told["revision"] == partly.json()["revision"]
    assert told["token"]


def test_a_script_saves_all_but_what_two_changed_and_brings_what_others_wrote(world, synthesis):
    moderating(world, world.bob, synthesis.consultation)
    base, text = base_of(synthesis), text_of(synthesis)
    theirs = text.replace("too much", "little").replace("Nobody agrees", "Few agree") + "\nAnd rain."
    sentences.save(by=world.bob, synthesis=synthesis, base=base, text=theirs)
    mine = text.replace("too much", "a fortune").replace("July [", "late July [")
    how = {"by": world.alice, "synthesis": synthesis, "whole": True, "partly": True}

    first = sentences.save(base=base, text=mine, **how)
    kept = text_of(synthesis)
    settled = sentences.save(base=first.base, text=mine.replace("a fortune", "too much"), **how)
    more = sentences.save(base=settled.fresh, text=f"{settled.text}\nAnd snow.", **how)

    [problem] = first.left
    assert "Bob changed “Meters cost a fortune.” too" in problem
    assert first.text == ""
    assert kept == theirs.replace("July [", "late July [")
    assert (settled.others, settled.left, settled.text) == (("Bob",), (), kept)
    assert (more.others, text_of(synthesis)) == ((), f"{kept}\nAnd snow.")


def test_the_editor_page_carries_little_script(world, synthesis):
    page = world.sign_in(world.alice).get(address(synthesis, "write/"))

    assert page.content.count(b"<script") == 1
    assert b"synthesis.js" in page.content
    assert "script-src 'self'" in page["Content-Security-Policy"] or "default-src" in page["Content-Security-Policy"]


# -- Two at once -------------------------------------------------------------------------------------------


def test_two_who_change_different_sentences_both_keep_theirs(world, synthesis):
    moderating(world, world.bob, synthesis.consultation)
    base, text = base_of(synthesis), text_of(synthesis)

    sentences.save(by=world.bob, synthesis=synthesis, base=base, text=text.replace("July [", "late July ["))
    sentences.save(by=world.alice, synthesis=synthesis, base=base, text=f"{text}\nNew at the end.")

    assert text_of(synthesis) == f"{text}\nNew at the end.".replace("July [", "late July [")


def test_the_second_of_two_who_change_one_sentence_sees_both_and_decides(world, synthesis):
    moderating(world, world.bob, synthesis.consultation)
    base, text = base_of(synthesis), text_of(synthesis)
    sentences.save(by=world.bob, synthesis=synthesis, base=base, text=text.replace("too much", "little"))
    client = world.sign_in(world.alice)
    mine = text.replace("too much", "a fortune").replace("Nobody agrees", "All disagree")

    clash = client.post(address(synthesis, "write/"), {"text": mine, "base": typed(base)})
    kept = text_of(synthesis)
    form = clash.context
    client.post(address(synthesis, "write/"), {"text": form["text"], "base": form["base"]})

    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Bob wrote:" in page
    assert "Meters cost little." in page
    assert "<ins>a fortune</ins>" in page
    assert "All disagree" in page
    assert kept == text.replace("too much", "little")
    assert text_of(synthesis) == mine
    wordings = Sentence.objects.get(text="Meters cost a fortune.").wordings.values_list("said", flat=True)
    assert list(wordings) == ["Meters cost too much.", "Meters cost little.", "Meters cost a fortune."]


def test_a_sentence_one_takes_out_and_another_changes_is_told(world, synthesis):
    moderating(world, world.bob, synthesis.consultation)
    base, text = base_of(synthesis), text_of(synthesis)
    sentences.save(by=world.bob, synthesis=synthesis, base=base, text=text.replace("\n\nMeters cost too much.", ""))

    with pytest.raises(sentences.Clash) as clash:
        changed = text.replace("too much", "a lot")
        sentences.save(by=world.alice, synthesis=synthesis, base=base, text=changed)
    sentences.save(by=world.alice, synthesis=synthesis, base=clash.value.base, text=clash.value.text)

    assert text_of(synthesis) == text.replace("too much", "a lot")


def test_a_sentence_is_changed_alone_and_split_in_two(world, synthesis):
    row = Sentence.objects.get(text__startswith="Nobody")
    client = world.sign_in(world.alice)
    form = client.get(address(synthesis, f"write/?sentence={row.pk}")).context

    text = f"{form['text']}\nThe village wants to [2 “The village decides”]."
    client.post(address(synthesis, f"write/?sentence={row.pk}"), {"text": text, "base": form["base"]})

    assert form["text"] == "Nobody agrees who decides. [2]"
    lines = text_of(synthesis).split("\n")
    assert lines[3:6] == [form["text"], 'The village wants to. [2 "The village decides"]', ""]


def test_a_moved_sentence_keeps_its_remarks(world, synthesis):
    row = Sentence.objects.get(text__startswith="Meters")
    world.sign_in(world.alice).post(address(synthesis, f"sentences/{row.pk}/"), {"text": "Says who?"})

    text = "Meters cost too much.\n\n" + text_of(synthesis).replace("\n\nMeters cost too much.", "")
    sentences.save(by=world.alice, synthesis=synthesis, base=base_of(synthesis), text=text)

    assert text_of(synthesis) == text
    assert Remark.objects.get().sentence == Sentence.objects.standing().first()


@given(data=st.data())
def test_what_one_writer_saves_is_what_stands(data):
    olds = data.draw(st.lists(st.sampled_from("abcdef"), max_size=8))
    news = data.draw(st.lists(st.sampled_from("abcdefgh"), max_size=8))

    pairs = matching.pairs_of(olds, news)

    assert len(set(pairs.values())) == len(pairs)
    assert all(0 <= old < len(olds) and 0 <= new < len(news) for new, old in pairs.items())
    assert all(news[new] == olds[old] for new, old in pairs.items() if olds == news)


def test_remarks_are_made_and_settled(world, synthesis):
    moderating(world, world.bob, synthesis.consultation)
    row = Sentence.objects.get(text__startswith="Meters")
    world.sign_in(world.bob).post(address(synthesis, f"sentences/{row.pk}/"), {"text": "Says who?"})
    remark = Remark.objects.get()
    client = world.sign_in(world.alice)
    assert "1 remark" in client.get(address(synthesis)).content.decode()

    client.post(address(synthesis, f"remarks/{remark.pk}/resolve/"))

    page = client.get(address(synthesis, f"sentences/{row.pk}/")).content.decode()
    assert "settled by Alice" in page
    assert "Says who?" in page


def test_pages_take_as_many_queries_for_many_sentences(world, synthesis, django_assert_max_num_queries):
    client = world.sign_in(world.alice)
    text = "\n".join(f"Number {number} [1] [2 “goats”]." for number in range(30))
    sentences.save(by=world.alice, synthesis=synthesis, base=[], text=text)

    with django_assert_max_num_queries(26):
        client.get(address(synthesis))
    with django_assert_max_num_queries(16):
        client.get(address(synthesis, "write/"))


def test_entries_of_drafting_are_for_those_who_write(world, synthesis):
    entries = synthesis.journal.entries.filter(verb__startswith="synthesis.")

    assert {entry.audience for entry in entries} == {"moderators"}
    assert json.dumps([entry.data for entry in entries]).count("Springs") == 0


def test_a_hidden_contribution_cannot_be_cited(world, consultation, question):
    made = consulting.answer(world.bob, question, "In July.")
    made.post.state = "hidden"
    made.post.save()
    synthesis = syntheses.begin(by=world.alice, consultation=consultation, title="T", language="en")

    with pytest.raises(Refused, match="not shown"):
        sentences.save(by=world.alice, synthesis=synthesis, base=[], text="Dry [1].")
