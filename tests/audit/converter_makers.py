"""Invented reports as page converters write them: each closes its cells with pipes in its own way.

A row of the form comes as its cells in order, merged ones once, so that a shape sees what a
converter of web pages sees; what merged cells cover is known by the width of the table alone.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from reporting.form import GRIDS
from reporting.grid import Kind
from tests.audit.recognition_makers import CLOSING, OPENING, Figures

Row = Sequence[str]
Printed = Callable[[int | Decimal], str]
Shape = Callable[[Row, int], list[str]]

TITLES = (
    None,
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)


def as_digits(figure: int | Decimal) -> str:
    """Print a figure."""
    return str(figure)


def blank_for_none(figure: int | Decimal) -> str:
    """Print a figure, and nothing for 0."""
    return str(figure) if figure else ""


def dash_for_none(figure: int | Decimal) -> str:
    """Print a figure, and the dash many put for 0."""
    return str(figure) if figure else "-"


def converted(figures: Figures, shape: Shape, printed: Printed = as_digits) -> str:
    """Return the report as a converter of that shape writes it."""
    lines = OPENING.splitlines()
    for grid, title in zip(GRIDS, TITLES, strict=True):
        if title:
            lines.append(title)
        for row in grid.rows:
            cells = [
                printed(figures[cell.content]) if cell.kind is Kind.FIGURE else cell.content
                for cell in row
            ]
            lines += shape(cells, len(grid.widths))
    return "\n".join([*lines, CLOSING])


def _surplus(row: Row, width: int) -> str:
    return "|" * (width - len(row))


def row_with_pipes(row: Row, width: int) -> list[str]:
    """A row a line, a pipe behind each cell: ``规章 | 0 | 0 | 0 |``."""
    return ["".join(f"{cell} | " for cell in row) + _surplus(row, width)]


def row_between_pipes(row: Row, width: int) -> list[str]:
    """A row a line between outer pipes: ``| 行政许可 | 0 | ||``."""
    return ["| " + row_with_pipes(row, width)[0]]


def row_in_tight_pipes(row: Row, _width: int) -> list[str]:
    """A row a line, nothing between pipe and cell: ``|规章|0||0|``."""
    return [f"|{'|'.join(row)}|"]


def _below(row: Row, width: int) -> list[str]:
    return [_surplus(row, width)] if len(row) < width else []


def cell_with_pipe(row: Row, width: int) -> list[str]:
    """A cell a line, a pipe behind it; a blank cell is a pipe alone."""
    return [*(f"{cell} |".strip() for cell in row), *_below(row, width)]


def pipe_below_cell(row: Row, width: int) -> list[str]:
    """A cell a line, its pipe on the next."""
    lines = [line for cell in row for line in ((cell, "|") if cell else ("|",))]
    return [*lines, *_below(row, width)]


def pipe_above_row(row: Row, width: int) -> list[str]:
    """A cell a line with its pipe, and a pipe alone where a row begins."""
    return ["|", *cell_with_pipe(row, width)]


def blanks_moved(row: Row, width: int) -> list[str]:
    """A cell a line; the pipes of blank cells stand below the row with those of merged ones."""
    filled = [cell for cell in row if cell]
    return cell_with_pipe(filled, width)


def blanks_moved_in_rows(row: Row, width: int) -> list[str]:
    """A row a line; the pipes of blank cells stand at its end with those of merged ones."""
    return row_with_pipes([cell for cell in row if cell], width)


def between_tabs(row: Row, _width: int) -> list[str]:
    """A row a line between tabs."""
    return ["\t".join(row)]


def between_blanks(row: Row, _width: int) -> list[str]:
    """A row a line between blanks."""
    return [" ".join(row)]


def cell_a_line(row: Row, _width: int) -> list[str]:
    """A cell a line and nothing else."""
    return list(row)


CLOSED: tuple[Shape, ...] = (
    row_with_pipes,
    row_between_pipes,
    row_in_tight_pipes,
    cell_with_pipe,
    pipe_below_cell,
    pipe_above_row,
)
"""The shapes in which every cell has its pipe, be it blank."""

OPEN: tuple[Shape, ...] = (blanks_moved, blanks_moved_in_rows, between_blanks, cell_a_line)
"""The shapes that lose the place of a blank cell."""
