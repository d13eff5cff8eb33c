"""Values of one row fitted to its columns, and what one table gives in the end."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations
from math import comb

from audit.published import PrintedCell, Unreadable
from audit.recognition_text import MOST_DIGITS, RUN_MARKS, money, whole_number
from audit.recognition_tokens import Kind, Token

NO_FIGURES = "各项目之后都没有数字，可能未填写，也可能在转换文件时丢失"


@dataclass(slots=True)
class TableReading:
    """What was read of one table.

    Attributes:
        table: ``table2`` to ``table4``.
        first: index of its first token.
        last: index of its last token.
        cells: what was read, by code.
        unreadable: what is there and was not read.
        absent: codes its layout does not have.
        notes: in Chinese.
    """

    table: str
    first: int
    last: int
    cells: dict[str, PrintedCell] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def put(self, code: str, token: Token | None, place: str, *, amount: bool = False) -> None:
        """Take a cell as it is printed; ``None`` is a cell where nothing stands."""
        self.cells[code] = printed_cell(token, place, amount=amount)

    def give_up(
        self, row: str | None, printed: str, reason: str, place: str, *, blanks: int = 0
    ) -> None:
        """Say of a row that it is there and cannot be read with certainty."""
        self.unreadable.append(Unreadable(self.table, row, printed, reason, place, blanks))

    def give_up_all(self, reason: str) -> None:
        """Say of the whole table that it is there and cannot be read; nothing read of it stays."""
        place = next((cell.place for cell in self.cells.values()), "")
        self.cells.clear()
        self.notes.clear()
        self.unreadable = [Unreadable(self.table, None, "", reason, place)]


def printed_cell(token: Token | None, place: str, *, amount: bool = False) -> PrintedCell:
    """Return the cell a value fills: its number, or None where it prints none."""
    if token is None or token.kind is Kind.BLANK:
        return PrintedCell("", None, token.place if token else place)
    value: int | Decimal | None = money(token.text) if amount else whole_number(token.text)
    return PrintedCell(token.text, value, token.place)


def cut_cell(printed: str, place: str) -> PrintedCell:
    """Return the cell of a number or a mark cut out of figures that were run together."""
    return PrintedCell(printed, whole_number(printed), place)


def digit_groups(values: Sequence[Token]) -> tuple[str, ...] | None:
    """Return the digits and marks of values, cut at white space only; None where there is more."""
    groups = [group for token in values for group in token.text.split()]
    return tuple(groups) if groups and all(map(_is_plain, groups)) else None


def _is_plain(group: str) -> bool:
    return group.strip(RUN_MARKS + "0123456789") == "" and len(group) <= MOST_DIGITS


def fitted(
    values: Sequence[Token], cells: int, offset: int | None = None
) -> list[Token | None] | None:
    """Return one value or None (blank) for each of so many cells, or None where that is not sure.

    Surplus blank cells at either end come from merged labels; ``offset`` says how many of them
    stand before the first figure in rows of the same width.
    """
    if len(values) == cells:
        return list(values)
    if not values or not all(token.separated for token in values):
        return None
    if any(token.joins for token in values):
        return None
    if len(values) < cells:
        # In a grid the cells that are not there were merged into others, and where the end of each
        # is marked they were left out: into which and where is not said.
        if any(token.column is not None or token.closed for token in values) or any(
            sum(map(str.isdigit, token.text)) >= cells > 1 for token in values
        ):
            return None
        return [*values, *[None] * (cells - len(values))]
    places = [place for place, token in enumerate(values) if token.kind is Kind.FIGURE]
    if not places:
        return list(values[:cells])
    offsets = [
        start
        for start in range(len(values) - cells + 1)
        if start <= places[0] and places[-1] < start + cells
    ]
    if offset is not None and offset in offsets:
        offsets = [offset]
    if len(offsets) > 1 and places[0] == 0:
        offsets = [0]
    return list(values[offsets[0] : offsets[0] + cells]) if len(offsets) == 1 else None


_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?\D*|[^,]*")
MOST_JOININGS = 4_000
"""Ways to choose the commas within numbers beyond which none is tried."""
MOST_MERGED = 4
"""Blank cells that merged labels leave at one end of a row at most."""


def every_joining(values: Sequence[Token], cells: int) -> list[tuple[Token, ...]]:
    """Return every way to read values as so many cells, some commas being those of thousands.

    Blank cells at the ends may come from merged labels and count as cells or not.
    """
    if not any(token.joins for token in values):
        return []
    shown = [place for place, token in enumerate(values) if token.kind is Kind.FIGURE]
    trimmed = (
        values[first : last + 1]
        for first in range(max(0, shown[0] - MOST_MERGED), shown[0] + 1)
        for last in range(shown[-1], min(len(values), shown[-1] + MOST_MERGED + 1))
    )
    return [way for part in trimmed for way in _joinings(part, cells)]


def _joinings(values: Sequence[Token], cells: int) -> Iterator[tuple[Token, ...]]:
    places = [place for place, token in enumerate(values) if token.joins]
    surplus = len(values) - cells
    if surplus < 0 or comb(len(places), surplus) > MOST_JOININGS:
        return
    for chosen in combinations(places, surplus):
        joined: list[Token] = []
        for place, token in enumerate(values):
            if place in chosen:
                above = joined[-1]
                joined[-1] = replace(above, text=f"{above.text},{token.text}", end=token.end)
            else:
                joined.append(token)
        if all(_THOUSANDS.fullmatch(token.text) for token in joined):
            yield tuple(joined)


def offsets_of(rows: Sequence[Sequence[Token]], cells: int) -> Mapping[int, int]:
    """Return for each width of row how many blank cells its full rows have before the figures."""
    found: dict[int, int] = {}
    for values in rows:
        places = [place for place, token in enumerate(values) if token.kind is Kind.FIGURE]
        if len(values) > cells and places and places[-1] - places[0] == cells - 1:
            found.setdefault(len(values), places[0])
    return found
