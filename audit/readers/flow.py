"""Text as it flows in docx and html: lines and tables in order, and the same inside each cell.

Whether a table holds data or only places things on the page shows when it is whole: then its cells
become a `SourceTable`, or their content is poured out in order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.readers.limits import MAX_LINES, MAX_POSITIONS, MAX_SPAN
from audit.readers.printed import one_line, printed
from audit.readers.unreadable import too_large, without_words
from audit.source import Block, Line, Source, SourceCell, SourceTable

LONG_TEXT = 400
"""Characters no cell of a data table has: the longest label of the form has 60, its note 40."""


_SPACES = " \u3000\u00a0\r\n"
"""White space at the ends of a line but for the tabs of a row."""
_TITLE = re.compile(r"[一二三四五六七]\s*、\D*$|\D{2,40}\d{4}\s*年.{0,30}(?:年度报告|年报)$")
"""A numbered title, or that of the report: what stands over the tables, at times in their frame."""
_NOTE = re.compile(r"[(（]?\s*(?:注|备注|说明|填表说明|本列数据)")


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line or paragraph; ``heading`` as the format says it."""

    text: str
    heading: bool


@dataclass(slots=True)
class Flow:
    """Lines and tables in order, and the line that is still being written."""

    parts: "list[FlowLine | FlowTable]" = field(default_factory=list)
    pending: list[str] = field(default_factory=list)

    def write(self, text: str | None) -> None:
        """Add text to the line being written."""
        if text:
            self.pending.append(text)

    def end_line(self, *, heading: bool = False) -> None:
        """Finish the line being written; nothing happens where it is blank."""
        if self.pending:
            text = printed("".join(self.pending)).strip(_SPACES)
            self.pending.clear()
            if text.strip():
                self.parts.append(FlowLine(text, heading))

    def drop_repeated(self) -> None:
        """Take the last line away where it says again what stands just above it."""
        match self.parts[-2:]:
            case [FlowLine(text=above), FlowLine(text=text)] if above == text:
                self.parts.pop()

    def words(self) -> str:
        """Return all text, a break between its lines, cells of inner tables as lines."""
        return "\n".join(
            part.text
            if isinstance(part, FlowLine)
            else "\n".join(cell.flow.words() for cell in part.cells)
            for part in self.parts
        )


@dataclass(slots=True)
class FlowCell:
    """One cell at its place in the grid, with what flows in it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    flow: Flow


@dataclass(slots=True)
class FlowTable:
    """One table with its cells by row, then by column."""

    cells: list[FlowCell]

    @property
    def is_layout(self) -> bool:
        """Whether it only places things: it holds tables or long text, or a single cell's words."""
        filled = sum(bool(cell.flow.parts) for cell in self.cells)
        return filled <= 1 or any(_is_page(cell.flow) for cell in self.cells)

    @property
    def width(self) -> int:
        """The number of its columns."""
        return max(cell.column + cell.colspan for cell in self.cells)


def _is_page(flow: Flow) -> bool:
    """Say whether a cell holds what a page holds: a table with rows and columns, or long text."""
    length = 0
    for part in flow.parts:
        if isinstance(part, FlowLine):
            length += len(part.text)
        elif len(part.cells) > 1:
            return True
        else:
            length += sum(len(cell.flow.words()) for cell in part.cells)
    return length > LONG_TEXT


def _is_text(words: str) -> bool:
    """Say whether a row that runs across a table holds a title or sentences of the report."""
    return _TITLE.match(words) is not None or (words.endswith("。") and not _NOTE.match(words))


class Positions:
    """Counts the grid positions that tables cover, and refuses a file that covers too many."""

    def __init__(self) -> None:
        self._covered = 0

    def span(self, asked: int) -> int:
        """Return a span within the limit, at least 1."""
        return max(1, min(asked, MAX_SPAN))

    def cover(self, rowspan: int, colspan: int) -> None:
        """Count one cell; raises ``UnreadableFile`` past the limit."""
        self._covered += rowspan * colspan
        if self._covered > MAX_POSITIONS:
            raise too_large("表格", f"{MAX_POSITIONS}格")


class Blocks:
    """Collects what a reader finds, numbered in order.

    Lines without a place of their own are counted: ``第12段``. Tables are ``表2``, or ``第3页表1``
    where the reader gives a prefix, and their cells ``表2第4行第1列``.
    """

    def __init__(self) -> None:
        self._blocks: list[Block] = []
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
        """Add a table."""
        ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
        self._blocks.append(SourceTable(ordered, place, len(self._blocks) + 1))

    def next_table(self) -> str:
        """Return the place of the next table of a file that counts its tables through."""
        self._tables += 1
        return f"表{self._tables}"

    def flow(self, flow: Flow, place: str | None = None) -> None:
        """Add what flows, layout tables poured out."""
        for part in flow.parts:
            if isinstance(part, FlowLine):
                self.line(part.text, place, heading=part.heading)
            elif part.is_layout:
                for cell in part.cells:
                    self.flow(cell.flow, place)
            else:
                self._table(part, place or self.next_table(), place)

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
        return Source(tuple(self._blocks))


def _blanks(line: str) -> tuple[int, int]:
    """Return the cells that tabs leave blank at both ends of a row.

    A tab before a line without any other sets it in, and a lone one at its end is no cell.
    """
    row = line.strip(_SPACES)
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
