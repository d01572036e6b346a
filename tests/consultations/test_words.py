"""The grammar of votes: what counts in six languages and more, and that nothing uncertain ever does."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.words import marks, positions, shares
from consultations.words import votes as words

LABELS = ["One page", "Two pages", "None at all"]


def read(text, kind="choice", labels=LABELS, name="Dora Khan"):
    try:
        return words.read(text, kind=kind, labels=labels, name=name)
    except words.Unclear as unclear:
        return "twice" if unclear.is_double else None


def test_a_quorum_is_a_share_in_any_digits_or_the_word_for_more_than_half_in_any_language():
    for said in ("majority", " Plus de la moitié ", "过半数。", "БОЛЬШИНСТВО", *shares.OFFERED.values()):
        assert shares.read(said) == "majority"
    for said in ("1/3", "1 / 3", "١/٣", "１／３", "⅓"):
        assert shares.read(said) == "1/3"
    assert shares.read("simple") == "simple"


SECOND = """
B|b|b)|(b)|[B]|*B*|B.|“B”|Ｂ|Ⓑ|2|２|٢|۲|②|Option B|option b.|Opción B|Choix : B|вариант Б|Вариант B|选项B|选B|我选B
我投B|B项|الخيار ب|ب|Б|β|乙|two pages|Two  pages.|B) Two pages|b: two pages|B - Two pages|I vote B|I vote for B!
My vote is: B|Je vote pour B|Voto por B|Голосую за B|أصوت ل B
"""
YES_NO = {
    "yes": """
yes|Yes.|YES!|ok|I agree|oui|Oui, |d’accord|sí|Si|de acuerdo|نعم|نَعَم|موافق|是|同意|赞成|да|Да!|согласна|за|ja|I vote yes
voto a favor|голосую за|我投同意|＂yes＂
""",
    "no": """
no|No.|non|contre|en contra|لا|غير موافق|ضد|否|不同意|反对|нет|против|не согласен|nein|I vote against|голосую против
""",
    "abstain": """
