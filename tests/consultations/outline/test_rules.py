"""The rules of numbered texts, one small text each."""

import pytest

from consultations import outline


def numbers(text, name="text.txt"):
    return [(p.number, p.level) for p in outline.read(text.encode(), name).paragraphs]


def texts(text, name="text.txt"):
    return [p.text for p in outline.read(text.encode(), name).paragraphs]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("{}. ", "{}"), ("{}.\u00a0", "{}"), ("{}.\t", "{}"), ("{} - ", "{}"), ("{}- ", "{}"), ("{}、", "{}"),
        ("{}．", "{}"),
        ("\u200f{}.\u200f ", "{}"), ("{}) ", "{}"), ("{}） ", "{}"), ("({}) ", "({})"), ("[{}] ", "[{}]"),
    ],
)  # fmt: skip
def test_numbers_are_shown_without_what_parts_them_from_their_text(label, shown):
    text = "".join(label.format(n) + f"Sentence {n} of the text.\n\n" for n in (1, 2, 3))

    assert numbers(text) == [(shown.format(n), 1) for n in (1, 2, 3)]


@pytest.mark.parametrize("digits", ["١٢٣", "１２３", "१२३"])
def test_digits_of_any_script_stay_as_printed(digits):
    text = "".join(f"{digit}. نص الفقرة.\n\n" for digit in digits)

    assert numbers(text) == [(digit, 1) for digit in digits]


@pytest.mark.parametrize(
    "labels",
    [
        ["(a)", "(b)", "(c)"], ["a)", "b)", "c)"], ["(i)", "(ii)", "(iii)"], ["（一）", "（二）", "（三）"],
        ["أ)", "ب)", "ج)"],
        ["а)", "б)", "в)"], ["α)", "β)", "γ)"], ["א)", "ב)", "ג)"], ["①", "②", "③"], ["‘1’", "‘2’", "‘3’"],
    ],
)  # fmt: skip
def test_sub_levels_are_known_in_any_script(labels):
    text = "1. The meeting:\n\n" + "".join(f"{label} did a thing;\n\n" for label in labels) + "2. The end.\n"

    assert numbers(text) == [("1", 1), *((label, 2) for label in labels), ("2", 1)]


def test_levels_go_by_nesting_and_an_i_after_h_is_a_letter():
    letters = "abcdefghij"
    text = "1. The plan:\n\n(a) has aims:\n\n(i) one;\n\n(ii) two;\n\n(b) has means.\n\n2. The list:\n\n"
    text += "".join(f"({letter}) item {letter};\n\n" for letter in letters)

    found = numbers(text)

    assert found[:5] == [("1", 1), ("(a)", 2), ("(i)", 3), ("(ii)", 3), ("(b)", 2)]
    assert found[6:] == [(f"({letter})", 2) for letter in letters]


def test_years_and_amounts_at_line_starts_are_text():
    text = "1. The Forum met in\n2015. It spent\n12. million.\n2. The Forum closed.\n"

    assert numbers(text) == [("1", 1), ("2", 1)]


def test_a_list_in_running_text_is_none():
    text = (
        "1. The report deals with (a) forests, (b) soils and\n(c) water, as the Board asked it to in the year before\n"
        "(d) was added.\n\n2. The Board took note.\n"
    )

    assert numbers(text) == [("1", 1), ("2", 1)]
    assert "(c) water" in texts(text)[0]


@pytest.mark.parametrize("added", ["2 BIS. ", "2.bis ", "2 bis) ", "2 bis - ", "2 مكررا. ", "2之二、"])
def test_an_addition_counts_whatever_mark_follows_it(added):
    text = f"1. It met.\n\n2. It spoke.\n\n{added}It spoke anew.\n\n3. It closed.\n"

    assert numbers(text) == [("1", 1), ("2", 1), (added.rstrip(" .-、)"), 1), ("3", 1)]


