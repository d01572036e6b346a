"""Five real papers of the United Nations in Chinese, as text taken from PDF: every numbered paragraph is found."""

import pathlib

import pytest

from consultations import outline

PAPERS = pathlib.Path(__file__).parent / "papers"
# Counted by eye: the last paragraph's number, and how many sub-paragraphs (a), (b)... stand below which paragraphs.
COUNTED = {
    "a-res-62-196": (39, {}),
    "mountain-partnership-report-2006": (34, {"34": 5}),
    "partnerships-report-2003": (93, {"14": 6}),
    "south-south-report-2010": (
        76,
        {"17": 6, "18": 4, "40": 8, "55": 3, "58": 4, "59": 2, "61": 4, "66": 8},
    ),
    "un-civil-society-2004": (58, {"23": 5, "32": 2}),
}


@pytest.mark.parametrize("name", COUNTED)
def test_every_numbered_paragraph_of_a_real_paper_is_found(name):
    last, below = COUNTED[name]

    read = outline.read((PAPERS / f"{name}.zh.txt").read_bytes(), f"{name}.zh.txt")

    assert [p.number for p in read.paragraphs if p.level == 1] == [str(n) for n in range(1, last + 1)]
    assert read.problems == []
    counts, current = {}, None
    for paragraph in read.paragraphs:
        if paragraph.level == 1:
            current = paragraph.number
        else:
            counts[current] = counts.get(current, 0) + 1
    assert counts == below


def test_a_paragraph_that_runs_over_the_page_is_whole_and_without_the_footnote():
    read = outline.read((PAPERS / "a-res-62-196.zh.txt").read_bytes(), "a-res-62-196.zh.txt")

    eleventh = read.paragraphs[10].text

    assert "山区脆弱社会的社会、经济和环境造成长期不利的后果" in eleventh
    assert "A/62/292" not in eleventh


def test_a_sentence_that_stops_at_a_comma_goes_on_after_the_page():
    read = outline.read((PAPERS / "partnerships-report-2003.zh.txt").read_bytes(), "partnerships-report-2003.zh.txt")

    assert next("大家分享了经验，找出了存在的障碍" in p.text for p in read.paragraphs if p.number == "69")


def test_numbered_headings_of_a_real_paper_are_no_paragraphs():
    read = outline.read((PAPERS / "south-south-report-2010.zh.txt").read_bytes(), "south-south-report-2010.zh.txt")

    assert "3. 环境合作方案" in read.headings
    assert "A. 在工作方案背景下开展南南合作活动" in read.headings
