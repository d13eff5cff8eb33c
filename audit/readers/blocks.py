"""What readers find, in order and with places: the lines and tables of a source."""

import re
from collections.abc import Sequence
from itertools import groupby

from audit.readers.flow import SPACES, Flow, FlowCell, FlowLine, FlowTable
from audit.readers.limits import MAX_LINES
from audit.readers.printed import one_line, printed
from audit.readers.unreadable import too_large, without_words
from audit.source import Block, Line, Source, SourceCell, SourceTable

_TITLE = re.compile(r"[一二三四五六七]\s*、\D*$|\D{2,40}\d{4}\s*年.{0,30}(?:年度报告|年报)$")
"""A numbered title, or that of the report: what stands over the tables, at times in their frame."""
_SECTION = re.compile(r"[一二三四五六七]\s*、\D*(?:情况|概况|事项)$")
"""A numbered title that cannot be the label of a row."""
_NOTE = re.compile(r"[(（]?\s*(?:注|备注|说明|填表说明|本列数据)")


def _is_text(words: str) -> bool:
    """Say whether a row that runs across a table holds a title or sentences of the report."""
    return _TITLE.match(words) is not None or (words.endswith("。") and not _NOTE.match(words))


def _is_across(cell: SourceCell, width: int) -> bool:
    """Say whether the only filled cell of its row holds text of the report and no label."""
    if cell.colspan == width > 1:
        return _is_text(cell.text)
    return width > 1 and cell.rowspan == 1 and _SECTION.match(cell.text) is not None


class Blocks:
    """Collects what a reader finds, numbered in order.

    Lines without a place of their own are counted: ``第12段``. Tables are ``表2``, or ``第3页表1``
    where the reader gives a prefix, and their cells ``表2第4行第1列``.
    """

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._pictures: list[int] = []
        self._lines = 0
        self._tables = 0

    def line(self, text: str, place: str | None = None, *, heading: bool = False) -> None:
        """Add each line of a text that is not blank."""
        for one in text.split("\n"):
            if words := one.strip():
                self._lines += 1
                if self._lines > MAX_LINES:
                    raise too_large("行数", f"{MAX_LINES}行")
                where = place or f"第{self._lines}段"
                line = Line(words, where, len(self._blocks) + 1, heading, _blanks(one))
                self._blocks.append(line)

    def table(self, cells: list[SourceCell], place: str) -> None:
        """Add a table, rows of text that run across it as the lines they are.

        So is a title alone in its row, where tables of several widths stand in one grid.
        """
        width = max((cell.column + cell.colspan for cell in cells), default=0)
        ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
        run: list[SourceCell] = []
        for _, members in groupby(ordered, key=lambda cell: cell.row):
            row = list(members)
            filled = [cell for cell in row if cell.text]
            if len(filled) == 1 and _is_across(filled[0], width):
                self._add_table(run, place)
                run = []
                self.line(filled[0].text, filled[0].place)
            else:
                run += row
        self._add_table(run, place)

    def _add_table(self, cells: list[SourceCell], place: str) -> None:
        if cells:
            self._blocks.append(SourceTable(tuple(cells), place, len(self._blocks) + 1))

    def next_table(self) -> str:
        """Return the place of the next table of a file that counts its tables through."""
        self._tables += 1
        return f"表{self._tables}"

    def flow(self, flow: Flow, place: str | None = None) -> None:
        """Add what flows, layout tables poured out."""
        for number, part in enumerate(flow.parts):
            if number in flow.pictures:
                self.picture()
            if isinstance(part, FlowLine):
                self.line(part.text, place, heading=part.heading)
            elif part.is_layout:
                for cell in part.cells:
                    self.flow(cell.flow, place)
            else:
                self._table(part, place or self.next_table(), place)
        if len(flow.parts) in flow.pictures:
            self.picture()

    def picture(self) -> None:
        """Take note that a picture stands behind the last line or table."""
        self._pictures.append(len(self._blocks))

    def _table(self, table: FlowTable, where: str, place: str | None) -> None:
        """Add a table, rows of text that run across it as the lines they are."""
        run: list[FlowCell] = []
        width = table.width
        for cell in table.cells:
            if cell.colspan == width > 1 and _is_text(cell.flow.words().strip()):
                self._run(run, where)
                run = []
                self.flow(cell.flow, place)
            else:
                run.append(cell)
        self._run(run, where)

    def _run(self, cells: Sequence[FlowCell], where: str) -> None:
        if cells:
            self.table([_source_cell(cell, where) for cell in cells], where)

    def source(self) -> Source:
        """Return the file; raises ``UnreadableFile`` where nothing was printed in it."""
        if not self._blocks:
            raise without_words()
        return Source(tuple(self._blocks), tuple(self._pictures))


def _blanks(line: str) -> tuple[int, int]:
    """Return the cells that tabs leave blank at both ends of a row.

    A tab before a line without any other sets it in, and a lone one at its end is no cell.
    """
    row = line.strip(SPACES)
    before = len(row) - len(row.lstrip("\t")) if "\t" in row.strip() else 0
    after = len(row) - len(row.rstrip("\t"))
    return before, after if after > 1 else 0


def source_cell(text: str, row: int, column: int, where: str, spans: tuple[int, int]) -> SourceCell:
    """Return a cell whose place is its row and column in the table at ``where``."""
    place = f"{where}第{row + 1}行第{column + 1}列"
    return SourceCell(one_line(printed(text)), row, column, place, *spans)


def _source_cell(cell: FlowCell, where: str) -> SourceCell:
    spans = (cell.rowspan, cell.colspan)
    return source_cell(cell.flow.words(), cell.row, cell.column, where, spans)
