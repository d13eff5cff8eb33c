"""Tables by their ruled lines: which cells the lines enclose, and what stands in each.

Lines that touch belong to one table. Where they cross makes the grid; two places of the grid with
no line between them are one cell.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from audit.readers.blocks import source_cell
from audit.readers.pdf_lines import cell_text
from audit.readers.pdf_page import Drawn, Glyph, Rule
from audit.source import SourceCell

TOUCH = 3.0
"""Points: lines nearer than this meet, or are the two strokes of one double line."""

COVERED = 0.6
"""Share of a cell's side that lines must cover to close it."""

MAX_GRID = 12_000
"""Places of one grid; squared paper is not a table."""

MAX_RULES = 1_000
"""Rules of one page after pieces are joined: table three has 45; more are a drawing."""


@dataclass(slots=True, eq=False)
class RuledTable:
    """One table on a page: the edges of its columns and rows, and its cells."""

    across: list[float]
    down: list[float]
    cells: "list[RuledCell]"
    owners: "dict[tuple[int, int], RuledCell]"

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.down[0]

    @property
    def size(self) -> float:
        """The area."""
        return (self.across[-1] - self.across[0]) * (self.down[-1] - self.down[0])

    def cell_at(self, run: list[Glyph]) -> "RuledCell | None":
        """Return the cell in which the middle of a run of characters stands."""
        row = bisect_right(self.down, run[0].middle) - 1
        column = bisect_right(self.across, (run[0].left + run[-1].right) / 2) - 1
        return self.owners.get((row, column))

    def source_cells(self, where: str) -> list[SourceCell]:
        """Return the cells with their words."""
        return [
            source_cell(
                cell_text(cell.glyphs), cell.row, cell.column, where, (cell.rowspan, cell.colspan)
            )
            for cell in self.cells
        ]


@dataclass(slots=True, eq=False)
class RuledCell:
    """One cell and the characters in it, in the order of the file."""

    row: int
    column: int
    rowspan: int
    colspan: int
    glyphs: list[Glyph]


def ruled_tables(drawn: Drawn) -> list[RuledTable]:
    """Return the tables of a page, the smallest first; a box with one cell is none."""
    level, upright = joined(drawn.level), joined(drawn.upright)
    if len(level) + len(upright) > MAX_RULES:
        return []
    tables = (_table(*group) for group in _touching(level, upright))
    return sorted((table for table in tables if table), key=lambda table: table.size)


def joined(rules: list[Rule]) -> list[Rule]:
    """Return the rules with the pieces of one line put together."""
    lines: list[Rule] = []
    for at, pieces in _by_place(rules):
        start, end = pieces[0].start, pieces[0].end
        for piece in pieces[1:]:
            if piece.start <= end + TOUCH:
                end = max(end, piece.end)
            else:
                lines.append(Rule(at, start, end))
                start, end = piece.start, piece.end
        lines.append(Rule(at, start, end))
    return [line for line in lines if line.end - line.start > 2 * TOUCH]


def _by_place(rules: list[Rule]) -> Iterable[tuple[float, list[Rule]]]:
    """Yield rules that lie at one place across, sorted along it."""
    run: list[Rule] = []
    for rule in sorted(rules):
        if run and rule.at - run[0].at > TOUCH:
            yield run[0].at, sorted(run, key=lambda one: one.start)
            run = []
        run.append(rule)
    if run:
        yield run[0].at, sorted(run, key=lambda one: one.start)


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.start - TOUCH <= upright.at <= level.end + TOUCH
        and upright.start - TOUCH <= level.at <= upright.end + TOUCH
    )


def _touching(level: list[Rule], upright: list[Rule]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Yield the rules of each set that hangs together."""
    left_level, left_upright = set(level), set(upright)
    while left_level:
        waiting = [left_level.pop()]
        group_level, group_upright = [], []
        while waiting:
            line = waiting.pop()
            group_level.append(line)
            crossing = [other for other in left_upright if _meet(line, other)]
            left_upright.difference_update(crossing)
            group_upright += crossing
            for other in crossing:
                found = [one for one in left_level if _meet(one, other)]
                left_level.difference_update(found)
                waiting += found
        yield group_level, group_upright


def _edges(places: list[float], ends: list[float]) -> list[float]:
    """Return where rows or columns begin and end; a table open at a side ends with its lines."""
    edges: list[float] = []
    for place in sorted([*places, min(ends), max(ends)]):
        if not edges or place - edges[-1] > TOUCH:
            edges.append(place)
    return edges


def _table(level: list[Rule], upright: list[Rule]) -> RuledTable | None:
    if not upright:
        return None
    across = _edges([line.at for line in upright], [end for line in level for end in line[1:]])
    down = _edges([line.at for line in level], [end for line in upright for end in line[1:]])
    if (len(across) - 1) * (len(down) - 1) > MAX_GRID:
        return None
    walls = _Walls(across, down, level, upright)
    cells, owners = _cells(len(down) - 1, len(across) - 1, walls)
    return RuledTable(across, down, cells, owners) if len(cells) > 1 else None


class _Walls:
    """Which sides of the places of a grid are closed by a line."""

    def __init__(
        self, across: list[float], down: list[float], level: list[Rule], upright: list[Rule]
    ) -> None:
        self.right = _closed(across, down, upright)
        self.below = _closed(down, across, level)


def _closed(at: list[float], along: list[float], rules: list[Rule]) -> set[tuple[int, int]]:
    """Return the sides that are closed, as (step along, edge across)."""
    found: set[tuple[int, int]] = set()
    for rule in rules:
        edge = min(range(len(at)), key=lambda number: abs(at[number] - rule.at))
        for step, (start, end) in enumerate(pairwise(along)):
            shared = min(end, rule.end) - max(start, rule.start)
            if shared >= COVERED * (end - start):
                found.add((step, edge))
    return found


def _cells(
    rows: int, columns: int, walls: _Walls
) -> tuple[list[RuledCell], dict[tuple[int, int], RuledCell]]:
    """Return the cells: from each free place as far right and then down as no line stands."""
    cells: list[RuledCell] = []
    owners: dict[tuple[int, int], RuledCell] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owners:
                continue
            right = column + 1
            while (
                right < columns and (row, right) not in walls.right and (row, right) not in owners
            ):
                right += 1
            bottom = row + 1
            while bottom < rows and _goes_on(bottom, range(column, right), walls):
                bottom += 1
            cell = RuledCell(row, column, bottom - row, right - column, [])
            cells.append(cell)
            for place in range(row, bottom):
                owners.update({(place, one): cell for one in range(column, right)})
    return cells, owners


def _goes_on(row: int, columns: range, walls: _Walls) -> bool:
    """Say whether a row belongs to the cell above: no line between, none inside, none missing."""
    if any((column, row) in walls.below for column in columns):
        return False
    return not any((row, column) in walls.right for column in columns[1:])
