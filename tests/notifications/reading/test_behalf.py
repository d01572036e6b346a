"""Blocks of a focal point: what stands after `FOR:` is somebody else's, until the next one or the end."""

import pytest

from notifications import reading


def read(text, **items):
    head = "From: Dora Dupont <dora@example.org>\nContent-Type: text/plain; charset=utf-8\n\n"
    return reading.read((head + text).encode(), **items)


def answers(result):
    return [(answer.on_behalf, answer.code, answer.text) for answer in result.answers]


def blocks(result):
    return [(answer.on_behalf, answer.text) for answer in result.blocks]


def test_tagged_answers_belong_to_the_person_named_above_them():
    text = "#11: yes\n\nFOR: A7\n#11: no\n#12: only on Sundays\n\nFOR: Maria Lopez\n#12: never\n"

    result = read(text, open_items=[11, 12])

    assert answers(result) == [
        ("", "11", "yes"),
        ("A7", "11", "no"),
        ("A7", "12", "only on Sundays"),
        ("Maria Lopez", "12", "never"),
    ]
    assert result.problems == []


def test_free_text_of_a_block_is_that_persons_and_never_the_writers():
    result = read("I think so too.\n\nFOR: A7\nThe well is dry.\n\nFOR: B2\nOurs as well.\n")

    assert result.reply == "I think so too."
    assert blocks(result) == [("", "I think so too."), ("A7", "The well is dry."), ("B2", "Ours as well.")]


def test_free_text_answers_the_only_open_item_for_each_person():
    result = read("FOR: A7\nyes\n\nFOR: B2\nno\n", open_items=[11], closed_items=[10])

    assert answers(result) == [("A7", "11", "yes"), ("B2", "11", "no")]
    assert result.reply is None


def test_free_text_with_several_open_items_is_kept_by_person():
    result = read("FOR: A7\nyes\n\nFOR: B2\n#11: no\n", open_items=[11, 12])

    assert [(answer.on_behalf, answer.text) for answer in result.unplaced] == [("A7", "yes")]
    assert result.unassigned == ""
    assert answers(result) == [("B2", "11", "no")]


@pytest.mark.parametrize(
    "line", ["FOR: ME", "For: me", "FOR: Dora Dupont", "POUR : MOI", "代：我", "لـ: أنا", "ДЛЯ: СЕБЯ", "PARA: mí"]
)
def test_the_writer_takes_the_word_back(line):
    result = read(f"FOR: A7\n#11: no\n\n{line.replace('For: me', 'FOR: myself')}\n#12: yes\n", open_items=[11, 12])

    assert answers(result) == [("A7", "11", "no"), ("", "12", "yes")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("FOR: A7", "A7"), ("For: A7", "A7"), ("*FOR:* A7", "A7"), ("FOR A7:", "A7"), ("[FOR: A7]", "A7"),
        ('"FOR: A7"', "A7"), ("FOR : Ana Ruiz", "Ana Ruiz"), ("POUR : Léa", "Léa"), ("PARA: Ana", "Ana"),
        ("FÜR: Jürgen", "Jürgen"), ("ДЛЯ: Анна", "Анна"), ("ОТ ИМЕНИ: Анна", "Анна"), ("لـ: مريم", "مريم"),
        ("نيابة عن: مريم", "مريم"), ("代：王梅", "王梅"), ("代表：王梅", "王梅"), ("KWA: Asha", "Asha"),
    ],
)  # fmt: skip
def test_the_line_is_known_in_every_language(line, name):
    assert blocks(read(f"{line}\nThe well is dry.\n")) == [(name, "The well is dry.")]


@pytest.mark.parametrize(
    "line",
    [
        "for: the school and the road",
        "Pour : je suis d'accord",
        "I am FOR: the road",
        "FOR:",
        "FOR: who?",
        "Para: todos",
    ],
)
def test_a_sentence_is_no_such_line(line):
    result = read(f"{line}\nThe well is dry.\n")

    assert result.blocks == []
    assert result.reply == f"{line}\nThe well is dry."


def test_words_under_a_quoted_item_are_the_persons():
    sent = "[#11] Should the well be dug deeper?\n\n[#12] Who keeps the key of the pump house?\n\nEnd of issue 4.\n"
    text = "> [#11] Should the well be dug deeper?\n\nFOR: A7\nyes\nFOR: B2\nno\n\n"
    text += "> [#12] Who keeps the key of the pump house?\n\nmy uncle\n"

    result = read(text, sent=sent, open_items=[11, 12])

    assert answers(result) == [("A7", "11", "yes"), ("B2", "11", "no"), ("B2", "12", "my uncle")]
