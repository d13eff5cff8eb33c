"""How a text closes the cells of its tables with pipes: each page converter has a way of its own.

A pipe may stand behind each cell, on a line of its own below it, around each row, or behind the row
for all that merged cells cover; and some move the pipes of blank cells there too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.recognition_text import folded, is_value
from audit.source import Block, Line

PIPE = "|"
LONGEST_ROW = 400
"""Characters of a line beyond which it is text and no row of a table."""
SURPLUS = re.compile(r"(?<!\S)\|{2,}\s*$")
"""Pipes side by side at a line's end: they stand for what a merged cell covers."""
_MOST_SURPLUS = 3
"""Pipes a row of figures has at its end at most for what its merged label covers."""
_FIGURE_LAST = re.compile(r"(?:^|\|)\s*\d[\d,.]*\s*\|?\s*$")
_LABEL_LAST = re.compile(r"(?:申请数量|继续办理|国家秘密|重复申请)\s*\|?\s*$")
_FIRST_CELL = re.compile(r"\s*(?:信息内容|规章|自然人|结果维持|一、本年)[^|]*\|")
_LABEL_WITH_FIGURE = re.compile(r"[^\d\s]\s+\d+\s*$")


@dataclass(frozen=True, slots=True)
class Pipes:
    """What holds of all rows of a text.

    Attributes:
        opened: the first pipe of a line opens the row; else a blank cell stands before it.
        moved: the pipes of blank cells stand at the end of their row, so that their places are
            lost.
    """

    opened: bool
    moved: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Pipes":
        """Return how a text uses its pipes."""
        rows = [line for line in lines if PIPE in line and len(line) <= LONGEST_ROW]
        opened = not any(_FIRST_CELL.match(row) for row in rows)
        return cls(opened=opened, moved=bool(rows) and _moves_blanks(lines))

    def fields(self, row: str) -> tuple[int, list[str]]:
        """Return where the first cell of a row begins, and the cells, outer pipes left off."""
        shown = SURPLUS.sub("", row)
        if not shown.strip():
            return 0, []
        start = 0
        cells = shown.split(PIPE)
        if self.opened and shown.lstrip().startswith(PIPE) and shown.strip() != PIPE:
            start = shown.index(PIPE) + 1
            cells = cells[1:]
        if len(cells) > 1 and not cells[-1].strip():
            cells = cells[:-1]
        while self.moved and cells and not cells[-1].strip():
            cells = cells[:-1]
        return start, cells


def _moves_blanks(lines: Sequence[str]) -> bool:
    in_row = False
    for line in lines:
        surplus = SURPLUS.search(line) if PIPE in line else None
        if surplus and surplus[0].count(PIPE) > _MOST_SURPLUS:
            before = line[: surplus.start()].strip()
            if _is_row(before) if before else in_row:
                return True
        if line.strip() != PIPE:
            in_row = _is_row(line)
    return False


def _is_row(text: str) -> bool:
    """Whether a text ends in a figure, or in the label of a row."""
    return len(text) <= LONGEST_ROW and bool(_FIGURE_LAST.search(text) or _LABEL_LAST.search(text))


def with_bars_joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, a pipe on a line of its own put behind the cell it closes.

    A line that ends in a pipe is closed already: a lone pipe below it is a blank cell.
    """
    pending: Line | None = None
    for block in blocks:
        is_bar = isinstance(block, Line) and folded(block.text).strip() == PIPE
        if pending is not None:
            yield replace(pending, text=f"{pending.text} {PIPE}") if is_bar else pending
            if is_bar:
                pending = None
                continue
        pending = block if isinstance(block, Line) and _is_open(block.text) else None
        if pending is None:
            yield block
    if pending is not None:
        yield pending


def _is_open(text: str) -> bool:
    if len(text) > LONGEST_ROW or PIPE in text or "\t" in text:
        return False
    return is_value(text) or not _LABEL_WITH_FIGURE.search(text)