воздерживаюсь
abstain|Abstention|I abstain|je m’abstiens|me abstengo|abstención|ممتنع|امتناع|弃权|棄權|воздержался|Enthaltung
""",
}


def listed(rows):
    return [word for row in rows.strip().split("\n") for word in row.split("|")]


@pytest.mark.parametrize("text", listed(SECOND))
def test_these_vote_for_the_second_option(text):
    assert read(text) == "B"


@pytest.mark.parametrize(
    "text",
    [
        "B?",
        "not B",
        "B or C",
        "B/C",
        "B, C",
        "A and B",
        "maybe B",
        "B if it rains",
        "B because it is lighter",
        "D",
        "4",
        "0",
        "",
        "   ",
        "👍",
        "page",
        "В",  # Cyrillic, which looks like B and is the third letter
        "I do not vote B",
        "anything but B",
        "#12",
        "A" * 5000,
        "\n" * 5000,
    ],
)
def test_these_are_no_certain_vote(text):
    assert read(text) is None


@pytest.mark.parametrize(("value", "text"), [(value, word) for value, rows in YES_NO.items() for word in listed(rows)])
def test_yes_no_and_abstaining_in_many_languages(value, text):
    assert read(text, kind="yes_no", labels=()) == value


@pytest.mark.parametrize(
    "text", ["yes, but", "no problem", "yes or no", "yes?", "B", "1", "oui non", "не знаю", "不知道", "أعترف"]
)
def test_what_is_neither_yes_nor_no(text):
    assert read(text, kind="yes_no", labels=()) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3>1>2", "C>A>B"),
        ("3 > 1 > 2", "C>A>B"),
        ("３＞１＞２", "C>A>B"),
        ("٣>١>٢", "C>A>B"),
        ("C, A, B", "C>A>B"),
        ("C،A،B", "C>A>B"),
        ("C、A、B", "C>A>B"),
        ("C; A", "C>A"),
        ("A>C", "A>C"),
        ("C -> A -> B", "C>A>B"),
        ("none at all > one page", "C>A"),
        ("C", "C"),
        ("1. C\n2. A\n3. B", "C>A>B"),
        ("My ranking: C>A>B", "C>A>B"),
        ("C>A>B\n\nThanks,\nDora", "C>A>B"),
        ("C>A>C", None),
        ("C>D", None),
        ("C>", None),
        (">C", None),
        ("C A B", None),
        ("C>A>B?", None),
        ("C then A", None),
        ("C>A\nA>C", "twice"),
    ],
)
def test_rankings(text, value):
    assert read(text, kind="ranking") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("B\n\nBest regards\nDora", "B"),
        ("Hello,\n\nB\n\nMerci\nDora Khan", "B"),
        ("您好\nB\n谢谢", "B"),
        ("B\n\nB", "B"),
        ("B\nC", "twice"),
        ("B\nI mean C", None),
        ("B\n\nThe second is lighter.", None),
        ("Two\npages", "B"),
    ],
)
def test_what_may_stand_beside_a_vote(text, value):
    assert read(text) == value


def test_a_word_that_means_two_options_means_neither():
    assert read("2", labels=["3", "2", "1"]) == "B"
    assert read("1", labels=["3", "2", "1"]) is None
    assert read("a", labels=["B", "A"]) is None
    assert read("B", labels=["Yes", "No", "b"]) is None
    assert read("Dora", labels=["Dora", "Bob"]) == "A"


def test_no_word_stands_for_two_votes():
    rows = [words.rows_of(said) for said in (words.YES_WORDS, words.NO_WORDS, words.ABSTAIN_WORDS)]

    assert sum(map(len, rows)) == len(set().union(*rows))


labels = st.lists(
    st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Zs"]), min_size=4, max_size=30).filter(str.strip),
    min_size=2,
    max_size=26,
    unique_by=words.fold,
)
decoration = st.text(' \t*_.!"“”()[]', max_size=4)


@given(labels, st.data(), decoration, decoration)
@settings(max_examples=200, deadline=None)
def test_the_letter_of_an_option_always_votes_for_it(options, data, before, after):
    place = data.draw(st.integers(0, len(options) - 1))
    letter = string.ascii_uppercase[place]

    assert read(f"{before}{letter}{after}", labels=options) == letter
    assert read(f"{letter}) {options[place]}", labels=options) in (letter, None)


@given(labels, st.data())
@settings(max_examples=200, deadline=None)
def test_a_ranking_is_read_back_as_it_was_written(options, data):
    letters = data.draw(st.permutations(string.ascii_uppercase[: len(options)]))
    ranking = letters[: data.draw(st.integers(1, len(letters)))]

    assert read(data.draw(st.sampled_from([">", " > ", ", ", "、"])).join(ranking), "ranking", options) == ">".join(
        ranking
    )


@given(st.text(max_size=300), st.sampled_from(["yes_no", "choice", "ranking"]))
@settings(max_examples=500, deadline=None)
def test_whatever_is_written_is_a_vote_of_this_ballot_or_unclear(text, kind):
    said = read(text, kind)

    assert said in (None, "twice", "yes", "no", "abstain") or set(said.split(">")) <= set("ABC")


@given(st.sampled_from(LABELS), st.text(string.ascii_lowercase + " ", min_size=3, max_size=40))
@settings(max_examples=300, deadline=None)
def test_other_words_beside_a_label_are_never_counted(label, other):
    text = f"{label} {other.strip()}"

    assert read(text) is None or words.fold(text) in map(words.fold, LABELS)


def position(text, kind="silence"):
    try:
        return positions.read(text, kind=kind, name="Dora Khan")
    except words.Unclear:
        return None


@pytest.mark.parametrize("language", positions.OFFERED)
def test_the_words_that_are_offered_are_understood(language):
    consent, reservation, objection, amendment, present = positions.OFFERED[language]

    assert position(f"{consent}: well done", "consent") == ("consent", "well done")
    assert position(reservation, "consent") == ("reservation", "")
    assert position(f"{objection}\npoint 4", "silence") == ("objection", "point 4")
    assert position(amendment.lower()) == ("amendment", "")
    assert words.is_present(f"{present}.\n\nDora", "Dora Khan")


def test_in_capitals_as_they_are_offered_the_words_need_no_sign_before_the_reasons():
    assert position("OBJECT four years is too short") == ("objection", "four years is too short")
    assert position("ВОЗРАЖАЮ срок мал\nи вода наша") == ("objection", "срок мал\nи вода наша")
    assert position("RESERVATION on point 2", "consent") == ("reservation", "on point 2")
    assert position("CONSENT only if it rains", "consent") is None
    assert position("object four years is too short") is None


@pytest.mark.parametrize(
    "text", ["I object to nothing", "object?", "no", "Whether to object: we are not sure", "objectionable", "", "B"]
)
def test_what_is_no_certain_objection_is_asked_back(text):
    assert position(text) is None


@pytest.mark.parametrize(
    "text", ["No objection", "sin objeción", "لا اعتراض", "无异议", "возражений нет", "pas d’objection"]
)
def test_no_objection_is_consent_in_every_language(text):
    assert position(text)[0] == "consent"


@pytest.mark.parametrize(
    ("kind", "text", "most", "value"),
    [
        ("approval", "A, C", None, "A,C"),
        ("approval", "c\na", None, "A,C"),
        ("approval", "A et C", None, "A,C"),
        ("approval", "A、C", None, "A,C"),
        ("approval", "One page; none at all", None, "A,C"),
        ("approval", "A C", None, None),
        ("approval", "A, A", None, None),
        ("approval", "not A, C", None, None),
        ("score", "A=5 B=3", 5, "A=5,B=3"),
        ("score", "My vote: B: 3, A: 5", 5, "A=5,B=3"),
        ("score", "One page: 4\nNone at all = 2", 5, "A=4,C=2"),
        ("score", "Ａ＝٥", 5, "A=5"),
        ("score", "A=6", 5, None),
        ("score", "A=5 A=3", 5, None),
        ("score", "A=-1", 5, None),
        ("score", "5", 5, None),
    ],
)
def test_several_options_and_scores(kind, text, most, value):
    try:
        said = words.read(text, kind=kind, labels=LABELS, most=most)
    except words.Unclear:
        said = None

    assert said == value


def test_a_receipt_code_is_found_however_it_is_typed():
    for _ in range(50):
        code = marks.new_code()
        for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
            assert marks.code_in(f"{typed} B")[0] == code
            assert marks.tidy(f" {typed} ") == code
    assert marks.code_in("some more text B") == ("", "some more text B")
    assert marks.tidy("2026 1121 1640") in ("", "2026-1121-1640")


def test_names_before_votes_say_whose_they_are():
    names = ["Alpine Springs", "Glacier Union"]

    assert marks.addressed("alpine springs: yes\nGlacier Union: no", names) == [(0, "yes"), (1, "no")]
    assert marks.addressed("yes", names) == [(None, "yes")]
    assert marks.addressed("Somebody: yes", names) == [(None, "Somebody: yes")]
