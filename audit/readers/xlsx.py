"""Workbooks (xlsx): each visible sheet as lines and tables.

What belongs to a table is told by rows. A row with several cells, filled or framed, does. A row
with one filled cell does where that cell is framed as tables are and stands against such rows;
otherwise it is a line: a title, a remark, a paragraph.
"""

from itertools import groupby

from audit.readers.blocks import Blocks
from audit.readers.flow import LONG_TEXT
from audit.readers.limits import MAX_POSITIONS
from audit.readers.printed import one_line
from audit.readers.unreadable import too_large
from audit.readers.workbook import SheetCell, Workbook
from audit.source import Source, SourceCell

Rows = dict[int, list[SheetCell]]


def read_xlsx(content: bytes) -> Source:
    """Return the lines and tables of a workbook; raises ``UnreadableFile``."""
    blocks = Blocks()
    for name, cells in Workbook(content).sheets():
        _read_sheet(f"工作表“{name}”", cells, blocks)
    return blocks.source()


def _read_sheet(place: str, cells: list[SheetCell], blocks: Blocks) -> None:
    rows: Rows = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            rows.setdefault(row, []).append(cell)
    shown = sorted(row for row, found in rows.items() if _may_be_table(found) or _filled(found))
    # Rows that follow one another without a gap and may all belong to one table.
    for (_, may_be_table), run in groupby(
        enumerate(shown), lambda one: (one[1] - one[0], _may_be_table(rows[one[1]]))
    ):
        numbers = [number for _, number in run]
        if may_be_table and any(_is_table(rows[number]) for number in numbers):
            _add_table(place, rows, numbers, blocks)
        else:
            _add_lines(place, rows, numbers, blocks)


def _filled(cells: list[SheetCell]) -> list[SheetCell]:
    return [cell for cell in cells if cell.text]


def _is_table(cells: list[SheetCell]) -> bool:
    framed = sum(cell.bordered for cell in cells)
    return len(_filled(cells)) > 1 or (framed > 1 and any(cell.text for cell in cells))


def _may_be_table(cells: list[SheetCell]) -> bool:
    framed = [cell for cell in cells if cell.bordered]
    return _is_table(cells) or (bool(framed) and all(len(one.text) <= LONG_TEXT for one in framed))


def _add_lines(place: str, rows: Rows, numbers: list[int], blocks: Blocks) -> None:
    for number in numbers:
        for cell in _filled(rows[number]):
            if cell.row == number:
                blocks.line(cell.text, f"{place}{cell.reference}")


def _add_table(place: str, rows: Rows, numbers: list[int], blocks: Blocks) -> None:
    """Add a table; places without a cell inside its frame are blank cells of it."""
    first, last = numbers[0], numbers[-1]
    inside = {
        (cell.row, cell.column): cell
        for number in numbers
        for cell in rows[number]
        if cell.bordered or cell.text
    }
    left = min(cell.column for cell in inside.values())
    right = max(cell.column + cell.colspan for cell in inside.values())
    if len(numbers) * (right - left) > MAX_POSITIONS:
        raise too_large("表格", f"{MAX_POSITIONS}格")
    taken: set[tuple[int, int]] = set()
    found = []
    for cell in inside.values():
        top = max(cell.row, first)
        height = min(cell.row + cell.rowspan, last + 1) - top
        taken |= {
            (row, column)
            for row in range(top, top + height)
            for column in range(cell.column, cell.column + cell.colspan)
        }
        found.append(
            SourceCell(
                one_line(cell.text),
                top - first,
                cell.column - left,
                f"{place}{cell.reference}",
                height,
                cell.colspan,
            )
        )
    found += [
        SourceCell("", row - first, column - left, f"{place}第{row + 1}行")
        for row in numbers
        for column in range(left, right)
        if (row, column) not in taken
    ]
    blocks.table(found, place)
