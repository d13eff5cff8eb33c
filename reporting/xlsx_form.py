"""A grid of the form as a worksheet: heads merged as drawn, figures as numbers in their cells."""

from collections.abc import Mapping
from decimal import Decimal
from math import ceil

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reporting.grid import Grid, Kind, Placed, placed
from reporting.table_look import SETTINGS, is_centred

FAMILY = "宋体"
TITLE_ROWS = 2
"""The report's title and the table's caption stand above the form."""
COLUMN_UNIT = 1.9
"""Millimetres of a column per unit of width, which is a digit of the default type."""
POINTS_PER_MM = 72 / 25.4
CHARACTER_WIDTH = 4.0
"""Millimetres a Chinese character of 五号 takes, with room to spare."""
LINE = 15
"""Points from line to line of 五号."""
STACKED = 270
"""The rotation by which a worksheet sets characters one below the other."""
SPREAD = 1.5
"""How much wider a screen shows the form than the 156 mm of the page."""


def add_form(
    book: Workbook, name: str, grid: Grid, figures: Mapping[str, int | Decimal], title: str
) -> dict[str, str]:
    """Add a sheet with one table of the form and return where each code's figure stands."""
    sheet = book.add_worksheet(name)
    formats = Formats(book)
    last = len(grid.widths) - 1
    write_across(sheet, (0, 0, 0, last), title, formats.title)
    write_across(sheet, (1, 0, 1, last), grid.caption, formats.caption)
    sheet.set_row(0, 28)
    for place, width in enumerate(grid.widths):
        sheet.set_column(place, place, SPREAD * width / COLUMN_UNIT)
    addresses = {}
    for one in placed(grid):
        row, column = one.row + TITLE_ROWS, one.column
        if one.cell.kind is Kind.FIGURE:
            addresses[one.cell.content] = f"'{name}'!{xl_rowcol_to_cell(row, column)}"
        _write(sheet, one, figures, formats.of(grid, one))
    for number, height in enumerate(_heights(grid), TITLE_ROWS):
        sheet.set_row(number, height)
    _set_up_print(sheet, grid)
    return addresses


def write_across(
    sheet: Worksheet, place: tuple[int, int, int, int], words: str, face: Format
) -> None:
    """Write words over several cells, as words: what begins with ``=`` is no formula."""
    first_row, first_column, last_row, last_column = place
    if (first_row, first_column) != (last_row, last_column):
        sheet.merge_range(first_row, first_column, last_row, last_column, "", face)
    sheet.write_string(first_row, first_column, words, face)


class Formats:
    """The faces of a sheet's cells, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self.title = self.face(bold=True, font_size=16, align="center", shrink=True)
        self.caption = self.face(font_name="黑体", font_size=12, align="left")

    def of(self, grid: Grid, one: Placed) -> Format:
        """Return the face of one cell of the form."""
        centred = is_centred(one, SETTINGS[grid.name])
        upright: dict[str, object] = {"rotation": STACKED} if one.cell.upright else {}
        return self.face(border=1, align="center" if centred else "left", text_wrap=True, **upright)

    def face(self, **properties: object) -> Format:
        """Return a face of the house with these properties besides."""
        house: dict[str, object] = {"font_name": FAMILY, "font_size": 10.5, "valign": "vcenter"}
        face = house | properties
        key = tuple(sorted(face.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(face)
        return self._made[key]


def _write(
    sheet: Worksheet, one: Placed, figures: Mapping[str, int | Decimal], face: Format
) -> None:
    row, column = one.row + TITLE_ROWS, one.column
    place = (row, column, one.rows.stop - 1 + TITLE_ROWS, one.columns.stop - 1)
    if one.cell.kind is not Kind.FIGURE:
        write_across(sheet, place, one.cell.content, face)
        return
    if one.cell.colspan > 1:
        sheet.merge_range(*place, "", face)
    sheet.write_number(row, column, float(figures[one.cell.content]), face)


def _heights(grid: Grid) -> list[float]:
    """Return each row's height in points: room for its longest words at their cell's width."""
    heights = [SETTINGS[grid.name].row_height * POINTS_PER_MM] * len(grid.rows)
    for one in placed(grid):
        if one.cell.rowspan == 1 and one.cell.kind is not Kind.FIGURE:
            width = SPREAD * sum(grid.widths[place] for place in one.columns)
            lines = ceil(len(one.cell.content) * CHARACTER_WIDTH / width)
            heights[one.row] = max(heights[one.row], LINE * lines)
    return heights


def _set_up_print(sheet: Worksheet, grid: Grid) -> None:
    if grid.name != "table2":
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1)
    if grid.head:
        sheet.repeat_rows(TITLE_ROWS, TITLE_ROWS + len(grid.head) - 1)
    figures = [one.column for one in placed(grid) if one.cell.kind is Kind.FIGURE]
    sheet.freeze_panes(TITLE_ROWS + len(grid.head), min(figures))
    sheet.hide_gridlines(2)
    sheet.set_footer("&C第 &P 页")
