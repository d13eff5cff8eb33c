"""Rows of table three whose cells nothing parts for certain, with every way to read each.

Digits and marks may be run together (``64/////64``), or commas may part cells as well as thousands
(``1,234,0,0,0,0,0,1,234``). Which way is meant is for the sums of the form to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.recognition_cells import every_joining
from audit.recognition_digits import Cut, adds_up, as_printed, cuts
from audit.recognition_text import whole_number
from audit.recognition_tokens import Token


@dataclass(frozen=True, slots=True)
class Run:
    """One such row.

    Attributes:
        groups: its digits and marks as white space parts them; empty where commas do.
        ways: what each cell prints, by the numbers that makes; a mark or a blank makes 0.
        cells: how many the row has.
    """

    groups: tuple[str, ...]
    ways: Mapping[Cut, tuple[str, ...]]
    cells: int

    @property
    def one_digit_a_cell(self) -> bool:
        """Whether there are as many digits as cells, and nothing but digits."""
        return "".join(self.groups).isdecimal() and sum(map(len, self.groups)) == self.cells

    def plausible(self, total: int | None) -> list[Cut]:
        """Return the ways in which the row adds up, 总计 being at ``total``.

        As many digits as cells are read one each though they do not add up, where no blank cell
        explains them better. Without 总计 only such digits are read.
        """
        every = list(self.ways)
        if total is None:
            return every if len(every) == 1 and self.one_digit_a_cell else []
        adding = [cut for cut in every if adds_up(cut, total)]
        if adding or len(every) != 1 or not self.one_digit_a_cell:
            return adding
        return [] if self._explained_by_blanks(total) else every

    def _explained_by_blanks(self, total: int) -> bool:
        """Whether fewer numbers, some cells being blank, would add up where all cells do not."""
        if total != self.cells - 1:
            return False
        return any(
            adds_up(cut, len(cut) - 1)
            for fewer in range(max(len(self.groups), 2), self.cells)
            for cut in cuts(self.groups, fewer)
        )


def run_of_digits(groups: tuple[str, ...], cells: int) -> Run:
    """Return the row of digits and marks that were run together."""
    ways = {cut: as_printed(groups, cut) for cut in cuts(groups, cells)}
    return Run(groups, ways, cells)


def run_of_commas(values: Sequence[Token], cells: int) -> Run | None:
    """Return the row whose commas part cells or thousands, None where no way has enough cells."""
    ways = {
        tuple(whole_number(token.text) or 0 for token in way): tuple(token.text for token in way)
        for way in every_joining(values, cells)
    }
    return Run((), ways, cells) if ways else None
