"""Tables for spreadsheets: every cell opens as what it says."""

import csv
import io

import pytest

from core import spreadsheets


@pytest.mark.parametrize("text", ["=1+1", "+41 22", "-2", "@sum", "\t=1", " =1", "＝1", "\r\n=1"])
def test_what_a_spreadsheet_would_run_becomes_text(text):
    assert spreadsheets.cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Dora", "a=b", "3 - 2", "", "م"])
def test_other_words_stay_as_they_are(text):
    assert spreadsheets.cell(text) == text


def test_a_table_comes_back_as_it_was_with_its_lines_and_quotes():
    table = spreadsheets.as_csv(["Name"], [['A "B"\nC'], [None], [7]])

    assert list(csv.reader(io.StringIO(table.removeprefix("\ufeff")))) == [["Name"], ['A "B"\nC'], [""], ["7"]]