def test_additions_are_entries_of_their_own():
    text = "1. One.\n1 bis. More.\n1 ter. Still more.\n2. Two.\n3. Three.\n"
    chinese = "1. 第一段。\n1之二. 另一段。\n2. 第二段。\n"

    assert numbers(text) == [("1", 1), ("1 bis", 1), ("1 ter", 1), ("2", 1), ("3", 1)]
    assert numbers(chinese) == [("1", 1), ("1之二", 1), ("2", 1)]


def test_numbers_start_anew_in_an_annex_and_nowhere_else():
    clean = "1. One.\n\n2. Two.\n\nAnnex I\n\n1. First.\n\n2. Second.\n"
    flawed = "1. One.\n\n2. Two.\n\nFurther matters\n\n1. First.\n\n2. Second.\n"

    assert outline.read(clean.encode(), "a.txt").problems == []
    assert outline.read(flawed.encode(), "a.txt").problems


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("1. One.\n\n2. Two.\n\n4. Four.\n\n5. Five.\n", "3"),
        ("1. One.\n\n2. Two.\n\n2. Again.\n\n3. Three.\n", "2"),
        ("1. One.\n\n3. Three.\n\n2. Two.\n\n4. Four.\n", "2"),
        ("5. Five.\n\n6. Six.\n\n7. Seven.\n", "5"),
        ("1. One.\n\n2. Two.\n\n3. Three.\n\n1. Anew.\n\n4. Four.\n\n5. Five.\n", "1"),
        ("1. One:\n\n(a) this;\n\n(b) that;\n\n(d) the other.\n\n2. Two.\n", "(c)"),
    ],
)
def test_what_is_not_in_order_is_told_with_its_number(text, named):
    read = outline.read(text.encode(), "text.txt")

    assert len(read.problems) == 1
    assert named in read.problems[0]


@pytest.mark.parametrize(
    ("labels", "wrong"), [("abd", 1), ("abde", 1), ("ac", 1), ("bc", 1), ("abbc", 1), ("acbd", 1), ("abf", 1)]
)
def test_a_flawed_list_loses_nothing_where_every_line_is_full(labels, wrong):
    line = "the Board asked that each delegation sends in its own written comments"
    items = "".join(f"({letter}) {line}\nin time, so that {line[:53]};\n" for letter in labels)
    text = f"1. The Committee, as {line[:49]}:\n{items}2. Then {line},\nand {line[:64]}.\n"

    read = outline.read(text.encode(), "text.txt")

    assert [p.number for p in read.paragraphs] == ["1", *(f"({letter})" for letter in labels), "2"]
    assert len(read.problems) == wrong


def test_a_second_list_below_one_paragraph_starts_anew_after_words_of_its_own():
    led = "1. Recalls:\n\n(a) one;\n\n(b) two;\n\nand decides:\n\n(a) three;\n\n(b) four.\n\n2. Ends.\n"
    bare = led.replace("and decides:\n\n", "")

    assert numbers(led) == [("1", 1), ("(a)", 2), ("(b)", 2), ("(a)", 2), ("(b)", 2), ("2", 1)] == numbers(bare)
    assert outline.read(led.encode(), "a.txt").problems == []
    assert len(outline.read(bare.encode(), "a.txt").problems) == 2


def test_a_text_without_numbers_is_told():
    assert len(outline.read(b"Nothing is numbered here.\n", "text.txt").problems) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. The aims are:\n\n    1. to collect;\n\n    2. to report.\n\n2. It met.\n", "1 1. 2. 2"),
        ("1. The aims are:\nA. to collect;\nB. to close:\na. early;\nb. late.\n2. It met.\n", "1 A. B. a.. b.. 2"),
        ("Contents\n1. Money\t2\n2. Means\t5\n\n1. Money\n\n1. We met.\n\n2. Means\n\n2. We closed.\n", "1 2"),
    ],
)
def test_lists_and_headings_that_look_alike_are_told_apart(text, found):
    read = outline.read(text.encode(), "text.txt")

    assert " ".join(p.number + "." * (p.level - 1) for p in read.paragraphs) == found
    assert read.problems == []


