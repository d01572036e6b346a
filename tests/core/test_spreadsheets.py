"""Tables for spreadsheets: every cell opens as what it says."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import spreadsheets


@pytest.mark.parametrize("text", ["=1+1", "+41 22", "-2", "@sum", "\t=1", " =1", "＝1", "\r\n=1", "\n", "'=1", "''@a"])
def test_what_a_spreadsheet_would_run_becomes_text(text):
    assert spreadsheets.cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Dora", "a=b", "3 - 2", "", "م", "'tis", "' a"])
def test_other_words_stay_as_they_are(text):
    assert spreadsheets.cell(text) == text


@pytest.mark.parametrize("number", [7, -2, -2.5, Decimal("-1.10")])
def test_a_number_stays_a_number(number):
    assert spreadsheets.cell(number) == str(number)


def test_a_table_comes_back_as_it_was_with_its_lines_and_quotes():
    table = spreadsheets.as_csv(["Name"], [['A "B"\nC'], [None], [7]])

    assert list(csv.reader(io.StringIO(table.removeprefix("\ufeff")))) == [["Name"], ['A "B"\nC'], [""], ["7"]]


def test_every_cell_is_quoted_so_that_no_separator_of_a_country_starts_one():
    table = spreadsheets.as_csv(["Name", "Words"], [["Dora", "a;=1+1"]])

    assert table == '\ufeff"Name","Words"\r\n"Dora","a;=1+1"\r\n'


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1)))
def test_what_is_written_is_read_back_to_the_letter(rows):
    table = spreadsheets.as_csv(["a"], rows)

    assert list(spreadsheets.read(table)) == [["a"], *rows]


def test_a_table_is_written_while_its_rows_are_made():
    made = []
    rows = ([made.append(number) or number] for number in range(3))

    lines = spreadsheets.lines(["n"], rows)

    assert next(lines) == '\ufeff"n"\r\n'
    assert made == []
    assert next(lines) == '"0"\r\n'
    assert made == [0]
