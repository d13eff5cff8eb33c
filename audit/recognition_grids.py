"""Rows of a grid in which one nought, one mark or one blank was merged over several figures.

What such a cell prints is said of every column it covers. Only rows that then have as many cells
as the longest are taken apart: in the grids of word processors a cell often covers two columns for
no reason but a line that was drawn askew.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audit.recognition_text import MARKS, folded, is_value
from audit.source import SourceCell


def unmerged(cells: Sequence[SourceCell]) -> Iterator[SourceCell]:
    """Yield the cells of a table, those merged over several figures once for each."""
    rows: dict[int, list[SourceCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    filled = [_values(row) for row in rows.values() if any(is_value(cell.text) for cell in row)]
    wide = _commonest(cell.colspan for row in filled for cell in row if is_value(cell.text))
    width = max(map(len, filled), default=0)
    for row in rows.values():
        values = _values(row)
        apart = [one for cell in values for one in _apart(cell, wide)]
        yield from row[: len(row) - len(values)]
        yield from apart if len(values) < width == len(apart) else values


def _commonest(numbers: Iterable[int]) -> int:
    found = Counter(numbers).most_common(1)
    return found[0][0] if found else 1


def _values(row: Sequence[SourceCell]) -> Sequence[SourceCell]:
    """Return the cells behind the last one that holds words."""
    words = [
        place
        for place, cell in enumerate(row, start=1)
        if cell.text.strip() and not is_value(cell.text)
    ]
    return row[max(words, default=0) :]


def _apart(cell: SourceCell, wide: int) -> Iterator[SourceCell]:
    plain = folded(cell.text).strip()
    counts_nothing = not plain.strip("0") or plain in MARKS
    steps = max(cell.colspan // wide, 1) if counts_nothing else 1
    for step in range(steps):
        yield replace(cell, column=cell.column + step * wide, colspan=cell.colspan // steps)