def test_a_paragraph_that_stands_twice_is_kept_though_a_year_opens_its_second_line():
    one = "It met and spoke of the work which lies ahead, and\n\nit then closed."
    other = "It spent forty-one million euros in all of the year\n\n2029. It then closed."
    text = "".join(f"{n}. {words}\n\n" for n, words in ((1, one), (2, other), (2, other), (3, one), (4, one)))

    assert numbers(text) == [("1", 1), ("2", 1), ("2", 1), ("3", 1), ("4", 1)]


CUT_AT_THIRTY_CHARACTERS = """\
1. 委员会于当地时间十点二十八分开会审议报告。
2. 秘书处最迟将于五月十八日分发草案，我们各国部长于三月
八日在内罗毕举行会议，商定共同行动方针，会议于当地时间上午1
0时28分开始，见A/34/227，第12段，主持人奥尼尔女士宣布会议开
幕，代表团提请注意大会第62/145号决议（第12段，A/34/227）。
根据请求提供了技术援助，缔约方应在水、土壤和森林等若干领域开展
合作。
"""


def test_chinese_cut_at_so_many_characters_is_joined_without_a_space():
    _first, joined = texts(CUT_AT_THIRTY_CHARACTERS.replace("\n", "\n\n"))

    assert "上午10时28分开始" in joined
    assert joined.endswith("合作。")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. Opening of the session\n\n2. It spoke of the work.\n\n2. Other matters\n\n3. It closed.\n", "2 3"),
        ("1. Opening\n\nThe Board met.\n\n2. Closing\n\nThe Board closed.\n", ""),
        ("1. Means\n\n2. It met:\n\n(a) here;\n\n2. Next\n\n3. It closed.\n\n3. Last\n\n4. It ended.\n", "2 (a) 3 4"),
        (
            "1) It met.\n\n2) It spoke.\n\n2 bis) It sang.\n\n2 ter) It danced.\n\n3) It closed.\n",
            "1 2 2 bis 2 ter 3",
        ),
        (
            "(1) It met:\n\n① one;\n\n② two.\n\n(2) It did:\n\n① one;\n\n② two.\n\n(3) It did:\n\n① one;\n",
            "(1) ① ② (2) ① ② (3) ①",
        ),
        ("1. It met.\n\n2. It spoke.\n\nArticle 2\n\n1. It met.\n\n2. It spoke.\n\n3. It closed.\n", "1 2 1 2 3"),
        ("1. Amend:\n\n”2. It ends.\n\n3. It closes.“\n\n2. It met.\n\n3. It closed.\n", "1 2 3"),
        ("1. It did:\n\nA. The first;\n\nB. The second;\n\nC. The third.\n\n2. It closed.\n", "1 A B C 2"),
        ("1. It did:\n\n(a) this:\n\n1. once;\n\n2. twice;\n\n(b) that.\n\n2. It closed.\n", "1 (a) 1 2 (b) 2"),
        ("一、大会开会。\n二、大会结束。\n附件\n一、委员会开会。\n二、委员会结束。\n", "一 二 一 二"),
        ("1. It met.[1]\n\n2. It closed.[2]\n\n[1] See A/59/1.\n\n[2] Ibid., para. 3.\n", "1 2"),
        ("1. It met.\n\n2. It closed.\n\n1/ See A/59/1.\n2/ Ibid.\n", "1 2"),
        ("1. Amend it:\n\n    4. They meet.\n\n    5. They report.\n\n2. It met.\n\n3. It closed.\n", "1 2 3"),
    ],
)
def test_numbers_of_headings_notes_and_wordings_set_further_in_are_nobodys(text, found):
    assert " ".join(number for number, _level in numbers(text)) == found


def test_a_line_that_a_footnotes_mark_cuts_in_pieces_is_one_line():
    more = "\n3. One.\n\n4. Two.\n"
    text = (
        "1. 会议审议了载于文件的《21世纪议程》\n1\n的相关章节，\n\n以及其他各段，会议并讨论了各项行动。\n\n2. 结束。\n"
        + more
    )
    latin = (
        "1. Of all those who were asked, 58 per\n1\ncent had never\n\nheard of the Convention.\n\n2. It closed.\n"
        + more
    )

    assert texts(text)[0] == "会议审议了载于文件的《21世纪议程》的相关章节，以及其他各段，会议并讨论了各项行动。"
    assert texts(latin)[0] == "Of all those who were asked, 58 per cent had never heard of the Convention."


