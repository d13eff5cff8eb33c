"""A table of the form as data: one description from which every format is drawn and read.

A ``Grid`` is rows of cells with spans, as a person would draw them; ``placed`` says at which row
and column each of them lies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell is: a head of columns or rows, a remark of the form, or a figure."""

    COLUMN_HEAD = "column_head"
    ROW_HEAD = "row_head"
    NOTE = "note"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: printed words, or the code of the figure that stands in it.

    ``upright`` asks for words set from top to bottom (竖排) in a narrow column.
    """

    kind: Kind
    content: str
    rowspan: int = 1
    colspan: int = 1
    upright: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its caption, the share of the width each column has, its head and its bodies.

    ``widths`` are in millimetres of the 156 mm that a page of GB/T 9704 leaves. The head is
    repeated on every page; a column head inside a body counts for that body alone.
    """

    name: str
    caption: str
    widths: tuple[float, ...]
    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, the head first."""
        return (*self.head, *(row for body in self.bodies for row in body))


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its place; ``part`` is 0 in the head and n in the nth body."""

    cell: Cell
    row: int
    column: int
    part: int

    @property
    def columns(self) -> range:
        """The columns the cell covers."""
        return range(self.column, self.column + self.cell.colspan)

    @property
    def rows(self) -> range:
        """The rows the cell covers."""
        return range(self.row, self.row + self.cell.rowspan)


def placed(grid: Grid) -> Iterator[Placed]:
    """Yield every cell with its place, row by row; raises ``ValueError`` where cells overlap."""
    taken: set[tuple[int, int]] = set()
    number = 0
    for part, rows in enumerate((grid.head, *grid.bodies)):
        for row in rows:
            for cell in row:
                column = next(
                    place for place in range(len(grid.widths)) if (number, place) not in taken
                )
                found = Placed(cell, number, column, part)
                places = {(r, c) for r in found.rows for c in found.columns}
                if places & taken or found.columns.stop > len(grid.widths):
                    raise ValueError(f"{grid.name}: cells overlap in row {number}")
                taken |= places
                yield found
            number += 1


def heads_of(figure: Placed, cells: list[Placed]) -> list[Placed]:
    """Return the heads that a figure stands under and beside, in reading order."""
    return [
        other
        for other in cells
        if (
            other.cell.kind is Kind.COLUMN_HEAD
            and other.part in {0, figure.part}
            and other.row < figure.row
            and figure.column in other.columns
        )
        or (other.cell.kind is Kind.ROW_HEAD and figure.row in other.rows)
    ]
