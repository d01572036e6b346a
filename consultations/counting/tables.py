"""Votes that were added up elsewhere: a CSV file with the header `option,count` and a row for each option.

Where a row for and a row against are among them, or nothing but rows of a motion, it is a motion: yes or for, no or
against, abstain or abstention, in any case.
"""

import csv
import io
import re

from consultations.counting.ballots import Malformed, shown

WORDS = {"yes": "yes", "for": "yes", "no": "no", "against": "no", "abstain": "abstain", "abstention": "abstain"}
MOST_ROWS = 100_000


def read(text):
    """{option: count} in the order of the rows; raises Malformed with the line and what is wrong with it."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    lines = _lines(rows)
    line, header = next(lines, (1, []))
    if [cell.lower() for cell in header] != ["option", "count"]:
        raise Malformed(
            f"Line {line}: the file must begin with the header `option,count`, not {shown(','.join(header))}."
        )
    counts = {}
    for line, cells in lines:
        if len(cells) != 2 or not cells[0]:
            raise Malformed(
                f"Line {line} should be an option and its count, as in `Oslo,12`, not {shown(','.join(cells))}."
            )
        if len(counts) == MOST_ROWS:
            raise Malformed(f"The file has more than {MOST_ROWS} rows, which are counted at most.")
        option, count = cells
        if option in counts:
            raise Malformed(f"Line {line}: the option {shown(option)} stands twice. Give each option one row.")
        counts[option] = _whole(line, count)
    if not counts:
        raise Malformed("The file has a header but no rows: there are no options to count votes for.")
    return counts


def is_motion(counts):
    """Whether every row is one of a motion's."""
    return all(option.lower() in WORDS for option in counts)


def motion(counts):
    """{`yes`, `no` and `abstain`: count} of the rows of a motion; None where the rows are those of something else.

    Raises Malformed where a motion has a row that is none of a motion's, or two that say the same.
    """
    meant = {option: WORDS.get(option.lower()) for option in counts}
    if not is_motion(counts) and not {"yes", "no"} <= set(meant.values()):
        return None
    found = {}
    for option, word in meant.items():
        if word is None:
            raise Malformed(
                f"{shown(option)} is an unknown option of a motion, which has yes, no and abstain."
                " To count it as one option among several, add --method plurality."
            )
        if word in found:
            raise Malformed(f"Two rows of the motion say the same ({word}). Add them up into one.")
        found[word] = counts[option]
    return {"yes": 0, "no": 0, "abstain": 0} | found


def _lines(rows):
    """(number, cells) of every row that is not blank."""
    try:
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield rows.line_num, cells
    except csv.Error as error:
        raise Malformed(f"Line {rows.line_num} is not CSV: {error}.") from error


def _whole(line, count):
    if re.fullmatch(r"-[0-9.]+", count):
        raise Malformed(f"Line {line}: the count is negative: {count}. Nobody can cast fewer than 0 votes.")
    if not re.fullmatch(r"\+?[0-9]{1,15}", count):
        raise Malformed(f"Line {line}: the count must be a whole number, not {shown(count)}.")
    return int(count)
