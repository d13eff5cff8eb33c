"""Text as it flows in docx and html: lines and tables in order, and the same inside each cell.

Whether a table holds data or only places things on the page shows when it is whole: then its cells
become a `SourceTable`, or their content is poured out in order.
"""

from dataclasses import dataclass, field

from audit.readers.limits import MAX_POSITIONS, MAX_SPAN
from audit.readers.printed import printed
from audit.readers.unreadable import too_large

LONG_TEXT = 400
"""Characters no cell of a data table has: the longest label of the form has 60, its note 40."""


SPACES = " \u3000\u00a0\r\n"
"""White space at the ends of a line but for the tabs of a row."""


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line or paragraph; ``heading`` as the format says it."""

    text: str
    heading: bool


@dataclass(slots=True)
class Flow:
    """Lines and tables in order, and the line that is still being written.

    ``pictures`` says of each picture how many lines and tables stand before it.
    """

    parts: "list[FlowLine | FlowTable]" = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    pictures: set[int] = field(default_factory=set)

    def write(self, text: str | None) -> None:
        """Add text to the line being written."""
        if text:
            self.pending.append(text)

    def picture(self) -> None:
        """Take note of a picture, as one behind the line being written."""
        written = any(text.strip() for text in self.pending[-2:])
        self.pictures.add(len(self.parts) + written)

    def end_line(self, *, heading: bool = False) -> None:
        """Finish the line being written; nothing happens where it is blank."""
        if self.pending:
            text = printed("".join(self.pending)).strip(SPACES)
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