def pdf(*pages):
    """Text of a PDF, a blank line after every line, with a symbol and a page number between two pages."""
    return "\n\nA/59/1\n\n7\n\n".join("\n\n".join(page) for page in pages)


LINE = "The Committee met at its seat and went through all the work before it and so"


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ([[f"1. {LINE}", "closed.", "2. Means"], [f"2. {LINE}", "ended.", f"3. {LINE}", "rested."]], "1 2 3"),
        ([[f"1. {LINE}", "so.", f"3. {LINE}", "so.", "II. Means"], [f"2. {LINE}", "so.", "4. It ended."]], "1 3 2 4"),
        ([[f"1. {LINE}", "closed.", f"2. {LINE}"], ["62/196 it closed.", f"3. {LINE}", "rested."]], "1 2 3"),
    ],
)  # fmt: skip
def test_a_number_that_opens_a_page_is_kept_below_a_title_and_text_runs_on(pages, found):
    assert [number for number, _level in numbers(pdf(*pages))] == found.split()


def test_the_title_is_the_running_header_too():
    title = "Report of the Secretary-General on mountains"
    page = f"A/59/1\n\n1\n\n{title}\n\n"
    text = f"{title}\n\n1. The Board met and spoke of all the work\n\n{page}that lies ahead.\n\n2. It closed.\n"

    assert texts(text)[0] == "The Board met and spoke of all the work that lies ahead."


def test_a_line_below_a_number_hangs_and_opens_nothing():
    words = "The Board met at its seat and went through the work that lies ahead of it in the year which is to come."
    hung = "".join(f"{n}. {words[:61]}\n   {words[62:]}\n" for n in (1, 2, 3))
    full = "4. The Board met at its seat and went through the work of May 2027.\n   It closed as the Chair had said.\n"

    assert texts(hung + full) == [words] * 3 + [" ".join(full[3:].split())]


TIGHT = """\
The Committee,
1. The Committee met at its seat and went through all the work before it and
so closed, as the document A/63/709,1
para. 39,
of the year says it should.
2. The Committee met at its seat and went through all the work before it and
so closed, and as it had been told to do so it went on to the very next item.
Other matters
3. The Committee met at its seat and went through all the work before it and
so closed, as it had heard from its Chair and from all of the other members;2
4. The Committee met at its seat and went through all the work before it and
so closed.
"""


def test_text_of_a_pdf_without_blank_lines_goes_on_after_a_figure_and_stops_before_a_title():
    read = outline.read(TIGHT.encode(), "text.txt")

    assert [p.text.split()[-1] for p in read.paragraphs] == ["should.", "item.", "members;", "closed."]
    assert "A/63/709, para. 39, of the year" in read.paragraphs[0].text
    assert "Other matters" in read.headings


def test_a_line_of_prose_that_stands_at_two_pages_feet_is_no_footer():
    page = "\n\nA/59/1\n\n{}\n\n"
    prose = "the rate which had been {} per cent rose and has not fallen below it"
    text = "".join(f"{n}. {LINE}\n\n{prose.format(n)}{page.format(n)}since then.\n\n" for n in (1, 2, 3, 4, 5))
    text = text.replace("rate which had been 3", "sum that had been 3").replace(
        "rate which had been 4", "cost of it was 4"
    )
    text = text.replace("rate which had been 5", "whole of it was 5")

    assert all(" per cent rose " in words for words in texts(text))


def test_quoted_paragraphs_and_references_are_no_paragraphs():
    text = (
        "1. Replace paragraph 7 with:\n\n“7. The Committee decides.\n\n8. The Committee ends.”\n\n2. Close.\n\n"
        "References\n\n3. Smith, J. 1999. A book. Rome.\n\n4. Lee, K. 2001. Another. Paris.\n"
    )

    assert numbers(text) == [("1", 1), ("2", 1)]


