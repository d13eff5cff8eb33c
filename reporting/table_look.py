"""How the form's tables are set on paper: sizes, heights, indents; the same in Word and PDF."""

from dataclasses import dataclass
from math import ceil, floor

from reporting.grid import Kind, Placed

MM_PER_POINT = 25.4 / 72
DIGIT_WIDTH = 0.64
"""Of the type's size; Times needs 0.5, the wide faces put in its place where it is missing more."""
CELL_MARGIN = 0.3
"""Millimetres left free at either side of a cell: five figures of 小五 fit table three."""
WORDS_INDENT = 0.7
"""Millimetres between the line and words that begin at the left."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: type in points, least height of a row in millimetres, row heads."""

    size: float
    row_height: float
    heads_centred: bool = False


SETTINGS = {
    "table2": Setting(12, 9, heads_centred=True),
    "table3": Setting(9, 6.8),
    "table4": Setting(9, 9),
}


def is_centred(one: Placed, setting: Setting) -> bool:
    """Whether a cell's words stand in its middle and not at its left."""
    if one.cell.kind is Kind.ROW_HEAD:
        return setting.heads_centred or one.cell.rowspan > 1
    return one.cell.kind is not Kind.NOTE


def even_indent(words: str, width: float, size: float) -> float:
    """Return the indent in millimetres that makes lines even: 商业/企业 and not 商业企/业."""
    character = size * MM_PER_POINT
    room = int(width / character)
    if len(words) <= room:
        return 0
    lines = ceil(len(words) / room)
    return max(0, (width - (ceil(len(words) / lines) + 0.5) * character) / 2)


def fitting_size(figure: str, width: float, size: float) -> float:
    """Return the size in points, by halves, at which a figure stays on one line."""
    if not figure:
        return size
    largest = width / (len(figure) * DIGIT_WIDTH * MM_PER_POINT)
    return min(size, floor(2 * largest) / 2)
