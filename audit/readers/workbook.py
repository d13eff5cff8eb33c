"""The parts of a workbook (xlsx): its visible sheets, its strings, and what each cell shows.

Hidden rows, columns and sheets are left out, and what remains is counted from 0 as if they were
not there. Values are those saved with the file; formulas are not worked out.

Source: ECMA-376 part 1, 18.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from audit.readers.archive import Archive, attribute, child, local
from audit.readers.flow import Positions
from audit.readers.printed import printed
from audit.readers.shown_places import Shown
from audit.readers.unreadable import broken

KIND = "Excel 工作簿（xlsx）"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The size of a sheet; a reference beyond it is damage."""

DIGITS = 15
"""Significant digits of a number that Excel shows."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ON = frozenset({"1", "true"})
_EDGES = ("left", "right", "top", "bottom")


@dataclass(slots=True)
class SheetCell:
    """One cell that is shown, at its place among what is shown; ``reference`` is Excel's."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    bordered: bool
    reference: str


class Workbook:
    """An open workbook; every method raises ``UnreadableFile`` and nothing else."""

    def __init__(self, content: bytes) -> None:
        self._archive = Archive(content, KIND)
        self._main = (self._archive.related("", "officeDocument") or ["xl/workbook.xml"])[0]
        if self._main not in self._archive.names:
            raise broken(KIND)
        self._strings = [_words(item) for item in self._part("sharedStrings")]
        self._bordered = _bordered_formats(self._part("styles"))
        self._positions = Positions()

    def _part(self, kind: str) -> etree._Element | list[etree._Element]:
        found = self._archive.related(self._main, kind)
        return self._archive.xml(found[0]) if found else []

    def sheets(self) -> Iterator[tuple[str, list[SheetCell]]]:
        """Yield the name and the cells of each visible sheet, in the order of their tabs."""
        parts = {
            identity: part
            for identity, kind, part in self._archive.relations(self._main)
            if kind == "worksheet"
        }
        listed = child(self._archive.xml(self._main), "sheets")
        for sheet in () if listed is None else listed:
            part = parts.get(attribute(sheet, "id") or "")
            if part and (attribute(sheet, "state") or "visible") == "visible":
                name = printed(attribute(sheet, "name") or "")
                yield name, self._cells(self._archive.xml(part))

    def _cells(self, sheet: etree._Element) -> list[SheetCell]:
        merged = _merged_ranges(sheet)
        rows, columns = _hidden(sheet)
        found = list(self._saved_cells(sheet))
        last_row = max((row for row, *_ in found), default=0)
        last_column = max((column for _, column, *_ in found), default=0)
        cells = []
        for row, column, text, bordered in found:
            bottom, right = merged.get((row, column), (row, column))
            top, left = rows.place(row), columns.place(column)
            rowspan = rows.place(min(bottom, last_row) + 1) - top
            colspan = columns.place(min(right, max(last_column, column)) + 1) - left
            if rowspan > 0 and colspan > 0:
                self._positions.cover(rowspan, colspan)
                reference = f"{column_letters(column)}{row + 1}"
                cells.append(SheetCell(top, left, rowspan, colspan, text, bordered, reference))
        return _uncovered(cells)

    def _saved_cells(self, sheet: etree._Element) -> Iterator[tuple[int, int, str, bool]]:
        """Yield row, column, text and border of each cell in the file; places count from 0."""
        row = -1
        data = child(sheet, "sheetData")
        for line in () if data is None else data:
            row = _index(attribute(line, "r"), row + 1)
            column = -1
            for cell in line:
                place = _place(attribute(cell, "r") or "")
                column = place[1] if place else column + 1
                if row >= LAST_ROW or column >= LAST_COLUMN:
                    raise broken(KIND)
                self._positions.cover(1, 1)
                yield row, column, self._text(cell), attribute(cell, "s") in self._bordered

    def _text(self, cell: etree._Element) -> str:
        kind = attribute(cell, "t") or "n"
        if kind == "inlineStr":
            inline = child(cell, "is")
            return "" if inline is None else _words(inline)
        value = child(cell, "v")
        saved = "" if value is None else value.text or ""
        if kind == "s":
            number = _index(saved.strip(), 0, first=0)
            if number >= len(self._strings):
                raise broken(KIND)
            return self._strings[number]
        if kind == "n":
            return shown_number(saved.strip())
        if kind == "b":
            return "TRUE" if saved.strip() in _ON else "FALSE"
        return printed(saved).strip()


def shown_number(saved: str) -> str:
    """Return a number as Excel shows it without a format: ``2.0`` is 2, 0.30000000000000004 0.3."""
    try:
        number = Decimal(saved)
        if not number.is_finite() or abs(number.adjusted()) > DIGITS:
            return printed(saved)
        return f"{Decimal(f'{number:.{DIGITS}g}').normalize() + 0:f}"
    except (InvalidOperation, ValueError):
        return printed(saved)


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _index(text: str | None, default: int, *, first: int = 1) -> int:
    """Return a number of the file that counts from ``first``, as one that counts from 0."""
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LAST_ROW))):
        raise broken(KIND)
    return max(0, int(text) - first)


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column of a reference such as ``B5``, counted from 0."""
    found = _REFERENCE.fullmatch(reference.upper())
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return max(0, int(found.group(2)) - 1), column - 1


def _words(item: etree._Element) -> str:
    """Return the text of a string item without its phonetic runs (rPh)."""
    texts = []
    for element in item:
        if local(element) == "t":
            texts.append(element.text or "")
        elif local(element) == "r":
            texts += [one.text or "" for one in element if local(one) == "t"]
    return printed("".join(texts)).strip()


def _bordered_formats(styles: etree._Element | list[etree._Element]) -> frozenset[str]:
    """Return the numbers of the cell formats that draw a line on any side."""
    parts = {local(part): part for part in styles}
    drawn = [
        any(
            local(edge) in _EDGES and attribute(edge, "style") not in {None, "none"} for edge in one
        )
        for one in parts.get("borders", ())
    ]
    formats = parts.get("cellXfs", ())
    return frozenset(
        str(number)
        for number, one in enumerate(formats)
        if (border := _index(attribute(one, "borderId"), 0, first=0)) < len(drawn) and drawn[border]
    )


def _merged_ranges(sheet: etree._Element) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the last row and column of each merged range by its first."""
    ranges = {}
    listed = child(sheet, "mergeCells")
    for one in () if listed is None else listed:
        first, _, last = (attribute(one, "ref") or "").partition(":")
        start, end = _place(first), _place(last or first)
        if start and end:
            ranges[start] = end
    return ranges


def _hidden(sheet: etree._Element) -> tuple[Shown, Shown]:
    rows = []
    number = -1
    data = child(sheet, "sheetData")
    for row in () if data is None else data:
        number = _index(attribute(row, "r"), number + 1)
        if attribute(row, "hidden") in _ON:
            rows.append((number, number + 1))
    columns = []
    listed = child(sheet, "cols")
    for one in () if listed is None else listed:
        if attribute(one, "hidden") in _ON:
            first = _index(attribute(one, "min"), 0)
            columns.append((first, _index(attribute(one, "max"), first) + 1))
    return Shown(rows), Shown(columns)


def _uncovered(cells: list[SheetCell]) -> list[SheetCell]:
    """Leave out the empty cells that lie under a merged one."""
    covered = {
        (row, column)
        for cell in cells
        if cell.rowspan > 1 or cell.colspan > 1
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
        if (row, column) != (cell.row, cell.column)
    }
    return [cell for cell in cells if (cell.row, cell.column) not in covered]
