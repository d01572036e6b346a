"""Small numbers are left out of tables about people, and so are those from which they could be reckoned back.

Pure. The rule for counts of people in official statistics: a cell that holds one to four persons is not published
(primary suppression), and no row or column may hold a single such cell, or its total gives it away (secondary
suppression). The totals of columns are published: what is hidden in one is a small number together neither, or 2 would
say that two cells hold one person each. See the ESSNet *Handbook on Statistical Disclosure Control*, 2010, chapter 4.
"""

SMALLEST = 5  # persons in a cell that is published


def suppress(table, smallest=SMALLEST):
    """A table {row: {column: count}} with None in place of every cell that would tell of few people.

    Zeros stay: that nobody is there tells of nobody. When a single cell of a line is hidden, the smallest other cell of
    that line which is not zero is hidden too, or a zero where there is no other; likewise when the hidden cells of a
    column hold fewer than `smallest` together.
    """
    rows = list(table)
    columns = list(dict.fromkeys(column for row in rows for column in table[row]))
    hidden = {(row, column) for row in rows for column in columns if 0 < table[row].get(column, 0) < smallest}
    lines = [([(row, column) for column in columns], 0) for row in rows]
    lines += [([(row, column) for row in rows], smallest) for column in columns]
    while companions := [cell for line, least in lines if (cell := _companion(line, table, hidden, least))]:
        hidden.add(companions[0])
    return {
        row: {column: None if (row, column) in hidden else table[row].get(column, 0) for column in columns}
        for row in rows
    }


def _companion(line, table, hidden, least):
    """The cell that has to be hidden beside the hidden ones of a line, or None."""
    found = [cell for cell in line if cell in hidden]
    if not found or (len(found) > 1 and sum(_number(table, cell) for cell in found) >= least):
        return None
    others = [cell for cell in line if cell not in hidden]
    return min(others, key=lambda cell: _number(table, cell) or float("inf"), default=None)


def _number(table, cell):
    return table[cell[0]].get(cell[1], 0)