def test_lazy_markdown_numbers_count_on_over_headings():
    text = "# Title\n\n1. one\n1. two\n\n## More\n\n1. three\n   1. inner\n   1. inner too\n1. four\n"

    assert numbers(text, "text.md") == [("1", 1), ("2", 1), ("3", 1), ("1", 2), ("2", 2), ("4", 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.  Ten:\n\n    1. this\n    2. that\n\n11.  Eleven.\n", "10 1. 2. 11"),
        ("1. One:\n  1. this\n  2. that\n2. Two.\n", "1 1. 2. 2"),
        ("1. One:\n\n    (a) first:\n\n        1) *once*;\n\n        2) twice;\n\n2. Two.\n", "1 (a). 1).. 2).. 2"),
        ("1. One:\n\n    **(a)** first:\n\n        *(i)* this;\n\n        *(ii)* that.\n", "1 (a). (i).. (ii).."),
        ("1. Scope\n--------\n\n1. One.\n2. Two.\n\n2. Means\n========\n\n3. Three.\n", "1 2 3"),
        ("1) One:\n\n    （一） first:\n\n        1） once;\n\n2) Two.\n", "1 （一）. 1）.. 2"),
        ("1. One.\n1. Two.\n1. Three.\n\n## Annex\n\n1. One.\n2. Two.\n", "1 2 3 1 2"),
        (
            "1. One, which was said in what the Committee wrote in paragraph\n2. It closed.\n\n2. Two.\n", "1 2",
        ),
        ("1. **工作安排。**大会开会。\n\n2. 大会结束。\n", "1 2"),
        ("1. One, of girls who are between the ages of fifteen\n   - twenty, it is said.\n2. Two.\n", "1 2"),
    ],
)  # fmt: skip
def test_markdown_nests_as_people_indent_it(text, found):
    paragraphs = outline.read(text.encode(), "text.md").paragraphs

    assert " ".join(p.number + "." * (p.level - 1) for p in paragraphs) == found
    assert not any("*" in p.text or "\n" in p.text for p in paragraphs)


def test_markdown_code_quotations_tables_and_notes_are_no_paragraphs():
    text = (
        "1. one[^1]\n2. two\n\n> 3. quoted\n\n```\n3. code\n```\n\n| No. | What |\n|---|---|\n| 3. | cell |\n\n"
        "3. **three**\n\n[^1]: 9. A note.\n"
    )

    assert numbers(text, "text.md") == [("1", 1), ("2", 1), ("3", 1)]
    assert texts(text, "text.md") == ["one", "two", "three"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r"])
def test_russian_is_read_in_any_encoding(encoding):
    text = "1. Комитет принимает доклад.\n\n2. Комитет закрывает заседание.\n"

    read = outline.read(text.encode(encoding), "text.txt")

    assert [p.text for p in read.paragraphs] == ["Комитет принимает доклад.", "Комитет закрывает заседание."]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7 ...", "a.txt"), (bytes(range(256)) * 20, "a.txt"),
        (b"1. x", "a.pdf"),
        (b"not a zip", "a.docx"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx"),
        (b"1. x\n" * 2_000_000, "a.txt"), (b"1. x\n" * 2_000_000, "a.md"), (b"x" * 13_000_000, "a.txt"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_sentence(data, name):
    with pytest.raises(outline.Unreadable) as told:
        outline.read(data, name)

    assert str(told.value).endswith(".")


@pytest.mark.parametrize(("data", "name"), [(b"", "a.txt"), (b" \n\n", "a.txt"), (b"", "a.md"), (b"\n", "a.md")])
def test_a_text_of_nothing_has_no_numbers(data, name):
    read = outline.read(data, name)

    assert (read.blocks, len(read.problems)) == ([], 1)


def test_blocks_hold_the_whole_text_in_order():
    text = "I. Introduction\n\nRecalling the past,\n\n1. One.\n\nA word between.\n\n2. Two.\n"

    read = outline.read(text.encode(), "text.txt")

    assert [(b.kind, b.number) for b in read.blocks] == [
        ("heading", ""), ("text", ""), ("paragraph", "1"), ("text", ""), ("paragraph", "2"),
    ]  # fmt: skip
