"""Small numbers are left out of tables about people, and so are those from which they could be reckoned back.

Pure. The rule for counts of people in official statistics: a cell that holds one to four persons is not published
(primary suppression), and no row or column may hold a single such cell, or its total gives it away (secondary
suppression). See the ESSNet *Handbook on Statistical Disclosure Control*, 2010, chapter 4.
"""

SMALLEST = 5  # persons in a cell that is published


def suppress(table, smallest=SMALLEST):
    """A table {row: {column: count}} with None in place of every cell that would tell of few people.

    Zeros stay: that nobody is there tells of nobody. When a single cell of a line is hidden, the smallest other cell of
    that line which is not zero is hidden too, or a zero where there is no other.
    """
    rows = list(table)
    columns = list(dict.fromkeys(column for row in rows for column in table[row]))
    hidden = {(row, column) for row in rows for column in columns if 0 < table[row].get(column, 0) < smallest}
    lines = [[(row, column) for column in columns] for row in rows]
    lines += [[(row, column) for row in rows] for column in columns]
    while companions := [cell for line in lines if (cell := _companion(line, table, hidden))]:
        hidden.add(companions[0])
    return {
        row: {column: None if (row, column) in hidden else table[row].get(column, 0) for column in columns}
        for row in rows
    }


def _companion(line, table, hidden):
    """The cell that has to be hidden beside the only hidden one of a line, or None."""
    if sum(cell in hidden for cell in line) != 1:
        return None
    others = [cell for cell in line if cell not in hidden]
    return min(others, key=lambda cell: table[cell[0]].get(cell[1], 0) or float("inf"), default=None)
