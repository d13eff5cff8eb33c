"""A grid of the form as plain data for the typesetter: one entry a cell, lengths worked out."""

import re
from collections.abc import Iterator

from reporting.grid import Grid, Kind, placed
from reporting.table_look import (
    CELL_MARGIN,
    SETTINGS,
    WORDS_INDENT,
    even_indent,
    fitting_size,
    is_centred,
)

PlainCell = dict[str, object]


def pdf_table(grid: Grid, figures: dict[str, str]) -> dict[str, object]:
    """Return the table: lengths in millimetres, type in points, head and body cells in order."""
    setting = SETTINGS[grid.name]
    cells = list(_cells(grid, figures))
    head = len(grid.head)
    return {
        "widths": list(grid.widths),
        "row_height": setting.row_height,
        "size": setting.size,
        "margin": CELL_MARGIN,
        "head": [cell for row, cell in cells if row < head],
        "body": [cell for row, cell in cells if row >= head],
    }


def _cells(grid: Grid, figures: dict[str, str]) -> Iterator[tuple[int, PlainCell]]:
    setting = SETTINGS[grid.name]
    for one in placed(grid):
        cell = one.cell
        width = sum(grid.widths[place] for place in one.columns) - 2 * CELL_MARGIN
        centred = is_centred(one, setting)
        indent, size = 0.0 if centred else WORDS_INDENT, setting.size
        words = cell.content
        if cell.kind is Kind.FIGURE:
            words = figures[cell.content]
            size = fitting_size(words, width, size)
        elif cell.kind is Kind.COLUMN_HEAD:
            indent = even_indent(words, width, size)
        yield (
            one.row,
            {
                "x": one.column,
                "y": one.row,
                "colspan": cell.colspan,
                "rowspan": cell.rowspan,
                "lines": upright(words) if cell.upright else [words],
                "centred": centred,
                "indent": indent,
                "size": size,
            },
        )


def upright(words: str) -> list[str]:
    """Return words set from top to bottom (竖排), a character a line: 三、/本/年/度."""
    # A mark cannot begin a line and stays with the character before it.
    return re.findall(r".[、，。]?", words)
