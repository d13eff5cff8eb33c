"""A file as its reader gives it: lines and tables in reading order, each with its place.

What a format knows is kept (which cell spans what, which line is a heading); what the form means is
not yet asked.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of running text, white space at the ends taken off, never empty.

    Attributes:
        text: as printed.
        place: where it stands, in Chinese and for people: ``第3页``, ``第120行``.
        number: its place in the order of the file, counted up over lines and tables together.
        heading: the format itself says it is a heading.
        blanks: how many cells its tabs leave blank before the text and after it.
    """

    text: str
    place: str
    number: int
    heading: bool = False
    blanks: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell of a table at its place in the grid; ``row`` and ``column`` count from 0.

    A merged cell is there once, at its upper left corner, with its spans. ``text`` has its line
    breaks as blanks taken out between Chinese characters, and is empty where nothing is printed.
    """

    text: str
    row: int
    column: int
    place: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One table; cells by row, then by column. A table broken over pages is one table per page."""

    cells: tuple[SourceCell, ...]
    place: str
    number: int


Block: TypeAlias = Line | SourceTable


@dataclass(frozen=True, slots=True)
class Source:
    """A whole file, in reading order.

    ``pictures`` says of each picture behind how many blocks it stands; no reader looks into one.
    """

    blocks: tuple[Block, ...]
    pictures: tuple[int, ...] = ()
